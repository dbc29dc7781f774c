"""Index of all entries as of one moment, sorted by day, so that counting a period reads only that period's entries."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from types import MappingProxyType

from msgspec import Struct, field

from hromada.domain.calendar import Clock
from hromada.domain.entry import PHOTOS, Bucket, Entry, Visibility
from hromada.domain.item import NEWS, Item
from hromada.domain.period import Period
from hromada.domain.site import NO_CATEGORY, Site, category_titles, page_entry, photo_entries
from hromada.domain.site_urls import LISTS
from hromada.domain.site_urls import NEWS as NEWS_LIST


class KnownParts(Struct, frozen=True):
    """What figures may be split into: titles by trait and id, units, the accounts' groups; of the published site."""

    titles: Mapping[str, Mapping[str, str]]
    units: tuple[Item, ...]
    groups: Mapping[str, str]

    @classmethod
    def of(cls, site: Site) -> KnownParts:
        """Collected in one pass for all periods."""
        titles: dict[str, dict[str, str]] = {
            "category": category_titles(site.items) | {NO_CATEGORY: "Без рубрики"},
            "unit": {id: item.title for id, item in site.units.items()},
            "account": {account.id: account.name for account in site.accounts.all},
            "newspaper": {},
            "section": {NEWS: LISTS[NEWS_LIST]} | {f"units/{id}": item.title for id, item in site.units.items()},
            "kind": {"unit": "Структурні підрозділи", "partner": "Організації"},
        }
        for entry in site.rows:
            for trait in ("newspaper", "kind"):
                if title := entry.traits.get(f"{trait}-title"):
                    titles[trait].setdefault(entry.traits[trait], title)
        groups = {account.id: account.group for account in site.accounts.all}
        return cls(titles, tuple(site.units.values()), groups)


class EntryList(Struct):
    """The entries of one source: `due` ones by day and file; of drafts, hidden, scheduled and translations only the numbers.

    `fixed_counts` are those numbers by bucket: no report can name such an entry.
    """

    due: list[Entry] = field(default_factory=list)
    fixed_counts: Counter[Bucket] = field(default_factory=Counter)
    days: list[date] = field(default_factory=list)

    def within(self, window: Period) -> Sequence[Entry]:
        """Due entries of the window, excluded ones too, in order."""
        return self.due[bisect_left(self.days, window.first) : bisect_right(self.days, window.last)]

    def tally(self, window: Period) -> dict[Bucket, int]:
        """How many entries are in each bucket."""
        tally = {bucket: self.fixed_counts[bucket] for bucket in Bucket}
        inside = self.within(window)
        tally[Bucket.EXCLUDED] = sum(entry.visibility is Visibility.EXCLUDED for entry in inside)
        tally[Bucket.COUNTED] = len(inside) - tally[Bucket.EXCLUDED]
        tally[Bucket.OUTSIDE] = len(self.due) - len(inside)
        return tally

    @property
    def earliest(self) -> date | None:
        return self.days[0] if self.days else None


class PhotoList(EntryList):
    """The pictures of published items: they become entries when a period asks, since an archive has several for each item."""

    items: list[Item] = field(default_factory=list)
    pictures: Mapping[str, Sequence[str]] = field(default_factory=dict)  # by item's path

    @classmethod
    def of(cls, published: Site, pictures: Mapping[str, Sequence[str]]) -> PhotoList:
        """The list of a site as published; `days` are those of its items."""
        items = [item for item in published.items if item.path in pictures and item.when]
        items.sort(key=_day)
        return cls(days=[_day(item) for item in items], items=items, pictures=pictures)

    def within(self, window: Period) -> Sequence[Entry]:
        items = self.items[bisect_left(self.days, window.first) : bisect_right(self.days, window.last)]
        photos = (photo for item in items for photo in photo_entries(item, self.pictures[item.path]))
        return sorted(photos, key=by_day_and_source)


def _day(item: Item) -> date:
    assert item.day is not None
    return item.day


class EntryIndex(Struct, frozen=True, dict=True):
    """The entries by source, as of the clock's moment, and the site as published then. No slots: it caches `parts`."""

    site: Site
    clock: Clock
    entry_lists: dict[str, EntryList]
    unpublished: tuple[tuple[Entry, Bucket], ...] = ()  # for messages to editors only

    @classmethod
    def of(cls, site: Site, clock: Clock, pictures: Mapping[str, Sequence[str]] = MappingProxyType({})) -> EntryIndex:
        """Build the index: one pass and one sort for all periods; `pictures` are the files that items show, by item's path."""
        entry_lists: dict[str, EntryList] = {}
        unpublished = [
            (page, fixed_bucket)
            for page in map(page_entry, site.units.values())
            if (fixed_bucket := page.fixed_bucket(clock))
        ]
        for entry in site.entries:
            entry_list = entry_lists.setdefault(entry.source, EntryList())
            fixed_bucket = entry.fixed_bucket(clock)
            if fixed_bucket is None:
                entry_list.due.append(entry)
            else:
                entry_list.fixed_counts[fixed_bucket] += 1
                if fixed_bucket is not Bucket.TRANSLATION:
                    unpublished.append((entry, fixed_bucket))
        for entry_list in entry_lists.values():
            entry_list.due.sort(key=by_day_and_source)
            entry_list.days = [entry.when.date() for entry in entry_list.due if entry.when]
        published = site.published(clock)
        if pictures:
            entry_lists[PHOTOS] = PhotoList.of(published, pictures)
        return cls(published, clock, entry_lists, tuple(unpublished))

    @cached_property
    def parts(self) -> KnownParts:
        return KnownParts.of(self.site)

    @cached_property
    def earliest(self) -> date | None:
        """The day of the first due entry of the site and its registers."""
        return min((entry_list.days[0] for entry_list in self.entry_lists.values() if entry_list.days), default=None)

    def entry_list(self, source: str) -> EntryList:
        return self.entry_lists.get(source) or EntryList()

    def of_site(self) -> Iterable[EntryList]:
        """Lists of the site's items; registers have their own lines in the reconciliation, pictures belong to items."""
        return (
            entry_list
            for source, entry_list in self.entry_lists.items()
            if source != PHOTOS and not source.startswith("register:")
        )


def by_day_and_source(entry: Entry) -> tuple[date, str]:
    """Sort key: day, then file and line, as in items.csv; entries without a day come first."""
    return entry.when.date() if entry.when else date.min, str(entry.place)
