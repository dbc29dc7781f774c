"""The comparison as a table shows it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from hromada.domain.days_in_words import day_in_words
from hromada.domain.period import Period
from hromada.report.comparison import Column
from hromada.report.rules import VERSION
from hromada.report.statement import Statement
from hromada.report.view import Compared, Comparison, ComparisonRow, EarlierPeriod


def comparison_view(statement: Statement, page_of: Callable[[Period], str]) -> Comparison:
    """A row for each figure that is compared with anything; what is partial is said, not hidden."""
    columns = statement.comparison
    periods = tuple(
        EarlierPeriod(
            column.name, column.period.title, column.period.first, column.period.last, page_of(column.period),
            column.approved, tuple(_notes(column, statement)),
        )
        for column in columns
    )  # fmt: skip
    rows = tuple(
        ComparisonRow(count.id, count.spec.title, count.value, tuple(_cell(column, count.id) for column in columns))
        for count in statement.activity.counts
    )
    return Comparison(periods, rows if periods else ())


def _cell(column: Column, figure: str) -> Compared:
    cell = column.cells.get(figure)
    if cell is None or cell.base is None:
        return Compared(None, note=cell.note if cell else "не рахували")
    return Compared(cell.base, cell.signed, cell.percent, cell.caveat)


def _notes(column: Column, statement: Statement) -> Iterator[str]:
    """What makes the column less than a comparison of like with like."""
    rules = statement.version.rules_version if statement.version else VERSION
    then = column.period.title
    if column.approved:
        yield f"За {then} подано затверджені числа."
    if column.rules_version != rules:
        yield f"Правила підрахунку змінилися: за {then} рахували за версією {column.rules_version}, тепер за версією {rules}."
    if not column.complete:
        yield f"Архів за {then} неповний."
    if partial := _partial(column, statement):
        yield f"За {then} враховано не весь строк: архів ведеться {'; '.join(partial)}."
    if any(cell.note == "немає даних" for cell in column.cells.values()):
        yield f"«Немає даних»: в архіві немає жодного матеріалу за {then}."
    if statement.activity.as_of < statement.activity.period.last:
        yield "Період звіту ще триває, тож порівнюється його частина."


def _partial(column: Column, statement: Statement) -> list[str]:
    """«з 14 січня 2021 року (Публікації у розділі «Новини», …)», by day."""
    titles: dict[date, list[str]] = {}
    for count in statement.activity.counts:
        cell = column.cells.get(count.id)
        if cell and cell.since:
            titles.setdefault(cell.since, []).append(count.spec.title)
    return [f"з {day_in_words(day)} ({', '.join(named)})" for day, named in sorted(titles.items())]
