"""Units by weeks: who was heard when, and how long each was silent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hromada.domain.days_in_words import month_name, short_day
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.period import Month, Period
from hromada.report.charts.axis import MonthMark, month_marks, month_ticks
from hromada.report.charts.strip import HEIGHT, Quiet, length, quiet_part, rectangles
from hromada.report.charts.table import Table, TableRow
from hromada.report.charts.weeks import Activeness, State, Week, counts, longest_silence, weeks

_TALL = {State.ONE: 4.5, State.FEW: 7.0, State.MANY: 10.0}
_WEEK, _MESSAGE = NOUNS["тиждень"], NOUNS["повідомлення"]
_AHEAD, _AHEAD_OR_ABSENT = "ще не настав", "ще не настав або сторінки не було"


@dataclass(frozen=True, slots=True)
class CompletenessRow:
    """One unit, drawn: `ground` are weeks that have come but the silence, `columns` those with messages, by how many."""

    title: str
    path: str
    total: int
    total_words: str
    silence: int
    silence_words: str
    description: str
    ground: str
    ahead: str
    columns: tuple[tuple[str, str], ...]
    quiet: Quiet | None
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CompletenessMap:
    """Units by weeks; `ahead` says in words what is not drawn as silence, empty where there is no such week."""

    title: str
    summary: str
    width: float
    height: float
    ticks: str
    marks: tuple[MonthMark, ...]
    rows: tuple[CompletenessRow, ...]
    ahead: str
    table: Table


def completeness(
    title: str,
    first: date,
    last: date,
    rows: Sequence[tuple[str, str, Sequence[date]]],
    today: date,
    active_periods: Mapping[str, tuple[date | None, date | None]] | None = None,
) -> CompletenessMap:
    """Each unit's title, page and days of messages; `lives` are the pages that did not exist all the time, by title."""
    period = Period(f"{first}..{last}", "range", first, last)
    every, active_periods = weeks(first, last), active_periods or {}
    made = []
    for name, path, days in rows:
        opened, closed = active_periods.get(name, (None, None))
        life = Activeness(max(first, opened or first), min(last, today, closed or last))
        made.append(_row(name, path, [day for day in days if day in period], period, every, life))
    return CompletenessMap(
        title=title,
        summary=_summary(made),
        width=float(length(period)),
        height=HEIGHT,
        ticks=month_ticks(period),
        marks=month_marks(period),
        rows=tuple(made),
        ahead=(_AHEAD if not active_periods else _AHEAD_OR_ABSENT) if any(row.ahead for row in made) else "",
        table=_table(title, period.months, made),
    )


def _row(
    title: str, path: str, days: Sequence[date], period: Period, every: Sequence[Week], life: Activeness
) -> CompletenessRow:
    states = [life.state(week, count) for week, count in zip(every, counts(every, days), strict=True)]
    quiet = longest_silence(every, states, life)
    heard = {state: [week for week, one in zip(every, states, strict=True) if one is state] for state in State}
    silent = set(quiet)
    come = [week for week, one in zip(every, states, strict=True) if one is not State.AHEAD]
    silence = _WEEK.counted(len(quiet))
    between = f" з {short_day(quiet[0].first)} по {short_day(quiet[-1].last)}" if quiet else ""
    words = f"перерва {silence}" if quiet else "без перерв" if any(map(life.is_full, every)) else ""
    by_month = Counter(map(Month.of, days))
    total = _MESSAGE.counted(len(days))
    return CompletenessRow(
        title=title,
        path=path,
        total=len(days),
        total_words=_MESSAGE.form(len(days)),
        silence=len(quiet),
        silence_words=words,
        description=", ".join(one for one in (total, f"{words}{between}") if one),
        ground=rectangles(period, [week for week in come if week not in silent], HEIGHT),
        ahead=rectangles(period, heard[State.AHEAD], 0.7),
        columns=tuple(
            (state.value, rectangles(period, heard[state], tall)) for state, tall in _TALL.items() if heard[state]
        ),
        quiet=quiet_part(period, quiet, silence),
        months=tuple(by_month[month] for month in period.months),
    )


def _summary(rows: Sequence[CompletenessRow]) -> str:
    silent = sum(not row.total for row in rows)
    longest = max((row.silence for row in rows), default=0)
    ending = f" Найдовша перерва: {_WEEK.counted(longest)}." if longest else ""
    share = f"{grouped(silent)} із {grouped(len(rows))}".replace(" ", "\N{NO-BREAK SPACE}")
    return f"Сторінок без жодного повідомлення: {share}.{ending}"


def _table(title: str, months: Sequence[Month], rows: Sequence[CompletenessRow]) -> Table:
    years = len({month.year for month in months}) > 1
    names = [month_name(month.number) + (f" {month.year}" if years else "") for month in months]
    sums = [sum(column) for column in zip(*(row.months for row in rows), strict=True)] or [0] * len(months)
    return Table(
        title,
        ("Сторінка", *names, "Разом", "Найдовша перерва, тижнів"),
        tuple(
            TableRow(row.title, (*map(grouped, (*row.months, row.total)), grouped(row.silence)), row.path)
            for row in rows
        ),
        ("Разом", *map(grouped, sums), grouped(sum(row.total for row in rows)), ""),
    )
