"""Identity of entries across readings of the content.

Approvals store entries with their fields, so both sides are identified by today's rules and a later rule can't separate
them. A rule may only be extended by fields whose absence gives the same identity as before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.post_link import canonical_link
from hromada.report.count.entry_index import by_day_and_source

PART_TRAITS = ("category", "unit", "account", "newspaper", "kind")  # the traits whose values are figures' parts
# Identify a row without id and link, beside its day and title: not its time, its count or what accounts.toml says. Never
# extended by columns that are added to the registers.
_CELLS = ("account", "issue", "kind", "network", "newspaper")


def entry_key(entry: Entry) -> tuple[str, SourceLocation, str]:
    """A key by which equal entries of one reading of the content are one."""
    return entry.source, entry.place, entry.url


def is_row(entry: Entry) -> bool:
    """Whether an entry is a register's row, not an item."""
    return entry.source.startswith("register:")


def identity_of(entry: Entry) -> str:
    """An item's address; a row's id, canonical link or cells, whichever it has first. Never a line number."""
    if not is_row(entry):
        return entry.url or entry.place.path  # a draft without a date has no address yet
    base = entry.section.removeprefix("registers/")
    if entry.id:
        return f"{base}:id:{entry.id}"
    if link := canonical_link(entry.url):
        return f"{base}:link:{entry.traits.get('network', '')}:{link}"
    cells = [
        str(entry.day),
        normalize_name(entry.title),
        {name: entry.traits[name] for name in _CELLS if entry.traits.get(name)},
    ]
    serialised = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return f"{base}:cells:{hashlib.sha256(serialised.encode()).hexdigest()[:32]}"


def by_identity(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by identity, in order; rows with identical cells get «#2», «#3» … appended."""
    entries_by_identity: dict[str, Entry] = {}
    repeats: dict[str, int] = {}
    for entry in sorted(entries, key=by_day_and_source):
        identity = identity_of(entry)
        repeats[identity] = repeats.get(identity, 0) + 1
        entries_by_identity[identity if repeats[identity] == 1 else f"{identity}#{repeats[identity]}"] = entry
    return entries_by_identity


def is_same_row(approved: Entry, now: Entry) -> bool:
    """Whether a row's id, link and cells are as approved, beside title, day, section, part and count.

    Only columns stored in the approval are compared: a column or an id that was added since is no change of the row.
    """
    names = [name for name in approved.traits if name not in (*PART_TRAITS, "group") and not name.endswith("-title")]
    same = approved.url == now.url and approved.id in ("", now.id)
    return same and all(approved.traits[name] == now.traits.get(name, "") for name in names)
