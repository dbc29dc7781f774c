"""Reads the tables of a register's file; CSV as offices save it (`;`, `,` or tab, `sep=;`) here; the bytes decide, not the name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from msgspec.structs import replace

from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import SourceLocation
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, shorten, warning
from hromada.domain.table_text import CsvBroken, csv_rows
from hromada.reading.columns import Record, columns_in, lacking, shown
from hromada.reading.tables import HeaderMissing, RegisterTable, TableReader, TableRefused, header_width, read_table
from hromada.reading.text_decoding import TextRefused, decode_table
from hromada.reading.workbook.opening import damaged, sheets_of
from hromada.reading.workbook.sheet import Sheet, WorkbookRefused

_SEPARATORS = ";,\t"
_WRITTEN = lazy_compile(f"[^ \n{_SEPARATORS}]")
# Lines and characters: if the header is within them, the rest is not searched for one.
_USUAL_HEADER, _BEGINNING = 30, 1_000_000
_TOGETHER = 256  # rows of a block: if one needs a closer look, all of the block are read one by one
_SEP = lazy_compile(r'"?sep=(.)"?[;,\t ]*', re.IGNORECASE)  # Excel's own line, which it doesn't show


def read_csv(text: str, looks_like_date: Callable[[str], bool]) -> RegisterTable | None:
    """The table of a CSV file, None when the file is blank.

    The separator is the one under which a known header has the most columns. A quote that is never closed would
    swallow rows, so a cell over several lines that itself begins with a date is refused.
    """
    text, separators = _without_sep(text)
    if not _WRITTEN.search(text):
        return None
    separator = _detect_separator(text, separators)
    unread: list[TableRefused] = []
    reader = TableReader(is_separated=True)
    rows = _rows(text, separator, unread)
    while block := list(islice(rows, _TOGETHER)):
        lines, cells = zip(*block, strict=True)
        if not reader.take_together(lines, cells):
            for record in _whole(map(_record, lines, cells), separator, looks_like_date, unread):
                reader.take(record)
    table = reader.table()
    if table is None and unread:
        raise min(unread, key=attrgetter("line"))
    return table and replace(table, unread=tuple(sorted(unread, key=attrgetter("line"))))


def _without_sep(text: str) -> tuple[str, str]:
    """The text with Excel's own first line emptied, and the separators that it may have."""
    first = text[:_BEGINNING].partition("\n")[0]
    match = _SEP.fullmatch(first.strip(" "))
    return (text[len(first) :], match[1]) if match else (text, _SEPARATORS)


def table_form(text: str) -> TableForm | None:
    """The form of a CSV file's table; None without a header."""
    text, separators = _without_sep(text)
    separator = _detect_separator(text, separators)
    header: list[str] = []
    last: list[str] = []
    for line, row in _rows(text, separator, []):
        if header_width(_record(line, row)):
            header, last = row, []
        elif header and any(map(str.strip, row)):
            last = row
    columns = columns_in({column: cell.strip() for column, cell in enumerate(header) if cell.strip()})
    return TableForm(separator, len(header), columns, last) if columns else None


class TableForm(NamedTuple):
    """How a CSV file writes its rows: separator, width, the known columns, the cells of its last row."""

    separator: str
    width: int
    columns: Mapping[int, str]
    last: Sequence[str]


def _rows(text: str, separator: str, unread: list[TableRefused]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line that each starts on; invalid ones are appended to `unread`."""
    try:
        yield from csv_rows(text, separator, lambda broken: unread.append(_open_quotes(broken)))
    except CsvBroken as broken:
        unread.append(_open_quotes(broken))


def _record(line: int, row: Sequence[str]) -> Record:
    cells = map(str.strip, row)
    return Record(line, {column: cell for column, cell in enumerate(cells) if cell})


def _open_quotes(broken: CsvBroken) -> TableRefused:
    if broken.longest:
        return TableRefused(
            broken.line, "register-quotes", f"клітинка довша за {broken.longest} знаків: схоже, лапки не закрито",
            "закрийте лапки або скоротіть клітинку",
        )  # fmt: skip
    return TableRefused(
        broken.line, "register-quotes", "лапки в рядку не закрито або закрито посеред клітинки",
        'візьміть клітинку в лапки "…", а лапки всередині подвойте: ""Зевс""',
    )  # fmt: skip


def _detect_separator(text: str, separators: str) -> str:
    """The separator under which a header has the most known columns."""
    widths: dict[str, int] = {}
    for beginning, last in ((text[:_BEGINNING], _USUAL_HEADER), (text, text.count("\n") + 1)):
        for separator in separators:
            widths[separator], line = _header(beginning, separator, last)
            last = min(last, line)
        if any(widths.values()):
            break
    else:
        # Broken quotes above the header hide it: its line still shows the separator, and the quotes are refused later.
        lines = text.split("\n")
        widths = {separator: max(_width_of_line(line, separator) for line in lines) for separator in separators}
    return max(widths, key=lambda separator: widths[separator])


def _header(text: str, separator: str, last: int) -> tuple[int, int]:
    """The number of known columns in the header above line `last` with this separator, and the header's line."""
    for line, row in _rows(text, separator, []):
        if line > last:
            break
        if width := header_width(_record(line, row)):
            return width, line
    return 0, last


def _width_of_line(line: str, separator: str) -> int:
    return header_width(Record(0, dict(enumerate(cell.strip().strip('"') for cell in line.split(separator)))))


def _whole(
    records: Iterable[Record], separator: str, looks_like_date: Callable[[str], bool], unread: list[TableRefused]
) -> Iterator[Record]:
    for record in records:
        if "\n" not in "".join(record.cells.values()):  # most rows, and quicker than asking each cell
            yield record
            continue
        swallowed = [
            fault
            for cell in record.cells.values()
            if "\n" in cell
            for fault in _swallowed(record.line, cell, separator, looks_like_date)
        ]
        unread += swallowed[:1]
        if not swallowed:
            yield record


def _swallowed(line: int, cell: str, separator: str, looks_like_date: Callable[[str], bool]) -> Iterator[TableRefused]:
    for offset, inner in enumerate(cell.split("\n")[1:], start=1):
        first = inner.split(separator)[0].strip().strip('"')
        if separator in inner and looks_like_date(first):
            yield TableRefused(
                line, "register-quotes", f"незакриті лапки поглинають рядок {line + offset}",
                "закрийте лапки в кінці клітинки",
            )  # fmt: skip


SPREADSHEETS = (".xlsx", ".xls", ".ods")
TYPES = (".csv", *SPREADSHEETS)


class TableResult(NamedTuple):
    """One table of a file, or why it can't be read; `sheet` is empty for CSV, `table` None for an empty sheet."""

    sheet: str
    table: RegisterTable | None
    problems: tuple[Problem, ...] = ()


def read_tables(path: str, raw: bytes) -> Iterator[TableResult]:
    """The tables of a file; a refused sheet doesn't hide the problems of others."""
    try:
        sheets = sheets_of(raw)
        if sheets is None:
            yield TableResult("", *_text(path, raw))
            return
        for sheet in sheets:
            yield TableResult(sheet.name, *_sheet(path, sheet))
    except WorkbookRefused as refused:
        yield TableResult("", None, (Problem(path, 1, refused.code, str(refused), refused.fix),))


def _text(path: str, raw: bytes) -> tuple[RegisterTable | None, tuple[Problem, ...]]:
    """The table of a CSV file, even where its name is that of a spreadsheet."""
    is_named_otherwise = path.casefold().endswith(SPREADSHEETS)
    if is_named_otherwise and not raw.strip(b"\0 \t\r\n"):
        raise WorkbookRefused("register-damaged", "файл порожній", "поверніть попередню версію або видаліть його")
    try:
        return read_csv(decode_table(raw), _is_date), ()
    except TextRefused as refused:
        if is_named_otherwise and refused.code == "encoding":
            raise damaged() from None
        return None, (Problem(path, refused.line, refused.code, str(refused), refused.fix),)
    except HeaderMissing as refused:
        if is_named_otherwise:
            raise damaged() from None
        return None, (_no_header(path, path, refused.found),)
    except TableRefused as refused:
        if is_named_otherwise and refused.code == "register-header":
            raise damaged() from None
        return None, (Problem(path, refused.line, refused.code, str(refused), refused.fix),)


def _sheet(path: str, sheet: Sheet) -> tuple[RegisterTable | None, tuple[Problem, ...]]:
    where = SourceLocation(path, sheet=sheet.name).file
    records = list(sheet.records())
    try:
        table = read_table(records)
    except HeaderMissing as missing:
        return None, (_no_header(path, where, missing.found, is_hidden=sheet.is_hidden),)
    except TableRefused as refused:
        return None, (Problem(where, refused.line, refused.code, str(refused), refused.fix),)
    if table is not None and table.parts and sheet.is_hidden:
        return table, (warning(
            where, 1, "register-hidden", "аркуш приховано, а його рядки враховано", "покажіть його або приберіть",
        ),)  # fmt: skip
    return table, ()


_SHOWN = 6  # cells that a message quotes


def _no_header(path: str, where: str, cells: Sequence[str], *, is_hidden: bool = False) -> Problem:
    """The problem of a missing header: the cells of the best row, and the columns that the register needs."""
    cells_shown = ", ".join(f"«{shorten(cell, 30)}»" for cell in cells[:_SHOWN]) + (" …" if len(cells) > _SHOWN else "")
    missing = ", ".join(f"«{shown(column)}»" for column in lacking(register_of(path), cells))
    hidden = "прихований аркуш: " if is_hidden else ""
    return Problem(
        where, 1, "register-header", f"{hidden}немає рядка з назвами стовпців: є {cells_shown}, бракує {missing}",
        "додайте цей рядок або перейменуйте стовпці; зайвий аркуш приберіть" if where != path
        else "додайте цей рядок або перейменуйте стовпці",
    )  # fmt: skip


def register_of(path: str) -> str:
    """The register of a table, by its folder."""
    return next(iter(path.removeprefix("content/registers/").split("/")), "")


def _is_date(text: str) -> bool:
    try:
        parse_moment(text)
    except DateRefused:
        return False
    return True
