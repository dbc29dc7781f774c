"""Compares an approved report with the content of today: entries added, removed, moved or changed since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct, field

from hromada.domain.content_digest import digest_by
from hromada.domain.days_in_words import short_day
from hromada.domain.entry import PHOTOS, Bucket, Entry, Visibility, photos_by_item
from hromada.domain.item import Item
from hromada.domain.numerals import grouped
from hromada.domain.site import page_entry
from hromada.report.approval.approved_report import (
    PART_TRAITS,
    Version,
    by_identity,
    counted_entries,
    entry_key,
    identity_of,
    is_same_row,
)
from hromada.report.count.activity import Activity, Count
from hromada.report.count.entry_index import EntryIndex


class ChangeKind(StrEnum):
    """What happened to an entry; the values are printed."""

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
        """Whether the change makes the report differ from the content; another part, title or text is only listed."""
        return self not in (ChangeKind.PART_CHANGED, ChangeKind.TITLE_CHANGED, ChangeKind.TEXT_CHANGED)


class Change(Struct, frozen=True):
    """A change of an entry or figure; `entry` is today's, or the approved one when it is gone."""

    what: ChangeKind
    entry: Entry | None
    title: str
    detail: str = ""
    is_here: bool = True  # still published
    why: str = ""  # for editors only: why it is not published (a draft, hidden, scheduled)


class _ComparedEntries(Struct, frozen=True):
    """Approved entries and those counted today, by identity."""

    approved: Mapping[str, Entry]
    counted: Mapping[str, Entry]
    digests: Mapping[str, str]  # of the approved items' content, by the rules of `digest_version`
    digest_version: int

    @classmethod
    def of(cls, version: Version, today: Activity) -> _ComparedEntries:
        """Identify both sides by today's rules, whatever names the approval has for its entries.

        Pictures are not among them: they are compared item by item.
        """
        names = {id(entry): name for name, entry in version.entries.items()}
        approved = by_identity(entry for entry in version.entries.values() if not entry.is_photo)
        digests = {identity: version.digests.get(names[id(entry)], "") for identity, entry in approved.items()}
        counted = by_identity(entry for entry in counted_entries(today) if not entry.is_photo)
        return cls(approved, counted, digests, version.digest_version)

    def is_edited(self, identity: str, name: str, current: CurrentEntries) -> bool:
        """Whether the content of an approved entry differs from that of the current entry `name`."""
        before, now = self.approved[identity], current.entries[name]
        if before.is_row or now.is_row:
            return not (before.is_row and now.is_row and is_same_row(before, now))
        return self.digests[identity] != current.digest(now, self.digest_version)


class CurrentEntries(Struct, frozen=True, dict=True):
    """Everything published today, counted or not: entries by identity, items by address.

    Drafts, hidden and scheduled items count as removed; `unpublished` gives their bucket by identity and by file, for
    the editor. Built once for all reports, since it walks over every entry of the site; no slots for the same reason.
    `consulted` are the addresses whose texts were compared: the rendered reports depend on no other text.
    """

    entries: Mapping[str, Entry]
    items: Mapping[str, Item]
    unpublished: Mapping[str, Bucket]
    consulted: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, entry_index: EntryIndex) -> CurrentEntries:
        site = entry_index.site
        pages = (page_entry(unit) for unit in site.units.values())
        items = {item.address: item for item in site.items if item.address}
        unpublished = {
            key: bucket
            for entry, bucket in entry_index.unpublished
            for key in (_file(entry), identity_of(entry))
            if key
        }
        return cls(by_identity([*site.entries, *pages]), items, unpublished)

    @cached_property
    def by_match_key(self) -> Mapping[tuple[str, str], list[str]]:
        """Identities by each key under which a removed entry may be found again."""
        index: dict[tuple[str, str], list[str]] = {}
        for identity, entry in self.entries.items():
            for match_key in MATCH_KEYS:
                if key := match_key(entry):
                    index.setdefault((match_key.__name__, key), []).append(identity)
        return index

    def digest(self, entry: Entry, version: int) -> str:
        """The digest of an item's content, by the rules of a version; empty where no item has the entry's address."""
        self.consulted.add(entry.url)
        item = self.items.get(entry.url)
        return digest_by(item, version) if item else ""


class ApprovalDiff(Struct, frozen=True):
    """Changes since an approval; `moved` are current addresses by approved ones."""

    changes: tuple[Change, ...] = ()
    moved: Mapping[str, str] = field(default_factory=dict)


def compare_with_content(version: Version, today: Activity, current: CurrentEntries) -> ApprovalDiff:
    """Every change since the approval, in the order of days; `today` is the same period counted now."""
    compared = _ComparedEntries.of(version, today)
    counted = compared.counted
    matches = _match_renamed(compared, current)
    names = _ApprovedIdentities(compared, matches)
    redefined = _redefined_figures(version.activity, today)
    comparable = _comparable_identities(version.activity, today, names, redefined)
    changes, moved = list(_added(compared, set(matches.values()), comparable)), dict[str, str]()
    titles = _titles(version.activity) | _titles(today)
    for identity, before in compared.approved.items():
        name = identity if identity in current.entries else matches.get(identity)
        now = current.entries[name] if name else None
        is_counted = (
            name in counted or identity not in comparable
        )  # only in redefined figures, which have a change of their own
        if now is None or name is None:
            changes.append(_removed(identity, before, current))
            continue
        entry_changes = list(_count_changes(before, now, is_counted))
        if not any(change.what is ChangeKind.REMOVED for change in entry_changes):
            entry_changes += _content_changes(before, now, compared.is_edited(identity, name, current), titles)
        changes += entry_changes
        if now.url != before.url and not now.is_row:
            moved[before.url] = now.url
    changes += redefined.values()
    changes += _photo_changes(version.activity, today, names, changes, set(redefined))
    changes += _figure_changes(version.activity, today, names, changes, set(redefined))
    return ApprovalDiff(tuple(sorted(changes, key=_order)), moved)


def _added(compared: _ComparedEntries, matches: set[str], comparable: set[str]) -> Iterator[Change]:
    for identity, entry in compared.counted.items():
        if identity not in compared.approved and identity not in matches and identity in comparable:
            yield Change(ChangeKind.ADDED, entry, entry.title)


def _redefined_figures(before: Activity, today: Activity) -> dict[str, Change]:
    """One change for each figure that is gone, has another window or another definition, in place of its entries' changes."""
    redefined: dict[str, Change] = {}
    for old in before.counts:
        new = today.get(old.id)
        if new is None:
            redefined[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, "такого показника більше немає")
        elif old.window != new.window:
            detail = f"період {old.window.between} → {new.window.between}"
            redefined[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, detail)
        elif old.spec.definition != new.spec.definition:
            detail = f"визначено інакше, {grouped(old.value)} → {grouped(new.value)}"
            redefined[old.id] = Change(ChangeKind.FIGURE_CHANGED, None, old.spec.title, detail)
    return redefined


def _comparable_identities(
    before: Activity, today: Activity, names: _ApprovedIdentities, redefined: Mapping[str, Change]
) -> set[str]:
    """Identities in figures with the same definition and window then and now."""
    then = [names.then(_without_photos(count)) for count in before.counts if count.id not in redefined]
    ids = {count.id for count in before.counts} - redefined.keys()
    now = [names.now(_without_photos(count)) for count in today.counts if count.id in ids]
    return set().union(*then, *now)


def _without_photos(count: Count) -> Iterable[Entry]:
    return () if count.spec.source == PHOTOS else (entry for entry in count.entries if not entry.is_photo)


def _titles(activity: Activity) -> dict[str, str]:
    return {part.id: part.title for count in activity.counts for part in count.parts}


def _order(change: Change) -> tuple[str, str, int]:
    day = str(change.entry.day or "") if change.entry else ""
    return day, str(change.entry.place) if change.entry else "", list(ChangeKind).index(change.what)


def _match_renamed(compared: _ComparedEntries, current: CurrentEntries) -> dict[str, str]:
    """New identities of approved entries whose own is gone.

    First by title with the same content; then, where there is just one candidate with the same title or content, by
    file, by name in another section, or (rows) by day, account and title. An unrelated item in its place is no match.
    """
    gone = {identity: entry for identity, entry in compared.approved.items() if identity not in current.entries}
    matched: dict[str, str] = {}
    taken: set[str] = set()
    for match_key in MATCH_KEYS:
        for old, entry in gone.items():
            candidates = (
                current.by_match_key.get((match_key.__name__, match_key(entry)), ()) if old not in matched else ()
            )
            free = [name for name in candidates if name not in compared.approved and name not in taken]
            matches = [name for name in free if _is_match(compared, old, name, current, strictly=match_key is _title)]
            if len(matches) == 1:
                matched[old] = matches[0]
                taken.add(matches[0])
    return matched


def _is_match(compared: _ComparedEntries, old: str, name: str, current: CurrentEntries, *, strictly: bool) -> bool:
    """Whether title and content (or, not `strictly`, at least one of them) are unchanged."""
    titled = compared.approved[old].title == current.entries[name].title
    if titled and not strictly:
        return True
    return (titled or not strictly) and not compared.is_edited(old, name, current)


def _title(entry: Entry) -> str:
    return "" if entry.is_row else entry.title


def _file(entry: Entry) -> str:
    return "" if entry.is_row else entry.place.path


def _name(entry: Entry) -> str:
    return "" if entry.is_row else entry.url.rstrip("/").rpartition("/")[2]


def _row(entry: Entry) -> str:
    """A row's cells: they stay when it is given an id or a link."""
    traits = " ".join(entry.traits.get(trait, "") for trait in ("account", "network", "newspaper", "issue"))
    return f"{entry.source} {entry.day} {entry.title} {traits}" if entry.is_row else ""


MATCH_KEYS = (_title, _file, _name, _row)


def _count_changes(before: Entry, now: Entry, is_counted: bool) -> Iterator[Change]:
    """Changes of an approved entry that affect the count."""
    if now.visibility != before.visibility:  # it is not counted any more, whatever else changed
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
    """Changes of an entry that is counted as before: another part, title or text."""
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


def _removed(identity: str, before: Entry, current: CurrentEntries) -> Change:
    """An approved entry that is not published any more; readers see one wording, whatever the reason."""
    bucket = current.unpublished.get(identity) or current.unpublished.get(_file(before))
    detail, unknown_reason = _REMOVED_DETAILS[before.is_row]
    return Change(
        ChangeKind.REMOVED,
        before,
        before.title,
        detail,
        is_here=False,
        why=_UNPUBLISHED_REASONS[bucket] if bucket else unknown_reason,
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
    return " → ".join(short_day(entry.day) if entry.day else "без дати" for entry in (before, now))


def _moved(before: Entry, now: Entry) -> str:
    """«from → to»; empty when the entry has not moved. A new date in an address is no move."""
    if before.section != now.section:
        return f"{before.section} → {now.section}"
    if now.is_row or _undated(before.url) == _undated(now.url):
        return ""
    return f"{before.url} → {now.url}"


def _undated(url: str) -> str:
    return re.sub(r"-\d{4}-\d{2}-\d{2}/$", "/", url)


class _ApprovedIdentities:
    """Approved identities of approved and current entries: rows move between lines, items between addresses.

    A picture goes by its item.
    """

    def __init__(self, compared: _ComparedEntries, matches: Mapping[str, str]) -> None:
        self._old_identity = {new: old for old, new in matches.items()}
        self._approved = {entry_key(entry): identity for identity, entry in compared.approved.items()}
        self._current = {
            entry_key(entry): self._old_identity.get(name, name) for name, entry in compared.counted.items()
        }

    def of(self, change: Change) -> str:
        """The identity of a change's entry; another row may have its line today."""
        assert change.entry is not None
        if change.entry.is_photo:
            return self.item_now(change.entry) if change.is_here else change.entry.url
        key = entry_key(change.entry)
        if not change.is_here:
            return self._approved[key]
        if key in self._current:
            return self._current[key]
        name = identity_of(change.entry)
        return self._old_identity.get(name, name)

    def then(self, entries: Iterable[Entry]) -> set[str]:
        return {entry.url if entry.is_photo else self._approved[entry_key(entry)] for entry in entries}

    def now(self, entries: Iterable[Entry]) -> set[str]:
        return {
            self.item_now(entry) if entry.is_photo else self._current[entry_key(entry)] for entry in entries
        }  # fmt: skip

    def item_now(self, photo: Entry) -> str:
        """The approved identity of the item that shows a picture today."""
        return self._old_identity.get(photo.url, photo.url)


def _photo_changes(
    before: Activity, today: Activity, names: _ApprovedIdentities, changes: Iterable[Change], redefined: set[str]
) -> Iterator[Change]:
    """Items that have another number of pictures although nothing else of their count has changed."""
    explained = {names.of(change) for change in changes if change.entry and change.what.matters}
    ids = {count.id for count in before.counts} - redefined
    then = {photo.url: photo for photo in photos_by_item(_photos(before, ids))}
    now = {names.item_now(photo): photo for photo in photos_by_item(_photos(today, ids))}
    for item in dict.fromkeys((*then, *now)):
        amounts = [photos[item].count if item in photos else 0 for photos in (then, now)]
        if amounts[0] != amounts[1] and item not in explained:
            photo = now.get(item) or then[item]
            detail = f"світлин: {grouped(amounts[0])} → {grouped(amounts[1])}"
            yield Change(ChangeKind.COUNT_CHANGED, photo, photo.title, detail, is_here=item in now)


def _photos(activity: Activity, figures: set[str]) -> Iterable[Entry]:
    """The pictures that these figures count, each once."""
    entries = (entry for count in activity.counts if count.id in figures for entry in count.entries if entry.is_photo)
    return {entry_key(entry): entry for entry in entries}.values()


def _figure_changes(
    before: Activity, today: Activity, names: _ApprovedIdentities, changes: Iterable[Change], redefined: set[str]
) -> Iterator[Change]:
    """Figures with other entries although these did not change: for example an account in another group."""
    explained = {names.of(change) for change in changes if change.entry and change.what.matters}
    for old in before.counts:
        new = today.get(old.id)
        if new is None or old.id in redefined:
            continue
        if (names.then(old.entries) ^ names.now(new.entries)) - explained:
            yield Change(
                ChangeKind.FIGURE_CHANGED, None, old.spec.title, f"{grouped(old.value)} → {grouped(new.value)}"
            )
