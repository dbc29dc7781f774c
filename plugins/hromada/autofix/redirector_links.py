"""Replaces redirector addresses (of social networks, mail filters, AMP copies) by the address they lead to."""

from __future__ import annotations

import re
from functools import lru_cache

from hromada.domain.private_address import find_address_fault
from hromada.domain.redirectors import resolve_redirects

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'«»|\\]+(?<![.,;:!?*_~])", re.IGNORECASE)
_SEPARATORS = ";,\t"


def resolve_redirectors(text: str) -> str:
    """Replace each redirector address by its target; one followed by a bracket stays, it may be cut in half."""
    return _ADDRESS.sub(_resolve, text) if "://" in text else text


def _resolve(match: re.Match[str]) -> str:
    address = match[0]
    if "?" not in address and "/s/" not in address and "/amp/" not in address and "/c/" not in address:
        return address
    if match.string[match.end() : match.end() + 1] in ("(", "["):
        return address
    final = resolve_redirects(address.replace("&amp;", "&"))
    return final if final and not find_address_fault(final) else address


def resolve_redirectors_in_cells(table: str) -> str:
    """The same in the cells of a CSV table: quotes, separators and all other cells stay as they are."""
    if "://" not in table:
        return table
    separator = _separator(table)
    return _cell_pattern(separator).sub(lambda cell: _fix_cell(cell, separator), table)


def _separator(table: str) -> str:
    """The separator of the first line that has one."""
    for line in table.split("\n", 20)[:20]:
        counts = {separator: line.count(separator) for separator in _SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda separator: counts[separator])
    return ";"


@lru_cache(maxsize=3)
def _cell_pattern(separator: str) -> re.Pattern[str]:
    """Pattern of a cell: in quotes, up to the last of them, or bare, up to the separator."""
    return re.compile(
        rf'(?:\A|(?<=[{separator}\n]))(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<bare>[^{separator}"\n]*))(?=[{separator}\n]|\Z)'
    )


def _fix_cell(cell: re.Match[str], separator: str) -> str:
    if "://" not in cell[0]:
        return cell[0]
    fixed = resolve_redirectors(cell[0])
    if cell["quoted"] is not None or cell[0] == fixed:
        return fixed
    # A bare cell can't hold the separator: percent-encoded it means the same in an address.
    return fixed.replace(separator, f"%{ord(separator):02X}")
