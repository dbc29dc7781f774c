"""Long lists cut into pages; years and months; categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.own_addresses import ARCHIVE, month_path
from hromada.listing.cards import Card, Category


class PageLink(NamedTuple):
    """A page of a list; the one with its newest items stands at the list's address and has no number."""

    number: int | None
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, newest items first; `newer` and `older` are addresses of its neighbours.

    Pages are numbered from the oldest one and full, so that a new item changes the newest page alone: an address keeps
    its items, and a build draws few pages.
    """

    items: tuple[Card, ...]
    number: int | None
    path: str
    newer: str | None = None
    older: str | None = None
    pages: tuple[PageLink | None, ...] = ()  # None stands for a gap; none at all when there is one page only

    def key(self, card_key: Callable[[Card], str]) -> str:
        """Equal for equal pages: the links follow from the address, the number and the neighbours."""
        shown = [one and one.path for one in self.pages]
        return f"{self.path} {shown} {' '.join(map(card_key, self.items))}"


def paginate(cards: Sequence[Card], path: str, size: int) -> list[Listing]:
    """The pages of a list at `path`, its newest one first; an empty list has one empty page.

    The newest page holds what fills no page of `size` yet, and one page more: from `size` to twice as many, less one.
    """
    count = max(1, len(cards) // size)
    front = len(cards) - (count - 1) * size
    addresses = [f"{path}page/{number}/" for number in range(1, count)] + [path]
    listings = [Listing(tuple(cards[:front]), None, path, None, *_beside(count, addresses))]
    for number in range(count - 1, 0, -1):
        start = front + (count - 1 - number) * size
        older, pages = _beside(number, addresses)
        listings.append(
            Listing(tuple(cards[start : start + size]), number, addresses[number - 1], addresses[number], older, pages)
        )
    return listings


def _beside(current: int, addresses: list[str]) -> tuple[str | None, tuple[PageLink | None, ...]]:
    """The next older page; links to the newest page, the oldest one and the neighbours."""
    count = len(addresses)
    if count == 1:
        return None, ()
    shown = sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)}, reverse=True)
    links: list[PageLink | None] = []
    for before, number in zip([count + 1, *shown], shown, strict=False):
        if before - number > 1:
            links.append(None)
        links.append(PageLink(number if number < count else None, addresses[number - 1], number == current))
    return addresses[current - 2] if current > 1 else None, tuple(links)


@dataclass(frozen=True, slots=True)
class MonthOfNews:
    title: str
    name: str
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class YearOfNews:
    number: int
    path: str
    months: tuple[MonthOfNews, ...]

    @property
    def count(self) -> int:
        return sum(month.count for month in self.months)


def years_of(cards: Iterable[Card]) -> tuple[YearOfNews, ...]:
    """Years and their months that have news, newest first."""
    counts = Counter((card.day.year, card.day.month) for card in cards)
    years: dict[int, list[MonthOfNews]] = {}
    for (year, month), count in sorted(counts.items(), reverse=True):
        path = month_path(year, month)
        years.setdefault(year, []).append(
            MonthOfNews(month_in_words(year, month), month_name(month), path, count)
        )
    return tuple(YearOfNews(year, f"{ARCHIVE}#y{year}", tuple(months)) for year, months in years.items())


def categories_of(cards: Iterable[Card]) -> tuple[Category, ...]:
    """Categories with their counts in alphabetical order; spellings with one address are one category."""
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for card in sorted(cards, key=lambda card: card.source_path):
        if card.category:
            counts[card.category.path] += 1
            titles.setdefault(card.category.path, card.category.title)
    found = [Category(titles[path], path, count) for path, count in counts.items()]
    return tuple(sorted(found, key=lambda category: sort_key(category.title)))
