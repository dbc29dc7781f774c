"""Where months begin along a strip of days, and which of their names find room above it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hromada.domain.period import Month, Period
from hromada.report.charts.strip import NARROWEST, length
from hromada.report.charts.svg_text import width

_NAMES = ("січ.", "лют.", "бер.", "квіт.", "трав.", "черв.", "лип.", "серп.", "вер.", "жовт.", "лист.", "груд.")  # CLDR
_SPACE = 4.0


@dataclass(frozen=True, slots=True)
class MonthMark:
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
    """A short line above the strip at the first day of each month but the strip's own first."""
    return "".join(f"M{span.start} -2.5V0" for span in _spans(period)[1:])


def month_marks(period: Period) -> tuple[MonthMark, ...]:
    """As many names as stand beside each other on a narrow screen; in a longer period January names its year."""
    days = length(period)
    scale = NARROWEST / days
    every = _spans(period)
    spans = [span for span in every if span.whole or (span.end - span.start) * scale >= _room(_name(span))] or every[:1]
    years = len({span.month.year for span in spans}) > 1
    dated = [span for index, span in enumerate(spans) if years and (not index or span.month.number == 1)]
    texts = {span: f"{_name(span)} {span.month.year}" for span in dated}
    texts |= {span: _name(span) for span in spans if span not in texts}
    edges = {span: (span.start * scale, span.start * scale + _room(text)) for span, text in texts.items()}
    placed: list[_Span] = []
    for span, (left, right) in edges.items():  # those with a year come first
        taken = (edges[other] for other in placed)
        if right <= NARROWEST + _SPACE and all(right <= begin or end <= left for begin, end in taken):
            placed.append(span)
    return tuple(MonthMark(round(100 * span.start / days, 2), texts[span]) for span in spans if span in placed)


def _spans(period: Period) -> list[_Span]:
    spans: list[_Span] = []
    for month in period.months:
        begin, end = date(month.year, month.number, 1), _after(month)
        first, last = max(begin, period.first), min(end.toordinal() - 1, period.last.toordinal())
        start = (first - period.first).days
        length = last - first.toordinal() + 1
        spans.append(_Span(month, start, start + length, length == (end - begin).days))
    return spans


def _after(month: Month) -> date:
    return date(month.year + month.number // 12, month.number % 12 + 1, 1)


def _name(span: _Span) -> str:
    return _NAMES[span.month.number - 1]


def _room(text: str) -> float:
    return width(text) + _SPACE
