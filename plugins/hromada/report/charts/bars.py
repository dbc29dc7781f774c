"""Bars with their values written: geometry is ready here, the template only draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from hromada.domain.numerals import grouped
from hromada.report.charts.svg_text import LINE, Line, block, width, wrapped
from hromada.report.charts.table import Table, TableRow

# On a screen of 320 px a drawing is 288 px wide and its text 13 px high; the stylesheets let it grow to 17 px.
WIDTH = 304.0
COLUMN = 128.0  # the widest column of labels beside bars; longer labels take more lines
BAR, GAP, SPACE = 15.0, 10.0, 8.0  # a bar's height, the room between rows, the room between a bar and its words


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; coordinates are in the drawing's own units."""

    label: str
    value: int
    text: str
    lines: tuple[Line, ...]
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart; `description` says every value, for those who don't see it; `axis` is the line of zero."""

    title: str
    description: str
    width: float
    height: float
    bars: tuple[Bar, ...]
    axis: str
    table: Table


def bar_chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str] = ("Місяць", "Кількість")) -> Chart:
    """Horizontal bars from zero in the given order, with their labels beside them."""
    return _chart(title, values, head, column([label for label, _ in values]))


def unit_chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str] = ("Назва", "Кількість")) -> Chart:
    """The same with labels above their bars: a name may be a line or three, on a phone as on paper."""
    return _chart(title, values, head, 0.0)


def column(labels: Sequence[str]) -> float:
    """Where bars begin so that the labels stand beside them."""
    return float(ceil(min(COLUMN, max(map(width, labels), default=0.0) + SPACE)))


def scale(start: float, values: Sequence[int]) -> float:
    """How long one unit of value is, when the longest bar leaves room for the widest number."""
    largest = max(values, default=0)
    room = WIDTH - start - SPACE - max((width(grouped(value)) for value in values), default=0.0)
    return room / largest if largest else 0.0


def _chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str], start: float) -> Chart:
    unit = scale(start, [value for _, value in values])
    bars: list[Bar] = []
    top = 1.0
    for label, value in values:
        bar, top = _bar(label, value, start, unit, top)
        bars.append(bar)
    spoken = ", ".join(f"{label} – {grouped(value)}" for label, value in values)
    return Chart(
        title=title,
        description=f"{title}: {spoken}." if spoken else f"{title}.",
        width=WIDTH,
        height=max(top - GAP + 1, 1.0),
        bars=tuple(bars),
        axis="".join(f"M{start:g} {bar.bar_y - 1:g}v{bar.bar_height + 2:g}" for bar in bars),
        table=Table(
            title,
            head,
            tuple(TableRow(label, (grouped(value),)) for label, value in values),
            ("Разом", grouped(sum(value for _, value in values))),
        ),
    )


def _bar(label: str, value: int, start: float, unit: float, top: float) -> tuple[Bar, float]:
    """The bar and where the next row begins."""
    words = wrapped(label, start - SPACE if start else WIDTH)
    bar_y = top + 1 if start else top + len(words) * LINE + 3
    length = round(value * unit, 1)
    bar = Bar(
        label=label,
        value=value,
        text=grouped(value),
        lines=block(words, 0.0, top),
        bar_x=start,
        bar_y=bar_y,
        bar_width=length,
        bar_height=BAR,
        text_x=round(start + length + SPACE - 2, 1),
        text_y=bar_y + 12,
    )
    return bar, max(top + len(words) * LINE, bar_y + BAR + 1) + GAP
