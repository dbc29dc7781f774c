"""What became of an approved report's entries since: which came, went, moved, changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from hromada.domain.content_digest import digest_by
from hromada.domain.days_in_words import short_day
from hromada.domain.entry import Bucket, Entry, SourceLocation, Visibility
from hromada.domain.item import Item
from hromada.domain.numerals import grouped
from hromada.domain.site import page_entry
from hromada.report.approval.approved_report import Version, counted_entries
from hromada.report.approval.entry_identity import PART_TRAITS, by_identity, identity_of, is_row, is_same_row
from hromada.report.count.activity import Activity
from hromada.report.count.entry_index import EntryIndex


class ChangeKind(StrEnum):
    """What happened to an entry; the words are printed."""

    ADDED = "додано"
    REMOVED = "вибуло"
    DATE_CHANGED = "змінено дату"
    MOVED = "перенесено"
    COUNT_CHANGED = "змінено кількість"
    FIGURE_CHANGED = "рахується інакше"
    PART_CHANGED = "перенесено до іншої частини"
    TITLE_CHANGED = "змінено назву"
    TEXT_CHANGED = "змінено текст"

    @property
    def matters(self) -> bool:
        """Whether the report no longer says what the content says; another part, title or text is only listed."""
        return self not in (ChangeKind.PART_CHANGED, ChangeKind.TITLE_CHANGED, ChangeKind.TEXT_CHANGED)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry's (or figure's) difference; `entry` is today's, or the approved one when it is gone."""

    what: ChangeKind
    entry: Entry | None
    title: str
    detail: str = ""
    is_here: bool = True  # readers still find it
    why: str = ""  # what only editors may know of one that they don't: it is a draft now, hidden, scheduled


@dataclass(frozen=True, slots=True)
class _ComparedEntries:
    """Approved entries and those counted today, by identity."""

    approved: Mapping[str, Entry]
    counted: Mapping[str, Entry]
    digests: Mapping[str, str]  # of the approved items' content, by the rules of `digest_version`
    digest_version: int

    @classmethod
    def of(cls, version: Version, today: Activity) -> _ComparedEntries:
        """Both sides identified by today's rules, whatever the approval calls its entries."""
        names = {id(entry): name for name, entry in version.entries.items()}
        approved = by_identity(version.entries.values())
        digests = {identity: version.digests.get(names[id(entry)], "") for identity, entry in approved.items()}
        return cls(approved, by_identity(counted_entries(today)), digests, version.digest_version)

    def is_edited(self, identity: str, name: str, present: CurrentEntries) -> bool:
        """Whether an approved entry's content is another one in the present entry `name`."""
        before, now = self.approved[identity], present.entries[name]
        if is_row(before) or is_row(now):
            return not (is_row(before) and is_row(now) and is_same_row(before, now))
        return self.digests[identity] != present.digest(now, self.digest_version)


@dataclass(frozen=True)
class CurrentEntries:
    """All that readers find today, counted or not: entries by identity, items by address.

    What is a draft, hidden or scheduled now is as good as gone, whatever it has become; `unpublished` says which of
    these an identity or an item's file is, for the editor. Made once for all reports, since it walks over every entry
    of the site; no slots for the same reason. `consulted` are the addresses whose words were asked for: what was drawn
    depends on no other text.
    """

    entries: Mapping[str, Entry]
    items: Mapping[str, Item]
    unpublished: Mapping[str, Bucket]
    consulted: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, archive: EntryIndex) -> CurrentEntries:
        site = archive.site
        pages = (page_entry(unit) for unit in site.units.values())
        items = {item.address: item for item in site.items if item.address}
        unpublished = {
            key: bucket for entry, bucket in archive.unpublished for key in (_file(entry), identity_of(entry)) if key
        }
        return cls(by_identity([*site.entries, *pages]), items, unpublished)

    @cached_property
    def by_match_key(self) -> Mapping[tuple[str, str], list[str]]:
        """Identities by everything that a gone entry may be found again by."""
        found: dict[tuple[str, str], list[str]] = {}
        for identity, entry in self.entries.items():
            for match_key in MATCH_KEYS:
                if key := match_key(entry):
                    found.setdefault((match_key.__name__, key), []).append(identity)
        return found

    def digest(self, entry: Entry, version: int) -> str:
        """The digest of an item's content, by the rules of a version; empty where no item has the entry's address."""
        self.consulted.add(entry.url)
        item = self.items.get(entry.url)
        return digest_by(item, version) if item else ""


@dataclass(frozen=True, slots=True)
class ApprovalDiff:
    """What became of an approval's entries; `moved` are present addresses by approved ones."""

    changes: tuple[Change, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


def compare_with_content(version: Version, today: Activity, present: CurrentEntries) -> ApprovalDiff:
    """Every change since the approval, in the order of days; `today` is the same period counted now."""
    sides = _ComparedEntries.of(version, today)
    counted = sides.counted
    matches = _match_renamed(sides, present)
    names = _ApprovedIdentities(sides, matches)
    redefined = _redefined_figures(version.activity, today)
    kept = _comparable_identities(version.activity, today, names, redefined)
    changes, moved = list(_added(sides, set(matches.values()), kept)), dict[str, str]()
    titles = _titles(version.activity) | _titles(today)
    for identity, before in sides.approved.items():
        name = identity if identity in present.entries else matches.get(identity)
        now = present.entries[name] if name else None
        is_counted = name in counted or identity not in kept  # in redefined figures alone: those are named
        if now is None or name is None:
            changes.append(_removed(identity, before, present))
            continue
        found = list(_count_changes(before, now, is_counted))
        if not any(change.what is ChangeKind.REMOVED for change in found):
            found += _content_changes(before, now, sides.is_edited(identity, name, present), titles)
        changes += found
        if now.url != before.url and not is_row(now):
            moved[before.url] = now.url
    changes += redefined.values()
    changes += _figure_changes(version.activity, today, names, changes, set(redefined))
    return ApprovalDiff(tuple(sorted(changes, key=_order)), moved)


def _added(sides: _ComparedEntries, matches: set[str], kept: set[str]) -> Iterator[Change]:
    for identity, entry in sides.counted.items():
        if identity not in sides.approved and identity not in matches and identity in kept:
            yield Change(ChangeKind.ADDED, entry, entry.title)


def _redefined_figures(before: Activity, today: Activity) -> dict[str, Change]:
    """Figures that are gone, have another window or select otherwise: one change says it for all their entries."""
    found: dict[str, Change] = {}
    for old in before.counts:
        new = today.get(old.id)
        if new is None:
            found[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, "такого показника більше немає")
        elif old.window != new.window:
            words = f"строк {old.window.between} → {new.window.between}"
            found[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, words)
        elif old.spec.definition != new.spec.definition:
            words = f"визначено інакше, {grouped(old.value)} → {grouped(new.value)}"
            found[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, words)
    return found


def _comparable_identities(
    before: Activity, today: Activity, names: _ApprovedIdentities, redefined: Mapping[str, Change]
) -> set[str]:
    """Identities that some figure holds whose definition and window are the same then and now."""
    then = [names.then(count.entries) for count in before.counts if count.id not in redefined]
    known = {count.id for count in before.counts}
    now = [names.now(count.entries) for count in today.counts if count.id in known - redefined.keys()]
    return set().union(*then, *now)


def _titles(activity: Activity) -> dict[str, str]:
    return {part.id: part.title for count in activity.counts for part in count.parts}


def _order(change: Change) -> tuple[str, str, int]:
    day = str(change.entry.day or "") if change.entry else ""
    return day, str(change.entry.place) if change.entry else "", list(ChangeKind).index(change.what)


def _match_renamed(sides: _ComparedEntries, present: CurrentEntries) -> dict[str, str]:
    """For an approved entry whose identity is gone, the new one that it became.

    By its very words first; then, where just one is offered and its title or its words agree, by its file, its name
    in another section, or (rows) its day, account and title. An unrelated item in its place is not its heir.
    """
    gone = {identity: entry for identity, entry in sides.approved.items() if identity not in present.entries}
    found: dict[str, str] = {}
    taken: set[str] = set()
    for match_key in MATCH_KEYS:
        for old, entry in gone.items():
            offered = present.by_match_key.get((match_key.__name__, match_key(entry)), ()) if old not in found else ()
            free = [name for name in offered if name not in sides.approved and name not in taken]
            matches = [name for name in free if _is_match(sides, old, name, present, strictly=match_key is _title)]
            if len(matches) == 1:
                found[old] = matches[0]
                taken.add(matches[0])
    return found


def _is_match(sides: _ComparedEntries, old: str, name: str, present: CurrentEntries, *, strictly: bool) -> bool:
    """Whether the title and the content, or at least one of the two, are what they were."""
    titled = sides.approved[old].title == present.entries[name].title
    if titled and not strictly:
        return True
    return (titled or not strictly) and not sides.is_edited(old, name, present)


def _title(entry: Entry) -> str:
    return "" if is_row(entry) else entry.title


def _file(entry: Entry) -> str:
    return "" if is_row(entry) else entry.place.path


def _name(entry: Entry) -> str:
    return "" if is_row(entry) else entry.url.rstrip("/").rpartition("/")[2]


def _row(entry: Entry) -> str:
    """A row that was given an id or a link has the cells that it had."""
    traits = " ".join(entry.traits.get(trait, "") for trait in ("account", "network", "newspaper", "issue"))
    return f"{entry.source} {entry.day} {entry.title} {traits}" if is_row(entry) else ""


MATCH_KEYS = (_title, _file, _name, _row)


def _count_changes(before: Entry, now: Entry, is_counted: bool) -> Iterator[Change]:
    """What became of an approved entry's place in the count."""
    if now.visibility != before.visibility:  # whatever else was done to it, it counts no more
        is_translation = now.visibility is Visibility.TRANSLATION
        what = "переклад" if is_translation else now.traits.get("kind", "окремо")
        yield Change(ChangeKind.REMOVED, now, now.title, f"тепер {what}")
        return
    redated, moved = before.day != now.day, _moved(before, now)
    if redated:
        yield Change(ChangeKind.DATE_CHANGED, now, now.title, _days(before, now))
    if moved:
        yield Change(ChangeKind.MOVED, now, now.title, moved)
    if not is_counted and not redated and not moved:
        yield Change(ChangeKind.REMOVED, now, now.title, "більше не рахується")
    if before.count != now.count:
        yield Change(ChangeKind.COUNT_CHANGED, now, now.title, f"{grouped(before.count)} → {grouped(now.count)}")


def _content_changes(before: Entry, now: Entry, is_edited: bool, titles: Mapping[str, str]) -> Iterator[Change]:
    """What was done to an entry that counts as before: another part, title or text."""
    for trait in PART_TRAITS:
        then, today = before.traits.get(trait, ""), now.traits.get(trait, "")
        if then != today and before.section == now.section:
            yield Change(
                ChangeKind.PART_CHANGED, now, now.title, f"{titles.get(then, then)} → {titles.get(today, today)}"
            )
    if before.title != now.title:
        yield Change(ChangeKind.TITLE_CHANGED, now, now.title, f"було «{before.title}»")
    if is_edited:
        yield Change(ChangeKind.TEXT_CHANGED, now, now.title)


def _removed(identity: str, before: Entry, present: CurrentEntries) -> Change:
    """An approved entry that readers find no more: they are told of all such the same."""
    bucket = present.unpublished.get(identity) or present.unpublished.get(_file(before))
    said, lost = _REMOVED_DETAILS[is_row(before)]
    return Change(
        ChangeKind.REMOVED,
        before,
        before.title,
        said,
        is_here=False,
        why=_UNPUBLISHED_REASONS[bucket] if bucket else lost,
    )


_REMOVED_DETAILS = {
    False: ("більше не оприлюднено", "файлу більше немає"),
    True: ("більше не рахується", "рядка більше немає"),
}
_UNPUBLISHED_REASONS = {
    Bucket.DRAFT: "тепер чернетка",
    Bucket.HIDDEN: "тепер приховано",
    Bucket.SCHEDULED: "тепер заплановано",
}


def _days(before: Entry, now: Entry) -> str:
    return " → ".join(short_day(one.day) if one.day else "без дати" for one in (before, now))


def _moved(before: Entry, now: Entry) -> str:
    """From where to where; empty when the entry is where it was. A new date in an address is no move."""
    if before.section != now.section:
        return f"{before.section} → {now.section}"
    if is_row(now) or _undated(before.url) == _undated(now.url):
        return ""
    return f"{before.url} → {now.url}"


def _undated(url: str) -> str:
    return re.sub(r"-\d{4}-\d{2}-\d{2}/$", "/", url)


class _ApprovedIdentities:
    """Entries' approved identities, then and now: rows move between lines, items between addresses."""

    def __init__(self, sides: _ComparedEntries, matches: Mapping[str, str]) -> None:
        self._was = {new: old for old, new in matches.items()}
        self._then = {_key(entry): identity for identity, entry in sides.approved.items()}
        self._now = {_key(entry): self._was.get(name, name) for name, entry in sides.counted.items()}

    def of(self, change: Change) -> str:
        """The name of a change's entry; a row may stand today where another one stood."""
        assert change.entry is not None
        place = _key(change.entry)
        if not change.is_here:
            return self._then[place]
        if place in self._now:
            return self._now[place]
        name = identity_of(change.entry)
        return self._was.get(name, name)

    def then(self, entries: Iterable[Entry]) -> set[str]:
        return {self._then[_key(entry)] for entry in entries}

    def now(self, entries: Iterable[Entry]) -> set[str]:
        return {self._now[_key(entry)] for entry in entries}


def _key(entry: Entry) -> tuple[str, SourceLocation, str]:
    return entry.source, entry.place, entry.url


def _figure_changes(
    before: Activity, today: Activity, names: _ApprovedIdentities, told: Iterable[Change], redefined: set[str]
) -> Iterator[Change]:
    """Figures that hold other entries though nothing happened to those: an account that is in another group."""
    explained = {names.of(change) for change in told if change.entry and change.what.matters}
    for old in before.counts:
        new = today.get(old.id)
        if new is None or old.id in redefined:
            continue
        if (names.then(old.entries) ^ names.now(new.entries)) - explained:
            yield Change(
                ChangeKind.FIGURE_CHANGED, None, old.spec.title, f"{grouped(old.value)} → {grouped(new.value)}"
            )
