"""Long lists cut into pages; years and months; categories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.own_addresses import ARCHIVE, month_path
from hromada.listing.cards import Card, Category


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    path: str
    current: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, newest first; `newer` and `older` are addresses of its neighbours."""

    items: tuple[Card, ...]
    number: int
    count: int
    total: int
    path: str
    newer: str | None
    older: str | None
    pages: tuple[PageLink | None, ...]

    def key(self, card_key: Callable[[Card], str]) -> str:
        """Equal for equal pages: neighbours and links follow from the list's address and its number of pages."""
        return f"{self.path} {self.number} {self.count} {self.total} {' '.join(map(card_key, self.items))}"


def paginate(cards: Sequence[Card], path: str, size: int) -> list[Listing]:
    """The pages of a list at `path`; an empty list has one empty page. The first page keeps the list's address."""
    count = max(1, -(-len(cards) // size))
    addresses = [path if number == 1 else f"{path}page/{number}/" for number in range(1, count + 1)]
    return [
        Listing(
            items=tuple(cards[(number - 1) * size : number * size]),
            number=number,
            count=count,
            total=len(cards),
            path=addresses[number - 1],
            newer=addresses[number - 2] if number > 1 else None,
            older=addresses[number] if number < count else None,
            pages=_window(number, addresses),
        )
        for number in range(1, count + 1)
    ]


def _window(current: int, addresses: list[str]) -> tuple[PageLink | None, ...]:
    """The first, the last and the nearest pages; None stands for a gap."""
    count = len(addresses)
    shown = sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)})
    links: list[PageLink | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number - before > 1:
            links.append(None)
        links.append(PageLink(number, addresses[number - 1], number == current))
    return tuple(links)


@dataclass(frozen=True, slots=True)
class MonthOfNews:
    title: str
    name: str
    path: str
    count: int
    year: int
    number: int


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
            MonthOfNews(month_in_words(year, month), month_name(month), path, count, year, month)
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
