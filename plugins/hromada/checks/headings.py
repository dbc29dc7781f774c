"""Headings are the text's table of contents for a screen reader: levels go down one by one, the first is the title's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from hromada.checks.linted_text import LintedText
from hromada.domain.problem import Problem

# Python-Markdown wants no space after «#», and an underlined heading only where a block begins.
_HASHED = re.compile(r"#(?<![^\n]#)(?P<more>#{0,5})(?P<space>[ \t]*)(?P<words>[^\n#].*)")
_NO_WORDS = " \t*_~"  # «#### **»: that it has no words is said by itself (render/html)
_UNDERLINE = re.compile(r"\n(?P<under>=+|-+)[ ]*(?=\n|\Z)")


class _Heading(NamedTuple):
    """A heading as it is written; a hashtag at the beginning of a line becomes one, too."""

    start: int
    level: int
    words: str
    is_hashtag: bool = False


def headings_go_down_one_by_one(text: LintedText) -> Iterator[Problem]:
    """«##» under the title, «###» under «##»."""
    before = 1
    for found in _headings(text):
        level = found.level
        if found.is_hashtag:
            yield text.warn(
                found.start,
                "heading-first-level",
                f"рядок, що починається з «#», стане заголовком: «#{found.words}»",
                "якщо це хештег, почніть рядок зі слова або з «\\#»",
            )
            continue
        if level == 1:
            yield text.warn(
                found.start,
                "heading-first-level",
                f"заголовок першого рівня «{found.words}»: на сторінці ним є назва",
                "почніть його з «## »",
            )
            level = 2
        elif level > before + 1:
            yield text.warn(
                found.start,
                "heading-skipped",
                f"заголовок «{found.words}» пропускає рівень",
                f"почніть його з «{'#' * (before + 1)} »",
            )
        before = level


def _headings(text: LintedText) -> list[_Heading]:
    found_hashes = _HASHED.finditer(text.markup, text.start) if "#" in text.markup else ()
    hashed = [_hashed(found) for found in found_hashes if found["words"].strip(_NO_WORDS)]
    lines = list(_UNDERLINE.finditer(text.markup, text.start))
    return sorted([*hashed, *_underlined(text, lines, hashed)]) if lines else hashed


def _hashed(found: re.Match[str]) -> _Heading:
    level = 1 + len(found["more"])
    return _Heading(found.start(), level, found["words"].strip()[:_SHOWN], level == 1 and not found["space"])


def _underlined(text: LintedText, lines: list[re.Match[str]], hashed: list[_Heading]) -> Iterator[_Heading]:
    """An underlined line inside a paragraph is no heading, unless it is below another heading."""
    hashes = {heading.start for heading in hashed}
    ended = text.start
    for found in lines:
        start = text.markup.rfind("\n", 0, found.start()) + 1
        words = text.markup[start : found.start()]
        before = text.markup.rfind("\n", 0, max(0, start - 1)) + 1
        is_first = start <= ended + 1 or not text.markup[before:start].strip() or before in hashes
        if start >= text.start and words[:1].strip() and start not in hashes and is_first:
            ended = found.end()
            yield _Heading(start, 1 if found["under"][0] == "=" else 2, words.strip()[:_SHOWN])


_SHOWN = 40  # letters of a heading that a message quotes
