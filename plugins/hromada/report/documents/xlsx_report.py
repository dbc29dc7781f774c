"""report.xlsx: sheets with the figures, their entries, the comparison, the rules and the reconciliation."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.days_in_words import short_day
from hromada.report.count.comparison import MINUS, NBSP
from hromada.report.documents.bounds import XLSX_ENTRIES, omitted_lists, omitted_note
from hromada.report.documents.phrases import INCOMPLETE, filed_on, is_future, status_sentences
from hromada.report.documents.report_document import FigureEntries, ReportDocument
from hromada.report.documents.xlsx_book import (
    DifferenceCell,
    IndentedCell,
    LinkCell,
    PercentCell,
    Value,
    Workbook,
    Worksheet,
)
from hromada.report.view.report_view import Comparison, ComparisonRow, FigureView, ReportView


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
_CHECK_HEAD = ("Журнал", "Рядків", "Враховано", "Окремо", "Заплановано", "Поза строком")


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
    head = ["Ідентифікатор", "Показник", "Строк", "Кількість", *(["Нині"] if recounted else []), *map(months.get, ids)]
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
        difference = None if cell.value is None else DifferenceCell(row.value - cell.value)
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
