"""A strip of weeks as the template draws it: as many units wide as its period has days, stretched to any screen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hromada.domain.period import Period
from hromada.report.charts.svg_text import width
from hromada.report.charts.weeks import Week

HEIGHT = 10.0
NARROWEST = 288.0  # px: a strip on a screen of 320
_SLIT, _WIDEST_SLIT = 0.0038, 0.7  # between weeks: a share of the strip, and how many days at most


@dataclass(frozen=True, slots=True)
class Quiet:
    """The longest silence along a strip, in per cent; `text` is empty where it would not fit."""

    x: float
    width: float
    text: str


def length(period: Period) -> int:
    return (period.last - period.first).days + 1


def rectangles(period: Period, chosen: Iterable[Week], tall: float) -> str:
    """Weeks as rectangles that stand on the strip's lower edge."""
    slit = _slit(period)
    return "".join(
        f"M{(week.first - period.first).days} {HEIGHT - tall:g}h{week.days - slit:g}v{tall:g}h{slit - week.days:g}z"
        for week in chosen
    )


def quiet_part(period: Period, silent: Sequence[Week], text: str) -> Quiet | None:
    """Where the silence lies; its words stand inside when they have room on a narrow screen."""
    if not silent:
        return None
    days = length(period)
    share = sum(week.days for week in silent) / days
    x = 100 * (silent[0].first - period.first).days / days
    fits = width(text) + 6 <= share * NARROWEST
    return Quiet(round(x, 2), round(100 * (share - _slit(period) / days), 2), text if fits else "")


def _slit(period: Period) -> float:
    return round(min(_WIDEST_SLIT, _SLIT * length(period)), 2)
