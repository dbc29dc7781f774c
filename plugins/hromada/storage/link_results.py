"""What was found out of links to other sites, in one file of the cache."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hromada.domain.link_state import CODES, CheckedLink, LinkState, is_kept
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.atomic_files import atomic_write, read_bounded

CACHE_FILE = "links.json"  # in the cache
_LARGEST = 32_000_000  # bytes


class _LinkEntry(NamedTuple):
    """A checked link."""

    link: str
    code: str
    detail: str
    archived: str
    when: datetime


_LINKS = CacheCodec(tuple[_LinkEntry, ...])


def read_link_results(cache: Path, now: datetime) -> dict[str, CheckedLink]:
    """What is still believed; nothing of a missing or damaged file."""
    entries: tuple[_LinkEntry, ...] = ()
    with contextlib.suppress(OSError):
        entries = _LINKS.decode(read_bounded(cache / CACHE_FILE, _LARGEST)) or ()
    checked = {
        entry.link: CheckedLink(LinkState(entry.code, entry.detail, entry.archived), entry.when)
        for entry in entries
        if entry.code in CODES and entry.when.tzinfo is None
    }
    return {link: result for link, result in checked.items() if result.is_current(now)}


def write_link_results(cache: Path, checked: Mapping[str, CheckedLink]) -> None:
    """Keep what a later run may use."""
    entries = tuple(
        _LinkEntry(link, *result.state, result.when)
        for link, result in sorted(checked.items())
        if is_kept(result.state)
    )
    atomic_write(cache / CACHE_FILE, _LINKS.encode(entries))
