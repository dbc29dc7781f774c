"""Counted figures as values: every number is the length (or the sum of counts) of a list that can be shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.entry import PHOTOS, Bucket, Entry, photos_by_item
from hromada.domain.figure import FigureSpec
from hromada.domain.period import Month, Period


class FigurePart(Struct, frozen=True, dict=True):
    """One value of the trait that a figure is split by, with its entries. No slots: the sum is cached."""

    id: str
    title: str
    entries: tuple[Entry, ...]

    @cached_property
    def value(self) -> int:
        return sum(entry.count for entry in self.entries)


class Count(Struct, frozen=True, dict=True):
    """One counted figure: `value` is the sum over `entries`; parts and months each add up to it."""

    spec: FigureSpec
    window: Period
    entries: tuple[Entry, ...]
    parts: tuple[FigurePart, ...]

    @property
    def id(self) -> str:
        return self.spec.id

    @cached_property
    def value(self) -> int:
        return sum(entry.count for entry in self.entries)

    @cached_property
    def as_listed(self) -> Count:
        """The count as lists show it: of an item's pictures one line with their number."""
        if self.spec.source != PHOTOS:
            return self
        parts = tuple(replace(part, entries=tuple(photos_by_item(part.entries))) for part in self.parts)
        return replace(self, entries=tuple(photos_by_item(self.entries)), parts=parts)

    @property
    def has_months(self) -> bool:
        """False for pages: they exist on a day and do not happen in a month."""
        return self.spec.source != "unit-pages"

    @cached_property
    def months(self) -> tuple[tuple[Month, int], ...]:
        """Every month of the window with its value, zeros too."""
        if not self.has_months:
            return ()
        values = {(month.year, month.number): 0 for month in self.window.months}
        for entry in self.entries:
            assert entry.when is not None, f"{entry.place}: counted without a date"
            values[entry.when.year, entry.when.month] += entry.count
        return tuple((Month(year, month), value) for (year, month), value in values.items())


class RegisterLine(Struct, frozen=True):
    """Where the rows of a register went; `rows` is the sum of the rest."""

    id: str
    rows: int
    counted: int
    excluded: int
    scheduled: int
    outside: int


class ActivePeriod(Struct, frozen=True):
    """The days between which a unit's page existed; None for an open end."""

    opened: date | None = None
    closed: date | None = None


class Activity(Struct, frozen=True):
    """Everything counted for one period as of one day; `stories` by account are shown beside the figures.

    The report's page shows the accounts' `networks` and the unit pages' `active_periods` too, so approvals freeze them.
    """

    period: Period
    as_of: date
    counts: tuple[Count, ...]
    reconciliation: Mapping[Bucket, int]
    registers: tuple[RegisterLine, ...]
    stories: Mapping[str, int] = field(default_factory=dict)
    networks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    active_periods: Mapping[str, ActivePeriod] = field(default_factory=dict)

    @property
    def found(self) -> int:
        return sum(self.reconciliation.values())

    def get(self, id: str) -> Count | None:
        return next((count for count in self.counts if count.id == id), None)
