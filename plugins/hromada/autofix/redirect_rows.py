"""Rows of redirects.csv that follow a file to its new name, so that no row leads to a page that has moved on."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hromada.domain.alphabet import to_nfc
from hromada.domain.site_urls import AddressRefused, file_at, parse_old_address


def follow_files(text: str, new_paths: Mapping[str, str], addresses: Collection[str]) -> str:
    """The table with the targets `new_paths` (from former to new) replaced, without rows for pages that exist again.

    `addresses` are those that moved files have now: a file that was renamed back answers at its address itself.
    """
    separator = next((separator for separator in ";,\t" if separator in text.partition("\n")[0]), ";")
    own = {file_at(address).casefold() for address in addresses}
    lines = []
    for line in text.split("\n"):
        written, mark, target = line.rpartition(separator)
        if mark and _file_of(written) in own:
            continue
        path = "content/" + to_nfc(target.strip(' "')).removeprefix("content/").lstrip("/")
        lines.append(f"{written}{mark}{target.replace(target.strip(), new_paths[path])}" if path in new_paths else line)
    return "\n".join(lines)


def _file_of(written: str) -> str:
    try:
        return file_at(parse_old_address(written.strip(' "\ufeff'))).casefold()
    except AddressRefused:
        return ""
