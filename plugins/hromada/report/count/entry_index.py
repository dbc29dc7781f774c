"""All entries as of one moment, sorted once, so that counting a period touches that period's entries alone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from hromada.domain.calendar import Clock
from hromada.domain.entry import Bucket, Entry, Standing
from hromada.domain.period import Period
from hromada.domain.site import Site, page_entry
from hromada.report.count.figure_parts import PossibleParts


@dataclass(slots=True)
class Shelf:
    """The entries of one source: those that a period decides about, by day and place; of the others only how many.

    Drafts, hidden and scheduled entries are nothing but numbers from here on: no report can name one.
    """

    due: list[Entry] = field(default_factory=list)
    fates: Counter[Bucket] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    def within(self, window: Period) -> Sequence[Entry]:
        """Due entries of the window, apart ones too, in order."""
        return self.due[bisect_left(self.days, window.first) : bisect_right(self.days, window.last)]

    def tally(self, window: Period) -> dict[Bucket, int]:
        """How many entries are in each bucket."""
        tally = {bucket: self.fates[bucket] for bucket in Bucket}
        inside = self.within(window)
        tally[Bucket.APART] = sum(entry.standing is Standing.APART for entry in inside)
        tally[Bucket.COUNTED] = len(inside) - tally[Bucket.APART]
        tally[Bucket.OUTSIDE] = len(self.due) - len(inside)
        return tally

    @property
    def earliest(self) -> date | None:
        return self.days[0] if self.days else None


@dataclass(frozen=True)
class Archive:
    """The entries by source, as of the clock's moment, and the site as readers find it then.

    No slots: what every count needs is derived once.
    """

    site: Site
    clock: Clock
    shelves: dict[str, Shelf]
    unpublished: tuple[tuple[Entry, Bucket], ...] = ()  # only editors may be told what became of these

    @classmethod
    def of(cls, site: Site, clock: Clock) -> Archive:
        """Every entry in its place: one pass and one sort for all the periods counted from it."""
        shelves: dict[str, Shelf] = {}
        unpublished = [(page, fate) for page in map(page_entry, site.units.values()) if (fate := page.fate(clock))]
        for entry in site.entries:
            shelf = shelves.setdefault(entry.source, Shelf())
            fate = entry.fate(clock)
            if fate is None:
                shelf.due.append(entry)
            else:
                shelf.fates[fate] += 1
                if fate is not Bucket.TRANSLATION:
                    unpublished.append((entry, fate))
        for shelf in shelves.values():
            shelf.due.sort(key=in_order)
            shelf.days = [entry.when.date() for entry in shelf.due if entry.when]
        return cls(site.published(clock), clock, shelves, tuple(unpublished))

    @cached_property
    def parts(self) -> PossibleParts:
        return PossibleParts.of(self.site)

    @cached_property
    def earliest(self) -> date | None:
        """The day of the first due entry of the site and its registers."""
        return min((shelf.days[0] for shelf in self.shelves.values() if shelf.days), default=None)

    def shelf(self, source: str) -> Shelf:
        return self.shelves.get(source) or Shelf()

    def of_site(self) -> Iterable[Shelf]:
        """The shelves of what is written here; registers have their own lines in the reconciliation."""
        return (shelf for source, shelf in self.shelves.items() if not source.startswith("register:"))


def in_order(entry: Entry) -> tuple[date, str]:
    """By day, then by source, as in items.csv; what has no day comes first."""
    return entry.when.date() if entry.when else date.min, str(entry.place)
