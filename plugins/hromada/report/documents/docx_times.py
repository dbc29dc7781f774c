"""The report's numbers in time, in Word: beside earlier periods, and month by month."""

from __future__ import annotations

from collections.abc import Sequence

from hromada.domain.numerals import grouped
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_tables import Column, Row
from hromada.report.documents.phrases import month_value
from hromada.report.view.report_view import Compared, Comparison, ComparisonRow, FigureView, ReportView

_WIDTHS = {1: (76, 24, 27, 43), 2: (43, 23, 23, 29)}  # figure, now, then, difference, by the number of periods


def add_comparison(paper: Paper, comparison: Comparison, now: str) -> None:
    """The figures beside those of earlier periods; what can't be compared says why."""
    if not comparison.notes and not comparison.periods:
        return
    paper.heading("Порівняння")
    if not comparison.periods:
        for note in comparison.notes:
            paper.add("BodyText", note)
        return
    figure, current, then, difference = _WIDTHS[len(comparison.periods)]
    columns = [Column("Показник", figure), Column(now, current, is_number=True)]
    for period in comparison.periods:
        columns += [Column(period.title, then, is_number=True), Column("Різниця", difference, is_number=True)]
    rows = [_compared(row) for row in comparison.rows]
    paper.table(f"Показники за {now} і за попередні періоди", columns, rows, comparison.notes)


def _compared(row: ComparisonRow) -> Row:
    return Row((row.title, grouped(row.value), *(text for cell in row.cells for text in _cells(cell))))


def _cells(cell: Compared) -> tuple[str, str]:
    if cell.value is None:
        return "–", cell.note
    return grouped(cell.value), f"{cell.difference} ({cell.percent})" if cell.percent else cell.difference


def add_months(paper: Paper, view: ReportView) -> None:
    """The headline figures by month: those of the same months in one table."""
    by_months: dict[tuple[str, ...], list[FigureView]] = {}
    for figure in view.headline:
        if len(figure.months) > 1:
            by_months.setdefault(tuple(month.id for month in figure.months), []).append(figure)
    if by_months:
        paper.heading("За місяцями")
    for figures in by_months.values():
        _add_month_table(paper, view, figures)


def _add_month_table(paper: Paper, view: ReportView, figures: Sequence[FigureView]) -> None:
    first = figures[0]
    width = min((170 - 42) / len(figures), 60)
    columns = [
        Column("Місяць", 170 - width * len(figures)),
        *(Column(one.title, width, is_number=True) for one in figures),
    ]
    rows = [
        Row((month.title, *(month_value(one.months[number], view) for one in figures)))
        for number, month in enumerate(first.months)
    ]
    total = Row(("Разом", *(grouped(figure.value) for figure in figures)), is_total=True)
    paper.table(f"Показники за місяцями, {first.window or view.period_title}", columns, [*rows, total])
