"""The PDF's appendix: every entry of every figure, each printed once, so that figures can be checked on paper.

Lists that are too long for paper are only mentioned (bounds.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, pairwise

from hromada.domain.days_in_words import short_day
from hromada.domain.numerals import grouped
from hromada.domain.problem import shorten
from hromada.report.documents.bounds import LONGEST_HEAD, LONGEST_TITLE, PDF_ENTRIES, omitted_lists, omitted_note
from hromada.report.documents.report_document import FigureEntries, ReportDocument
from hromada.report.view.report_view import EntryGroup, EntryView

Numbers = dict[str, int]  # from an entry's file and line to its number in the printed list


def lists_data(report_document: ReportDocument) -> list[dict[str, object]]:
    """A section for each figure; one whose entries are all in a longer list refers to their numbers there."""
    lists = report_document.lists
    out = omitted_lists(lists, PDF_ENTRIES)
    numbers = [_numbers(entry_list) if index not in out else {} for index, entry_list in enumerate(lists)]
    return [_list(report_document, index, numbers, is_printed=index not in out) for index in range(len(lists))]


def _numbers(entry_list: FigureEntries) -> Numbers:
    return {entry.source: number for number, entry in enumerate(entry_list.entries, 1)}


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
