"""How a list behind a figure is cut into pages that a phone on a bad network still gets, and which page shows what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hromada.domain.entry import Entry
from hromada.domain.page_numbers import linked_numbers

PAGE_SIZE = (
    1_000  # entries and headings of a page: 300 KB, packed 30; no list of a community's half-year has been as long
)
MATRIX_CELLS = 5_000  # of the table above a list: 500 KB
_CHARACTERS_PER_ENTRY = 500  # so many letters take as much as an entry


class GroupSlice(NamedTuple):
    """What one page shows of a group: its index among the groups, the entries from `start` to `end`."""

    group: int
    start: int
    end: int


def paginate(groups: Sequence[Sequence[Entry]], most: int = PAGE_SIZE) -> list[list[GroupSlice]]:
    """The pages of groups, each a heading and its entries, in order; there is always a first page.

    A group goes on from page to page with its heading; no heading stands alone at a page's end. An entry that is longer
    than a page has one of its own.
    """
    pages: list[list[GroupSlice]] = [[]]
    room = most
    for index, entries in enumerate(groups):
        start, held = 0, 1  # the heading
        for end, entry in enumerate(entries):
            weight = _weight(entry)
            if held + weight > room and (pages[-1] or end > start):
                if end > start:
                    pages[-1].append(GroupSlice(index, start, end))
                pages.append([])
                room, start, held = most, end, 1
            held += weight
        if not entries and held > room:
            pages.append([])
            room = most
        pages[-1].append(GroupSlice(index, start, len(entries)))
        room -= held
    return pages


def _weight(entry: Entry) -> int:
    return 1 + (len(entry.title) + len(entry.url)) // _CHARACTERS_PER_ENTRY


def page_path(path: str, number: int) -> str:
    """The first page keeps the list's address."""
    return path if number == 1 else f"{path}page/{number}/"


class PagerLink(NamedTuple):
    """A page of the list that another one leads to."""

    number: int
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """Where a page of a list stands among the others; no `links` when there is one page only."""

    number: int = 1
    count: int = 1
    before: str = ""
    after: str = ""
    links: tuple[PagerLink | None, ...] = ()

    @classmethod
    def of(cls, path: str, number: int, count: int) -> Pager:
        return cls(
            number,
            count,
            page_path(path, number - 1) if number > 1 else "",
            page_path(path, number + 1) if number < count else "",
            tuple(
                PagerLink(one, page_path(path, one), one == number) if one else None
                for one in linked_numbers(number, count)
            ),
        )


def paths_of_groups(groups: Sequence[Sequence[Entry]], path: str) -> list[str]:
    """The page on which each group begins."""
    found = [path] * len(groups)
    for number, page in enumerate(paginate(groups), 1):
        for piece in page:
            if piece.start == 0:
                found[piece.group] = page_path(path, number)
    return found


def paths_of_entries(groups: Sequence[Sequence[Entry]], path: str) -> Iterator[tuple[Entry, int, str]]:
    """Each entry, its group's index and the page on which it stands."""
    for number, page in enumerate(paginate(groups), 1):
        for piece in page:
            for entry in groups[piece.group][piece.start : piece.end]:
                yield entry, piece.group, page_path(path, number)
