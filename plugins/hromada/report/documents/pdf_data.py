"""What the template prints, as plain values: words are ready, nothing is counted in the layout."""

from __future__ import annotations

from hromada.domain.days_in_words import day_in_words
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.problem import shorten
from hromada.report.documents.bounds import LONGEST_TITLE, within_bounds
from hromada.report.documents.pdf_approval import approval_data, changes_data, signature_data, status_data
from hromada.report.documents.pdf_lists import lists_data
from hromada.report.documents.pdf_text import text_data
from hromada.report.documents.phrases import AFTER_APPROVAL, INCOMPLETE, month_value
from hromada.report.documents.report_document import ReportDocument
from hromada.report.view.report_view import Compared, ComparisonRow, FigureView, ReportView

Data = dict[str, object]


def document_data(report_document: ReportDocument) -> Data:
    """Everything on paper, in the order of the document."""
    report_document = within_bounds(report_document)
    view = report_document.view
    return {
        "publisher": shorten(view.publisher, LONGEST_TITLE),
        "title": shorten(view.title, LONGEST_TITLE),
        "period": view.period_title,
        "days": f"З {day_in_words(view.first)} по {day_in_words(view.last)}",
        "page": {"text": report_document.home, "link": report_document.home},
        "status": status_data(view, report_document.notes),
        "incomplete": "" if view.complete else INCOMPLETE,
        "headline": [_headline(figure) for figure in view.headline],
        "text": text_data(report_document.text),
        "figures": _figures(report_document),
        "recounted": any(figure.counted is not None for figure in view.figures),
        "comparison": _comparison(view),
        "months": [_months(figure, view) for figure in view.charts],
        "units": _units(report_document),
        "accounts": _accounts(view),
        "rules": list(view.rules),
        "rules_version": view.rules_version,
        "check": _check(view),
        "changes": changes_data(report_document) | {"heading": AFTER_APPROVAL},
        "approval": approval_data(report_document),
        "signature": signature_data(view),
        "lists": lists_data(report_document),
    }


def _headline(figure: FigureView) -> Data:
    return {"value": grouped(figure.value), "words": figure.words, "title": figure.title, "window": figure.window}


def _figures(report_document: ReportDocument) -> list[Data]:
    """Figures and their parts; parts that have a table of their own are not repeated."""
    places = {one.figure.id: place for place, one in enumerate(report_document.lists, 1)}
    rows: list[Data] = []
    for figure in report_document.view.figures:
        now = "" if figure.counted is None else grouped(figure.counted)
        rows.append(
            {"title": figure.title, "note": figure.window, "value": grouped(figure.value), "now": now,
             "part": False, "list": places.get(figure.id, 0)}
        )  # fmt: skip
        if not figure.own_table and len(figure.parts) > 1:
            rows += [
                {"title": part.title, "note": "", "value": grouped(part.value), "now": "", "part": True, "list": 0}
                for part in figure.parts
            ]
    return rows


def _comparison(view: ReportView) -> Data:
    compared = view.comparison
    return {
        "periods": [period.title for period in compared.periods],
        "rows": [_compared(row) for row in compared.rows],
        "notes": list(compared.notes),
    }


def _compared(row: ComparisonRow) -> Data:
    return {"title": row.title, "value": grouped(row.value), "cells": [_cell(cell) for cell in row.cells]}


def _cell(cell: Compared) -> Data:
    """An earlier value with its difference, or why there is none."""
    if cell.value is None:
        return {"none": cell.note or "немає", "value": "", "difference": "", "percent": ""}
    return {"none": "", "value": grouped(cell.value), "difference": cell.difference, "percent": cell.percent}


def _months(figure: FigureView, view: ReportView) -> Data:
    """A figure by month; `share` is a bar's length in thousandths of the longest one."""
    several_years = len({month.id[:4] for month in figure.months}) > 1
    largest = max((month.value for month in figure.months), default=0)
    rows = [
        {
            "name": month.title.removesuffix(" року") if several_years else month.name,
            "value": month_value(month, view),
            "share": round(1000 * month.value / largest) if largest else 0,
        }
        for month in figure.months
    ]
    return {"title": shorten(figure.title, LONGEST_TITLE), "window": figure.window, "rows": rows}


def _units(report_document: ReportDocument) -> Data:
    view = report_document.view
    return {
        "rows": [
            {"title": row.title, "link": report_document.absolute(row.path), "value": grouped(row.value)}
            for row in view.unit_rows
        ],
        "words": f"Разом, {NOUNS['сторінка'].counted(view.units_total)}",
        "total": grouped(view.messages_total),
    }


def _accounts(view: ReportView) -> Data:
    rows = [
        [row.title, row.networks, grouped(row.value), grouped(row.reposts), grouped(row.stories)]
        for row in (*view.account_rows, view.account_totals)
    ]
    return {"rows": rows[:-1], "total": rows[-1]}


def _check(view: ReportView) -> Data:
    line = view.reconciliation
    names = ("found", "counted", "draft", "hidden", "scheduled", "translation", "outside")
    return {name: grouped(getattr(line, name)) for name in names} | {
        "registers": [
            [row.title, *map(grouped, (row.rows, row.counted, row.excluded, row.scheduled, row.outside))]
            for row in view.registers
        ],
        "as_of": day_in_words(view.as_of),
    }
