"""Rows of redirects.csv that follow a file to its new name, so that no row leads to a page that has moved on."""

from __future__ import annotations

from collections.abc import Iterable

from hromada.domain.alphabet import to_nfc
from hromada.domain.site_urls import GONE, AddressRefused, file_at, parse_old_address


def follow_files(text: str, moves: Iterable[tuple[str, str, str, str]]) -> str:
    """The table after moves of files (former address, former path, path, address): targets follow, no row hides a page.

    A file that was renamed back answers at its address itself, so the row for that address goes.
    """
    moves = tuple(moves)
    separator = next((separator for separator in ";,\t" if separator in text.partition("\n")[0]), ";")
    own = {file_at(address).casefold() for _, _, _, address in moves}
    by_file = {file_at(old).casefold(): path for old, _, path, _ in moves}
    by_path = {old_path: path for _, old_path, path, _ in moves}
    lines = []
    for line in text.split("\n"):
        written, mark, target = line.rpartition(separator)
        file = _file_of(written) if mark else ""
        if file and file in own:
            continue
        path = "content/" + to_nfc(target.strip(' "')).removeprefix("content/").lstrip("/")
        new = by_path.get(path, by_file.get(file, "")) if file and target.strip() != GONE else ""
        lines.append(f"{written}{mark}{new}" if new and new != path else line)
    return "\n".join(lines)


def _file_of(written: str) -> str:
    try:
        return file_at(parse_old_address(written.strip(' "\ufeff'))).casefold()
    except AddressRefused:
        return ""
