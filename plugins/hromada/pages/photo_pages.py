"""The photo archive, `/photos/`: covers of the items with pictures, by month, each leading to its item."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from msgspec import Struct

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item, Kind
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import PHOTOS_PAGE, photo_month_path
from hromada.listing.cards import PhotoCard
from hromada.listing.pagination import Listing, Month, YearCount, by_month, month_title, paginate, years_of
from hromada.pages.view_models import Keyed, PageGroup, PagePlan, page_plan

PAGE_SIZE = 24  # covers: 480 pixels wide each, some 600 KB in all; the newest page has up to 47
_LATEST_MONTHS, _LATEST_COVERS = 3, 12  # on the first page


class PhotoMonth(Struct, frozen=True):
    """A month's newest covers and the number of its pictures, on the archive's first page."""

    link: MenuLink
    count: int
    covers: tuple[Keyed[Item] | PhotoCard, ...]


class PhotoArchive:
    """The pages of the photo archive. A page depends on what its covers show (`photo_key`), not on other words of the items."""

    def __init__(self, snapshot: ContentSnapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def by_month(self) -> dict[Month, list[Item]]:
        """The listed news and messages with pictures, newest first."""
        return by_month([item for item in self._snapshot.newest(Kind.NEWS, Kind.MESSAGE) if self._key(item)])

    @cached_property
    def counts(self) -> dict[Month, int]:
        """The numbers of pictures: an item's pictures count as in the figure `photos`."""
        photos = self._snapshot.photos
        return {month: sum(len(photos[item.path]) for item in items) for month, items in self.by_month.items()}

    @cached_property
    def years(self) -> tuple[YearCount, ...]:
        return years_of(self.counts, PHOTOS_PAGE, photo_month_path)

    @property
    def paths(self) -> Iterator[str]:
        """The addresses for the sitemap."""
        yield PHOTOS_PAGE
        yield from (month.path for year in self.years for month in year.months)

    def groups(self) -> dict[str, PageGroup]:
        """The first page, and each month's pages."""
        latest = list(self.by_month.items())[:_LATEST_MONTHS]
        months = [
            PhotoMonth(_link(month), self.counts[month], tuple(map(self._keyed, items[:_LATEST_COVERS])))
            for month, items in latest
        ]
        groups = {"photos": PageGroup(self._front, (months, self.years), is_single_page=True)}
        links = [_link(month) for month in self.by_month]
        for newer, link, older, (month, items) in zip(
            [None, *links], links, [*links[1:], None], self.by_month.items(), strict=False
        ):
            shown = Keyed(" ".join(map(self._key, items)), items)
            groups[link.path] = PageGroup(self._month, (link, newer, older, self.counts[month], shown))
        return groups

    def _front(self, months: list[PhotoMonth], years: tuple[YearCount, ...]) -> Iterator[PagePlan]:
        context = {"months": months, "years": years, "total": sum(year.count for year in years)}
        yield page_plan(PHOTOS_PAGE, "photos.html", **context)

    def _month(
        self, month: MenuLink, newer: MenuLink | None, older: MenuLink | None, count: int, shown: Keyed[list[Item]]
    ) -> Iterator[PagePlan]:
        for listing in paginate([self._keyed(item) for item in shown.value], month.path, PAGE_SIZE):
            total = count if listing.number is None else None  # further pages need not change for a new item
            context = {"of": month, "listing": listing, "total": total, "newer": newer, "older": older}
            yield page_plan(listing.path, "photo_month.html", **context)

    def with_cards(self, value: Any) -> Any:
        """A context's value with a card in place of each cover's item; any other value as it is."""
        match value:
            case Listing(items=(Keyed(), *_)):
                return Listing(
                    self._cards(value.items), value.number, value.path, value.newer, value.older, value.pages
                )  # fmt: skip
            case [PhotoMonth(), *_]:
                return [PhotoMonth(month.link, month.count, self._cards(month.covers)) for month in value]
        return value

    def _cards(self, covers: tuple[Keyed[Item] | PhotoCard, ...]) -> tuple[PhotoCard, ...]:
        return tuple(self._snapshot.photo_card(cover.value) for cover in covers if isinstance(cover, Keyed))

    def _keyed(self, item: Item) -> Keyed[Item]:
        return Keyed(self._key(item), item)

    def _key(self, item: Item) -> str:
        return self._snapshot.content.entries[item.path].photo_key


def _link(month: Month) -> MenuLink:
    return MenuLink(month_title(month), photo_month_path(*month))
