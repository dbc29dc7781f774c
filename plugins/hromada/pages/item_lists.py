"""The listed news and messages in the orders and groups in which several pages show them."""

from __future__ import annotations

from functools import cached_property
from itertools import islice
from typing import Any

from msgspec.structs import replace

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item, Kind
from hromada.domain.site_urls import MESSAGES, message_month_path
from hromada.listing.cards import Category
from hromada.listing.pagination import Listing, Month, YearCount, by_category, by_month, years_of


class ItemLists:
    """Every list is newest first and made once."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def news(self) -> list[Item]:
        return self._snapshot.newest(Kind.NEWS)

    @cached_property
    def news_by_month(self) -> dict[Month, list[Item]]:
        return by_month(self.news)

    @cached_property
    def news_by_category(self) -> dict[Category, list[Item]]:
        return by_category(self.news)

    @cached_property
    def news_years(self) -> tuple[YearCount, ...]:
        return years_of({month: len(items) for month, items in self.news_by_month.items()})

    @cached_property
    def messages(self) -> list[Item]:
        """The messages of all units."""
        return self._snapshot.newest(Kind.MESSAGE)

    @cached_property
    def messages_by_month(self) -> dict[Month, list[Item]]:
        return by_month(self.messages)

    @cached_property
    def messages_by_unit(self) -> dict[str, list[Item]]:
        """The messages by the unit's id."""
        by_unit: dict[str, list[Item]] = {}
        for item in self.messages:
            by_unit.setdefault(item.section.removeprefix("units/"), []).append(item)
        return by_unit

    @cached_property
    def message_years(self) -> tuple[YearCount, ...]:
        counts = {month: len(items) for month, items in self.messages_by_month.items()}
        return years_of(counts, MESSAGES, message_month_path)

    def current(self, newest: list[Item], most: int) -> list[Item]:
        """The newest items that are not over."""
        return list(islice((item for item in newest if not item.is_over(self._snapshot.clock)), most))

    def with_cards(self, value: Any) -> Any:
        """A context's value with cards in place of the items of a list; any other value as it is."""
        if isinstance(value, Listing) and all(isinstance(item, Item) for item in value.items[:1]):
            return replace(value, items=tuple(map(self._snapshot.card, value.items)))
        if isinstance(value, list) and value and isinstance(value[0], Item):
            return [self._snapshot.card(item) for item in value]
        return value
