"""Builds the comparison table of a report's page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from hromada.domain.days_in_words import day_in_words
from hromada.domain.numerals import Case
from hromada.domain.period import Period
from hromada.report.approval.report_state import ReportState
from hromada.report.count.comparison import NO_DATA, ComparisonColumn
from hromada.report.count.counting_rules import VERSION
from hromada.report.view.report_view import ComparedValue, Comparison, ComparisonRow, EarlierPeriod


def comparison_view(report_state: ReportState, page_of: Callable[[Period], str]) -> Comparison:
    """A row for each figure, a column for each earlier period with data, and notes about partial data."""
    columns = [column for column in report_state.comparison if not column.is_empty]
    periods = tuple(
        EarlierPeriod(
            column.name, column.period.title, column.period.first, column.period.last, page_of(column.period),
            column.approved, tuple(_notes(column, report_state)),
        )
        for column in columns
    )  # fmt: skip
    rows = tuple(
        ComparisonRow(count.id, count.spec.title, count.value, tuple(_cell(column, count.id) for column in columns))
        for count in report_state.activity.counts
    )
    return Comparison(periods, rows if periods else (), tuple(_remarks(report_state)))


def _cell(column: ComparisonColumn, figure: str) -> ComparedValue:
    cell = column.cells.get(figure)
    if cell is None or cell.base is None:
        return ComparedValue(None, note=cell.note if cell else "не рахували")
    return ComparedValue(cell.base, cell.signed, cell.percent, cell.caveat)


def _notes(column: ComparisonColumn, report_state: ReportState) -> Iterator[str]:
    """Why the column is not quite comparable."""
    rules = report_state.version.rules_version if report_state.version else VERSION
    then = column.period.title
    if column.approved:
        yield f"За {then} подано затверджені числа."
    if column.rules_version != rules:
        yield f"Правила підрахунку змінилися: за {then} рахували за версією {column.rules_version}, тепер за версією {rules}."
    if not column.complete:
        yield f"Архів за {then} неповний."
    if partial := _partial(column, report_state):
        yield f"За {then} враховано не весь строк: архів ведеться {'; '.join(partial)}."
    if report_state.activity.as_of < report_state.activity.period.last:
        yield "Період звіту ще триває, тож порівнюється його частина."


def _remarks(report_state: ReportState) -> Iterator[str]:
    """What the archive lacks: numbers of single rows, then whole periods."""
    compared_columns = [column for column in report_state.comparison if not column.is_empty]
    lacking = [column for column in compared_columns if any(cell.note == NO_DATA for cell in column.cells.values())]
    if lacking:
        yield f"«Немає даних»: за {_named(lacking)} в архіві немає жодного матеріалу для цього рядка."
    if gaps := [column for column in report_state.comparison if column.is_empty]:
        them = "ним" if len(gaps) == 1 else "ними"
        yield f"В архіві немає жодного матеріалу за {_named(gaps)}, тож порівняти з {them} не можна."


def _named(columns: list[ComparisonColumn]) -> str:
    """«II півріччя 2025 року і за I півріччя 2025 року», after «за»."""
    return " і за ".join(column.period.in_case(Case.ACCUSATIVE) for column in columns)


def _partial(column: ComparisonColumn, report_state: ReportState) -> list[str]:
    """«з 14 січня 2021 року (Публікації у розділі «Новини», …)», by day."""
    titles: dict[date, list[str]] = {}
    for count in report_state.activity.counts:
        cell = column.cells.get(count.id)
        if cell and cell.since:
            titles.setdefault(cell.since, []).append(count.spec.title)
    return [f"з {day_in_words(day)} ({', '.join(named)})" for day, named in sorted(titles.items())]
