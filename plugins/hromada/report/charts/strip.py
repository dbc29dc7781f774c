"""Geometry of a strip of weeks, one unit wide per day of its period, and of the month labels above it.

The template stretches the strip to any screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hromada.domain.period import Month, Period
from hromada.report.charts.svg_text import text_width
from hromada.report.charts.weeks import Week

HEIGHT = 10.0
NARROWEST = 288.0  # px, on a screen 320 px wide
_SLIT, _WIDEST_SLIT = 0.0038, 0.7  # between weeks: a share of the strip, and how many days at most


@dataclass(frozen=True, slots=True)
class SilenceSpan:
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


@dataclass(frozen=True, slots=True)
class MonthLabel:
    """A month's name at its first day; `x` is a share of the strip in per cent."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class _Span:
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
