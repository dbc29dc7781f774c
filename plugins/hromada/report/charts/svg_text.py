"""Text in a chart: SVG does not wrap lines, so they are wrapped here by widths that hold for all the site's fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class TextLine:
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
