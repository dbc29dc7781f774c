"""Entries, which reports count: one entry is one publication of the site or of a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from hromada.domain.dates import Clock
from hromada.domain.period import Period

PHOTOS = "photos"  # the source of pictures, which belong to items


class SourceLocation(NamedTuple):
    """Where an entry or a problem is: a path from `content/` on, a line (0: the whole file), a spreadsheet's sheet."""

    path: str
    line: int = 1
    sheet: str = ""

    @property
    def file(self) -> str:
        """The path and the sheet, as a problem's path has them."""
        return f"{self.path}#{self.sheet}" if self.sheet else self.path

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


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
    """One publication of one source; `source` is «news», «unit-messages», «unit-pages», «photos» or «register:<name>».

    `when` is naive local Kyiv time; only a draft and a unit's page may lack it. `traits` are what figures select and
    split by: unit, category, section, account, network, group, kind, newspaper; entries with the same traits share
    one mapping. A picture has the day, title and address of its item; its place is its own file. `id` is the identifier in a register's row.
    """

    source: str
    section: str
    when: datetime | None
    title: str
    url: str
    location: SourceLocation
    visibility: Visibility = Visibility.PUBLISHED
    count: int = 1  # type: ignore[assignment]  # hides tuple.count, which nothing calls
    traits: Mapping[str, str] = MappingProxyType({})
    id: str = ""

    @property
    def day(self) -> date | None:
        return self.when.date() if self.when else None

    @property
    def is_row(self) -> bool:
        """Whether it is a register's row."""
        return self.source.startswith("register:")

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture in an item."""
        return self.source == PHOTOS

    def fixed_bucket(self, clock: Clock) -> Bucket | None:
        """The bucket that doesn't depend on the period (draft, hidden, translation, scheduled), or None."""
        if self.visibility in _BY_AUTHOR:
            return _BY_AUTHOR[self.visibility]
        assert self.when or self.source == "unit-pages", f"{self.location}: an entry without a date was let through"
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


def photos_by_item(entries: Iterable[Entry]) -> list[Entry]:
    """One entry for all pictures of an item, with their number as its count; its place is the first one's."""
    by_item: dict[str, Entry] = {}
    for entry in entries:
        before = by_item.get(entry.url)
        by_item[entry.url] = before._replace(count=before.count + entry.count) if before else entry
    return list(by_item.values())
