"""A row of any table before its columns are known: texts, and what a spreadsheet says of them beside."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING: Mapping[int, Any] = MappingProxyType({})


class CellType(StrEnum):
    """What a spreadsheet's cell holds; text is said of none."""

    NUMBER = "number"
    LONG = "long"  # a number of more digits than spreadsheets keep
    DATE = "date"  # its text is 2021-07-05 or 2021-07-05 14:30:00
    TIME = "time"  # a time without a day, or a day that doesn't exist
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"  # a formula whose value was not saved


class Record(NamedTuple):
    """A row: the number that its program shows beside it, and by column, from 0, the cells that are not blank.

    `kinds` and `links` are of those cells that have one; `merged` are the columns whose value comes from a cell above,
    merged with this one.
    """

    line: int
    cells: Mapping[int, str]
    kinds: Mapping[int, CellType] = _NOTHING
    links: Mapping[int, str] = _NOTHING
    merged: frozenset[int] = frozenset()
