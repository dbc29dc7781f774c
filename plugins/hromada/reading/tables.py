"""Reads rows as a table: title rows, a known header, then data rows, with sums and column numbers between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.merge_conflict import CODE, FIX, conflict_message, is_conflict_marker
from hromada.domain.table_text import to_one_line, without_unseen
from hromada.reading.columns import (
    NUMBER,
    CellFault,
    CellType,
    Record,
    are_columns_verbatim,
    are_verbatim,
    column_of,
    columns_in,
    read_cell,
    shown,
    stray_fault,
)


class DataRow(Struct):  # a frozen one takes twice as long to construct
    """A data row: its line, cells by the column's canonical name, faults of cells that can't be read."""

    line: int
    cells: Mapping[str, str]
    faults: Sequence[CellFault] = ()

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


class Block(NamedTuple):
    """Rows without faults, column by column, which is several times faster."""

    lines: Sequence[int]
    columns: Mapping[str, Sequence[str]]

    def rows(self) -> Iterator[DataRow]:
        """Each row by itself."""
        for line, cells in zip(self.lines, zip(*self.columns.values(), strict=True), strict=True):
            yield DataRow(line, {name: text for name, text in zip(self.columns, cells, strict=True) if text})


class Remark(NamedTuple):
    """A warning with its line; message and fix are Ukrainian."""

    line: int
    code: str
    message: str
    fix: str


_NOTHING_OWN = CellFault(
    "register-merged", "усі клітинки цього рядка об’єднано з верхніми", "роз’єднайте їх або приберіть рядок"
)


class TableRefused(ValueError):
    """The table can't be read without losing data; message and fix are Ukrainian."""

    def __init__(self, line: int, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.line, self.code, self.fix = line, code, fix


class RegisterTable(Struct, frozen=True):
    """A table with a known header."""

    columns: tuple[str, ...]
    parts: tuple[DataRow | Block, ...]  # in the order of lines
    remarks: tuple[Remark, ...] = ()
    unread: tuple[TableRefused, ...] = ()  # invalid rows


class HeaderMissing(TableRefused):
    """No row is a header; `found` are the cells of the most similar row."""

    def __init__(self, best: Record) -> None:
        super().__init__(1, "register-header", "немає рядка з назвами стовпців", "")
        self.found = tuple(best.cells.values())


def header_width(record: Record) -> int:
    """The number of known columns in a header; 0 if the row is none, without «Дата» and one more."""
    names = set(columns_in(record.cells).values()) - {NUMBER}
    return len(names) if "date" in names and len(names) > 1 else 0


def read_table(records: Iterable[Record]) -> RegisterTable | None:
    """The table of a sheet's rows; None when all are blank. Raises HeaderMissing."""
    reader = TableReader()
    for record in records:
        reader.take(record)
    return reader.table()


COUNT = lazy_compile(r"\d{1,9}", re.ASCII)  # Python refuses to read a number of over 4,300 digits


class _Sum(NamedTuple):
    """The values that a sum under some rows may have: the number of rows, or the sum of their counts."""

    rows: int = 0
    counts: int = 0

    def with_rows(self, rows: Sequence[DataRow]) -> _Sum:
        counts = (int(row["count"]) for row in rows if COUNT.fullmatch(row["count"]))
        return _Sum(self.rows + len(rows), self.counts + sum(counts))


class TableReader(Struct):
    """Takes rows in order, then gives the table.

    In CSV a cell beyond the header's last one is an unquoted separator, and refused.
    """

    is_separated: bool = False
    columns: dict[int, str] = field(default_factory=dict)  # the known ones
    parts: list[DataRow | Block] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    _best: Record | None = None  # the row most similar to a header
    _header: Record | None = None
    _named: tuple[tuple[int, str], ...] = ()  # the known columns except row numbers
    _date: int = -1
    _is_first: bool = False  # the row under the header
    _last: int = -1  # column of the header
    _summed: _Sum = _Sum()  # the rows down to the last sum
    _summed_parts: int = 0
    _dates: set[str] = field(default_factory=set)  # cache: cells of blocks that look like dates

    def table(self) -> RegisterTable | None:
        """The table; None when all rows are blank. Raises HeaderMissing."""
        if not self.columns:
            if self._best is None:
                return None
            raise HeaderMissing(self._best)
        names = tuple(name for name in self.columns.values() if name != NUMBER)
        return RegisterTable(names, tuple(self.parts), tuple(self.remarks))

    def take_together(self, lines: Sequence[int], rows: Sequence[Sequence[str]]) -> bool:
        """Take CSV rows as a block; False, without taking any, when one must be read by itself."""
        width = len(rows[0])
        if not self.columns or width <= self._last or any(len(row) != width for row in rows):
            return False
        cells = list(zip(*rows, strict=True))
        columns = {name: list(map(str.strip, cells[column])) for column, name in self._named}
        dates = set(columns["date"])
        if not (
            all(map(_is_like_date, dates - self._dates))
            and not any(map(any, cells[self._last + 1 :]))
            and are_columns_verbatim(columns)
        ):
            return False
        self._dates |= dates
        self._is_first = False
        self.parts.append(Block(lines, columns))
        return True

    def take(self, record: Record) -> None:
        """Take one row; blank ones are skipped."""
        if not record.cells:
            return
        if (
            _is_like_date(record.cells.get(self._date, "")) and not record.merged
        ):  # most rows: told from all else by one cell
            self._is_first = False
            self.parts.append(self._row(record))
            return
        if header_width(record) or self._is_lower_half(record):
            self._take_header(record)
            return
        if marker := next(filter(is_conflict_marker, record.cells.values()), ""):
            raise TableRefused(record.line, CODE, conflict_message(marker), FIX)
        if self._header is None:
            self._best = max(filter(None, (self._best, record)), key=_likeness)
            return  # a title
        is_first, self._is_first = self._is_first, False
        if is_first and is_numbering(record, self._header.cells):
            return
        if all(self.columns.get(column) == NUMBER for column in record.cells if column not in record.merged):
            return  # numbered, but not filled in yet
        if (numbers := find_total(record, self.columns)) is not None:
            self._compare(record.line, numbers)
            return
        self.parts.append(self._row(record))

    def _row(self, record: Record) -> DataRow:
        if self.is_separated and max(record.cells) > self._last:  # its cells are shifted
            return DataRow(record.line, {}, [CellFault(
                "register-long-row", f"у рядку більше клітинок, ніж стовпців ({self._last + 1})",
                "візьміть клітинку з розділовим знаком у лапки",
            )])  # fmt: skip
        cells = {name: text for column, name in self._named if (text := record.cells.get(column))}
        has_more = record.kinds or record.links or record.merged or "id" in cells or "count" in cells
        if cells and not has_more and are_verbatim(cells.values()):
            return DataRow(record.line, cells)
        faults: list[CellFault] = []
        cells = {}
        has_own = False
        for column, name in self._named:
            if column in record.cells:
                has_own |= column not in record.merged
                if isinstance(read := read_cell(record, column, name), CellFault):
                    faults.append(read)
                else:
                    line = to_one_line(read)
                    cells[name] = line if name == "title" else without_unseen(line)
        if record.merged and not has_own:
            faults.append(_NOTHING_OWN)
        elif not has_own and not self.is_separated:
            faults.append(stray_fault(record))
        return DataRow(record.line, cells, tuple(faults))

    def _is_lower_half(self, record: Record) -> bool:
        """Whether this is the second row of a header: «Дата» merged over both, «Назва» and «Посилання» under «Публікація»."""
        return self._is_first and any(
            column in record.merged and name == column_of(record.cells[column])
            for column, name in self.columns.items()
        )  # fmt: skip

    def _take_header(self, record: Record) -> None:
        columns = columns_in(record.cells)
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
        self._named = tuple((column, name) for column, name in columns.items() if name != NUMBER)
        self._last = max(record.cells)
        self._date = next(column for column, name in columns.items() if name == "date")

    def _compare(self, line: int, numbers: list[int]) -> None:
        """Warn of a sum that fits neither all rows above it nor those since the last sum; the rows count."""
        rows = list(rows_of(self.parts[self._summed_parts :]))
        since, whole = _Sum().with_rows(rows), self._summed.with_rows(rows)
        has_counts = "count" in self.columns.values()
        fitting = {since.rows, whole.rows}
        if has_counts:
            fitting |= {since.counts, whole.counts}
        if numbers and fitting.isdisjoint(numbers):
            ours = whole.counts if has_counts else whole.rows
            self.remarks.append(Remark(
                line, "register-total", f"у підсумковому рядку {', '.join(map(str, numbers))}, а рядки над ним дають {ours}",
                "рахуються рядки; перевірте, чи жоден не пропущено",
            ))  # fmt: skip
        self._summed, self._summed_parts = whole, len(self.parts)


def rows_of(parts: Iterable[DataRow | Block]) -> Iterator[DataRow]:
    """The rows of parts of a table one by one."""
    for part in parts:
        if isinstance(part, Block):
            yield from part.rows()
        else:
            yield part


def _is_like_date(text: str) -> bool:
    """Whether a cell looks like a date: it begins with a digit and isn't a number."""
    return text[:1].isdigit() and not text.isdigit()


def _likeness(record: Record) -> tuple[int, bool]:
    return len(columns_in(record.cells)), len(record.cells) > 1


def _refuse_repeated(line: int, names: list[str]) -> None:
    for name in names:
        if name != NUMBER and names.count(name) > 1:
            raise TableRefused(
                line, "register-repeated-column", f"два стовпці «{shown(name)}»", "лишіть один, інший перейменуйте"
            )


_COUNTED_NOUNS = r"публікацій|дописів|повідомлень|матеріалів|звернень|запитів|записів|рядків|новин"
_TOTAL_PERIODS = r"місяць|квартал|півріччя|рік|рок[уи]|тиждень|період|день|січень|лютий|березень|квітень|травень|червень|липень|серпень|вересень|жовтень|листопад|грудень"
TOTAL_LABEL = lazy_compile(
    rf"(?:всього|усього|разом|загалом|итого)(?: (?:{_COUNTED_NOUNS}))?(?: за (?:[\w.’'ʼ–-]+ ){{0,3}}?(?:{_TOTAL_PERIODS})(?: \d{{4}})?"
    r"(?: р\.?| року)?)?\s*[:.–—-]*\s*(?P<number>\d{1,9})?",
    re.IGNORECASE,
)
TOTAL_NUMBER = lazy_compile(r"\d{1,9}(?:[.,]\d+)?", re.ASCII)
_COMPUTED = (CellType.UNCOMPUTED, CellType.ERROR)


def find_total(record: Record, columns: Mapping[int, str]) -> list[int] | None:
    """The numbers in a sum row, without unsaved ones; None when the row may be a publication.

    A sum has one cell with text («Всього», «Разом за липень:»), only numbers beside it, and no link or id.
    """
    labels: list[str] = []
    numbers: list[int] = []
    is_computed = False
    for column, text in record.cells.items():
        name = columns.get(column, "")
        if name in ("url", "id"):
            return None
        if record.kinds.get(column) in _COMPUTED:
            is_computed = True
        elif TOTAL_NUMBER.fullmatch(text):
            if name != NUMBER and text.isdigit():
                numbers.append(int(text))
        else:
            labels.append(text)
    if len(labels) != 1 or not (match := TOTAL_LABEL.fullmatch(" ".join(labels[0].split()))):
        return None
    if match["number"]:
        numbers.append(int(match["number"]))
    return numbers if numbers or is_computed else None


def is_label(text: str) -> bool:
    """Whether a cell is a sum's label: «Всього», «Разом за липень:»."""
    return TOTAL_LABEL.fullmatch(" ".join(text.split())) is not None


def is_numbering(record: Record, header: Iterable[int]) -> bool:
    """Whether the row numbers the columns, 1, 2, 3 …, as official tables do under the header."""
    expected = {column: str(number) for number, column in enumerate(sorted(header), start=1)}
    return len(expected) > 2 and dict(record.cells) == expected
