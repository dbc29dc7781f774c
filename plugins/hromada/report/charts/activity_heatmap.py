"""Heatmap of units by weeks: how many messages each published, how long it published none; geometry, labels and lists.

The template stretches the strip to any screen.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby

from msgspec import Struct

from hromada.domain.days_in_words import month_name, short_day
from hromada.domain.numerals import NOUNS, grouped
from hromada.domain.period import Month, Period
from hromada.report.charts.bars import ChartTable, TableRow, text_width


class WeekState(StrEnum):
    """How many messages a week has; the values are the names that stylesheets use."""

    AHEAD = "ahead"  # in the future, or the page did not exist
    EMPTY = "empty"
    ONE = "one"
    FEW = "few"
    MANY = "many"


class Week(Struct, frozen=True):
    """Monday to Sunday, clipped by the period; both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class ActiveDays(Struct, frozen=True):
    """First and last day on which messages are possible: the page exists, and the day is not in the future."""

    first: date
    last: date

    def state(self, week: Week, count: int) -> WeekState:
        if count:
            return WeekState.ONE if count == 1 else WeekState.FEW if count < 4 else WeekState.MANY
        return WeekState.EMPTY if self.first <= week.last and week.first <= self.last else WeekState.AHEAD

    def is_full(self, week: Week) -> bool:
        """Whether all seven days of the week lie in it: only such a week counts as silence."""
        return week.days == 7 and self.first <= week.first and week.last <= self.last


def weeks(first: date, last: date) -> tuple[Week, ...]:
    """The ISO weeks from `first` to `last`, both included; those at the ends may be shorter."""
    return tuple(_weeks(first, last))


def _weeks(first: date, last: date) -> Iterator[Week]:
    while first <= last:
        sunday = first + timedelta(days=6 - first.weekday())
        yield Week(first, min(sunday, last))
        first = sunday + timedelta(days=1)


def counts(weeks_of_period: Sequence[Week], days: Sequence[date]) -> tuple[int, ...]:
    """How many of the days fall into each week; all of them lie in one."""
    held = Counter(bisect_right(weeks_of_period, day, key=lambda week: week.first) - 1 for day in days)
    return tuple(held[number] for number in range(len(weeks_of_period)))


def longest_silence(
    weeks_of_period: Sequence[Week], states: Sequence[WeekState], active: ActiveDays
) -> tuple[Week, ...]:
    """The longest run of full weeks without a message, the earliest of equal ones; empty when there is none."""
    runs = groupby(zip(weeks_of_period, states, strict=True), key=lambda pair: pair[1] is WeekState.EMPTY)
    silences = (tuple(week for week, _ in run if active.is_full(week)) for empty, run in runs if empty)
    return max(silences, key=len, default=())


HEIGHT = 10.0
NARROWEST = 288.0  # px, on a screen 320 px wide
_SLIT, _WIDEST_SLIT = 0.0038, 0.7  # between weeks: a share of the strip, and how many days at most


class SilenceSpan(Struct, frozen=True):
    """Position and width of the longest silence, in per cent of the strip; `text` is empty where it would not fit."""

    x: float
    width: float
    text: str


def day_count(period: Period) -> int:
    return (period.last - period.first).days + 1


def week_rectangles(period: Period, chosen: Iterable[Week], tall: float) -> str:
    """SVG path of rectangles for the weeks, `tall` units high from the strip's lower edge."""
    slit = _slit(period)
    return "".join(
        f"M{(week.first - period.first).days} {HEIGHT - tall:g}h{week.days - slit:g}v{tall:g}h{slit - week.days:g}z"
        for week in chosen
    )


def strip_silence(period: Period, silent: Sequence[Week], text: str) -> SilenceSpan | None:
    """The span of the silent weeks, with its text where that fits on a narrow screen; None without silent weeks."""
    if not silent:
        return None
    days = day_count(period)
    share = sum(week.days for week in silent) / days
    x = 100 * (silent[0].first - period.first).days / days
    fits = text_width(text) + 6 <= share * NARROWEST
    return SilenceSpan(round(x, 2), round(100 * (share - _slit(period) / days), 2), text if fits else "")


def _slit(period: Period) -> float:
    return round(min(_WIDEST_SLIT, _SLIT * day_count(period)), 2)


_NAMES = ("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд.")  # CLDR
_SPACE = 4.0


class MonthLabel(Struct, frozen=True):
    """A month's name at its first day; `x` is a share of the strip in per cent."""

    x: float
    text: str


class _Span(Struct, frozen=True):
    month: Month
    start: int  # in days from the beginning of the strip
    end: int
    whole: bool


def month_ticks(period: Period) -> str:
    """SVG path of a tick above the strip at the first day of each month but the first one."""
    return "".join(f"M{span.start} -2.5V0" for span in _spans(period)[1:])


def month_labels(period: Period) -> tuple[MonthLabel, ...]:
    """As many month names as fit on a narrow screen; over several years, the first one and Januaries have the year."""
    days = day_count(period)
    scale = NARROWEST / days
    every = _spans(period)
    spans = [span for span in every if span.whole or (span.end - span.start) * scale >= _room(_name(span))] or every[:1]
    years = len({span.month.year for span in spans}) > 1
    dated = [span for index, span in enumerate(spans) if years and (not index or span.month.number == 1)]
    texts = {span: f"{_name(span)} {span.month.year}" for span in dated}
    texts |= {span: _name(span) for span in spans if span not in texts}
    edges = {span: (span.start * scale, span.start * scale + _room(text)) for span, text in texts.items()}
    placed: list[_Span] = []
    for span, (left, right) in edges.items():  # labels with a year first
        taken = (edges[other] for other in placed)
        if right <= NARROWEST + _SPACE and all(right <= begin or end <= left for begin, end in taken):
            placed.append(span)
    return tuple(MonthLabel(round(100 * span.start / days, 2), texts[span]) for span in spans if span in placed)


def _spans(period: Period) -> list[_Span]:
    spans: list[_Span] = []
    for month in period.months:
        begin, end = date(month.year, month.number, 1), _after(month)
        first, last = max(begin, period.first), min(end.toordinal() - 1, period.last.toordinal())
        start = (first - period.first).days
        day_count = last - first.toordinal() + 1
        spans.append(_Span(month, start, start + day_count, day_count == (end - begin).days))
    return spans


def _after(month: Month) -> date:
    return date(month.year + month.number // 12, month.number % 12 + 1, 1)


def _name(span: _Span) -> str:
    return _NAMES[span.month.number - 1]


def _room(text: str) -> float:
    return text_width(text) + _SPACE


_HEIGHTS = {WeekState.ONE: 4.5, WeekState.FEW: 7.0, WeekState.MANY: 10.0}
_WEEK, _MESSAGE = NOUNS["тиждень"], NOUNS["повідомлення"]
_NONE = "жодного повідомлення за період"
_AHEAD, _AHEAD_OR_ABSENT = "ще не настав", "ще не настав або сторінки не було"


class HeatmapRow(Struct, frozen=True):
    """One unit as SVG paths: `ground` past weeks outside the longest silence, `columns` weeks with messages by their state,
    `ahead` future weeks and those when the page did not exist. `total_words` is empty where `silence_words` says it all.
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


class ActivityHeatmap(Struct, frozen=True):
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
    is_silent = bool(silent_weeks) and not days
    silence_text = (
        _NONE
        if is_silent
        else f"перерва {silence}"
        if silent_weeks
        else "без перерв"
        if any(map(active.is_full, all_weeks))
        else ""
    )
    by_month = Counter(map(Month.of, days))
    return HeatmapRow(
        title=title,
        path=path,
        total=len(days),
        total_words="" if is_silent else _MESSAGE.form(len(days)),
        silence=len(silent_weeks),
        silence_words=silence_text,
        description=_NONE
        if is_silent
        else ", ".join(filter(None, (_MESSAGE.counted(len(days)), f"{silence_text}{between}"))),
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
