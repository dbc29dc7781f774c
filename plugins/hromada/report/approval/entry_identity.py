"""Which entry is which between two readings of the content, and whether its content is the same.

Approved entries are written down with their fields, so both sides are identified by the same rules, today's: a later
rule can't tear them apart. Only what a field's absence leaves unchanged may be added to the rules.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry
from hromada.domain.post_link import canonical_link
from hromada.report.count.entry_index import by_day_and_source

SPLITS = ("category", "unit", "account", "newspaper", "kind")  # the traits whose values are figures' parts
# What a row without id and link is known by, beside its day and title: neither its time, nor its count, nor what
# accounts.toml says. A column that is added to the registers is none of them.
_CELLS = ("account", "issue", "kind", "network", "newspaper")


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
    written = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    return f"{base}:cells:{hashlib.sha256(written.encode()).hexdigest()[:32]}"


def identified(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by identity, in order; rows with the very same cells are told apart by their number among them."""
    found: dict[str, Entry] = {}
    seen: dict[str, int] = {}
    for entry in sorted(entries, key=by_day_and_source):
        identity = identity_of(entry)
        seen[identity] = seen.get(identity, 0) + 1
        found[identity if seen[identity] == 1 else f"{identity}#{seen[identity]}"] = entry
    return found


def is_same_row(approved: Entry, now: Entry) -> bool:
    """Whether a row's id, link and cells are as approved, beside title, day, section, part and count.

    Only columns that the approval knows are compared: one that was added since, or an id that was given since, is no
    change of the row.
    """
    names = [name for name in approved.traits if name not in (*SPLITS, "group") and not name.endswith("-title")]
    same = approved.url == now.url and approved.id in ("", now.id)
    return same and all(approved.traits[name] == now.traits.get(name, "") for name in names)
