"""What became of an approved report's entries since: which came, went, moved, changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from hromada.domain.calendar import Clock
from hromada.domain.days_in_words import short_day
from hromada.domain.entry import Bucket, Entry, Place
from hromada.domain.item import Item
from hromada.domain.numerals import grouped
from hromada.report.activity import Activity
from hromada.report.approval import Version, counted_entries
from hromada.report.archive import Archive
from hromada.report.count import page_entry
from hromada.report.identity import digest_of, identified


class Drift(StrEnum):
    """What happened to an entry; the words are printed."""

    CAME = "додано"
    WENT = "вибуло"
    REDATED = "змінено дату"
    MOVED = "перенесено"
    RECOUNTED = "змінено кількість"
    REFIGURED = "рахується інакше"
    RETITLED = "змінено назву"
    EDITED = "змінено текст"

    @property
    def matters(self) -> bool:
        """Whether the report no longer says what the content says; an edited text or title is only listed."""
        return self not in (Drift.RETITLED, Drift.EDITED)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's (or figure's) difference; `entry` is today's, or the approved one when it is gone."""

    what: Drift
    entry: Entry | None
    title: str
    detail: str = ""
    is_here: bool = True  # its file or row still exists


@dataclass(frozen=True, slots=True)
class _Sides:
    """Approved and present entries by identity; `known` are all present ones, counted or not."""

    approved: Mapping[str, Entry]
    counted: Mapping[str, Entry]
    known: Mapping[str, Entry]
    digests: Mapping[str, str]  # of the approved ones


@dataclass(frozen=True, slots=True)
class Present:
    """All that the content holds today, counted or not: entries by identity, items by address."""

    entries: Mapping[str, Entry]
    items: Mapping[str, Item]
    clock: Clock

    @classmethod
    def of(cls, archive: Archive) -> Present:
        """Made once for all reports: it walks over every entry of the site."""
        site = archive.site
        pages = (page_entry(unit) for unit in site.units.values())
        return cls(
            identified([*site.entries, *pages]),
            {item.address: item for item in site.items if item.address},
            archive.clock,
        )


@dataclass(frozen=True, slots=True)
class Drifted:
    """What became of an approval's entries; `moved` are present addresses by approved ones."""

    changes: tuple[Change, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


def drift(version: Version, today: Activity, present: Present) -> Drifted:
    """Every change since the approval, in the order of days; `today` is the same period counted now."""
    counted = identified(counted_entries(today))
    sides = _Sides(version.entries, counted, present.entries, version.digests)
    heirs = _heirs(sides, present.items)
    changes = [
        Change(Drift.CAME, entry, entry.title)
        for identity, entry in counted.items()
        if identity not in sides.approved and identity not in heirs.values()
    ]
    moved: dict[str, str] = {}
    for identity, before in sides.approved.items():
        name = identity if identity in sides.known else heirs.get(identity)
        now = sides.known[name] if name else None
        changes += _differences(before, now, name in counted, sides.digests[identity], present)
        if now and now.url != before.url and not _is_row(now):
            moved[before.url] = now.url
    changes += _refigured(version.activity, today, _Names(sides, heirs), changes)
    return Drifted(tuple(sorted(changes, key=_order)), moved)


def _order(change: Change) -> tuple[str, str, int]:
    day = str(change.entry.day or "") if change.entry else ""
    return day, str(change.entry.place) if change.entry else "", list(Drift).index(change.what)


def _heirs(sides: _Sides, items: Mapping[str, Item]) -> dict[str, str]:
    """For an approved entry whose identity is gone, the new one that it became.

    By its very words first; then, where just one is offered and its title or its words agree, by its file, its name
    in another section, or (rows) its day, account and title. An unrelated item in its place is not its heir.
    """
    gone = {identity: entry for identity, entry in sides.approved.items() if identity not in sides.known}
    new = {identity: entry for identity, entry in sides.known.items() if identity not in sides.approved}
    found: dict[str, str] = {}
    if not gone or not new:
        return found
    words = {identity: digest_of(entry, items) for identity, entry in new.items()} | dict(sides.digests)

    def agree(old: str, heir: str) -> bool:
        return gone[old].title == new[heir].title or words[old] == words[heir]

    for sign in (lambda name, entry: _exact(entry, words[name]), _file, _name, _row):
        offered: dict[str, list[str]] = {}
        for name, entry in new.items():
            if name not in found.values() and (key := sign(name, entry)):
                offered.setdefault(key, []).append(name)
        for old, entry in gone.items():
            heirs = [heir for heir in offered.get(sign(old, entry), ()) if agree(old, heir)] if old not in found else []
            if len(heirs) == 1:
                found[old] = heirs[0]
                offered[sign(old, entry)].remove(heirs[0])
    return found


def _exact(entry: Entry, words: str) -> str:
    return "" if _is_row(entry) else f"{entry.title} {words}"


def _file(name: str, entry: Entry) -> str:
    return "" if _is_row(entry) else entry.place.path


def _name(name: str, entry: Entry) -> str:
    return "" if _is_row(entry) else entry.url.rstrip("/").rpartition("/")[2]


def _row(name: str, entry: Entry) -> str:
    """A row that was given an id or a link has the cells that it had."""
    traits = " ".join(entry.traits.get(trait, "") for trait in ("account", "network", "newspaper", "issue"))
    return f"{entry.source} {entry.day} {entry.title} {traits}" if _is_row(entry) else ""


def _is_row(entry: Entry) -> bool:
    return entry.source.startswith("register:")


def _differences(before: Entry, now: Entry | None, is_counted: bool, digest: str, present: Present) -> Iterator[Change]:
    """All that differs between an approved entry and what it is today."""
    if now is None:
        yield Change(Drift.WENT, before, before.title, _GONE[_is_row(before)], is_here=False)
        return
    fate = now.fate(present.clock)
    if fate or now.standing != before.standing:  # whatever else was done to it, it counts no more
        yield Change(Drift.WENT, now, now.title, _FATES[fate] if fate else f"тепер {now.traits.get('kind', 'окремо')}")
        return
    redated, moved = before.day != now.day, _moved(before, now)
    if redated:
        yield Change(Drift.REDATED, now, now.title, _days(before, now))
    if moved:
        yield Change(Drift.MOVED, now, now.title, moved)
    if not is_counted and not redated and not moved:
        yield Change(Drift.WENT, now, now.title, "більше не рахується")
    if before.count != now.count:
        yield Change(Drift.RECOUNTED, now, now.title, f"{grouped(before.count)} → {grouped(now.count)}")
    if before.title != now.title:
        yield Change(Drift.RETITLED, now, now.title, f"було «{before.title}»")
    if digest != digest_of(now, present.items):
        yield Change(Drift.EDITED, now, now.title)


_GONE = {False: "файлу більше немає", True: "рядка більше немає"}
_FATES = {
    Bucket.DRAFT: "тепер чернетка",
    Bucket.HIDDEN: "тепер приховано",
    Bucket.TRANSLATION: "тепер переклад",
    Bucket.SCHEDULED: "тепер заплановано",
}


def _days(before: Entry, now: Entry) -> str:
    return " → ".join(short_day(one.day) if one.day else "без дати" for one in (before, now))


def _moved(before: Entry, now: Entry) -> str:
    """From where to where; empty when the entry is where it was. A new date in an address is no move."""
    if before.section != now.section:
        return f"{before.section} → {now.section}"
    if _is_row(now) or _undated(before.url) == _undated(now.url):
        return ""
    return f"{before.url} → {now.url}"


def _undated(url: str) -> str:
    return re.sub(r"-\d{4}-\d{2}-\d{2}/$", "/", url)


class _Names:
    """Entries' approved identities, then and now: rows move between lines, items between addresses."""

    def __init__(self, sides: _Sides, heirs: Mapping[str, str]) -> None:
        was = {new: old for old, new in heirs.items()}
        self._then = {_place(entry): identity for identity, entry in sides.approved.items()}
        self._now = {_place(entry): was.get(identity, identity) for identity, entry in sides.counted.items()}
        self._was = {_place(entry): was.get(identity, identity) for identity, entry in sides.known.items()}

    def of(self, change: Change) -> str:
        """The name of a change's entry; a row may stand today where another one stood."""
        assert change.entry is not None
        place = _place(change.entry)
        return self._was[place] if change.is_here else self._then[place]

    def then(self, entries: Iterable[Entry]) -> set[str]:
        return {self._then[_place(entry)] for entry in entries}

    def now(self, entries: Iterable[Entry]) -> set[str]:
        return {self._now[_place(entry)] for entry in entries}


def _place(entry: Entry) -> tuple[str, Place, str]:
    return entry.source, entry.place, entry.url


def _refigured(before: Activity, today: Activity, names: _Names, told: Iterable[Change]) -> Iterator[Change]:
    """Figures that hold other entries though nothing happened to those: another selection, another account."""
    explained = {names.of(change) for change in told if change.entry and change.what.matters}
    for old in before.counts:
        new = today.get(old.id)
        if new is None:
            yield Change(Drift.REFIGURED, None, old.spec.title, "такого показника більше немає")
        elif (names.then(old.entries) ^ names.now(new.entries)) - explained:
            yield Change(Drift.REFIGURED, None, old.spec.title, f"{grouped(old.value)} → {grouped(new.value)}")
