"""Text that was encoded twice: «Ð”Ð°Ñ‚Ð°» and «Р”Р°С‚Р°» are «Дата» read in the wrong table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hromada.autofix.encodings import has_own_signs

_SURE = re.compile("[а-яґєії]{3}", re.IGNORECASE)  # that many letters of one word come out by no accident


def _table(encoding: str) -> dict[str, int]:
    """What each byte above ASCII looks like; a byte that the table has not comes through as a control character."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return table | {bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}


_TABLES = tuple(_table(encoding) for encoding in ("cp1252", "cp1251"))
_RUN = re.compile(r"[^\x00-\x7f]+")


def without_mojibake(text: str) -> str:
    """Each line read back, however often it was written wrong; a line without a sure word stays as it is."""
    return "\n".join(line if line.isascii() else _line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    return next((better for table in _TABLES if (better := _read_back(line, table)) != line), line)


def _read_back(line: str, table: Mapping[str, int]) -> str:
    runs = {run: _decoded(run, table) for run in _RUN.findall(line)}
    if not any(_SURE.search(text) for text in runs.values()):
        return line
    return _RUN.sub(lambda found: runs[found[0]] or found[0], line)


def _decoded(run: str, table: Mapping[str, int]) -> str:
    """What the run was before; empty when it is no wrongly read Ukrainian, or half of a letter is lost."""
    try:
        text = bytes(table[sign] for sign in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
    deeper = next((found for other in _TABLES if (found := _decoded(text, other))), "")
    return deeper or text * has_own_signs(text)
