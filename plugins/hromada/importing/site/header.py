"""The header of our files: every value on one line, so written that our reader gives back just that value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CONTROLS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")
_FOLDED = re.compile(r"[|>][+-]?")


def header(fields: Iterable[tuple[str, str | Sequence[str]]]) -> str:
    """The header with its lines and the blank one after it; empty fields are left out."""
    lines = [line for key, value in fields if value for line in _lines(key, value)]
    return "\n".join(["---", *lines, "---", "", ""])


def _lines(key: str, value: str | Sequence[str]) -> list[str]:
    if isinstance(value, str):
        return [f"{key}: {scalar(value)}"]
    entries = [one for one in map(_line, value) if one]
    if any(re.search(r"[,;\"'\[\]]", one) or one != scalar(one) for one in entries):
        return [f"{key}:", *(f"  - {scalar(one)}" for one in entries)]
    return [f"{key}: {', '.join(entries)}"] if entries else []


def scalar(value: str) -> str:
    """The value, in quotes where the reader would otherwise take something off it."""
    value = _line(value)
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    if not (is_quoted or _FOLDED.fullmatch(value)):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _line(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()
