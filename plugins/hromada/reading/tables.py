"""Rows to a table: title rows, then a header that we know, then publications, with sums among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hromada.reading.cells import Fault, read_cell
from hromada.reading.columns import NUMBER, column_of, shown
from hromada.reading.record import Record
from hromada.reading.totals import is_numbering, total_of


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: cells by the column's canonical name, the line it starts on, the cells that can't be read."""

    line: int
    cells: Mapping[str, str]
    faults: Sequence[Fault] = ()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Remark(NamedTuple):
    """A warning with its line; message and fix are Ukrainian."""

    line: int
    code: str
    message: str
    fix: str


_NOTHING_OWN = Fault(
    "register-merged", "усі клітинки цього рядка об’єднано з верхніми", "роз’єднайте їх або приберіть рядок"
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a known header."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...] = ()


class TableRefused(ValueError):
    """The table can't be read without losing something; message and fix are Ukrainian."""

    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.fix = line, code, fix


def header_width(record: Record) -> int:
    """How many different known columns a header names; 0 when it is none: without «Дата» and one more."""
    names = {name for text in record.cells.values() if (name := column_of(text)) and name != NUMBER}
    return len(names) if "date" in names and len(names) > 1 else 0


def read_table(records: Iterable[Record], *, is_separated: bool = False) -> Table | None:
    """The table of a file's or a sheet's rows, blank ones left out; None when no row is a header.

    In separated text a cell beyond the header's last is a separator that nobody quoted, and refused.
    """
    reading = _Reading(is_separated)
    for record in records:
        if record.cells:
            reading.take(record)
    if not reading.columns:
        return None
    names = tuple(name for name in reading.columns.values() if name != NUMBER)
    return Table(names, tuple(reading.rows), tuple(reading.remarks))


@dataclass(slots=True)
class _Reading:
    is_separated: bool
    columns: dict[int, str] = field(default_factory=dict)  # the known ones
    rows: list[Row] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _header: Record | None = None
    _is_first: bool = False  # the row under the header
    _since: int = 0  # the first row that no sum has counted yet

    def take(self, record: Record) -> None:
        if header_width(record) or self._is_lower_half(record):
            self._take_header(record)
            return
        if self._header is None:
            return  # a title
        is_first, self._is_first = self._is_first, False
        if is_first and is_numbering(record, list(self._header.cells)):
            return
        own = [self.columns.get(column, "") for column in record.cells if column not in record.merged]
        if all(name == NUMBER for name in own):
            return  # numbered, but not filled in yet
        if (numbers := total_of(record, self.columns)) is not None:
            self._compare(record.line, numbers)
            return
        width = max(self._header.cells) + 1
        if self.is_separated and max(record.cells) >= width:
            raise TableRefused(
                record.line, "register-long-row", f"у рядку більше клітинок, ніж стовпців ({width})",
                "візьміть клітинку з розділовим знаком у лапки",
            )  # fmt: skip
        self._take_row(record)

    def _take_row(self, record: Record) -> None:
        cells: dict[str, str] = {}
        faults: list[Fault] = []
        known = {column: name for column, name in self.columns.items() if column in record.cells and name != NUMBER}
        for column, name in known.items():
            read = read_cell(record, column, name)
            if isinstance(read, Fault):
                faults.append(read)
            else:
                cells[name] = read
        if record.merged and not any(column not in record.merged for column in known):
            faults.append(_NOTHING_OWN)
        self.rows.append(Row(record.line, cells, faults))

    def _is_lower_half(self, record: Record) -> bool:
        """A header of two rows: «Дата» over both, «Назва» and «Посилання» under «Публікація»."""
        return self._is_first and any(
            column in record.merged and name == column_of(record.cells[column]) for column, name in self.columns.items()
            if column in record.cells
        )  # fmt: skip

    def _take_header(self, record: Record) -> None:
        columns = {column: name for column, text in record.cells.items() if (name := column_of(text))}
        if self._header is not None and self._is_lower_half(record):
            columns = {**self.columns, **columns}
            record = record._replace(cells={**self._header.cells, **record.cells})
        elif self._header is not None and set(columns.values()) - {NUMBER} != set(self.columns.values()) - {NUMBER}:
            raise TableRefused(
                record.line, "register-header", "нижче починається таблиця з іншими стовпцями",
                "перенесіть її на окремий аркуш або в окремий файл",
            )  # fmt: skip
        _refuse_repeated(record.line, list(columns.values()))
        self.columns, self._header, self._is_first = columns, record, True

    def _compare(self, line: int, numbers: list[int]) -> None:
        """A sum that fits neither the rows above it nor those since the last sum is said: the rows are what counts."""
        fitting = {number for rows in (self.rows, self.rows[self._since :]) for number in _sums(rows)}
        self._since = len(self.rows)
        if numbers and fitting.isdisjoint(numbers):
            said = ", ".join(map(str, numbers))
            ours = _sums(self.rows)[-1] if self.rows else 0
            self.remarks.append(Remark(
                line, "register-total", f"у підсумковому рядку {said}, а рядки над ним дають {ours}",
                "рахуються рядки; перевірте, чи жоден не пропущено",
            ))  # fmt: skip


def _sums(rows: Sequence[Row]) -> list[int]:
    """What a sum under these rows may say: how many they are, and what their counts add up to, where they have them."""
    counts = [row["count"] for row in rows if row["count"]]
    return [len(rows), *([sum(map(int, counts))] if counts and all(map(_is_whole, counts)) else [])]


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"\d{1,9}", text, re.ASCII) is not None


def _refuse_repeated(line: int, names: list[str]) -> None:
    for name in names:
        if name != NUMBER and names.count(name) > 1:
            raise TableRefused(
                line, "register-repeated-column", f"два стовпці «{shown(name)}»", "лишіть один, інший перейменуйте"
            )
