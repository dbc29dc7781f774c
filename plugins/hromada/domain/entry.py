"""What is counted: one entry is one publication, from the site or from a register."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from hromada.domain.calendar import Clock
from hromada.domain.period import Period


class SourceLocation(NamedTuple):
    """Where an entry or a problem stands: a path from `content/` on, a line, a spreadsheet's sheet."""

    path: str
    line: int = 1
    sheet: str = ""

    @property
    def file(self) -> str:
        """What stands before the line: a problem's path."""
        return f"{self.path}#{self.sheet}" if self.sheet else self.path

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Visibility(StrEnum):
    """What its author decided about an entry, whatever the period."""

    PUBLISHED = "published"
    DRAFT = "draft"
    HIDDEN = "hidden"
    TRANSLATION = "translation"
    EXCLUDED = "apart"  # a repost or a story: shown beside the publications, never among them


class Bucket(StrEnum):
    """Where an entry lands for one period: exactly one, the first that fits."""

    DRAFT = "draft"
    HIDDEN = "hidden"
    TRANSLATION = "translation"
    SCHEDULED = "scheduled"
    OUTSIDE = "outside"
    EXCLUDED = "apart"
    COUNTED = "counted"


class Entry(NamedTuple):  # a frozen dataclass takes three times as long to make, and there are as many as rows
    """One publication of one source; `source` is «news», «unit-messages», «unit-pages» or «register:<name>».

    `when` is local Kyiv time; only a draft and a unit's page may lack it. `traits` are what figures select and
    split by: unit, category, account, network, group, kind, newspaper; entries with the same traits share one
    mapping. `id` is what a register's row calls itself.
    """

    source: str
    section: str
    when: datetime | None
    title: str
    url: str
    place: SourceLocation
    visibility: Visibility = Visibility.PUBLISHED
    count: int = 1  # type: ignore[assignment]  # nobody counts in an entry
    traits: Mapping[str, str] = MappingProxyType({})
    id: str = ""

    @property
    def day(self) -> date | None:
        return self.when.date() if self.when else None

    def fixed_bucket(self, clock: Clock) -> Bucket | None:
        """The bucket that no period can change: draft, hidden, translation, scheduled; else None."""
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
