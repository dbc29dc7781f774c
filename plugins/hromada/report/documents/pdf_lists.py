"""The appendix: every entry of every figure, each printed once, so that a number can be checked on paper.

Lists that are too long for paper are named (bounds.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, pairwise

from hromada.domain.days_in_words import short_day
from hromada.domain.numerals import grouped
from hromada.domain.problem import shorten
from hromada.report.documents.bounds import LONGEST_HEAD, LONGEST_TITLE, PDF_ENTRIES, elsewhere, left_out
from hromada.report.documents.report_document import EntryList, ReportDocument
from hromada.report.view.report_view import EntryGroup, EntryView

Numbers = dict[str, int]  # an entry's place in the files to its number in the printed list


def lists_data(report_document: ReportDocument) -> list[dict[str, object]]:
    """A section for each figure; one whose entries all stand in a longer list says under which numbers."""
    lists = report_document.lists
    out = left_out(lists, PDF_ENTRIES)
    numbers = [_numbers(one) if index not in out else {} for index, one in enumerate(lists)]
    return [_list(report_document, index, numbers, is_printed=index not in out) for index in range(len(lists))]


def _numbers(one: EntryList) -> Numbers:
    return {entry.source: number for number, entry in enumerate(one.entries, 1)}


def _list(
    report_document: ReportDocument, index: int, numbers: Sequence[Numbers], *, is_printed: bool
) -> dict[str, object]:
    one = report_document.lists[index]
    where = _longer(index, numbers)
    figure = one.figure
    own = where is None and is_printed
    instead = "" if is_printed else elsewhere(one)
    if where is not None:
        instead = _inside(report_document, where, numbers[where], numbers[index])
    uniform = _uniform_section(one)
    running = count(1)
    return {
        "title": shorten(figure.title, LONGEST_TITLE),
        "value": grouped(figure.value),
        "words": figure.words,
        "window": figure.window,
        "section": uniform if own else "",
        "tally": any(entry.count != 1 for entry in one.entries),
        "groups": [_group(report_document, group, uniform, running) for group in one.groups if group.entries]
        if own
        else [],
        "empty": [group.title for group in one.groups if not group.entries] if own else [],
        "instead": instead,
    }


def _longer(index: int, numbers: Sequence[Numbers]) -> int | None:
    """The longest list that holds all the entries of this one; of equal lists the first is printed."""
    mine = numbers[index].keys()
    holders = [
        other
        for other, theirs in enumerate(numbers)
        if other != index and mine <= theirs.keys() and (len(theirs) > len(mine) or other < index)
    ]
    return max(holders, key=lambda other: (len(numbers[other]), -other)) if mine and holders else None


def _inside(report_document: ReportDocument, where: int, theirs: Numbers, mine: Numbers) -> str:
    title = report_document.lists[where].figure.title
    return f"Усі ці записи надруковано в переліку {where + 1} «{title}» під № {ranges(theirs[key] for key in mine)}."


def ranges(numbers: Iterable[int]) -> str:
    """«1–12, 15, 40–52»."""
    ordered = sorted(numbers)
    starts = [ordered[0], *(two for one, two in pairwise(ordered) if two != one + 1)]
    ends = [*(one for one, two in pairwise(ordered) if two != one + 1), ordered[-1]]
    return ", ".join(f"{one}–{two}" if one != two else str(one) for one, two in zip(starts, ends, strict=True))


def _uniform_section(one: EntryList) -> str:
    """The section, where all the entries have the same: it is said once."""
    sections = {entry.section_title for entry in one.entries}
    return sections.pop() if len(sections) == 1 else ""


def _group(report_document: ReportDocument, group: EntryGroup, section: str, running: count[int]) -> dict[str, object]:
    said = (section, group.title)
    return {
        "title": shorten(group.title, LONGEST_HEAD),
        "value": grouped(group.value),
        "entries": [_entry(report_document, entry, said, next(running)) for entry in group.entries],
    }


def _entry(report_document: ReportDocument, entry: EntryView, said: tuple[str, ...], number: int) -> dict[str, object]:
    where = [entry.source]
    if entry.section_title not in (*said, entry.title):
        where.insert(0, entry.section_title)
    if entry.address and not entry.path_or_url:
        where.append(f"сторінки вже немає, враховано за адресою {entry.address}")
    return {
        "number": str(number),
        "day": short_day(entry.day) if entry.day else "без дати",
        "title": entry.title,
        "link": report_document.absolute(entry.path_or_url) if entry.path_or_url else "",
        "where": ", ".join(where),
        "count": grouped(entry.count),
    }
