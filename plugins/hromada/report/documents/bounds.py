"""Limits on what a report's documents print; above a limit they refer to the site, which has everything.

The limits come from measurements on one core (docs/decisions/0011): no report of a community reaches a fifth of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.report.documents.report_document import FigureEntries, ReportDocument
from hromada.report.text.blocks import Block, ListBlock, Paragraph, Quote, TextTable
from hromada.report.view.report_view import EntryView, FigureView

PDF_ENTRIES = 5_000  # Typst takes 90 KB and 1.2 ms for each: half a gigabyte in all
XLSX_ENTRIES = 100_000  # 4 KB and 0.25 ms for each; a sheet of Excel has a million rows
TABLE_ROWS = 1_000  # of a table, or of a figure's parts: 130 KB for each in Typst, 1.6 ms in Word
TEXT_BLOCKS = 10_000  # paragraphs, items and cells of the text: 25 KB for each in Typst, 1 ms in Word
LONGEST_HEAD = 500  # characters of a table head, repeated on every page: one longer than a page takes gigabytes
LONGEST_TITLE = 1_000  # characters of a heading in the PDF; its outline may hold no more than 32,767 (PDF/A)
_CHARACTERS_PER_ENTRY = 500  # so many characters take as much space as an entry


def omitted_lists(lists: Sequence[FigureEntries], most: int) -> frozenset[int]:
    """Indexes of lists that are not printed: the longest ones, until the others have at most `most` entries together."""
    sizes = [sum(map(_weight, entry_list.entries)) for entry_list in lists]
    total, out = sum(sizes), set()
    for index in sorted(range(len(sizes)), key=lambda index: (-sizes[index], index)):
        if total <= most:
            break
        total -= sizes[index]
        out.add(index)
    return frozenset(out)


def _weight(entry: EntryView) -> int:
    return 1 + (len(entry.title) + len(entry.address) + len(entry.section_title)) // _CHARACTERS_PER_ENTRY


def omitted_note(entry_list: FigureEntries) -> str:
    """Says where a list is that is not printed."""
    return f"Перелік ({NOUNS['запис'].counted(len(entry_list.entries))}) – у файлі items.csv на сторінці звіту."


def within_bounds(report_document: ReportDocument) -> ReportDocument:
    """The part of a report that Word and the PDF print; `notes` say what is omitted."""
    notes: list[str] = []
    cut = _RowLimit(notes)
    view = report_document.view
    view = replace(
        view,
        figures=tuple(_figures(view.figures, cut)),
        account_rows=cut("Соціальні мережі", view.account_rows),
        registers=cut("Рядки журналів", view.registers),
        changes=cut("Після затвердження", view.changes),
        comparison=replace(view.comparison, rows=cut("Порівняння", view.comparison.rows)),
    )
    text = report_document.text
    if sum(_pieces(text)) > TEXT_BLOCKS:
        notes.append("Текст звіту задовгий для документа: він на сторінці звіту")
        text = ()
    return replace(report_document, view=view, text=text, notes=tuple(notes)) if notes else report_document


class _RowLimit:
    """Cuts a table to its first rows and adds a note when there are more."""

    def __init__(self, notes: list[str]) -> None:
        self._notes = notes

    def __call__(self, title: str, rows: tuple[Any, ...], most: int = TABLE_ROWS) -> tuple[Any, ...]:
        if len(rows) <= most:
            return rows
        self._notes.append(
            f"У таблиці «{title}» подано {grouped(most)} з {grouped(len(rows))} рядків; усі – на сторінці звіту"
        )
        return rows[:most]


def _figures(figures: Iterable[FigureView], cut: _RowLimit) -> Iterator[FigureView]:
    """The figures with their parts, which together are one table."""
    room = TABLE_ROWS
    for figure in cut("Показники", tuple(figures)):
        parts = figure.parts if figure.own_table else cut(figure.title, figure.parts, max(room, 0))
        room -= 0 if figure.own_table else len(parts)
        yield replace(figure, parts=parts)


def _pieces(blocks: Iterable[Block]) -> Iterator[int]:
    for block in blocks:
        match block:
            case ListBlock(items=items):
                for item in items:
                    yield 1
                    yield from _pieces(item)
            case Quote(blocks=inside):
                yield from _pieces(inside)
            case TextTable(head=head, rows=rows):
                yield max(map(len, (head, *rows))) * (1 + len(rows))  # short rows are filled up
            case Paragraph(runs=runs):
                yield max(1, len(runs))
            case _:
                yield 1
