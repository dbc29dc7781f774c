"""Writes a workbook with typed cells (text, numbers, dates, links) within Excel's limits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter

from hromada.domain.calendar import midnight
from hromada.domain.table_text import escape_formula
from hromada.report.documents.office_files import office_link, reproducible_zip
from hromada.report.documents.phrases import without_control_characters

CELL, ADDRESS, LINKS = 32_767, 2_079, 65_530  # characters in a cell, characters in a link, links on a sheet
_HEAD_HEIGHT = 32  # two lines
_FIRST_YEAR = 1900  # Excel knows no earlier day
_FORMATS: dict[str, dict[str, Any]] = {
    "text": {},  # one line a row: the heights of wrapped rows are known only to Excel
    "part": {"align": "left", "indent": 2},
    "number": {"num_format": "#,##0"},
    "signed": {"num_format": "+#,##0;\N{MINUS SIGN}#,##0;0"},
    "share": {
        "num_format": "+0.0\N{NO-BREAK SPACE}%;\N{MINUS SIGN}0.0\N{NO-BREAK SPACE}%;0\N{NO-BREAK SPACE}%",
        "align": "left",
        "indent": 2,
    },
    "day": {"num_format": "dd.mm.yyyy", "align": "left"},
    "link": {"font_color": "#1F3864", "underline": 1},
    "head": {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "align": "center",
        "bottom": 1,
        "bg_color": "#E8ECF2",
    },
    "title": {"bold": True, "font_size": 14},
    "notice": {"bold": True},
}


@dataclass(frozen=True, slots=True)
class LinkCell:
    """A cell with an address; one that Excel can't open stays text."""

    address: str


@dataclass(frozen=True, slots=True)
class DifferenceCell:
    value: int


@dataclass(frozen=True, slots=True)
class IndentedCell:
    text: str


@dataclass(frozen=True, slots=True)
class PercentCell:
    percent: float


Value = str | int | date | LinkCell | DifferenceCell | PercentCell | IndentedCell | None


class Workbook:
    """A workbook in memory."""

    def __init__(self, title: str, subject: str, author: str, day: date) -> None:
        self._out = io.BytesIO()
        self._book = xlsxwriter.Workbook(
            self._out,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        created = midnight(day)  # the document's date, never the clock's
        about = {"title": title, "subject": subject, "author": author}
        self._book.set_properties({name: _plain(value)[:255] for name, value in about.items()} | {"created": created})
        self._formats = {name: self._book.add_format(look) for name, look in _FORMATS.items()}

    def sheet(self, name: str, widths: Sequence[float]) -> Worksheet:
        return Worksheet(self._book.add_worksheet(name), self._formats, widths)

    def close(self) -> bytes:
        self._book.close()
        return reproducible_zip(self._out.getvalue())


class Worksheet:
    """A sheet, written row by row from the top."""

    def __init__(self, sheet: Any, formats: dict[str, Any], widths: Sequence[float]) -> None:
        self._sheet, self._formats = sheet, formats
        self._row = self._links = 0
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P")

    def line(self, text: str = "", look: str = "text") -> None:
        """A row with one text cell."""
        self._text(0, text, look)
        self._row += 1

    def head(self, titles: Sequence[str], *, frozen: bool = True) -> None:
        """The columns' titles, frozen and printed on every page."""
        for column, title in enumerate(titles):
            self._text(column, title, "head")
        self._sheet.set_row(self._row, _HEAD_HEIGHT)
        if frozen:
            self._sheet.freeze_panes(self._row + 1, 0)
            self._sheet.repeat_rows(self._row)
        self._row += 1

    def row(self, values: Sequence[Value]) -> None:
        for column, value in enumerate(values):
            self._cell(column, value)
        self._row += 1

    def filter(self, first: int, columns: int) -> None:
        """An autofilter on the head at row `first` and all rows below it."""
        self._sheet.autofilter(first, 0, max(self._row - 1, first), columns - 1)

    @property
    def position(self) -> int:
        return self._row

    def _cell(self, column: int, value: Value) -> None:
        match value:
            case None:
                pass
            case LinkCell(address):
                self._link(column, address)
            case IndentedCell(text):
                self._text(column, text, "part")
            case DifferenceCell(number):
                self._sheet.write_number(self._row, column, number, self._formats["signed"])
            case PercentCell(percent):
                self._sheet.write_number(self._row, column, percent / 100, self._formats["share"])
            case int():
                self._sheet.write_number(self._row, column, value, self._formats["number"])
            case date() if value.year >= _FIRST_YEAR:
                self._sheet.write_datetime(self._row, column, value, self._formats["day"])
            case date():
                self._text(column, value.isoformat(), "text")
            case str():
                self._text(column, value, "text")

    def _link(self, column: int, address: str) -> None:
        link = office_link(address)
        if not link or len(link) > ADDRESS or self._links >= LINKS:
            self._text(column, address, "text")
            return
        self._links += 1
        self._sheet.write_url(self._row, column, link, self._formats["link"], _text(address))

    def _text(self, column: int, text: str, look: str) -> None:
        """Write text, never a formula, not even after the table is saved as CSV."""
        if not text:
            return
        self._sheet.write_string(self._row, column, _text(text), self._formats[look])


def _plain(text: str) -> str:
    return " ".join(without_control_characters(text).splitlines())  # a row is one line high


def _text(text: str) -> str:
    """The text cut to a cell's limit, which Excel counts in UTF-16 code units."""
    text = escape_formula(_plain(text))
    if 2 * len(text) <= CELL or len(text.encode("utf-16-le")) <= 2 * CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (CELL - 1)].decode("utf-16-le", "ignore") + "…"
