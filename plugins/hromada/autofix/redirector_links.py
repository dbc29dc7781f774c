"""Addresses that only lead on, of networks, mail filters and copies, in place of which the page's own one is written."""

from __future__ import annotations

import re
from functools import lru_cache

from hromada.domain.private_address import find_address_fault
from hromada.domain.redirectors import resolve_redirects

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'«»|\\]+(?<![.,;:!?*_~])", re.IGNORECASE)
_MARKS = ";,\t"


def with_final_addresses(text: str) -> str:
    """Each address that leads on as the one to which it leads in the end; one that goes on behind a bracket may be half."""
    return _ADDRESS.sub(_final, text) if "://" in text else text


def _final(found: re.Match[str]) -> str:
    address = found[0]
    if "?" not in address and "/s/" not in address and "/amp/" not in address and "/c/" not in address:
        return address
    if found.string[found.end() : found.end() + 1] in ("(", "["):
        return address
    final = resolve_redirects(address.replace("&amp;", "&"))
    return final if final and not find_address_fault(final) else address


def with_final_cells(table: str) -> str:
    """The same in the cells of a separated table: quotes, separators and all other cells stay as they are."""
    if "://" not in table:
        return table
    mark = _mark(table)
    return _cells(mark).sub(lambda cell: _cell(cell, mark), table)


def _mark(table: str) -> str:
    """The separator of the first line that has one."""
    for line in table.split("\n", 20)[:20]:
        counts = {mark: line.count(mark) for mark in _MARKS}
        if any(counts.values()):
            return max(counts, key=lambda mark: counts[mark])
    return ";"


@lru_cache(maxsize=3)
def _cells(mark: str) -> re.Pattern[str]:
    """A cell with an address: in quotes to the last of them, bare to the separator."""
    return re.compile(
        rf'(?:\A|(?<=[{mark}\n]))(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<bare>[^{mark}"\n]*))(?=[{mark}\n]|\Z)'
    )


def _cell(cell: re.Match[str], mark: str) -> str:
    if "://" not in cell[0]:
        return cell[0]
    mended = with_final_addresses(cell[0])
    if cell["quoted"] is not None or cell[0] == mended:
        return mended
    # The separator can't stand in a bare cell: its number is the same letter of an address.
    return mended.replace(mark, f"%{ord(mark):02X}")
