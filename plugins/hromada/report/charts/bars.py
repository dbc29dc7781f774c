"""Bar charts, single and grouped, with wrapped labels and the tables that show the same values; templates only draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from msgspec import Struct

from hromada.domain.numerals import grouped

SIZE, LINE = 14.0, 17.0  # what the stylesheets of the charts set, in the drawing's own units

# Widths in ems, rounded up to a few steps: the greater of Commissioner's bold and Liberation Sans.
_STEPS = (
    (0.31, "іїijlІЇI.,:;!|'’ʼ \N{NO-BREAK SPACE}"),
    (0.46, "frt()/-„“гґ"),
    (0.53, "вєзсту" + "csvxyz"),
    (0.86, "жмшщюфыmw"),
    (1.10, "ЖМШЩЮФMW№"),
)
_WIDTHS = {character: ems for ems, characters in _STEPS for character in characters}
_SMALL, _CAPITAL = 0.61, 0.80  # any other


class TextLine(Struct, frozen=True):
    """One line of text with its position."""

    x: float
    y: float
    text: str


def text_width(text: str) -> float:
    """The maximum width of the text, in chart units."""
    return SIZE * sum(map(_ems, text))


def _ems(letter: str) -> float:
    return _WIDTHS.get(letter, _CAPITAL if letter.isupper() else _SMALL)


def wrap_text(text: str, room: float) -> tuple[str, ...]:
    """Wrap the text to lines no wider than `room`; a wider word is broken, nothing is cut."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}".strip(" ")
        if text_width(joined) <= room:
            line = joined
            continue
        lines += [line] if line else []
        *broken, line = _pieces(word, room)
        lines += broken
    return (*lines, line)


def place_lines(lines: tuple[str, ...], x: float, top: float) -> tuple[TextLine, ...]:
    """Lines one under another; `top` is the upper edge of the first."""
    return tuple(TextLine(x, round(top + index * LINE + 13, 1), text) for index, text in enumerate(lines))


def _pieces(word: str, room: float) -> Iterator[str]:
    """The word, or its parts when it is wider than a line: broken after a hyphen, else where the line is full."""
    start = 0
    while (fits := _fitting(word, start, room)) < len(word):
        end = word.rfind("-", start, fits) + 1 or fits
        yield word[start:end]
        start = end
    yield word[start:]


def _fitting(word: str, start: int, room: float) -> int:
    """The end of a line that begins at `start`; it holds at least one character."""
    ems = 0.0
    for end in range(start, len(word)):
        ems += _ems(word[end])
        if SIZE * ems > room:
            return max(end, start + 1)
    return len(word)


class TableRow(Struct, frozen=True):
    """One row; `path` is the page that its title leads to, if there is one."""

    title: str
    cells: tuple[str, ...]
    path: str = ""


class ChartTable(Struct, frozen=True):
    """Cells are formatted text; `total` is the last row, empty where sums make no sense."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total: tuple[str, ...] = ()


# On a screen of 320 px a chart is 288 px wide and its text 13 px high; the stylesheets let it grow to 17 px.
WIDTH = 304.0
COLUMN = 128.0  # maximum width of labels beside bars; longer labels are wrapped
BAR, GAP, SPACE = 15.0, 10.0, 8.0  # a bar's height, the space between rows, the space between a bar and its text


class Bar(Struct, frozen=True):
    """One bar; coordinates are in the drawing's own units."""

    label: str
    value: int
    text: str
    lines: tuple[TextLine, ...]
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    text_x: float
    text_y: float


class Chart(Struct, frozen=True):
    """A bar chart; `description` has every value, for screen readers; `axis` is the path of the zero line."""

    title: str
    description: str
    width: float
    height: float
    bars: tuple[Bar, ...]
    axis: str
    table: ChartTable


def bar_chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str] = ("Місяць", "Кількість")) -> Chart:
    """Horizontal bars in the given order, with labels beside them."""
    return _chart(title, values, head, label_width([label for label, _ in values]))


def unit_chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str] = ("Назва", "Кількість")) -> Chart:
    """The same with labels above the bars, since names may take up to three lines."""
    return _chart(title, values, head, 0.0)


def label_width(labels: Sequence[str]) -> float:
    """The width of the labels beside the bars, at most COLUMN."""
    return float(ceil(min(COLUMN, max(map(text_width, labels), default=0.0) + SPACE)))


def bar_scale(start: float, values: Sequence[int]) -> float:
    """Chart units per unit of value, so that the longest bar leaves room for the widest number."""
    largest = max(values, default=0)
    room = WIDTH - start - SPACE - max((text_width(grouped(value)) for value in values), default=0.0)
    return room / largest if largest else 0.0


def _chart(title: str, values: Sequence[tuple[str, int]], head: tuple[str, str], start: float) -> Chart:
    unit = bar_scale(start, [value for _, value in values])
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
        table=ChartTable(
            title,
            head,
            tuple(TableRow(label, (grouped(value),)) for label, value in values),
            ("Разом", grouped(sum(value for _, value in values))),
        ),
    )


def _bar(label: str, value: int, start: float, unit: float, top: float) -> tuple[Bar, float]:
    """The bar, and the top of the next row."""
    lines = wrap_text(label, start - SPACE if start else WIDTH)
    bar_y = top + 1 if start else top + len(lines) * LINE + 3
    length = round(value * unit, 1)
    bar = Bar(
        label=label,
        value=value,
        text=grouped(value),
        lines=place_lines(lines, 0.0, top),
        bar_x=start,
        bar_y=bar_y,
        bar_width=length,
        bar_height=BAR,
        text_x=round(start + length + SPACE - 2, 1),
        text_y=bar_y + 12,
    )
    return bar, max(top + len(lines) * LINE, bar_y + BAR + 1) + GAP


NO_DATA = "немає даних"
TONES = 4  # a fifth network has the tone of the fourth: each bar has its name beside it
_NOW, _BEFORE = 1, 3


class GroupBar(Struct, frozen=True):
    """One bar of a group; `value` is None where there is no data, which is written, not drawn as zero."""

    value: int | None
    text: str
    tone: int
    lines: tuple[TextLine, ...]
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    text_x: float
    text_y: float


class BarGroup(Struct, frozen=True):
    """A label with its bars; `is_headed`: the label is above them, not beside."""

    title: str
    is_headed: bool
    lines: tuple[TextLine, ...]
    bars: tuple[GroupBar, ...]


class LegendItem(Struct, frozen=True):
    """A tone with its label."""

    tone: int
    x: float
    y: float
    size: float
    lines: tuple[TextLine, ...]


class GroupChart(Struct, frozen=True):
    """Grouped bars; `legend` is empty where each bar has its own label."""

    title: str
    description: str
    width: float
    height: float
    legend: tuple[LegendItem, ...]
    groups: tuple[BarGroup, ...]
    axis: str
    table: ChartTable


def account_chart(title: str, rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> GroupChart:
    """Each account with a bar for each of its networks, which is labelled with the network's name."""
    networks = list(dict.fromkeys(network for _, parts in rows for network, _ in parts))
    tones = {network: min(number, TONES) for number, network in enumerate(networks, 1)}
    start = label_width(networks)
    unit = bar_scale(start, [value for _, parts in rows for _, value in parts])
    groups: list[BarGroup] = []
    top = 1.0
    for account, parts in rows:
        heading = wrap_text(account if len(parts) == 1 else f"{account}:\N{NO-BREAK SPACE}{_sum(parts)}", WIDTH)
        bar_top = top + len(heading) * LINE + 2
        bars: list[GroupBar] = []
        for network, value in parts:
            lines = wrap_text(network, start - SPACE)
            bars.append(_group_bar(value, tones[network], start, unit, bar_top, place_lines(lines, 0.0, bar_top)))
            bar_top += len(lines) * LINE + 3
        groups.append(BarGroup(account, True, place_lines(heading, 0.0, top), tuple(bars)))
        top = bar_top + GAP
    spoken = "; ".join(f"{account}: {_listed(parts)}" for account, parts in rows)
    return _group_chart(
        f"{title}. {spoken}." if spoken else f"{title}.", top, (), groups, _account_table(title, networks, rows)
    )


def paired_chart(
    title: str, now_label: str, before_label: str, values: Sequence[tuple[str, int, int | None]]
) -> GroupChart:
    """Each label with two bars, now and before; a value of None is labelled «немає даних»."""
    start = label_width([label for label, _, _ in values])
    unit = bar_scale(start, [value for _, now, before in values for value in (now, before or 0)])
    legend, top = _legend((_NOW, now_label), (_BEFORE, before_label))
    groups: list[BarGroup] = []
    for label, now, before in values:
        lines = wrap_text(label, start - SPACE)
        bars = _group_bar(now, _NOW, start, unit, top, ()), _group_bar(before, _BEFORE, start, unit, top + LINE, ())
        groups.append(BarGroup(label, False, place_lines(lines, 0.0, top), bars))
        top += max(len(lines), 2) * LINE + GAP
    spoken = ", ".join(f"{label} – {grouped(now)} ({_text(before)})" for label, now, before in values)
    table = ChartTable(
        title,
        ("Місяць", now_label, before_label),
        tuple(TableRow(label, (grouped(now), _text(before))) for label, now, before in values),
    )
    return _group_chart(f"{title}: {now_label}, у дужках {before_label}: {spoken}.", top, legend, groups, table)


def _group_chart(
    description: str, top: float, legend: tuple[LegendItem, ...], groups: Sequence[BarGroup], table: ChartTable
) -> GroupChart:
    bars = [bar for group in groups for bar in group.bars]
    axis = "".join(f"M{bar.bar_x:g} {bar.bar_y - 1:g}v{bar.bar_height + 2:g}" for bar in bars)
    return GroupChart(table.caption, description, WIDTH, max(top - GAP + 1, 1.0), legend, tuple(groups), axis, table)


def _group_bar(
    value: int | None, tone: int, start: float, unit: float, top: float, lines: tuple[TextLine, ...]
) -> GroupBar:
    length = round((value or 0) * unit, 1)
    return GroupBar(
        value, _text(value), tone, lines, start, top + 1, length, BAR, round(start + length + SPACE - 2, 1), top + 13
    )


def _legend(*samples: tuple[int, str]) -> tuple[tuple[LegendItem, ...], float]:
    """The legend's items one under another, and the top of what follows."""
    made: list[LegendItem] = []
    top = 1.0
    for tone, label in samples:
        lines = wrap_text(label, WIDTH - BAR - SPACE)
        made.append(LegendItem(tone, 0.5, top + 1, BAR, place_lines(lines, BAR + SPACE, top)))
        top += len(lines) * LINE + 3
    return tuple(made), top + GAP


def _account_table(
    title: str, networks: Sequence[str], rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]
) -> ChartTable:
    """Accounts by networks; a dash where an account is not on a network."""
    accounts = [(account, dict(parts)) for account, parts in rows]
    sums = [sum(parts.get(network, 0) for _, parts in accounts) for network in networks]
    return ChartTable(
        title,
        ("Сторінка", *networks, "Разом"),
        tuple(
            TableRow(
                account,
                (
                    *(grouped(parts[network]) if network in parts else "–" for network in networks),
                    grouped(sum(parts.values())),
                ),
            )
            for account, parts in accounts
        ),
        ("Разом", *map(grouped, sums), grouped(sum(sums))),
    )


def _listed(parts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{network} – {grouped(value)}" for network, value in parts) or "0"


def _sum(parts: Iterable[tuple[str, int]]) -> str:
    return grouped(sum(value for _, value in parts))


def _text(value: int | None) -> str:
    return NO_DATA if value is None else grouped(value)
