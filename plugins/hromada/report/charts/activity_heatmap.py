"""Heatmap of units by weeks: how many messages each published, and how long it published none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hromada.domain.days_in_words import month_name, short_day
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.period import Month, Period
from hromada.report.charts.bars import ChartTable, TableRow
from hromada.report.charts.strip import (
    HEIGHT,
    MonthLabel,
    SilenceSpan,
    day_count,
    month_labels,
    month_ticks,
    strip_silence,
    week_rectangles,
)
from hromada.report.charts.weeks import ActiveDays, Week, WeekState, counts, longest_silence, weeks

_HEIGHTS = {WeekState.ONE: 4.5, WeekState.FEW: 7.0, WeekState.MANY: 10.0}
_WEEK, _MESSAGE = NOUNS["тиждень"], NOUNS["повідомлення"]
_AHEAD, _AHEAD_OR_ABSENT = "ще не настав", "ще не настав або сторінки не було"


@dataclass(frozen=True, slots=True)
class HeatmapRow:
    """One unit as SVG paths: `ground` past weeks outside the longest silence, `columns` weeks with messages by their state,
    `ahead` future weeks and those when the page did not exist.
    """

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
    silence_span: SilenceSpan | None
    months: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ActivityHeatmap:
    """Units by weeks; `ahead` is the legend of the weeks that are not silence (future, no page), empty without any."""

    title: str
    summary: str
    width: float
    height: float
    ticks: str
    labels: tuple[MonthLabel, ...]
    rows: tuple[HeatmapRow, ...]
    ahead: str
    table: ChartTable


def activity_heatmap(
    title: str,
    first: date,
    last: date,
    rows: Sequence[tuple[str, str, Sequence[date]]],
    today: date,
    active_periods: Mapping[str, tuple[date | None, date | None]] | None = None,
) -> ActivityHeatmap:
    """`rows`: a unit's title, page and days of its messages; `active_periods`: when a page existed, by title, if not always."""
    period = Period(f"{first}..{last}", "range", first, last)
    all_weeks, active_periods = weeks(first, last), active_periods or {}
    heatmap_rows = []
    for name, path, days in rows:
        opened, closed = active_periods.get(name, (None, None))
        active = ActiveDays(max(first, opened or first), min(last, today, closed or last))
        heatmap_rows.append(_row(name, path, [day for day in days if day in period], period, all_weeks, active))
    return ActivityHeatmap(
        title=title,
        summary=_summary(heatmap_rows),
        width=float(day_count(period)),
        height=HEIGHT,
        ticks=month_ticks(period),
        labels=month_labels(period),
        rows=tuple(heatmap_rows),
        ahead=(_AHEAD if not active_periods else _AHEAD_OR_ABSENT) if any(row.ahead for row in heatmap_rows) else "",
        table=_table(title, period.months, heatmap_rows),
    )


def _row(
    title: str, path: str, days: Sequence[date], period: Period, all_weeks: Sequence[Week], active: ActiveDays
) -> HeatmapRow:
    states = [active.state(week, count) for week, count in zip(all_weeks, counts(all_weeks, days), strict=True)]
    silent_weeks = longest_silence(all_weeks, states, active)
    by_state: dict[WeekState, list[Week]] = {state: [] for state in WeekState}
    for week, state in zip(all_weeks, states, strict=True):
        by_state[state].append(week)
    background = [
        week for week, state in zip(all_weeks, states, strict=True)
        if state is not WeekState.AHEAD and week not in silent_weeks
    ]  # fmt: skip
    silence = _WEEK.counted(len(silent_weeks))
    between = f" з {short_day(silent_weeks[0].first)} по {short_day(silent_weeks[-1].last)}" if silent_weeks else ""
    silence_text = f"перерва {silence}" if silent_weeks else "без перерв" if any(map(active.is_full, all_weeks)) else ""
    by_month = Counter(map(Month.of, days))
    total = _MESSAGE.counted(len(days))
    return HeatmapRow(
        title=title,
        path=path,
        total=len(days),
        total_words=_MESSAGE.form(len(days)),
        silence=len(silent_weeks),
        silence_words=silence_text,
        description=", ".join(filter(None, (total, f"{silence_text}{between}"))),
        ground=week_rectangles(period, background, HEIGHT),
        ahead=week_rectangles(period, by_state[WeekState.AHEAD], 0.7),
        columns=tuple(
            (state.value, week_rectangles(period, by_state[state], height))
            for state, height in _HEIGHTS.items()
            if by_state[state]
        ),
        silence_span=strip_silence(period, silent_weeks, silence),
        months=tuple(by_month[month] for month in period.months),
    )


def _summary(rows: Sequence[HeatmapRow]) -> str:
    silent = sum(not row.total for row in rows)
    longest = max((row.silence for row in rows), default=0)
    ending = f" Найдовша перерва: {_WEEK.counted(longest)}." if longest else ""
    share = f"{grouped(silent)} із {grouped(len(rows))}".replace(" ", "\N{NO-BREAK SPACE}")
    return f"Сторінок без жодного повідомлення: {share}.{ending}"


def _table(title: str, months: Sequence[Month], rows: Sequence[HeatmapRow]) -> ChartTable:
    years = len({month.year for month in months}) > 1
    names = [month_name(month.number) + (f" {month.year}" if years else "") for month in months]
    sums = [sum(column) for column in zip(*(row.months for row in rows), strict=True)] or [0] * len(months)
    return ChartTable(
        title,
        ("Сторінка", *names, "Разом", "Найдовша перерва, тижнів"),
        tuple(
            TableRow(row.title, (*map(grouped, (*row.months, row.total)), grouped(row.silence)), row.path)
            for row in rows
        ),
        ("Разом", *map(grouped, sums), grouped(sum(row.total for row in rows)), ""),
    )
