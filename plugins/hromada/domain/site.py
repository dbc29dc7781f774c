"""The whole parsed content, which check, figures and build share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property, lru_cache

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.accessibility import AccessibilityResults
from hromada.domain.account import Accounts
from hromada.domain.alert import Alert
from hromada.domain.alphabet import slug
from hromada.domain.calendar import Clock, midnight, next_midnight
from hromada.domain.entry import PHOTOS, Entry, SourceLocation, Visibility
from hromada.domain.event import due_moments
from hromada.domain.figure import Figures
from hromada.domain.item import NEWS, Item, Kind, Status
from hromada.domain.law_coverage import Claims, LawCoverage
from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import Redirect
from hromada.domain.task import Task


class Site(Struct, frozen=True, dict=True):
    """All content. `files` are the paths of pictures and attachments.

    `found` are the paths of item files of news and units without the units' own pages, as scanned: the count must
    account for each.

    No slots, for the cached properties.
    """

    settings: SiteSettings
    items: tuple[Item, ...]
    rows: tuple[Entry, ...]
    registers: tuple[str, ...]
    accounts: Accounts
    figures: Figures
    files: frozenset[str]
    found: tuple[str, ...] = ()
    redirects: tuple[Redirect, ...] = ()
    law: Claims | None = None  # which page covers which point of the law; None without law.toml
    tasks: tuple[Task, ...] = ()  # of the home page
    alerts: tuple[Alert, ...] = ()  # also those that are over
    accessibility: AccessibilityResults | None = None  # of the accessibility tests

    @cached_property
    def _by_kind(self) -> Mapping[Kind, list[Item]]:
        by_kind: dict[Kind, list[Item]] = {}
        for item in self.items:
            by_kind.setdefault(item.kind, []).append(item)
        return by_kind

    def of_kind(self, kind: Kind) -> Sequence[Item]:
        """The items of a kind, in the order of their paths."""
        return self._by_kind.get(kind, ())

    @cached_property
    def units(self) -> dict[str, Item]:
        """The units' own pages, in Ukrainian, by folder."""
        pages = (item for item in self.of_kind(Kind.UNIT) if not item.is_translation)
        return {item.unit.id: item for item in pages if item.unit}

    @cached_property
    def law_coverage(self) -> LawCoverage | None:
        return None if self.law is None else LawCoverage.of(self.law, self.items)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All countable entries except unit pages, which are counted by existence.

        An undated item that is not a draft was refused before.
        """
        countable = (item for item in self.items if item.is_dated and (item.when or item.status is Status.DRAFT))
        return (*(item_entry(item) for item in countable), *self.rows)

    def published(self, clock: Clock) -> Site:
        """The published part of the site: no drafts, nothing scheduled, hidden items only where they are reports.

        Reports are made from it, so nothing else can get into their pages and files. A hidden report keeps its page, and
        other reports compare with its windows.
        """
        items = (item for item in self.items if item.is_built(clock))
        return replace(
            self,
            items=tuple(item for item in items if item.status is Status.PUBLISHED or item.kind is Kind.REPORT),
            rows=tuple(row for row in self.rows if row.when is None or row.when <= clock.moment),
        )

    def scheduled(self, clock: Clock) -> list[Item]:
        """The items that are not due yet, the nearest first."""
        waiting = (item for item in self.items if item.status is not Status.DRAFT and not item.is_built(clock))
        return sorted(waiting, key=lambda item: (item.due or datetime.min, item.path))

    def valid_between(self, clock: Clock) -> tuple[datetime, datetime]:
        """The moments from which (included) until which (excluded) a build of this content has the same output."""
        now, moments = clock.moment, [item.when for item in self.items if item.when is not None]
        moments += self._due(clock)
        before = max((moment for moment in moments if moment <= now), default=datetime.min)
        return before, min((moment for moment in moments if moment > now), default=datetime.max)

    @cached_property
    def _event_moments(self) -> tuple[datetime, ...]:
        events = (item.announced for item in self.items if item.is_public)
        return tuple(moment for event in events if event for moment in due_moments(event))

    def _due(self, clock: Clock) -> Iterator[datetime]:
        """Every moment at which the output changes, except items' publication."""
        yield from (row.when for row in self.rows if row.when is not None)
        yield from self.settings.due()
        yield from self._event_moments
        for alert in self.alerts:
            yield from filter(None, (alert.since, alert.until))
        if self.law_coverage:
            yield from self.law_coverage.due()
        if self.accessibility:
            yield self.accessibility.becomes_old()
        for item in self.items:
            if item.expires:
                yield next_midnight(item.expires)
            if item.withdrawn_on:
                yield midnight(item.withdrawn_on)
            if item.unit and item.unit.closed:
                yield next_midnight(item.unit.closed)
            if item.report:  # an unfinished report prints the day of its count
                yield next_midnight(item.report.period.last)
                if clock.day <= item.report.period.last:
                    yield midnight(clock.day)
                    yield next_midnight(clock.day)


VISIBILITY_OF_STATUS = {
    Status.PUBLISHED: Visibility.PUBLISHED,
    Status.DRAFT: Visibility.DRAFT,
    Status.HIDDEN: Visibility.HIDDEN,
}


def item_entry(item: Item) -> Entry:
    """The entry of a news item or a message; a draft stays a draft in any language."""
    visibility = VISIBILITY_OF_STATUS[item.status]
    if visibility is Visibility.PUBLISHED and item.is_translation:
        visibility = Visibility.TRANSLATION
    traits = _category(item.category) if item.kind is Kind.NEWS else _unit(item.section)
    source = "news" if item.kind is Kind.NEWS else "unit-messages"
    return Entry(source, item.section, item.when, item.title, item.address, item.place, visibility, 1, traits)


def photo_entries(item: Item, pictures: Iterable[str]) -> Iterator[Entry]:
    """An entry for each picture (a file's path) of a news item or a message; none of a translation or a hidden item."""
    if not (item.is_dated and item.is_public):
        return
    traits = _photo_traits(item.section, item.category if item.kind is Kind.NEWS else "")
    for path in pictures:
        yield Entry(
            PHOTOS, item.section, item.when, item.title, item.address, SourceLocation(path, 0), traits=traits
        )  # fmt: skip


def page_entry(unit: Item) -> Entry:
    """The entry of a unit's page."""
    assert unit.unit is not None
    opened = midnight(unit.unit.opened) if unit.unit.opened else None
    traits = {"kind": unit.unit.kind, "unit": unit.unit.id}
    return Entry(
        "unit-pages", unit.section, opened, unit.title, unit.address, unit.place, VISIBILITY_OF_STATUS[unit.status], traits=traits
    )  # fmt: skip


NO_CATEGORY = "bez-rubryky"


@lru_cache(maxsize=4096)
def _category(title: str) -> dict[str, str]:
    """The traits of a news item; cached, since transliterating takes 20 us and there are few categories."""
    return {"category": slug(title) or NO_CATEGORY}


@lru_cache(maxsize=4096)
def _unit(section: str) -> dict[str, str]:
    return {"unit": section.removeprefix("units/")}


@lru_cache(maxsize=4096)
def _photo_traits(section: str, category: str) -> dict[str, str]:
    own = _category(category) if section == NEWS else _unit(section)
    return {"section": section, **own}


def category_titles(items: Iterable[Item]) -> dict[str, str]:
    """Titles of categories by id: the spelling of the category's first item, in the order of paths."""
    titles: dict[str, str] = {}
    for item in items:
        if item.kind is Kind.NEWS and item.category:
            titles.setdefault(_category(item.category)["category"], item.category)
    return titles
