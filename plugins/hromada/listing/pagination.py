"""Pagination of lists, newest first; grouping by month and by category."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.item import Item
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import ARCHIVE, linked_numbers, month_path
from hromada.listing.cards import Category, category_of

T = TypeVar("T")
Month = tuple[int, int]  # a year and a month's number


class PageLink(NamedTuple):
    """A link to a page of a list; the page with the newest items has the list's address and no number."""

    number: int | None
    path: str
    current: bool


class Listing(Struct, Generic[T], frozen=True):
    """One page of a list, newest first; `newer` and `older` are addresses of its neighbours.

    Pages are full and numbered from the oldest one, so a new item changes only the newest page: an address keeps its
    items, and a build renders few pages.
    """

    items: tuple[T, ...]
    number: int | None
    path: str
    newer: str | None = None
    older: str | None = None
    pages: tuple[PageLink | None, ...] = ()  # None is a gap; empty when there is only one page

    def key(self, key_of: Callable[[T], str]) -> str:
        """Equal for equal pages: the links follow from the address, the number and the neighbours."""
        links = [page and page.path for page in self.pages]
        return f"{self.path} {links} {' '.join(map(key_of, self.items))}"


def paginate(things: Sequence[T], path: str, size: int) -> list[Listing[T]]:
    """The pages of a list at `path`, the newest first; an empty list has one empty page.

    The newest page holds from `size` to 2 · `size` − 1 items, all others `size`.
    """
    count = max(1, len(things) // size)
    front = len(things) - (count - 1) * size
    addresses = [f"{path}page/{number}/" for number in range(1, count)] + [path]
    listings = [Listing(tuple(things[:front]), None, path, None, *_neighbours(count, addresses))]
    for number in range(count - 1, 0, -1):
        start = front + (count - 1 - number) * size
        older, pages = _neighbours(number, addresses)
        listings.append(
            Listing(tuple(things[start : start + size]), number, addresses[number - 1], addresses[number], older, pages)
        )
    return listings


def _neighbours(current: int, addresses: list[str]) -> tuple[str | None, tuple[PageLink | None, ...]]:
    """The address of the next older page; links to the newest page, the oldest one and the neighbours."""
    count = len(addresses)
    links = tuple(
        PageLink(number if number < count else None, addresses[number - 1], number == current) if number else None
        for number in reversed(linked_numbers(current, count))
    )
    return addresses[current - 2] if current > 1 else None, links


class MonthCount(Struct, frozen=True):
    name: str
    path: str
    count: int


class YearCount(Struct, frozen=True):
    number: int
    path: str
    months: tuple[MonthCount, ...]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def years_of(
    counts: Mapping[Month, int], page: str = ARCHIVE, path_of: Callable[[int, int], str] = month_path
) -> tuple[YearCount, ...]:
    """Years and their months, newest first; `page` names the years, `path_of` gives a month's address."""
    years: dict[int, list[MonthCount]] = {}
    for (year, month), count in sorted(counts.items(), reverse=True):
        years.setdefault(year, []).append(MonthCount(month_name(month), path_of(year, month), count))
    return tuple(YearCount(year, f"{page}#y{year}", tuple(months)) for year, months in years.items())


def by_month(items: Sequence[Item]) -> dict[Month, list[Item]]:
    """Dated items by year and month, in the order they come in."""
    grouped_items: dict[Month, list[Item]] = {}
    for item in items:
        grouped_items.setdefault(month_of(item), []).append(item)
    return grouped_items


def month_of(item: Item) -> Month:
    assert item.when is not None, f"{item.path} has no date"
    return item.when.year, item.when.month


def month_link(month: Month, path_of: Callable[[int, int], str] = month_path) -> MenuLink:
    """The list of a month: «липень 2021 року»; `path_of` gives its address."""
    return MenuLink(month_title(month), path_of(*month))


def month_title(month: Month) -> str:
    return month_in_words(*month)


def by_category(items: Sequence[Item]) -> dict[Category, list[Item]]:
    """Items by category in alphabetical order, with counts.

    Spellings with the same address are one category; its title is that of the first item by path.
    """
    by_title: dict[str, list[Item]] = {}
    for item in items:
        if item.category:
            by_title.setdefault(item.category, []).append(item)
    spellings: dict[str, list[str]] = {}
    for title in by_title:
        if category := category_of(title):
            spellings.setdefault(category.path, []).append(title)
    grouped_items: dict[Category, list[Item]] = {}
    for path, titles in spellings.items():
        if len(titles) == 1:
            title, own = titles[0], by_title[titles[0]]
        else:
            own = [item for item in items if item.category in titles]
            title = min(own, key=lambda item: item.path).category
        grouped_items[Category(title, path, len(own))] = own
    return dict(sorted(grouped_items.items(), key=lambda pair: sort_key(pair[0].title)))
