"""A sheet of any format (cells by row and column, merged areas, links), its numbers and dates formatted as a person would type them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile
from hromada.reading.columns import CellType, Record

# A community's half-year is some 600 rows. 100,000 of seven cells are read in 3 s and 160 MB (docs/decisions/0008).
MAX_ROWS = 100_000
MAX_CELLS = 1_000_000
MAX_COLUMNS = 16_384  # of both Excel and LibreOffice
MAX_BYTES = 32 << 20  # of the file
MAX_UNPACKED = 128 << 20  # of the parts that are read


class WorkbookRefused(ValueError):
    """The file can't be read as a spreadsheet; message and fix are Ukrainian."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


def too_big(what: str) -> WorkbookRefused:
    return WorkbookRefused("register-too-big", f"таблиця завелика: {what}", "розділіть її на кілька файлів")


class Cell(NamedTuple):
    """A cell that is not blank; `kind` None is text."""

    text: str
    kind: CellType | None = None


class Area(NamedTuple):
    """Cells from one corner to the other, both included; rows from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(Struct):
    """One sheet. Blank cells are not stored, so a stray cell in the last row and column costs nothing."""

    name: str
    is_hidden: bool = False
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merges: list[Area] = field(default_factory=list)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    link_areas: list[tuple[Area, str]] = field(default_factory=list)

    def records(self) -> Iterator[Record]:
        """The rows that hold something of their own, in order, with merged cells' values in each row they span.

        A row that holds nothing but a part of cells merged over it is the lower half of the row above.
        """
        lines = sorted(self.rows)
        merged = self._merge(lines)
        links: dict[int, dict[int, str]] = {}
        for (line, column), target in self.links.items():
            links.setdefault(line, {})[column] = target
        for line in lines:
            own = self.rows[line]
            if not own:
                continue
            above = merged.get(line, {})
            cells = {**own, **above}
            texts = {column: cells[column].text.strip() for column in sorted(cells)}
            kinds = {column: cell.kind for column, cell in cells.items() if cell.kind is not None}
            yield Record(line, texts, kinds, links.get(line, {}), frozenset(above))

    def _merge(self, lines: list[int]) -> dict[int, dict[int, Cell]]:
        """Copy values of merged cells to their rows; values hidden under a merged cell are dropped."""
        given: dict[int, dict[int, Cell]] = {}
        work = 0
        for area in self.merges:
            value = self.rows.get(area.top, {}).get(area.left)
            for line in lines[bisect_left(lines, area.top) : bisect_right(lines, area.bottom)]:
                row = self.rows[line]
                work += 1 + len(row)
                if work > 4 * MAX_CELLS:
                    raise too_big("забагато об’єднаних клітинок")
                for column in [index for index in row if area.left <= index <= area.right]:
                    if (line, column) != (area.top, area.left):
                        del row[column]
                if value is not None and line > area.top:
                    given.setdefault(line, {})[area.left] = value
        for area, target in self.link_areas:
            for line in lines[bisect_left(lines, area.top) : bisect_right(lines, area.bottom)]:
                work += 1 + len(self.rows[line])
                if work > 4 * MAX_CELLS:
                    raise too_big("забагато посилань")
                for column in self.rows[line]:
                    if area.left <= column <= area.right:
                        self.links.setdefault((line, column), target)
        return given


class Counter:
    """Counts the cells of a file over all its sheets and refuses too many."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def add(self, cells: int, rows: int = 1) -> None:
        self.rows += rows
        self.cells += cells * rows
        if self.rows > MAX_ROWS:
            raise too_big("понад 100 000 рядків")
        if self.cells > MAX_CELLS:
            raise too_big("понад мільйон клітинок")


def one_line(name: str) -> str:
    """A sheet's name for a problem's path: without line ends and double spaces."""
    return " ".join(name.split())


# Excel stores 15 digits and writes zeros for the rest; LibreOffice saves 1234567890123456 as 1234567890123460 (measured).
_KEPT = 10**15
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60  # Excel's 29 February 1900, which didn't exist; serials of earlier days are one less
_ISO = lazy_compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?")
# What is no date code in a number format: quoted words, escaped and spaced signs, colours and locales.
_NO_CODE = lazy_compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])


def number(written: str) -> Cell:
    """A whole number as digits (3.0 is «3»), another one with a comma; with more digits than spreadsheets store: LONG."""
    value = float(written)
    if not abs(value) < _KEPT:  # infinity and NaN, too
        return Cell(written, CellType.LONG)
    whole = round(value)
    if abs(value - whole) <= 1e-9 * max(1.0, abs(value)):  # sums of formulas: 2.9999999999999996
        return Cell(str(whole), CellType.NUMBER)
    return Cell(f"{value:.15g}".replace(".", ","), CellType.NUMBER)


def moment(serial: float, *, is_1904: bool) -> Cell:
    """The date, and the time unless it is 00:00, of a serial number in either date system."""
    try:
        seconds = round(serial * 86_400)
        days = seconds // 86_400
        if is_1904:
            when = _EPOCH_1904 + timedelta(seconds=seconds)
        elif days < 1 or days == _LEAP_BUG:
            return Cell(f"{serial:.15g}", CellType.TIME)
        else:
            when = _EPOCH_1900 + timedelta(seconds=seconds, days=days < _LEAP_BUG)
    except (OverflowError, ValueError):
        return Cell(f"{serial:.15g}", CellType.TIME)
    return Cell(_shown(f"{when:%Y-%m-%d}", f"{when:%H:%M:%S}"), CellType.DATE)


def iso_moment(written: str) -> Cell:
    """The same for OpenDocument's `2021-07-05T14:30:00`."""
    match = _ISO.fullmatch(written.strip())
    return Cell(_shown(match[1], match[2] or "00:00:00"), CellType.DATE) if match else Cell(written, CellType.TIME)


def _shown(day: str, time: str) -> str:
    return day if time == "00:00:00" else f"{day} {time}"


def is_date_format(code: str) -> bool:
    """Whether a number format is a date: `dd.mm.yyyy` is, `0.00 "днів"`, `[Red]0` and `General` are not."""
    codes = _NO_CODE.sub("", code.split(";")[0]).casefold()
    return "general" not in codes and any(letter in codes for letter in "ymdhs")


def truth(is_true: bool) -> Cell:
    return Cell("TRUE" if is_true else "FALSE", CellType.BOOLEAN)
