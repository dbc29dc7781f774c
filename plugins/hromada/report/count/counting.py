"""The count itself: from all entries to the figures of one period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hromada.domain.account import PostKind
from hromada.domain.alphabet import sort_key
from hromada.domain.calendar import Clock
from hromada.domain.entry import Bucket, Entry, Visibility
from hromada.domain.figure import FigureSpec, window_of
from hromada.domain.period import Period, enclosing_period
from hromada.domain.site import NO_CATEGORY, Site, page_entry
from hromada.report.count.activity import ActivePeriod, Activity, Count, Part, RegisterLine
from hromada.report.count.entry_index import EntryIndex, by_day_and_source
from hromada.report.count.figure_parts import PossibleParts

NO_PART = "inshe"


def count_activity(site: Site, period: Period, clock: Clock, windows: Mapping[str, Period] | None = None) -> Activity:
    """All figures of a period as of the clock's moment; `windows` are figures' own periods."""
    return count_from(EntryIndex.of(site, clock), period, windows)


def count_from(archive: EntryIndex, period: Period, windows: Mapping[str, Period] | None = None) -> Activity:
    """The same from an archive that several periods are counted from."""
    windows = windows or {}
    site, parts = archive.site, archive.parts
    simple = {
        spec.id: _count(spec, window_of(spec.id, period, windows), archive, parts)
        for spec in site.figures.specs
        if not spec.total_of
    }
    counts = tuple(_total(spec, simple) if spec.total_of else simple[spec.id] for spec in site.figures.specs)
    tallies = [entry_list.tally(period) for entry_list in archive.of_site()]
    return Activity(
        period=period,
        as_of=min(archive.clock.day, period.last),  # a finished period's report stays as of its last day
        counts=counts,
        reconciliation={
            bucket: sum(tally[bucket] for tally in tallies) for bucket in Bucket if bucket is not Bucket.EXCLUDED
        },
        registers=tuple(_register_line(name, archive, window_of(name, period, windows)) for name in site.registers),
        stories=_stories(archive, window_of("social", period, windows)),
        networks={account.id: account.networks for account in site.accounts.all},
        active_periods=_lives(archive.parts, window_of("unit-messages", period, windows)),
    )


def _lives(parts: PossibleParts, window: Period) -> dict[str, ActivePeriod]:
    """The pages that were opened or closed within the window: they were not silent before and after."""
    return {
        unit.unit.id: ActivePeriod(unit.unit.opened, unit.unit.closed)
        for unit in parts.units
        if unit.unit and unit.unit.exists_in(window)
        and not (unit.unit.exists_on(window.first) and unit.unit.exists_on(window.last))
    }  # fmt: skip


def _count(spec: FigureSpec, window: Period, archive: EntryIndex, parts: PossibleParts) -> Count:
    if spec.source == "unit-pages":
        entries: Sequence[Entry] = sorted(_existing_pages(window, archive), key=by_day_and_source)
    else:
        inside = archive.entry_list(spec.source).within(window)
        entries = [entry for entry in inside if (entry.visibility is Visibility.EXCLUDED) is spec.excluded]
    chosen = tuple(entry for entry in entries if _selected(spec, entry))
    return Count(spec, window, chosen, _parts(spec, window, chosen, parts))


def _existing_pages(window: Period, archive: EntryIndex) -> Iterable[Entry]:
    """The published unit pages that exist on the window's last day, or today when that is earlier."""
    day = min(window.last, archive.clock.day)
    for unit in archive.site.units.values():
        if unit.unit and unit.unit.exists_on(day):
            yield page_entry(unit)


def _selected(spec: FigureSpec, entry: Entry) -> bool:
    if not spec.where and not spec.where_not:
        return True
    return all(entry.traits.get(trait, "") in values for trait, values in spec.where.items()) and not any(
        entry.traits.get(trait, "") in values for trait, values in spec.where_not.items()
    )


def _parts(spec: FigureSpec, window: Period, entries: Iterable[Entry], parts: PossibleParts) -> tuple[Part, ...]:
    """One split that holds every entry once: the known parts with their zeros, then those only entries name."""
    titles = parts.titles[spec.split]
    held: dict[str, list[Entry]] = {id: [] for id in _always_shown(spec, window, parts)}
    for entry in entries:
        held.setdefault(entry.traits.get(spec.split, "") or NO_PART, []).append(entry)
    made = [Part(id, titles.get(id) or _unnamed(id), tuple(found)) for id, found in held.items()]
    if spec.split == "account":  # accounts keep the order of accounts.toml, the council's own page first
        return tuple(made)
    return tuple(sorted(made, key=lambda part: (part.id in (NO_PART, NO_CATEGORY), sort_key(part.title))))


def _unnamed(id: str) -> str:
    return "Не вказано" if id == NO_PART else id


def _always_shown(spec: FigureSpec, window: Period, parts: PossibleParts) -> list[str]:
    """Parts that are shown with a zero: the units of the period, the accounts that the figure selects from."""
    if spec.source == "unit-messages" and not spec.where and not spec.where_not:
        return [
            unit.unit.id for unit in parts.units
            if unit.unit and unit.unit.exists_in(window)
        ]  # fmt: skip
    if spec.register == "social":
        return [id for id, group in parts.groups.items() if _account_selected(spec, id, group)]
    return []


def _account_selected(spec: FigureSpec, account: str, group: str) -> bool:
    chosen = spec.where.get("account", (account,)), spec.where.get("group", (group,))
    refused = spec.where_not.get("account", ()), spec.where_not.get("group", ())
    return account in chosen[0] and group in chosen[1] and account not in refused[0] and group not in refused[1]


def _total(spec: FigureSpec, simple: Mapping[str, Count]) -> Count:
    """A sum of figures: its entries are theirs, its parts are theirs side by side.

    Addends of different windows are refused where a report sets them; here the window holds all, so that every entry
    has its month.
    """
    addends = [simple[id] for id in spec.total_of]
    entries = tuple(sorted((entry for count in addends for entry in count.entries), key=by_day_and_source))
    merged: dict[str, Part] = {}
    for part in (part for count in addends for part in count.parts):
        before = merged[part.id].entries if part.id in merged else ()
        merged[part.id] = Part(part.id, part.title, before + part.entries)
    same = len({count.spec.split for count in addends}) == 1
    parts = tuple(merged.values()) if same else tuple(Part(c.id, c.spec.title, c.entries) for c in addends)
    return Count(spec, enclosing_period(count.window for count in addends), entries, parts)


def _register_line(name: str, archive: EntryIndex, window: Period) -> RegisterLine:
    tally = archive.entry_list(f"register:{name}").tally(window)
    return RegisterLine(
        name, sum(tally.values()), tally[Bucket.COUNTED], tally[Bucket.EXCLUDED], tally[Bucket.SCHEDULED],
        tally[Bucket.OUTSIDE],
    )  # fmt: skip


def _stories(archive: EntryIndex, window: Period) -> dict[str, int]:
    """Stories by account: shown apart, without a figure of their own."""
    stories: dict[str, int] = {}
    for entry in archive.entry_list("register:social").within(window):
        if entry.visibility is Visibility.EXCLUDED and entry.traits.get("kind") == PostKind.STORY:
            account = entry.traits["account"]
            stories[account] = stories.get(account, 0) + entry.count
    return stories
