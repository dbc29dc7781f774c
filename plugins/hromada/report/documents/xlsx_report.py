"""report.xlsx: a workbook with typed cells; sheets with the figures, their entries, the comparison, the rules, the reconciliation."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from msgspec import Struct

from hromada.domain.calendar import midnight
from hromada.domain.days_in_words import short_day
from hromada.domain.table_text import escape_formula
from hromada.report.count.comparison import MINUS, NBSP
from hromada.report.documents.report_document import (
    INCOMPLETE,
    XLSX_ENTRIES,
    FigureEntries,
    ReportDocument,
    filed_on,
    is_future,
    office_link,
    omitted_lists,
    omitted_note,
    reproducible_zip,
    status_sentences,
    without_control_characters,
)
from hromada.report.view.report_view import Comparison, ComparisonRow, FigureView, ReportView

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


class LinkCell(Struct, frozen=True):
    """A cell with an address; one that Excel can't open stays text."""

    address: str


class DifferenceCell(Struct, frozen=True):
    value: int


class IndentedCell(Struct, frozen=True):
    text: str


class PercentCell(Struct, frozen=True):
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


def report_xlsx(report_document: ReportDocument) -> bytes:
    """The workbook; the same report gives the same bytes."""
    view = report_document.view
    book = Workbook(view.title, view.period_title, view.publisher, filed_on(view))
    add_figures(book, view)
    add_items(book, report_document)
    add_comparison(book, view)
    add_rules(book, view)
    add_check(book, view)
    return book.close()


_ITEM_HEAD = ("Ідентифікатор", "Показник", "Частина", "Дата", "Розділ", "Назва", "Посилання", "Джерело", "Кількість")
_ITEM_WIDTHS = (15, 30, 26, 11, 22, 60, 40, 44, 11)
_CHECK_HEAD = ("Журнал", "Рядків", "Враховано", "Окремо", "Заплановано", "Поза періодом")


def _add_title(sheet: Worksheet, view: ReportView) -> None:
    """The title, the publisher and the approval status above the figures."""
    sheet.line(view.title, "title")
    sheet.line(view.publisher)
    for sentence in status_sentences(view):
        sheet.line(sentence)
    if not view.complete:
        sheet.line(INCOMPLETE, "notice")
    sheet.line()


def add_figures(book: Workbook, view: ReportView) -> None:
    """A row for each figure with its months, its parts below it; future months are blank."""
    months = {month.id: f"{month.name} {month.id[:4]}" for figure in view.figures for month in figure.months}
    ids = sorted(months)
    recounted = view.status == "changed"
    head = ["Ідентифікатор", "Показник", "Період", "Кількість", *(["Нині"] if recounted else []), *map(months.get, ids)]
    sheet = book.sheet("Показники", [15, 52, 27, 11, *[11] * (len(head) - 4)])
    _add_title(sheet, view)
    sheet.head([title or "" for title in head])
    for figure in view.figures:
        for row in _figure_rows(figure, view, ids):
            sheet.row(row)


def _figure_rows(figure: FigureView, view: ReportView, months: list[str]) -> Iterator[list[Value]]:
    values = {month.id: month.value for month in figure.months if not is_future(month, view)}
    window = figure.window or f"з {short_day(view.first)} по {short_day(view.last)}"
    recounted = view.status == "changed"
    now: list[Value] = [figure.value if figure.counted is None else figure.counted] if recounted else []
    yield [figure.id, figure.title, window, figure.value, *now, *map(values.get, months)]
    if len(figure.parts) > 1:
        for part in figure.parts:
            yield [figure.id, IndentedCell(part.title), window, part.value]


def add_items(book: Workbook, report_document: ReportDocument) -> None:
    """A row for each figure and entry; the counts of a figure's rows add up to its value."""
    sheet = book.sheet("Матеріали", _ITEM_WIDTHS)
    sheet.head(_ITEM_HEAD)
    omitted = omitted_lists(report_document.lists, XLSX_ENTRIES)
    for index, entry_list in enumerate(report_document.lists):
        for row in _item_rows(entry_list, report_document) if index not in omitted else [_omitted_row(entry_list)]:
            sheet.row(row)
    sheet.filter(0, len(_ITEM_HEAD))


def _omitted_row(entry_list: FigureEntries) -> list[Value]:
    """One row in place of a list that is too long, so that the rows still add up to the figure."""
    return [
        entry_list.figure.id,
        entry_list.figure.title,
        "",
        None,
        "",
        omitted_note(entry_list),
        "",
        "",
        entry_list.figure.value,
    ]


def _item_rows(entry_list: FigureEntries, report_document: ReportDocument) -> Iterator[list[Value]]:
    for group in entry_list.groups:
        for entry in group.entries:
            address = report_document.absolute(entry.path_or_url or entry.address)
            # A page that is gone has no link, but the address under which it was counted.
            link: Value = LinkCell(address) if entry.path_or_url else address
            yield [entry_list.figure.id, entry_list.figure.title, group.title, entry.day, entry.section_title, entry.title, link,
                   entry.source, entry.count]  # fmt: skip


def add_comparison(book: Workbook, view: ReportView) -> None:
    """The figures with those of earlier periods, if any."""
    comparison = view.comparison
    if not comparison.periods:
        return
    head = ["Ідентифікатор", "Показник", view.period_title]
    for period in comparison.periods:
        head += [period.title, "Різниця", "Зміна", "Примітка"]
    sheet = book.sheet("Порівняння", [15, 52, 13, *[13, 11, 21, 34] * len(comparison.periods)])
    sheet.head(head)
    for row in comparison.rows:
        sheet.row(_compared(row))
    _add_notes(sheet, comparison)


def _compared(row: ComparisonRow) -> list[Value]:
    cells: list[Value] = [row.id, row.title, row.value]
    for cell in row.cells:
        is_comparable = cell.value is not None and bool(cell.difference)
        difference = DifferenceCell(row.value - (cell.value or 0)) if is_comparable else None
        cells += [cell.value, difference, _share(cell.percent), cell.note]
    return cells


def _share(text: str) -> Value:
    """«+5,3 %» as a number, since a text that begins with «+» would look like a formula; other texts stay."""
    if not text.startswith(("+", MINUS)):
        return IndentedCell(text)
    return PercentCell(float(text.removesuffix("%").strip(NBSP).replace(MINUS, "-").replace(",", ".")))


def _add_notes(sheet: Worksheet, comparison: Comparison) -> None:
    sheet.line()
    for note in comparison.notes:
        sheet.line(note)


def add_rules(book: Workbook, view: ReportView) -> None:
    sheet = book.sheet("Як рахували", [6, 130])
    sheet.head(["№", f"Правила підрахунку, версія {view.rules_version}"])
    for number, rule in enumerate(view.rules, 1):
        sheet.row([f"{number}.", rule])


def add_check(book: Workbook, view: ReportView) -> None:
    """Numbers of the site's items and register rows by bucket."""
    line = view.reconciliation
    sheet = book.sheet("Звірка", [26, 12, 12, 12, 14, 14])
    sheet.head(["Матеріали сайту", "Кількість"], frozen=False)
    for title, value in (
        ("Знайдено", line.found), ("враховано", line.counted), ("чернеток", line.draft), ("прихованих", line.hidden),
        ("запланованих", line.scheduled), ("перекладів", line.translation), ("поза періодом", line.outside),
    ):  # fmt: skip
        sheet.row([title if title == "Знайдено" else IndentedCell(title), value])
    sheet.line()
    sheet.head(_CHECK_HEAD, frozen=False)
    for register in view.registers:
        sheet.row(
            [register.title, register.rows, register.counted, register.excluded, register.scheduled, register.outside]
        )
