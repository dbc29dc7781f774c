"""Several bars under one heading: an account by network, a month beside the same month of an earlier period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hromada.domain.numerals import grouped
from hromada.report.charts.bars import BAR, GAP, SPACE, WIDTH, column, scale
from hromada.report.charts.svg_text import LINE, Line, block, wrapped
from hromada.report.charts.table import Table, TableRow

NOTHING = "немає даних"
TONES = 4  # a fifth network looks like the fourth: each bar has its name beside it
_NOW, _BEFORE = 1, 3


@dataclass(frozen=True, slots=True)
class GroupBar:
    """One bar of a group; `value` is None where nothing is known, which is written and not drawn as zero."""

    value: int | None
    text: str
    tone: int
    lines: tuple[Line, ...]
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    text_x: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Group:
    """A label with its bars; `is_headed` when it stands above them and not beside."""

    title: str
    is_headed: bool
    lines: tuple[Line, ...]
    bars: tuple[GroupBar, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What a tone means, in words."""

    tone: int
    x: float
    y: float
    size: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class GroupChart:
    """Grouped bars; `legend` is empty where each bar has its own label."""

    title: str
    description: str
    width: float
    height: float
    legend: tuple[Sample, ...]
    groups: tuple[Group, ...]
    axis: str
    table: Table


def account_chart(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> GroupChart:
    """Each account with a bar for each of its networks; the name of a network stands beside its bar."""
    networks = list(dict.fromkeys(network for _, parts in rows for network, _ in parts))
    tones = {network: min(number, TONES) for number, network in enumerate(networks, 1)}
    start = column(networks)
    unit = scale(start, [value for _, parts in rows for _, value in parts])
    groups: list[Group] = []
    top = 1.0
    for account, parts in rows:
        heading = wrapped(account if len(parts) == 1 else f"{account}:\N{NO-BREAK SPACE}{_sum(parts)}", WIDTH)
        place = top + len(heading) * LINE + 2
        bars: list[GroupBar] = []
        for network, value in parts:
            words = wrapped(network, start - SPACE)
            bars.append(_bar(value, tones[network], start, unit, place, block(words, 0.0, place)))
            place += len(words) * LINE + 3
        groups.append(Group(account, True, block(heading, 0.0, top), tuple(bars)))
        top = place + GAP
    spoken = "; ".join(f"{account}: {_listed(parts)}" for account, parts in rows)
    return _chart(
        f"{title}. {spoken}." if spoken else f"{title}.", top, (), groups, _account_table(title, networks, rows)
    )


def paired_chart(
    title: str, now_label: str, before_label: str, values: Sequence[tuple[str, int, int | None]]
) -> GroupChart:
    """Each label with two bars, now and before; where the archive has nothing it says so."""
    start = column([label for label, _, _ in values])
    unit = scale(start, [value for _, now, before in values for value in (now, before or 0)])
    legend, top = _legend((_NOW, now_label), (_BEFORE, before_label))
    groups: list[Group] = []
    for label, now, before in values:
        words = wrapped(label, start - SPACE)
        bars = _bar(now, _NOW, start, unit, top, ()), _bar(before, _BEFORE, start, unit, top + LINE, ())
        groups.append(Group(label, False, block(words, 0.0, top), bars))
        top += max(len(words), 2) * LINE + GAP
    spoken = ", ".join(f"{label} – {grouped(now)} ({_text(before)})" for label, now, before in values)
    table = Table(
        title,
        ("Місяць", now_label, before_label),
        tuple(TableRow(label, (grouped(now), _text(before))) for label, now, before in values),
    )
    return _chart(f"{title}: {now_label}, у дужках {before_label}: {spoken}.", top, legend, groups, table)


def _chart(
    description: str, top: float, legend: tuple[Sample, ...], groups: Sequence[Group], table: Table
) -> GroupChart:
    bars = [bar for group in groups for bar in group.bars]
    axis = "".join(f"M{bar.bar_x:g} {bar.bar_y - 1:g}v{bar.bar_height + 2:g}" for bar in bars)
    return GroupChart(table.caption, description, WIDTH, max(top - GAP + 1, 1.0), legend, tuple(groups), axis, table)


def _bar(value: int | None, tone: int, start: float, unit: float, top: float, lines: tuple[Line, ...]) -> GroupBar:
    length = round((value or 0) * unit, 1)
    return GroupBar(
        value, _text(value), tone, lines, start, top + 1, length, BAR, round(start + length + SPACE - 2, 1), top + 13
    )


def _legend(*samples: tuple[int, str]) -> tuple[tuple[Sample, ...], float]:
    """The samples one under another, and where the drawing goes on."""
    made: list[Sample] = []
    top = 1.0
    for tone, words in samples:
        lines = wrapped(words, WIDTH - BAR - SPACE)
        made.append(Sample(tone, 0.5, top + 1, BAR, block(lines, BAR + SPACE, top)))
        top += len(lines) * LINE + 3
    return tuple(made), top + GAP


def _account_table(title: str, networks: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Table:
    """Accounts by networks; a dash where an account is not on a network."""
    known = [(account, dict(parts)) for account, parts in rows]
    sums = [sum(parts.get(network, 0) for _, parts in known) for network in networks]
    return Table(
        title,
        ("Сторінка", *networks, "Разом"),
        tuple(
            TableRow(
                account,
                (*(grouped(parts[one]) if one in parts else "–" for one in networks), grouped(sum(parts.values()))),
            )
            for account, parts in known
        ),
        ("Разом", *map(grouped, sums), grouped(sum(sums))),
    )


def _listed(parts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{network} – {grouped(value)}" for network, value in parts) or "0"


def _sum(parts: Iterable[tuple[str, int]]) -> str:
    return grouped(sum(value for _, value in parts))


def _text(value: int | None) -> str:
    return NOTHING if value is None else grouped(value)
