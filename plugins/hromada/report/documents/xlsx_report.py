"""report.xlsx: the figures and every material behind them, to be filtered and added up."""

from __future__ import annotations

from hromada.report.documents.phrases import filed_on
from hromada.report.documents.report_document import ReportDocument
from hromada.report.documents.xlsx_book import Book
from hromada.report.documents.xlsx_sheets import (
    add_check,
    add_comparison,
    add_figures,
    add_items,
    add_rules,
)


def report_xlsx(report_document: ReportDocument) -> bytes:
    """The same bytes for the same report."""
    view = report_document.view
    book = Book(view.title, view.period_title, view.publisher, filed_on(view))
    add_figures(book, view)
    add_items(book, report_document)
    add_comparison(book, view)
    add_rules(book, view)
    add_check(book, view)
    return book.close()
