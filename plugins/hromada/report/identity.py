"""Which entry is which between two readings of the content, and whether its words are the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from hromada.domain.alphabet import same_name
from hromada.domain.entry import Entry
from hromada.domain.item import Item
from hromada.domain.post_link import canonical_link
from hromada.domain.wording import digest
from hromada.report.archive import in_order

SPLITS = ("category", "unit", "account", "newspaper", "kind")  # the traits whose values are figures' parts


def identity_of(entry: Entry) -> str:
    """An item's address; a row's id, canonical link or cells, whichever it has first. Never a line number."""
    if not entry.source.startswith("register:"):
        return entry.url or entry.place.path  # a draft without a date has no address yet
    base = entry.section.removeprefix("registers/")
    if entry.id:
        return f"{base}:id:{entry.id}"
    if link := canonical_link(entry.url):
        return f"{base}:link:{entry.traits.get('network', '')}:{link}"
    return f"{base}:cells:{digest(_cells(entry))[:32]}"


def identified(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Entries by identity, in order; rows with the very same cells are told apart by their number among them."""
    found: dict[str, Entry] = {}
    seen: dict[str, int] = {}
    for entry in sorted(entries, key=in_order):
        identity = identity_of(entry)
        seen[identity] = seen.get(identity, 0) + 1
        found[identity if seen[identity] == 1 else f"{identity}#{seen[identity]}"] = entry
    return found


def digest_of(entry: Entry, items: Mapping[str, Item]) -> str:
    """SHA-256 of what a reader gets beside title, day, section, part and count, which are kept as they are.

    An item's words and the names of its pictures, a row's cells; `items` are by address. Spaces at the ends, line
    ends and the way the header is written don't count: a file saved on Windows is the same.
    """
    item = None if entry.source.startswith("register:") else items.get(entry.url)
    shown = [(name, value) for name, value in _traits(entry) if name not in SPLITS]
    return item.words if item else digest([entry.url, shown])


def _cells(entry: Entry) -> list[Any]:
    """What a row without id and link is known by: neither its time, nor its count, nor what accounts.toml says."""
    return [str(entry.day), same_name(entry.title), _traits(entry)]


def _traits(entry: Entry) -> list[tuple[str, str]]:
    return sorted(
        (name, value) for name, value in entry.traits.items() if name != "group" and not name.endswith("-title")
    )
