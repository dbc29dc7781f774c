"""The header of an imported item: every value on one line, without the controls of an old database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from hromada.domain.front_matter import format_field, format_header

_CONTROLS = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]+")


def header(fields: Iterable[tuple[str, str | Sequence[str]]]) -> str:
    """The header with its lines and the blank one after it; empty fields are left out."""
    cleaned = [(key, _line(value) if isinstance(value, str) else _entries(value)) for key, value in fields]
    return format_header(line for key, value in cleaned if value for line in format_field(key, value))


def _entries(values: Sequence[str]) -> list[str]:
    return [entry for entry in map(_line, values) if entry]


def _line(value: str) -> str:
    return _CONTROLS.sub(" ", value).strip()
