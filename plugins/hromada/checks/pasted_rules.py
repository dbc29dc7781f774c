"""Texts pasted from Word: what stands there as paragraphs, lists and tables is none in Markdown until it is written so."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from hromada.checks.linted_text import MOST_SPOKEN, LintedText
from hromada.domain.pasted_text import (
    cut_rows,
    dashed_sentences,
    indented_paragraphs,
    joined_lines,
    marked_lines,
    tabbed_rows,
)
from hromada.domain.problem import Problem, shorten, warning


def paragraphs_are_no_code(text: LintedText) -> Iterator[Problem]:
    """Word's indent of the first line makes Markdown show the paragraph as code, in one line that leaves the screen."""
    if "\n    " in text.text or "\t" in text.text:
        for line in islice(indented_paragraphs(text.body), MOST_SPOKEN):
            yield warning(
                text.item.path, text.item.body_line + line, "text-indented",
                "абзац починається з відступу і буде показаний як код", "приберіть відступ або запустіть make fix",
            )  # fmt: skip


def lists_have_marks_of_markdown(text: LintedText) -> Iterator[Problem]:
    """«•» begins no list: its lines run together."""
    for line in islice(marked_lines(text.body), 1):
        sign = text.body.split("\n")[line].strip(" \t\xa0")[0]
        shown = sign if sign.isprintable() else "•"  # Word's own signs are private ones
        after = ", а після нього нерозривний пробіл" if sign in "-*+" else ""
        yield warning(
            text.item.path, text.item.body_line + line, "list-mark",
            f"рядок починається з «{shown}»{after}: списку з нього не буде" if after else f"рядок починається з «{shown}», списку з нього не буде",
            "почніть кожен пункт з «- » або запустіть make fix",
        )  # fmt: skip


def paragraphs_stand_apart(text: LintedText) -> Iterator[Problem]:
    """Two lines without a blank one between them are one paragraph."""
    for line in islice(joined_lines(text.body), 1):
        yield warning(
            text.item.path, text.item.body_line + line, "lines-joined", "цей рядок зіллється з попереднім в один абзац",
            "лишіть між ними порожній рядок; пункти списку почніть з «1. » або «- »",
        )  # fmt: skip


def sentences_are_no_headings(text: LintedText) -> Iterator[Problem]:
    """Dashes that were to part a sentence from the next one make a heading of it."""
    found = list(islice(dashed_sentences(text.body), MOST_SPOKEN))
    sure = set(dashed_sentences(text.body, only_sure=True)) if found else set()
    for line in found:
        is_rule = len(text.body.split("\n")[line + 1].strip()) > 2
        if line not in sure:
            yield warning(
                text.item.path, text.item.body_line + line, "heading-sentence", "рядок стане заголовком: під ним рядок рисок",
                "якщо це заголовок, почніть його з «## » і приберіть риски; якщо ні, лишіть між ними порожній рядок",
            )  # fmt: skip
            continue
        yield warning(
            text.item.path, text.item.body_line + line, "heading-sentence", "речення стане заголовком: під ним рядок рисок",
            "лишіть між ними порожній рядок або запустіть make fix" if is_rule else "приберіть їх",
        )  # fmt: skip


def tables_lose_no_cell(text: LintedText) -> Iterator[Problem]:
    """A row with more cells than there are names of columns loses the last ones, on GitHub, too."""
    for line, columns, further in islice(cut_rows(text.body), MOST_SPOKEN):
        yield warning(
            text.item.path, text.item.body_line + line, "table-cells",
            f"у рядку таблиці клітинок більше, ніж стовпців ({columns}): «{shorten(further, 40)}» сторінка не покаже",
            "допишіть назву стовпця, а рисці в самій клітинці – знак «\\» перед нею",
        )  # fmt: skip


def tables_have_bars(text: LintedText) -> Iterator[Problem]:
    """A table pasted from Word or Excel has tabs between its cells."""
    if "\t" in text.text:
        for line in islice(tabbed_rows(text.body), 1):
            yield warning(
                text.item.path, text.item.body_line + line, "table-tabs",
                "таблиця, вставлена з Word чи Excel, зіллється в один абзац",
                "розділіть клітинки рисками: | Дата | Подія |, а під назвами стовпців поставте | --- | --- |",
            )  # fmt: skip
