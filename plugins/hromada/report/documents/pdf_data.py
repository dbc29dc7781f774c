"""Values for the Typst template, the appendix with every entry included: formatted text only, the layout computes nothing.

Lists that are too long for paper are only mentioned (report_document.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, pairwise

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words, short_day
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.problem import shorten
from hromada.report.documents.report_document import (
    AFTER_APPROVAL,
    INCOMPLETE,
    LONGEST_HEAD,
    LONGEST_TITLE,
    NBSP,
    PDF_ENTRIES,
    FigureEntries,
    ReportDocument,
    document_number,
    month_value,
    omitted_lists,
    omitted_note,
    sentence,
    status_sentences,
    verification_lines,
    within_bounds,
)
from hromada.report.text.placeholders import (
    Block,
    Heading,
    ListBlock,
    Paragraph,
    PictureBlock,
    Quote,
    TextRun,
    TextTable,
)
from hromada.report.view.report_view import (
    ChangeView,
    ComparedValue,
    ComparisonRow,
    EntryGroup,
    EntryView,
    FigureView,
    ReportView,
    VersionView,
)

Numbers = dict[tuple[str, str], int]  # from an entry's file and line and its address to its number in the printed list


def lists_data(report_document: ReportDocument) -> list[dict[str, object]]:
    """A section for each figure; one whose entries are all in a longer list refers to their numbers there."""
    lists = report_document.lists
    out = omitted_lists(lists, PDF_ENTRIES)
    numbers = [_numbers(entry_list) if index not in out else {} for index, entry_list in enumerate(lists)]
    return [_list(report_document, index, numbers, is_printed=index not in out) for index in range(len(lists))]


def _numbers(entry_list: FigureEntries) -> Numbers:
    return {(entry.source, entry.address): number for number, entry in enumerate(entry_list.entries, 1)}


def _list(
    report_document: ReportDocument, index: int, numbers: Sequence[Numbers], *, is_printed: bool
) -> dict[str, object]:
    entry_list = report_document.lists[index]
    holder = _longer(index, numbers)
    figure = entry_list.figure
    is_listed = holder is None and is_printed
    instead = "" if is_printed else omitted_note(entry_list)
    if holder is not None:
        instead = _inside(report_document, holder, numbers[holder], numbers[index])
    uniform = _uniform_section(entry_list)
    counter = count(1)
    return {
        "title": shorten(figure.title, LONGEST_TITLE),
        "value": grouped(figure.value),
        "words": figure.noun,
        "window": figure.window,
        "section": uniform if is_listed else "",
        "tally": any(entry.count != 1 for entry in entry_list.entries),
        "groups": [_group(report_document, group, uniform, counter) for group in entry_list.groups if group.entries]
        if is_listed
        else [],
        "empty": [group.title for group in entry_list.groups if not group.entries] if is_listed else [],
        "instead": instead,
    }


def _longer(index: int, numbers: Sequence[Numbers]) -> int | None:
    """Index of the longest list that holds all entries of this one, None without one; of equal lists the first is printed."""
    own_numbers = numbers[index].keys()
    holders = [
        other
        for other, other_numbers in enumerate(numbers)
        if other != index
        and own_numbers <= other_numbers.keys()
        and (len(other_numbers) > len(own_numbers) or other < index)
    ]
    return max(holders, key=lambda other: (len(numbers[other]), -other)) if own_numbers and holders else None


def _inside(report_document: ReportDocument, holder: int, other_numbers: Numbers, own_numbers: Numbers) -> str:
    title = report_document.lists[holder].figure.title
    return f"Усі ці записи надруковано в переліку {holder + 1} «{title}» під № {ranges(other_numbers[key] for key in own_numbers)}."


def ranges(numbers: Iterable[int]) -> str:
    """«1–12, 15, 40–52»."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(second for first, second in pairwise(ordered) if second != first + 1)]
    ends = [*(first for first, second in pairwise(ordered) if second != first + 1), ordered[-1]]
    return ", ".join(
        f"{first}–{second}" if first != second else str(first) for first, second in zip(starts, ends, strict=True)
    )


def _uniform_section(entry_list: FigureEntries) -> str:
    """The section that all entries have, printed once; empty where they differ."""
    sections = {entry.section_title for entry in entry_list.entries}
    return sections.pop() if len(sections) == 1 else ""


def _group(report_document: ReportDocument, group: EntryGroup, section: str, counter: count[int]) -> dict[str, object]:
    repeated_titles = (section, group.title)
    return {
        "title": shorten(group.title, LONGEST_HEAD),
        "value": grouped(group.value),
        "entries": [_entry(report_document, entry, repeated_titles, next(counter)) for entry in group.entries],
    }


def _entry(
    report_document: ReportDocument, entry: EntryView, repeated_titles: tuple[str, ...], number: int
) -> dict[str, object]:
    locations = [entry.source]
    if entry.section_title not in (*repeated_titles, entry.title):
        locations.insert(0, entry.section_title)
    if entry.address and not entry.path_or_url:
        locations.append(f"сторінки вже немає, враховано за адресою {entry.address}")
    return {
        "number": str(number),
        "day": short_day(entry.day) if entry.day else "без дати",
        "title": entry.title,
        "link": report_document.absolute(entry.path_or_url) if entry.path_or_url else "",
        "where": ", ".join(locations),
        "count": grouped(entry.count),
    }


Data = dict[str, object]


def document_data(report_document: ReportDocument) -> Data:
    """All values of the document, in its order."""
    report_document = within_bounds(report_document)
    view = report_document.view
    return {
        "publisher": shorten(view.publisher, LONGEST_TITLE),
        "title": shorten(view.title, LONGEST_TITLE),
        "period": view.period_title,
        "days": capitalized(view.days),
        "page": {"text": report_document.home, "link": report_document.home},
        "status": status_data(view, report_document.notes),
        "incomplete": "" if view.complete else INCOMPLETE,
        "headline": [_headline(figure) for figure in view.headline],
        "text": text_data(report_document.text),
        "figures": _figures(report_document),
        "recounted": any(figure.counted is not None for figure in view.figures),
        "comparison": _comparison(view),
        "months": [_months(figure, view) for figure in view.monthly_figures],
        "units": _units(report_document),
        "accounts": _accounts(view),
        "rules": list(view.rules),
        "rules_version": view.rules_version,
        "check": _check(view),
        "changes": changes_data(report_document) | {"heading": AFTER_APPROVAL},
        "approval": approval_data(report_document),
        "signature": signature_data(view),
        "lists": lists_data(report_document),
    }


def _headline(figure: FigureView) -> Data:
    return {"value": grouped(figure.value), "words": figure.noun, "title": figure.title, "window": figure.window}


def _figures(report_document: ReportDocument) -> list[Data]:
    """Figures and their parts; parts that have a table of their own are not repeated."""
    list_numbers = {entry_list.figure.id: number for number, entry_list in enumerate(report_document.lists, 1)}
    rows: list[Data] = []
    for figure in report_document.view.figures:
        now = "" if figure.counted is None else grouped(figure.counted)
        rows.append(
            {"title": figure.title, "note": figure.window, "value": grouped(figure.value), "now": now,
             "part": False, "list": list_numbers.get(figure.id, 0)}
        )  # fmt: skip
        if not figure.own_table and len(figure.parts) > 1:
            rows += [
                {"title": part.title, "note": "", "value": grouped(part.value), "now": "", "part": True, "list": 0}
                for part in figure.parts
            ]
    return rows


def _comparison(view: ReportView) -> Data:
    compared = view.comparison
    return {
        "periods": [period.title for period in compared.periods],
        "rows": [_compared(row) for row in compared.rows],
        "notes": list(compared.notes),
    }


def _compared(row: ComparisonRow) -> Data:
    return {"title": row.title, "value": grouped(row.value), "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: ComparedValue) -> Data:
    """An earlier value with its difference, or why there is none."""
    if cell.value is None:
        return {"none": cell.note or "немає", "value": "", "difference": "", "percent": ""}
    return {"none": "", "value": grouped(cell.value), "difference": cell.difference, "percent": cell.percent}


def _months(figure: FigureView, view: ReportView) -> Data:
    """A figure by month; `share` is a bar's length in thousandths of the longest one."""
    several_years = len({month.id[:4] for month in figure.months}) > 1
    largest = max((month.value for month in figure.months), default=0)
    rows = [
        {
            "name": month.title.removesuffix(" року") if several_years else month.name,
            "value": month_value(month, view),
            "share": round(1000 * month.value / largest) if largest else 0,
        }
        for month in figure.months
    ]
    return {"title": shorten(figure.title, LONGEST_TITLE), "window": figure.window, "rows": rows}


def _units(report_document: ReportDocument) -> Data:
    view = report_document.view
    return {
        "rows": [
            {"title": row.title, "link": report_document.absolute(row.path), "value": grouped(row.value)}
            for row in view.unit_rows
        ],
        "words": f"Разом, {NOUNS['сторінка'].counted(view.units_total)}",
        "total": grouped(view.messages_total),
    }


def _accounts(view: ReportView) -> Data:
    rows = [
        [row.title, row.networks, grouped(row.value), grouped(row.reposts), grouped(row.stories)]
        for row in (*view.account_rows, view.account_totals)
    ]
    return {"rows": rows[:-1], "total": rows[-1]}


def _check(view: ReportView) -> Data:
    line = view.reconciliation
    names = ("found", "counted", "draft", "hidden", "scheduled", "translation", "outside")
    return {name: grouped(getattr(line, name)) for name in names} | {
        "registers": [
            [row.title, *map(grouped, (row.rows, row.counted, row.excluded, row.scheduled, row.outside))]
            for row in view.registers
        ],
        "as_of": day_in_words(view.as_of),
    }


def status_data(view: ReportView, left_out: tuple[str, ...]) -> dict[str, object]:
    """The status line under the title, the notes below it, and a short form for the head of every page."""
    line, *notes = status_sentences(view)
    approval = view.approval
    return {
        "short": f"Редакція{NBSP}{approval.number}" if approval else "Проєкт",
        "line": line,
        "notes": [sentence(note) for note in (*notes, *left_out)],
    }


def changes_data(report_document: ReportDocument) -> dict[str, object]:
    """Changes of the entries since the approval."""
    view = report_document.view
    return {"lead": view.changes_lead, "rows": [_change(report_document, change) for change in view.changes]}


def _change(report_document: ReportDocument, change: ChangeView) -> dict[str, object]:
    return {
        "what": capitalized(change.what),
        "title": change.title,
        "link": report_document.absolute(change.path) if change.path else "",
        "detail": change.detail,
        "source": change.source,
        "matters": "так" if change.matters else "ні",
    }


def approval_data(report_document: ReportDocument) -> dict[str, object]:
    """All versions, the latest first, and how to verify this one."""
    approval = report_document.view.approval
    if approval is None:
        return {"versions": [], "proof": []}
    return {
        "versions": [_version(version) for version in approval.versions],
        "proof": list(verification_lines(approval)),
    }


def _version(version: VersionView) -> dict[str, object]:
    changed = [f"{title}: {_value(old, 'не було')} → {_value(new, 'немає')}" for title, old, new in version.changed]
    if not changed and version.number > 1:
        changed = ["числа не змінилися"]
    return {
        "number": str(version.number) + (" (ця)" if version.is_current else ""),
        "on": day_in_words(version.on),
        "document": document_number(version.document),
        "by": version.by,
        "why": capitalized(f"{version.reason}: {version.note}".strip(": ")),
        "changed": changed,
    }


def signature_data(view: ReportView) -> dict[str, str]:
    """Who signed; empty where a line is to be filled in by hand."""
    approval = view.approval
    if approval is None:
        return {"position": "", "name": "", "on": "", "document": ""}
    return {
        "position": capitalized(approval.position),
        "name": approval.name,
        "on": day_in_words(approval.on),
        "document": document_number(approval.document),
    }


def _value(value: int | None, absent: str) -> str:
    return absent if value is None else grouped(value)


_TITLE = 1  # the level of the document's title
_LONGEST_WORD = 1_000  # characters: no word of any language is longer, and such a one is laid out fast


def text_data(blocks: Sequence[Block]) -> list[dict[str, object]]:
    """The text's blocks; headings skip no level, since PDF/UA-1 forbids it."""
    levels = _without_gaps(_levels(blocks))
    return [_block(block, levels) for block in blocks]


def _levels(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Heading) and _is_short(block):
            yield block.level
        elif isinstance(block, Quote):
            yield from _levels(block.blocks)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _levels(item)


def _without_gaps(levels: Iterator[int]) -> Iterator[int]:
    before = _TITLE
    for level in levels:
        before = min(max(level, _TITLE + 1), before + 1)
        yield before


def _block(block: Block, levels: Iterator[int]) -> dict[str, object]:
    if isinstance(block, Heading) and not _is_short(block):
        block = Paragraph(block.runs)
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "runs": _runs(block.runs), "justified": not _has_long_word(block.runs)}
    if isinstance(block, Heading):
        return {"kind": "heading", "level": next(levels), "runs": _runs(block.runs)}
    if isinstance(block, ListBlock):
        items = [[_block(child, levels) for child in item] for item in block.items]
        return {"kind": "numbers" if block.ordered else "points", "start": block.start, "items": items}
    if isinstance(block, Quote):
        return {"kind": "quote", "blocks": [_block(child, levels) for child in block.blocks]}
    if isinstance(block, PictureBlock):
        return {"kind": "picture", "alt": block.alt}
    return _table(block)


def _is_short(heading: Heading) -> bool:
    """A longer one is printed as a paragraph."""
    return sum(len(run.text) for run in heading.runs) <= LONGEST_TITLE


def _has_long_word(runs: tuple[TextRun, ...]) -> bool:
    """Typst takes quadratic time in a word's length to justify it."""
    return any(len(word) > _LONGEST_WORD for word in "".join(run.text for run in runs).split())


def _table(table: TextTable) -> dict[str, object]:
    """Every row as wide as the widest one."""
    is_short = all(sum(len(run.text) for run in cell) <= LONGEST_HEAD for cell in table.head)
    head, rows = (table.head, table.rows) if is_short else ((), (table.head, *table.rows))
    width = max((len(row) for row in (table.head, *table.rows)), default=0)

    def row(cells: tuple[tuple[TextRun, ...], ...]) -> list[list[dict[str, object]]]:
        return [_runs(cell) for cell in cells] + [[] for _ in range(width - len(cells))]

    return {
        "kind": "table" if width else "nothing",
        "columns": width,
        "head": row(head) if head else [],
        "rows": [row(cells) for cells in rows],
    }


def _runs(runs: tuple[TextRun, ...]) -> list[dict[str, object]]:
    """A run's lines stand apart: a line break of the author's is kept."""
    return [
        {"lines": run.text.split("\n"), "bold": run.bold, "italic": run.italic, "link": run.link, "struck": run.struck}
        for run in runs
        if run.text
    ]
