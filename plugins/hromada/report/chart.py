"""Bars with their values written: geometry is ready here, the template only draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hromada.domain.numerals import grouped

_WIDTH, _STEP, _BAR, _TEXT = 360.0, 28.0, 16.0, 44.0
_LETTER = 7.6  # the mean width of a Ukrainian letter at 14 px in the site's type


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; coordinates are in the drawing's own units."""

    label: str
    value: int
    text: str
    y: float
    label_x: float
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    text_x: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart; `description` says every value, for those who don't see it."""

    title: str
    description: str
    width: float
    height: float
    bars: tuple[Bar, ...]


def bar_chart(title: str, values: Sequence[tuple[str, int]]) -> Chart:
    """Horizontal bars from zero, in the given order."""
    label_width = round(max((len(label) for label, _ in values), default=0) * _LETTER + 12)
    room = _WIDTH - label_width - _TEXT
    largest = max((value for _, value in values), default=0)
    bars = tuple(
        _bar(index, label, value, label_width, room * value / largest if largest else 0.0)
        for index, (label, value) in enumerate(values)
    )
    spoken = ", ".join(f"{label} – {grouped(value)}" for label, value in values)
    return Chart(title, f"{title}: {spoken}.", _WIDTH, len(values) * _STEP + 4, bars)


def _bar(index: int, label: str, value: int, start: float, length: float) -> Bar:
    top = index * _STEP + 2
    length = round(length, 1)
    return Bar(
        label=label,
        value=value,
        text=grouped(value),
        y=top + _BAR - 3,
        label_x=0,
        bar_x=start,
        bar_y=top,
        bar_width=length,
        bar_height=_BAR,
        text_x=round(start + length + 6, 1),
    )
