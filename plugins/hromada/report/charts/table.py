"""The table that says the same as a drawing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; `path` is the page that its title leads to, if there is one."""

    title: str
    cells: tuple[str, ...]
    path: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells are words already; `total` stands under the rows, empty when there is nothing to add up."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: tuple[str, ...] = ()
