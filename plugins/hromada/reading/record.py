"""A table's row before its columns are known: the cells' texts, and their types and links in a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

_NOTHING: Mapping[int, Any] = MappingProxyType({})


class CellType(StrEnum):
    """The type of a spreadsheet's cell; text cells have none."""

    NUMBER = "number"
    LONG = "long"  # a number with more digits than spreadsheets store
    DATE = "date"  # its text is 2021-07-05 or 2021-07-05 14:30:00
    TIME = "time"  # a time without a day, or a day that doesn't exist
    BOOLEAN = "boolean"
    ERROR = "error"
    UNCOMPUTED = "uncomputed"  # a formula whose value was not saved


class Record(NamedTuple):
    """A row: its number as the program shows it, and its non-blank cells by column, from 0.

    `kinds` and `links` are of the cells that have one; `merged` are the columns whose value comes from a cell above that
    is merged with this one.
    """

    line: int
    cells: Mapping[int, str]
    kinds: Mapping[int, CellType] = _NOTHING
    links: Mapping[int, str] = _NOTHING
    merged: frozenset[int] = frozenset()
