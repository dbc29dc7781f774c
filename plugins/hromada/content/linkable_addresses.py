"""The addresses of the site's own pages and files that a text may link to; further pages of long lists are none of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from hromada.content.file_cache import Approved
from hromada.content.folder_reader import Content
from hromada.domain.dates import Clock
from hromada.domain.file_names import FILES
from hromada.domain.item import Item, Kind, Status
from hromada.domain.site_urls import (
    ALERT_SHEETS,
    ARCHIVE,
    CALENDAR_FILE,
    ENGLISH,
    EVENT_FILE,
    LISTS,
    MESSAGES_FEED,
    NEWS_FEED,
    PHOTOS_PAGE,
    SEARCH_PAGE,
    SITE_MAP,
    TAGS,
    TEXT_PAGE,
    category_feed,
    category_path,
    event_month_path,
    message_month_path,
    month_path,
    photo_month_path,
    tag_path,
)

_ALWAYS = frozenset(
    {
        "/", ARCHIVE, PHOTOS_PAGE, SEARCH_PAGE, SITE_MAP, NEWS_FEED, MESSAGES_FEED, CALENDAR_FILE, TEXT_PAGE, ALERT_SHEETS, *LISTS,
    }
)  # fmt: skip


def linkable_addresses(built: Sequence[Item], withdrawn: Collection[str]) -> frozenset[str]:
    """The addresses that follow from the items that are built; no list has one of the paths in `withdrawn`."""
    shown = [item for item in built if item.path not in withdrawn] if withdrawn else built
    dated = [item for item in shown if item.is_dated and item.when and item.is_public]
    return _ALWAYS.union(
        (item.address for item in built),
        (ENGLISH for item in shown if item.address.startswith(ENGLISH) and item.status is Status.PUBLISHED),
        (f"{item.address}feed.atom" for item in shown if item.kind is Kind.UNIT and item.is_public),
        _lists_of_news([item for item in dated if item.kind is Kind.NEWS]),
        (message_month_path(*month) for month in _months(item for item in dated if item.kind is Kind.MESSAGE)),
        (photo_month_path(*month) for month in _months(item for item in dated if item.image or item.gallery)),
        _tags(dated),
        _events(shown),
    )


def _months(items: Iterable[Item]) -> set[tuple[int, int]]:
    return {(item.when.year, item.when.month) for item in items if item.when}


def _lists_of_news(news: Sequence[Item]) -> Iterator[str]:
    """Months and categories, with the feeds of these."""
    for month in _months(news):
        yield month_path(*month)
    for title in {item.category for item in news if item.category}:
        if path := category_path(title):
            yield from (path, category_feed(path))


def _tags(items: Iterable[Item]) -> Iterator[str]:
    for item in items:
        if item.tags:
            yield TAGS
            yield from filter(None, map(tag_path, item.tags))


def _events(items: Iterable[Item]) -> Iterator[str]:
    """The calendar files of events, and the months of those that are listed."""
    for item in items:
        if item.announced:
            yield f"{item.address}{EVENT_FILE}"
            if item.is_public:
                yield from (event_month_path(*month) for month in item.announced.months())


def report_files(content: Content, clock: Clock) -> frozenset[str]:
    """The addresses below the reports' own: their files, and the lists of the figures that they show."""
    parsed_approvals = [content.entries[path].parsed for path in content.approved]
    approved = {parsed.period: parsed.figures for parsed in parsed_approvals if isinstance(parsed, Approved)}
    addresses: set[str] = set()
    for item in content.site.of_kind(Kind.REPORT):
        if item.report and item.is_built(clock):
            lists: Iterable[str] = approved.get(item.report.period.id) or [
                spec.id for spec in content.site.figures.specs
            ]
            addresses |= {
                f"{item.address}{name}" for name in [name for _, _, name in FILES] + [f"{id}/" for id in lists]
            }
    return frozenset(addresses)
