"""A sheet of any format: cells by row and column, merged areas, links."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from hromada.reading.record import CellType, Record

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


@dataclass(slots=True)
class Sheet:
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
