"""The count itself: every number is the length of a list that can be shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from hromada.domain.alphabet import sort_key
from hromada.domain.calendar import Clock
from hromada.domain.entry import Bucket, Entry
from hromada.domain.figure import FigureSpec
from hromada.domain.item import Item
from hromada.domain.period import Month, Period
from hromada.domain.site import NO_CATEGORY, Site, category_titles

NO_PART = "inshe"


class DoesNotAddUp(Exception):
    """Parts or buckets don't sum to the whole: a fault of the count itself, never of the content."""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of the trait that a figure is split by, with its entries."""

    id: str
    title: str
    entries: tuple[Entry, ...]

    @property
    def value(self) -> int:
        return sum(entry.count for entry in self.entries)


@dataclass(frozen=True, slots=True)
class Count:
    """One figure counted: `value` is the sum over `entries`, which the parts and the months both hold in full."""

    spec: FigureSpec
    window: Period
    entries: tuple[Entry, ...]
    parts: tuple[Part, ...]

    @property
    def id(self) -> str:
        return self.spec.id

    @property
    def value(self) -> int:
        return sum(entry.count for entry in self.entries)

    @property
    def has_months(self) -> bool:
        """A page exists on a day; it does not happen in a month."""
        return self.spec.source != "unit-pages"

    @property
    def months(self) -> tuple[tuple[Month, int], ...]:
        """Every month of the window with its value, zeros too."""
        values = dict.fromkeys(self.window.months, 0)
        for entry in self.entries if self.has_months else ():
            assert entry.day is not None, f"{entry.place}: counted without a date"
            values[Month.of(entry.day)] += entry.count
        return tuple(values.items()) if self.has_months else ()


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """Where the rows of a register went; `rows` is the sum of the rest."""

    id: str
    rows: int
    counted: int
    apart: int
    scheduled: int
    outside: int


@dataclass(frozen=True, slots=True)
class Activity:
    """Everything counted for one period as of one day."""

    period: Period
    clock: Clock
    counts: tuple[Count, ...]
    reconciliation: Mapping[Bucket, int]
    registers: tuple[RegisterLine, ...]
    scheduled: tuple[Entry, ...]

    @property
    def as_of(self) -> date:
        """A finished period's report stays as of its last day."""
        return min(self.clock.day, self.period.last)

    @property
    def found(self) -> int:
        return sum(self.reconciliation.values())

    def get(self, id: str) -> Count | None:
        return next((count for count in self.counts if count.id == id), None)


@dataclass(frozen=True, slots=True)
class _Archive:
    """Entries by source, and the titles of every possible part."""

    by_source: Mapping[str, list[Entry]]
    titles: Mapping[str, Mapping[str, str]]
    units: tuple[Item, ...]
    clock: Clock
    accounts_by_group: Mapping[str, str] = field(default_factory=dict)


def count_activity(site: Site, period: Period, clock: Clock, windows: Mapping[str, Period] | None = None) -> Activity:
    """All figures of a period as of the clock's moment; `windows` are figures' own periods.

    Raises DoesNotAddUp when parts don't sum to their figure or buckets to what was found.
    """
    windows = windows or {}
    entries = site.entries
    archive = _archive(site, entries, clock)
    simple = {
        spec.id: _count(spec, _window(spec.id, period, windows), archive)
        for spec in site.figures.specs
        if not spec.total_of
    }
    counts = tuple(
        _total(spec, simple, _window(spec.id, period, windows)) if spec.total_of else simple[spec.id]
        for spec in site.figures.specs
    )
    dated = [entry for entry in entries if not entry.source.startswith("register:")]
    placed = [(entry.bucket(period, clock), entry) for entry in dated]
    reconciliation: dict[Bucket, int] = {bucket: 0 for bucket in Bucket if bucket is not Bucket.APART}
    for bucket, _ in placed:
        reconciliation[bucket] += 1
    lines = tuple(_register_line(name, archive, _window(name, period, windows)) for name in site.registers)
    scheduled = (entry for bucket, entry in placed if bucket is Bucket.SCHEDULED)
    activity = Activity(
        period, clock, counts, reconciliation, lines,
        tuple(sorted(scheduled, key=lambda entry: (entry.when or datetime.min, entry.place))),
    )  # fmt: skip
    _must_add_up(activity, len(dated))
    return activity


def _window(id: str, period: Period, windows: Mapping[str, Period]) -> Period:
    """A figure's own window; `social-main` and the like follow the window of `social`."""
    if id in windows:
        return windows[id]
    parent = {"social-main": "social", "social-other": "social", "reposts": "social"}.get(id, "")
    return windows.get(parent, period)


def _archive(site: Site, entries: tuple[Entry, ...], clock: Clock) -> _Archive:
    by_source: dict[str, list[Entry]] = {}
    for entry in entries:
        by_source.setdefault(entry.source, []).append(entry)
    titles = {
        "category": category_titles(site.items) | {NO_CATEGORY: "Без рубрики"},
        "unit": {id: item.title for id, item in site.units.items()},
        "account": {account.id: account.name for account in site.accounts.all},
        "newspaper": {},
        "kind": {"unit": "Структурні підрозділи", "partner": "Організації"},
    }
    for entry in site.rows:
        for trait in ("newspaper", "kind"):
            if title := entry.traits.get(f"{trait}-title", ""):
                titles[trait].setdefault(entry.traits[trait], title)
    groups = {account.id: account.group for account in site.accounts.all}
    return _Archive(by_source, titles, tuple(site.units.values()), clock, groups)


def _count(spec: FigureSpec, window: Period, archive: _Archive) -> Count:
    if spec.source == "unit-pages":
        entries = _existing_pages(window, archive)
    else:
        wanted = Bucket.APART if spec.apart else Bucket.COUNTED
        source = archive.by_source.get(spec.source, ())
        entries = [entry for entry in source if entry.bucket(window, archive.clock) is wanted]
    chosen = tuple(sorted((entry for entry in entries if _selected(spec, entry)), key=in_order))
    return Count(spec, window, chosen, _parts(spec, window, chosen, archive))


def in_order(entry: Entry) -> tuple[str, str]:
    """By day, then by source, as in items.csv."""
    return str(entry.day or ""), str(entry.place)


def _existing_pages(window: Period, archive: _Archive) -> list[Entry]:
    """The published unit pages that exist on the window's last day, or today when that is earlier."""
    day = min(window.last, archive.clock.day)
    return [
        Entry("unit-pages", unit.section, _opened(unit), unit.title, unit.address, unit.place,
              traits={"kind": unit.unit.kind, "unit": unit.unit.id})
        for unit in archive.units
        if unit.unit and unit.unit.exists_on(day) and unit.is_listed(archive.clock)
    ]  # fmt: skip


def _opened(unit: Item) -> datetime | None:
    opened = unit.unit.opened if unit.unit else None
    return datetime.combine(opened, time.min) if opened else None


def _selected(spec: FigureSpec, entry: Entry) -> bool:
    return all(entry.traits.get(trait, "") in values for trait, values in spec.where.items()) and not any(
        entry.traits.get(trait, "") in values for trait, values in spec.where_not.items()
    )


def _parts(spec: FigureSpec, window: Period, entries: Iterable[Entry], archive: _Archive) -> tuple[Part, ...]:
    """One split that holds every entry once: the known parts with their zeros, then those only entries name."""
    titles = archive.titles[spec.split]
    held: dict[str, list[Entry]] = {id: [] for id in _always_shown(spec, window, archive)}
    for entry in entries:
        held.setdefault(entry.traits.get(spec.split, "") or NO_PART, []).append(entry)
    parts = [Part(id, titles.get(id) or _unnamed(id), tuple(found)) for id, found in held.items()]
    if spec.split == "account":  # accounts keep the order of accounts.toml, the council's own page first
        return tuple(parts)
    return tuple(sorted(parts, key=lambda part: (part.id in (NO_PART, NO_CATEGORY), sort_key(part.title))))


def _unnamed(id: str) -> str:
    return "Не вказано" if id == NO_PART else id


def _always_shown(spec: FigureSpec, window: Period, archive: _Archive) -> list[str]:
    """Parts that are shown with a zero: the units of the period, the accounts that the figure selects from."""
    if spec.source == "unit-messages" and not spec.where and not spec.where_not:
        return [
            unit.unit.id for unit in archive.units
            if unit.unit and unit.unit.exists_in(window) and unit.status == "published"
        ]  # fmt: skip
    if spec.register == "social":
        return [id for id in archive.titles["account"] if _account_selected(spec, id, archive)]
    return []


def _account_selected(spec: FigureSpec, account: str, archive: _Archive) -> bool:
    group = archive.accounts_by_group[account]
    chosen = spec.where.get("account", (account,)), spec.where.get("group", (group,))
    refused = spec.where_not.get("account", ()), spec.where_not.get("group", ())
    return account in chosen[0] and group in chosen[1] and account not in refused[0] and group not in refused[1]


def _total(spec: FigureSpec, simple: Mapping[str, Count], window: Period) -> Count:
    """A sum of figures: its entries are theirs, its parts are theirs side by side."""
    addends = [simple[id] for id in spec.total_of]
    entries = tuple(sorted((entry for count in addends for entry in count.entries), key=in_order))
    merged: dict[str, Part] = {}
    for part in (part for count in addends for part in count.parts):
        before = merged[part.id].entries if part.id in merged else ()
        merged[part.id] = Part(part.id, part.title, before + part.entries)
    same = len({count.spec.split for count in addends}) == 1
    parts = tuple(merged.values()) if same else tuple(Part(c.id, c.spec.title, c.entries) for c in addends)
    return Count(spec, addends[0].window if addends else window, entries, parts)


def _register_line(name: str, archive: _Archive, window: Period) -> RegisterLine:
    rows = archive.by_source.get(f"register:{name}", [])
    buckets = [entry.bucket(window, archive.clock) for entry in rows]
    tally = {bucket: buckets.count(bucket) for bucket in Bucket}
    return RegisterLine(
        name, len(rows), tally[Bucket.COUNTED], tally[Bucket.APART], tally[Bucket.SCHEDULED], tally[Bucket.OUTSIDE]
    )


def _must_add_up(activity: Activity, found: int) -> None:
    if activity.found != found:
        raise DoesNotAddUp(f"{activity.period.id}: found {found}, buckets hold {activity.found}")
    for line in activity.registers:
        if line.rows != line.counted + line.apart + line.scheduled + line.outside:
            raise DoesNotAddUp(f"{activity.period.id}: register {line.id} does not add up: {line}")
    for count in activity.counts:
        parts = sum(part.value for part in count.parts)
        months = sum(value for _, value in count.months) if count.has_months else count.value
        if not parts == months == count.value:
            raise DoesNotAddUp(f"{count.id}: {count.value}, parts {parts}, months {months}")
