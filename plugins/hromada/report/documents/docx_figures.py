"""The report's numbers in Word: figures, units, accounts, comparison, months."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_tables import Column, Row
from hromada.report.documents.report_document import ReportDocument
from hromada.report.text.blocks import Run
from hromada.report.view.report_view import FigureView, ReportView


def add_figures(paper: Paper, report_document: ReportDocument) -> None:
    """Every figure with its own window; below it the parts that the page shows, which have no table of their own."""
    view = report_document.view
    columns = [Column("Показник", 105), Column("Строк", 40), Column("Кількість", 25, is_number=True)]
    rows = [row for figure in view.figures for row in _figure_rows(figure, report_document)]
    paper.heading("Показники")
    paper.table(f"Показники за {view.period_title}", columns, rows)


def _figure_rows(figure: FigureView, report_document: ReportDocument) -> Iterator[Row]:
    number = (Run(grouped(figure.value), link=report_document.absolute(figure.path)),)
    yield Row((figure.title, figure.window or "період звіту", number))
    if figure.own_table or len(figure.parts) < 2:
        return
    for part in figure.parts:
        if part.value:
            yield Row((part.title, "", grouped(part.value)), is_part=True)


def add_units(paper: Paper, view: ReportView) -> None:
    """Every unit of the period with its messages, zeros too."""
    if not view.unit_rows:
        return
    columns = [Column("Сторінка", 130), Column("Повідомлень", 40, is_number=True)]
    total = f"Разом, {NOUNS['сторінка'].counted(view.units_total)}"
    rows = [Row((row.title, grouped(row.value))) for row in view.unit_rows]
    paper.heading("Сторінки підрозділів та організацій")
    paper.table(
        f"Повідомлення на сторінках підрозділів та організацій за {view.period_title}",
        columns,
        [*rows, Row((total, grouped(view.messages_total)), is_total=True)],
    )


def add_accounts(paper: Paper, view: ReportView) -> None:
    """Publications by account; reposts and stories stand beside them and are not added."""
    if not view.account_rows:
        return
    columns = [
        Column("Сторінка", 62), Column("Мережі", 32), Column("Публікацій", 28, is_number=True),
        Column("Репостів", 25, is_number=True), Column("Сторіз", 23, is_number=True),
    ]  # fmt: skip
    rows = [
        Row((row.title, row.networks, *map(grouped, (row.value, row.reposts, row.stories))))
        for row in view.account_rows
    ]
    total = view.account_totals
    rows.append(Row(("Разом", "", *map(grouped, (total.value, total.reposts, total.stories))), is_total=True))
    paper.heading("Соціальні мережі")
    note = "Репости та сторіз показано окремо, до публікацій їх не додано."
    paper.table(f"Публікації за сторінками у соціальних мережах за {view.period_title}", columns, rows, (note,))
