"""`sitemap.xml` (sitemaps.org): the pages that search engines may list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item
from hromada.domain.site_urls import (
    ARCHIVE,
    LAW_PAGE,
    MESSAGES,
    NEWS,
    REPORTS,
    SEARCH_PAGE,
    SERVICES,
    UNITS,
)
from hromada.pages.item_lists import ItemLists
from hromada.pages.view_models import PageGroup, PagePlan, SitemapEntry

_FIRST_LASTMOD = date(1970, 1, 1)  # readers of sitemaps reject earlier days


class PagesWithPaths(Protocol):
    """A maker of pages that names those for the sitemap."""

    @property
    def paths(self) -> Iterator[str]: ...


def sitemap_group(snapshot: ContentSnapshot, lists: ItemLists, others: Iterable[PagesWithPaths]) -> PageGroup:
    """The sitemap: no hidden items, no further pages of lists; `others` make pages that are in no list of `lists`."""

    def make(_inputs: str, has_law: bool) -> Iterator[PagePlan]:
        latest = _valid_lastmod(lists.news[0].day) if lists.news else None
        entries = [SitemapEntry("/", latest), SitemapEntry(NEWS, latest), SitemapEntry(ARCHIVE, latest)]
        entries += [SitemapEntry(month.path, None) for year in lists.news_years for month in year.months]
        entries += [SitemapEntry(category.path, None) for category in lists.news_by_category]
        entries += [SitemapEntry(path, None) for pages in others for path in pages.paths]
        entries += [SitemapEntry(path, None) for path in (UNITS, REPORTS, MESSAGES, SERVICES, SEARCH_PAGE)]
        entries += [SitemapEntry(month.path, None) for year in lists.message_years for month in year.months]
        entries += [SitemapEntry(LAW_PAGE, None)] if has_law else []
        for item in sorted(snapshot.all_built, key=lambda item: item.address):
            if item.status == "published" and item.path not in snapshot.withdrawn:
                entries.append(SitemapEntry(item.address, last_modified(item)))
        yield PagePlan("sitemap.xml", "sitemap.xml", {"entries": entries})

    return PageGroup(make, (snapshot.counted_inputs, snapshot.site.law is not None), is_single_page=True)


def last_modified(item: Item) -> date | None:
    """The day of an item's last change; None for none that a sitemap may name."""
    return _valid_lastmod(item.modified.date() if item.modified else item.day if item.is_dated else None)


def _valid_lastmod(day: date | None) -> date | None:
    return day if day and day >= _FIRST_LASTMOD else None
