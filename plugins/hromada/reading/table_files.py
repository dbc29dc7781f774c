"""Reads the tables of a register's file, CSV or sheets of a spreadsheet; the bytes decide, not the name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import SourceLocation
from hromada.domain.problem import Problem, shorten, warning
from hromada.reading.columns import lacking, shown
from hromada.reading.csv_reader import read_csv
from hromada.reading.tables import HeaderMissing, RegisterTable, TableRefused, read_table
from hromada.reading.text_decoding import TextRefused, decode_table
from hromada.reading.workbook.opening import damaged, sheets_of
from hromada.reading.workbook.sheet import Sheet, WorkbookRefused

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
