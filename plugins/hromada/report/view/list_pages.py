"""Pagination of the lists behind figures, so that a phone on a slow network still loads them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from hromada.domain.entry import Entry
from hromada.domain.site_urls import linked_numbers

PAGE_SIZE = 120  # entries and headings of a page: a month of a busy site, some 40 KB
MOST_LINKS = 1_000  # to the groups of a list
WHOLE = 100  # entries of a list that is shown at once; a longer one is entered by month or part
MATRIX_CELLS = 5_000  # of the table above a list: 500 KB
_CHARACTERS_PER_ENTRY = 500  # of title and address take as much space as an entry


class GroupSlice(NamedTuple):
    """A group's entries on one page: the index of the group, and of its entries from `start` up to `end`."""

    group: int
    start: int
    end: int


def paginate(groups: Sequence[Sequence[Entry]], most: int = PAGE_SIZE) -> list[list[GroupSlice]]:
    """Cut groups, each a heading and its entries, into pages; there is at least one page.

    A group may continue on the next page under its heading; no heading is the last line of a page. An entry longer than
    a page gets a page of its own.
    """
    pages: list[list[GroupSlice]] = [[]]
    free = most
    for index, entries in enumerate(groups):
        start, used = 0, 1  # the heading
        for end, entry in enumerate(entries):
            weight = _weight(entry)
            if used + weight > free and (pages[-1] or end > start):
                if end > start:
                    pages[-1].append(GroupSlice(index, start, end))
                pages.append([])
                free, start, used = most, end, 1
            used += weight
        if not entries and used > free:
            pages.append([])
            free = most
        pages[-1].append(GroupSlice(index, start, len(entries)))
        free -= used
    return pages


def _weight(entry: Entry) -> int:
    return 1 + (len(entry.title) + len(entry.url)) // _CHARACTERS_PER_ENTRY


def page_path(path: str, number: int) -> str:
    """The address of a page of the list; the first one has the list's own."""
    return path if number == 1 else f"{path}page/{number}/"


class PagerLink(NamedTuple):
    """A link to a page of the list."""

    number: int
    path: str
    current: bool


class Pager(Struct, frozen=True):
    """A page's number, its neighbours and links to other pages; no `links` when there is only one page."""

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
                PagerLink(linked_number, page_path(path, linked_number), linked_number == number)
                if linked_number
                else None
                for linked_number in linked_numbers(number, count)
            ),
        )


def paths_of_groups(groups: Sequence[Sequence[Entry]], path: str) -> list[str]:
    """The page on which each group begins."""
    paths = [path] * len(groups)
    for number, page in enumerate(paginate(groups), 1):
        for piece in page:
            if piece.start == 0:
                paths[piece.group] = page_path(path, number)
    return paths


def paths_of_entries(groups: Sequence[Sequence[Entry]], path: str) -> Iterator[tuple[Entry, int, str]]:
    """Each entry, its group's index and the address of its page."""
    for number, page in enumerate(paginate(groups), 1):
        for piece in page:
            for entry in groups[piece.group][piece.start : piece.end]:
                yield entry, piece.group, page_path(path, number)
