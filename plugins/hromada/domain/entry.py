"""Entries, which reports count: one entry is one publication of the site or of a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from hromada.domain.calendar import Clock
from hromada.domain.period import Period


class SourceLocation(NamedTuple):
    """Where an entry or a problem is: a path from `content/` on, a line, a spreadsheet's sheet."""

    path: str
    line: int = 1
    sheet: str = ""

    @property
    def file(self) -> str:
        """The path and the sheet, as a problem's path has them."""
        return f"{self.path}#{self.sheet}" if self.sheet else self.path

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Visibility(StrEnum):
    """An entry's status by its author, independent of the period."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    TRANSLATION = "translation"
    EXCLUDED = "apart"  # a repost or a story: listed separately, never counted among publications


class Bucket(StrEnum):
    """An entry's class for one period: exactly one, the first that fits."""

    DRAFT = "draft"
    HIDDEN = "hidden"
    TRANSLATION = "translation"
    SCHEDULED = "scheduled"
    OUTSIDE = "outside"
    EXCLUDED = "apart"
    COUNTED = "counted"


class Entry(NamedTuple):  # a frozen dataclass takes three times as long to construct, and every row is one
    """One publication of one source; `source` is «news», «unit-messages», «unit-pages» or «register:<name>».

    `when` is naive local Kyiv time; only a draft and a unit's page may lack it. `traits` are what figures select and
    split by: unit, category, account, network, group, kind, newspaper; entries with the same traits share one
    mapping. `id` is the identifier in a register's row.
    """

    source: str
    section: str
    when: datetime | None
    title: str
    url: str
    place: SourceLocation
    visibility: Visibility = Visibility.PUBLISHED
    count: int = 1  # type: ignore[assignment]  # hides tuple.count, which nothing calls
    traits: Mapping[str, str] = MappingProxyType({})
    id: str = ""

    @property
    def day(self) -> date | None:
        return self.when.date() if self.when else None

    def fixed_bucket(self, clock: Clock) -> Bucket | None:
        """The bucket that doesn't depend on the period (draft, hidden, translation, scheduled), or None."""
        if self.visibility in _BY_AUTHOR:
            return _BY_AUTHOR[self.visibility]
        assert self.when or self.source == "unit-pages", f"{self.place}: an entry without a date was let through"
        return Bucket.SCHEDULED if self.when and self.when > clock.moment else None

    def bucket(self, period: Period, clock: Clock) -> Bucket:
        """The one bucket of this entry: draft, hidden, translation, scheduled, outside, apart, counted."""
        fixed_bucket = self.fixed_bucket(clock)
        if fixed_bucket is not None:
            return fixed_bucket
        if self.day is None or self.day not in period:
            return Bucket.OUTSIDE
        return Bucket.EXCLUDED if self.visibility is Visibility.EXCLUDED else Bucket.COUNTED


_BY_AUTHOR = {
    Visibility.DRAFT: Bucket.DRAFT,
    Visibility.HIDDEN: Bucket.HIDDEN,
    Visibility.TRANSLATION: Bucket.TRANSLATION,
}
