"""Which page covers which point of the law, whether readers can see it, and when it was last updated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from hromada.domain.calendar import Clock, month_end_after, next_midnight
from hromada.domain.item import Item, Kind, Status
from hromada.domain.law import POINTS
from hromada.domain.site_urls import CATEGORIES, EVENTS, LISTS, MESSAGES, NEWS, REPORTS, SERVICES, UNITS, category_path

_LISTED = {
    NEWS: (Kind.NEWS,), UNITS: (Kind.UNIT, Kind.MESSAGE), REPORTS: (Kind.REPORT,), MESSAGES: (Kind.MESSAGE,),
    SERVICES: (Kind.SERVICE,),
}  # fmt: skip
# Letters. «Сторінка в розробці. Інформацію буде додано найближчим часом.» has 53; a postal address with a telephone, 70.
MIN_TEXT_LENGTH = 60


class Claim(NamedTuple):
    """A point's entry in law.toml: the pages that cover it, what they still lack, or why there is no page."""

    names: tuple[str, ...] = ()
    lacks: str = ""
    not_ours: str = ""
    line: int = 1


Claims = Mapping[str, Claim]


class Flaw(StrEnum):
    """Why readers can't find a point on the page that law.toml names."""

    NONE = ""
    UNKNOWN = "unknown"
    DRAFT = "draft"
    HIDDEN = "hidden"
    SCHEDULED = "scheduled"
    TRANSLATION = "translation"
    WITHDRAWN = "withdrawn"
    EMPTY = "empty"


class Renewal(NamedTuple):
    """When a page was updated; `about` is the title of the report's period where a report counts as the update."""

    moment: datetime
    about: str = ""


class CoveringPage(NamedTuple):
    """The state of one page that law.toml names, at one moment."""

    name: str
    title: str = ""
    address: str = ""
    renewed: Renewal | None = None
    flaw: Flaw = Flaw.NONE

    @property
    def is_outside(self) -> bool:
        return is_outside(self.name)


class PointCoverage(Struct, frozen=True):
    """The state of a point and its pages at one moment."""

    claim: Claim
    pages: tuple[CoveringPage, ...]
    is_stale: bool = False
    is_undated: bool = False  # it must be updated regularly, and its page has no date

    @property
    def shown(self) -> tuple[CoveringPage, ...]:
        """The pages that readers can see."""
        return tuple(page for page in self.pages if not page.flaw)


def is_outside(name: str) -> bool:
    """Whether the name is an address of another site, which is not checked."""
    return name.startswith(("http://", "https://"))


class LawCoverage(Struct, frozen=True):
    """The claims of law.toml, with the items that they name (`named`: by path or address)."""

    claims: Claims
    named: Mapping[str, Item]
    items: Sequence[Item]

    @classmethod
    def of(cls, claims: Claims, items: Sequence[Item]) -> LawCoverage:
        claimed = {name for claim in claims.values() for name in claim.names}
        named = {name: item for item in items for name in (item.path, item.address) if name in claimed}
        return cls(claims, named, items)

    def at(self, clock: Clock, text_lengths: Mapping[str, int]) -> dict[str, PointCoverage]:
        """The state of every point that needs a page; `text_lengths` are the letters of items' texts by path."""
        return {id: self._point_coverage(id, clock, text_lengths) for id in POINTS}

    def due(self) -> Iterator[datetime]:
        """The moments at which a page is updated or becomes stale; items' own dates are not among them."""
        for id, claim in self.claims.items():
            months = POINTS[id].months
            for name in claim.names:
                if months or name in self.named:
                    for renewal in self._renewals(name):
                        yield renewal.moment
                        if months:
                            yield _stale_from(renewal, months)
                elif name == REPORTS:
                    yield from (renewal.moment for renewal in self._renewals(name))

    def _point_coverage(self, id: str, clock: Clock, text_lengths: Mapping[str, int]) -> PointCoverage:
        claim = self.claims.get(id, Claim())
        coverage = PointCoverage(claim, tuple(self._covering_page(name, clock, text_lengths) for name in claim.names))
        # The date of a page of another site is unknown.
        if not POINTS[id].months or not coverage.shown or any(page.is_outside for page in coverage.shown):
            return coverage
        renewals = [page.renewed for page in coverage.shown if page.renewed]
        if not renewals:
            return PointCoverage(claim, coverage.pages, is_undated=True)
        is_stale = clock.moment >= _stale_from(max(renewals), POINTS[id].months)
        return PointCoverage(claim, coverage.pages, is_stale)

    def _covering_page(self, name: str, clock: Clock, text_lengths: Mapping[str, int]) -> CoveringPage:
        if is_outside(name):
            return CoveringPage(name, name, name)
        past = (renewal for renewal in self._renewals(name, clock) if renewal.moment <= clock.moment)
        renewed = max(past, default=None)
        if item := self.named.get(name):
            flaw = _flaw(item, clock, text_lengths)
            return CoveringPage(name, item.title, item.address, renewed, flaw)
        listed = [item for item in self._listed(name) if item.is_listed(clock)]
        if name in LISTS:
            return CoveringPage(name, LISTS[name], name, renewed, Flaw.NONE if listed else Flaw.EMPTY)
        if listed and name.startswith(CATEGORIES):
            return CoveringPage(name, f"Новини: {listed[0].category}", name, renewed)
        return CoveringPage(name, flaw=Flaw.UNKNOWN)

    def _listed(self, name: str) -> Iterator[Item]:
        """The public items of a list."""
        if name == EVENTS:
            return (item for item in self.items if item.announced and item.is_public)
        if name in _LISTED:
            return (item for item in self.items if item.kind in _LISTED[name] and item.is_public)
        if not name.startswith(CATEGORIES):
            return iter(())
        news = (item for item in self.items if item.kind is Kind.NEWS and item.is_public)
        return (item for item in news if item.category and category_path(item.category) == name)

    def _renewals(self, name: str, clock: Clock | None = None) -> Iterator[Renewal]:
        """When a named page is updated; with a clock, only by items published by then: `modified` may lie before `date`."""
        for item in self._renewing(name):
            if clock is None or item.is_built(clock):
                yield from _own_renewals(item)

    def _renewing(self, name: str) -> Iterator[Item]:
        """The items whose dates count as updates of a page."""
        item = self.named.get(name)
        if item is None:
            yield from self._listed(name)
            return
        yield item
        if item.kind is Kind.UNIT:
            messages = (
                message for message in self.items if message.kind is Kind.MESSAGE and message.section == item.section
            )
            yield from (message for message in messages if message.is_public)


def _own_renewals(item: Item) -> Iterator[Renewal]:
    """An item's own updates. A report counts from the end of its period."""
    if item.report is not None:
        yield Renewal(next_midnight(item.report.period.last), item.report.period.title)
        return
    if item.when is not None:
        yield Renewal(item.when)
    if item.modified is not None:
        yield Renewal(item.modified)


def _flaw(item: Item, clock: Clock, text_lengths: Mapping[str, int]) -> Flaw:
    if item.is_translation:
        return Flaw.TRANSLATION
    if item.status is Status.DRAFT:
        return Flaw.DRAFT
    if item.status is Status.HIDDEN:
        return Flaw.HIDDEN
    if not item.is_built(clock):
        return Flaw.SCHEDULED
    if item.is_withdrawn(clock):
        return Flaw.WITHDRAWN
    return Flaw.EMPTY if text_lengths.get(item.path, MIN_TEXT_LENGTH) < MIN_TEXT_LENGTH else Flaw.NONE


def _stale_from(renewal: Renewal, months: int) -> datetime:
    """A page is fresh until the end of the month in which its term ends: a half-year's report may come in July."""
    return next_midnight(month_end_after(renewal.moment.date(), months))
