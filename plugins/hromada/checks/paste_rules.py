"""Rules for texts pasted from Word and other programs: paragraphs, lists, tables, styles, short codes, local paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from hromada.checks.linted_text import MAX_REPORTED, NO_MARKUP, LintedText, first_distinct
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import SpanKind
from hromada.domain.pasted_text import (
    cut_rows,
    dashed_sentences,
    indented_paragraphs,
    joined_lines,
    marked_lines,
    tabbed_rows,
    unquoted,
)
from hromada.domain.problem import Problem, shorten, warning


def paragraphs_are_no_code(text: LintedText) -> Iterator[Problem]:
    """A paragraph with Word's first-line indent is shown as code, in one long line."""
    if "\n    " in text.text or "\t" in text.text:
        for line in islice(indented_paragraphs(text.body), MAX_REPORTED):
            yield warning(
                text.item.path, text.item.body_line + line, "text-indented",
                "абзац починається з відступу і буде показаний як код", "приберіть відступ або запустіть make fix",
            )  # fmt: skip


def lists_have_marks_of_markdown(text: LintedText) -> Iterator[Problem]:
    """«•» makes no list: its lines are joined."""
    for line in islice(marked_lines(text.body), 1):
        char = text.body.split("\n")[line].strip(" \t\xa0")[0]
        printable = char if char.isprintable() else "•"  # Word's own signs are private ones
        after = ", а після нього нерозривний пробіл" if char in "-*+" else ""
        yield warning(
            text.item.path, text.item.body_line + line, "list-mark",
            f"рядок починається з «{printable}»{after}: списку з нього не буде" if after else f"рядок починається з «{printable}», списку з нього не буде",
            "почніть кожен пункт з «- » або запустіть make fix",
        )  # fmt: skip


def paragraphs_stand_apart(text: LintedText) -> Iterator[Problem]:
    """Paragraphs are separated by a blank line."""
    for line in islice(joined_lines(text.body), 1):
        yield warning(
            text.item.path, text.item.body_line + line, "lines-joined", "цей рядок зіллється з попереднім в один абзац",
            "лишіть між ними порожній рядок; пункти списку почніть з «1. » або «- »",
        )  # fmt: skip


def sentences_are_no_headings(text: LintedText) -> Iterator[Problem]:
    """A line of dashes under a sentence makes it a heading."""
    lines = list(islice(dashed_sentences(text.body), MAX_REPORTED))
    sure = set(dashed_sentences(text.body, only_sure=True)) if lines else set()
    for line in lines:
        is_rule = len(unquoted(text.body.split("\n")[line + 1]).strip()) > 2
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
    """Cells beyond the header's last column are not shown, on GitHub neither."""
    for line, columns, further in islice(cut_rows(text.body), MAX_REPORTED):
        yield warning(
            text.item.path, text.item.body_line + line, "table-cells",
            f"у рядку таблиці клітинок більше, ніж стовпців ({columns}): «{shorten(further, 40)}» сторінка не покаже",
            "допишіть назву стовпця, а рисці в самій клітинці – знак «\\» перед нею",
        )  # fmt: skip


def tables_have_bars(text: LintedText) -> Iterator[Problem]:
    """A table pasted from Word or Excel has tabs instead of bars."""
    if "\t" in text.text:
        for line in islice(tabbed_rows(text.body), 1):
            yield warning(
                text.item.path, text.item.body_line + line, "table-tabs",
                "таблиця, вставлена з Word чи Excel, зіллється в один абзац",
                "розділіть клітинки рисками: | Дата | Подія |, а під назвами стовпців поставте | --- | --- |",
            )  # fmt: skip


_OFFICE = lazy_compile(
    r"</?(?:o|w|v|st1):[a-z]|class=[\"']?Mso|[\s\"';]mso-[a-z-]+[ ]?:|docs-internal-guid|<!(?:--)?\[if ",
    re.IGNORECASE,
)
# Not followed by «(», «[» or «:», as a link's text is.
_BRACKETED = lazy_compile(
    r"\[(?<!\]\[)/?(?:gallery|caption|embed|audio|video|playlist|vc_\w+|et_pb_\w+|contact-form-7|youtube|su_\w+)(?![\w-])"
    r"[^\[\]\n]*\](?![(\[:])"
)
_SHORT_CODE = lazy_compile(
    r"\{\{[<%][^{}\n]*[>%]\}\}|\{%-?[ \t]*\w[^{}\n]*%\}|\{\{[\w.|\s'\"-]+\}\}|" + _BRACKETED.pattern
)
_LOCAL = lazy_compile(
    r"(?:\]\(|src\s*=\s*[\"']?|href\s*=\s*[\"']?)\s*<?((?:[A-Za-z]:[\\/]|file:|\\\\)[^\s)\"'>]*)", re.IGNORECASE
)
_LOCAL_SIGN = lazy_compile(r":/(?!/)")


def no_style_of_an_office_program(text: LintedText) -> Iterator[Problem]:
    """The sanitizer drops styles of Word and Google Docs, and their wrapping elements break paragraphs."""
    if "<" not in text.text:
        return
    if (match := _OFFICE.search(text.unquoted)) is not None:
        yield text.warn(
            match.start(), "office-paste", f"у тексті лишилося оформлення з Word або Google: «{match[0].strip()}»",
            "вставте текст без форматування (Ctrl+Shift+V) або запустіть make fix",
        )  # fmt: skip


def no_short_code_of_another_site(text: LintedText) -> Iterator[Problem]:
    """«[gallery ids=…]» of another CMS would be shown as text."""
    if not ("{{" in text.text or "{%" in text.text or _BRACKETED.search(text.text)):
        return
    for match in first_distinct(_SHORT_CODE.finditer(text.body_without(NO_MARKUP | {SpanKind.LABEL}))):
        yield text.warn(
            match.start(),
            "short-code",
            f"команда іншої системи: «{shorten(match[0], 40)}»",
            "приберіть її або вставте світлину чи посилання",
        )


def no_path_of_a_computer(text: LintedText) -> Iterator[Problem]:
    """«C:\\\\Users\\\\…» is a file that only its author has."""
    if not (any(marker in text.text for marker in (":\\", "\\\\", "file:", "File:")) or _LOCAL_SIGN.search(text.text)):
        return
    for match in first_distinct(_LOCAL.finditer(text.unquoted)):
        yield text.refuse(
            match.start(1), "local-path", f"посилання на файл вашого комп’ютера: «{match[1][:60]}»",
            "покладіть файл до content/images або content/files і вкажіть його назву",
        )  # fmt: skip
