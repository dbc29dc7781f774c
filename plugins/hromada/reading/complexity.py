"""Estimates in one pass how expensive a text's Markdown is: Python-Markdown and html.parser are quadratic in places.

Each limit below was measured on Python-Markdown 3.11: a text at the limit takes 1 to 5 s, longer ones take minutes or
gigabytes. Texts that people write stay below a hundredth of the limits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from hromada.domain.alphabet import slug
from hromada.domain.lazy_regex import lazy_compile

_BLANK = lazy_compile(r"\n[ \t]*\n")
_SPECIAL = lazy_compile(r"[\\\[!<&*_`]|^[ ]{0,3}(?:#|:|[=-]+[ \t]*$)", re.MULTILINE)
_BRACKET = lazy_compile(r"[\[\]]|\n[ \t]*\n")  # Markdown searches the closing one in the same block
_TAG = lazy_compile(r"<(?=[A-Za-z/!?])|>")
_DEFINITION = lazy_compile(r"^[ ]{0,3}(?P<abbr>\*)?\[(?P<term>[^\]\n]{1,200})\]:.*$", re.MULTILINE)
_BRACKETS = 5_000_000  # characters between opening and closing brackets, which Markdown scans one by one
_TAGS = 5_000_000  # the same for tags
_LONG_BLOCK = 50_000
_BLOCK = 10_000_000_000  # a block's length times its special characters: each of them copies the block
_FOOTNOTES = 5_000
_HEADING = lazy_compile(r"^[ >]{0,9}#{1,6}(.*)$|^(.+)\n(?:=+|-+)[ ]*$", re.MULTILINE)
_SAME_HEADINGS = 3_000  # equal ones: each searches a free id after all previous ones
_ABBREVIATED = 300_000_000  # abbreviations times the text's length
_FENCED = 10_000_000_000  # fences times the text's length
_CELLS = 500_000  # of a table: Markdown fills every row up to the width of the header
_COPIED = 20_000_000  # characters that definitions and tables of contents would copy into the page


class ComplexityError(NamedTuple):
    """The line and the cause (Ukrainian) that make a text too expensive."""

    line: int
    what: str


def find_complexity(text: str) -> ComplexityError | None:
    """The first cause that makes a text too expensive to render; None for ordinary texts."""
    return next(_find_all(text), None)


def _find_all(text: str) -> Iterator[ComplexityError]:
    """All causes. What can't reach its limit at this length is skipped: most texts cost a few counts."""
    size = len(text)
    if text.count("[") * size > _BRACKETS and (at := _unclosed(text, _BRACKET, "[", "]", _BRACKETS)) >= 0:
        yield ComplexityError(_line(text, at), "незакриті квадратні дужки")
    if text.count("<") * size > _TAGS and (at := _unclosed(text, _TAG, "<", ">", _TAGS)) >= 0:
        yield ComplexityError(_line(text, at), "незакриті «<»")
    if size > _LONG_BLOCK:
        yield from _blocks(text)
    if text.count("\n") > _SAME_HEADINGS:
        yield from _headings(text)
    if text.count("|") * text.count("\n") > _CELLS and (line := _wide_table(text)):
        yield ComplexityError(line, "завелика таблиця")
    if text.count("[^") > _FOOTNOTES * 2:
        yield ComplexityError(_line(text, text.find("[^")), f"приміток понад {_FOOTNOTES}")
    if (text.count("```") + text.count("~~~")) * size > _FENCED:
        yield ComplexityError(_line(text, max(0, text.find("```"))), "забагато фрагментів коду")
    yield from _copies(text)


def _blocks(text: str) -> Iterator[ComplexityError]:
    start = 0
    for separator in [*_BLANK.finditer(text), None]:
        end = separator.start() if separator else len(text)
        if end - start > _LONG_BLOCK and (end - start) * sum(1 for _ in _SPECIAL.finditer(text, start, end)) > _BLOCK:
            yield ComplexityError(_line(text, start), "завеликий абзац")
        start = separator.end() if separator else end


def _wide_table(text: str) -> int:
    """The line under the header of the first table with too many cells; 0 without one."""
    head, columns, rows = 0, 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            columns = 0
        elif not columns and "-" in line and not line.strip(" \t>|:-"):
            head, columns, rows = number, line.count("|") + 1, 0
        rows += 1
        if columns * rows > _CELLS:
            return head
    return 0


def _headings(text: str) -> Iterator[ComplexityError]:
    headings = [(match.start(), match[1] or match[2] or "") for match in _HEADING.finditer(text)]
    if len(headings) > _SAME_HEADINGS:
        ids = [slug(text_of_heading) for _, text_of_heading in headings]
        name, times = Counter(ids).most_common(1)[0]
        if times > _SAME_HEADINGS:
            yield ComplexityError(
                _line(text, headings[ids.index(name)][0]), f"однакових заголовків понад {_SAME_HEADINGS}"
            )


def _copies(text: str) -> Iterator[ComplexityError]:
    """Definitions and tables of contents that would be copied too often."""
    abbreviations = text.count("*[")
    if abbreviations * len(text) > _ABBREVIATED:
        yield ComplexityError(_line(text, text.find("*[")), "забагато скорочень")
        return
    links = text.count("[")
    for match in () if "]:" not in text else _DEFINITION.finditer(text):
        times = text.count(match["term"]) if match["abbr"] else links
        if len(match[0]) > 1000 and len(match[0]) * times > _COPIED:
            yield ComplexityError(_line(text, match.start()), "задовге пояснення")
            return
    contents = text.count("[TOC]")
    if contents > 1 and contents * len(text) > _COPIED:
        yield ComplexityError(_line(text, text.find("[TOC]")), "забагато змістів «[TOC]»")


def _unclosed(text: str, pattern: re.Pattern[str], opens: str, closes: str, limit: int) -> int:
    """The offset where the sum of distances from openings to their closings (or the end) exceeds the limit, or -1."""
    waiting: list[int] = []
    cost = 0
    for match in pattern.finditer(text):
        if match[0] == opens:
            waiting.append(match.start())
            continue
        if match[0] == closes:
            cost += match.start() - waiting.pop() if waiting else 0
        else:
            cost += sum(match.start() - start for start in waiting)
        if cost > limit:
            return waiting[0] if waiting else match.start()
        if match[0] != closes:
            waiting.clear()
    total = cost + sum(len(text) - start for start in waiting)
    return waiting[0] if waiting and total > limit else -1


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
