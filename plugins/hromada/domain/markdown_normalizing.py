"""Markdown as GitHub and VS Code show it, rewritten for the stricter Python-Markdown (decisions/0021).

A list or a table needs no blank line above it, two spaces make a point of a point, lines that were typed as lines stay
lines, the text inside of `<details>` and `<div>` is Markdown. A text without such places stays as it is, sign by sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

_DEEPEST = 30  # quotations inside each other; what is deeper is refused (render/markdown)
_FENCE = re.compile(r"[ \t]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_RULE = re.compile(r"[ ]{0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$")
_MARKER = re.compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<number>\d{1,9})\.)(?P<gap>[ \t]+)(?P<words>\S.*)$")
_TASK = re.compile(r"\[(?P<done>[ xXхХ])\][ \t]+(?=\S)")
_QUOTE = re.compile(r"(?P<mark>[ ]{0,3}>[ ]?)(?P<rest>.*)$")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*$")
_ROW_OF_DASHES = re.compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = re.compile(r"[ ]{0,3}(?:\*?\[[^\[\]]+\]:|:[ \t]|\{|\[TOC\]|!\[)")
_BLOCK_TAG = re.compile(
    r"(?P<before>[ ]{0,3}<(?P<name>details|div|section|article|aside|main)\b)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.IGNORECASE,
)
_MARKS_INSIDE = re.compile(
    r"\*\*|\]\(|~~|`|(?<![\w*])[*_]\w|^[ ]{0,3}(?:[-*+][ \t]|\d{1,9}\.[ \t]|#{1,6}[ \t]|\||>)", re.MULTILINE
)
# A line that is one of its own whatever stands above it: «а) …», «2) …», «3. …».
_ENUMERATED = re.compile(r"(?:[А-ЯҐЄІЇа-яґєіїA-Za-z]|\d{1,3})\)[ \t\xa0]|\d{1,3}\.[ \t\xa0]|[•·●○■□▪▫◦‣∙➢✓☑☐]|№")
_ADDRESS_ALONE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DASH = re.compile(r"[–—−][ \t\xa0]")
# Inside of a line: it is no block that has lines of its own.
_INLINE = r"</?(?:a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
_BEGINS_INLINE, _ENDS_INLINE = re.compile(_INLINE), re.compile(rf"{_INLINE}\Z")
_TARGET_IN_ANGLES = re.compile(
    r"(?P<label>[ ]{0,3}\[[^\[\]]+\]:[ \t]*)<(?P<target>[^<>]*[ ][^<>]*)>(?P<title>[ \t]*(?:[\"'(].*)?)$"
)
_MARK_OF_WORD = re.compile(r"(?:\d{1,3}[.)]|[а-яґєіїa-z][.)]|[-–—−•§Øüo])\t+")
_ENDED = re.compile(r"[.:;,!?…][»”)\"]?$")
_NARROW = 60  # signs: nobody wraps a text narrower than that
_SHORT = 40  # signs of a line that is no line of a wrapped paragraph
_LONG = 80  # signs of a line that may be one of a paragraph wrapped by sense
_LONGEST_MARK = 20
_MOST_TAGS = 200  # looked into; more of them are no text that a person writes


def normalized(text: str) -> str:
    """The text as Python-Markdown has to have it."""
    return "\n".join(_Walk(text).lines()) if _may_differ(text) else text


def _may_differ(text: str) -> bool:
    """Two texts of three are paragraphs and plain lists, and end here: the whole walk takes twenty times as long (measured)."""
    above = ""
    for line in text.split("\n"):
        if line:
            if line[0] in " \t" or (above and not (above.startswith("- ") and line.startswith("- "))):
                return True
            if line.startswith(("- [", "* [", "+ [", "<")) or "]: <" in line:
                return True
        above = line
    return False


def kept_lines(text: str) -> frozenset[int]:
    """The numbers, from 0, of the lines that stay lines of their own inside of a paragraph."""
    walk = _Walk(text)
    walk.lines()
    return frozenset(walk.kept)


class _Level(NamedTuple):
    """A list that is open: how far in its marks stand, and whether they are numbers."""

    indent: int
    is_ordered: bool


class _Line(NamedTuple):
    """A line of a paragraph: its number in the source, its place in the result, its words."""

    number: int
    place: int
    words: str


@dataclass(slots=True)
class _Walk:
    """One pass over the lines."""

    text: str
    depth: int = 0
    kept: list[int] = field(default_factory=list)
    _out: list[str] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _paragraph: list[_Line] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)  # where each line begins
    _found: dict[re.Pattern[str], int] = field(default_factory=dict)
    _tags: int = 0
    _above: str = (
        ""  # what the line above is: nothing (blank), text, item, point (its further paragraph), table, code, other
    )

    def lines(self) -> list[str]:
        source = self.text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in source)]
        number = 0
        while number < len(source):
            number = self._take(source, number)
        self._end_paragraph()
        return self._out

    def _take(self, source: list[str], number: int) -> int:
        """Takes a line, or a block of them; the number of the next one."""
        line = source[number]
        if not line.strip(" \t"):
            self._put(line, "")
            return number + 1
        if found := _FENCE.match(line):
            fence = found["fence"]
            return self._copy(source, number, lambda one: one.strip(" \t>") == fence)
        if line.lstrip(" ").startswith("<!--") and "-->" not in line:
            return self._copy(source, number, lambda one: "-->" in one)
        if "<pre" in line.casefold() and "</pre" not in line.casefold():
            return self._copy(source, number, lambda one: "</pre" in one.casefold())
        if line[0] in " >" and _QUOTE.match(line):
            return self._quote(source, number)
        if (found := _MARKER.match(line)) and not _RULE.match(line):
            self._item(number, line, found)
        elif self._levels and not self._above:
            self._after_blank(number, line)
        elif "|" in line and self._above != "table" and number + 1 < len(source) and is_table(line, source[number + 1]):
            self._part_from_above()
            self._put(line, "table")
        elif self._above == "table":
            self._put(line, "table")
        elif self._levels and _HEADING.match(line):
            self._part_from_above()
            self._put(line, "other")
        else:
            self._words(number, line)
        return number + 1

    def _copy(self, source: list[str], number: int, ends: Callable[[str], bool]) -> int:
        """Lines that are no Markdown, up to the one that ends them."""
        end = next((at for at in range(number + 1, len(source)) if ends(source[at])), len(source) - 1)
        for line in source[number : end + 1]:
            self._put(line, "other")
        return end + 1

    def _quote(self, source: list[str], number: int) -> int:
        """A quotation is a text of its own."""
        end = number
        found: list[re.Match[str]] = []
        while end < len(source) and (one := _QUOTE.match(source[end])):
            found.append(one)
            end += 1
        if self._levels and self._above:
            self._part_from_above()
        self._end_paragraph()
        inner = "\n".join(one["rest"] for one in found)
        walk = _Walk(inner, self.depth + 1)
        lines = walk.lines() if self.depth < _DEEPEST and _may_differ(inner) else inner.split("\n")
        if lines == inner.split("\n"):
            self._out += source[number:end]
        else:
            self._out += [f"> {line}" for line in lines]
        self.kept += [number + one for one in walk.kept]
        self._above = "other"
        return end

    def _item(self, number: int, line: str, found: re.Match[str]) -> None:
        indent, is_ordered = len(found["indent"].expandtabs(4)), found["number"] is not None
        if not self._levels:
            is_code = indent >= 4 and self._above not in ("text", "table")  # Word indents the points under a sentence
            if is_code or (self._above == "text" and is_ordered and found["number"] not in ("1", "0")):
                self._words(number, line)
                return
            if self._above in ("text", "table"):
                self._part_from_above()
            self._levels.append(_Level(indent, is_ordered))
        elif indent >= self._levels[-1].indent + 2:
            self._levels.append(_Level(indent, is_ordered))
        else:
            while len(self._levels) > 1 and indent <= self._levels[-2].indent + 1:
                self._levels.pop()
            if self._levels[-1].is_ordered != is_ordered:
                if self._above:
                    self._out.append("")
                self._levels[-1] = _Level(self._levels[-1].indent, is_ordered)
        if self._above == "point":
            self._out.append("")
        self._end_paragraph()
        depth = 4 * (len(self._levels) - 1)
        words = _TASK.sub(lambda task: "☐ " if task["done"] == " " else "☑ ", found["words"], count=1)
        if depth != indent and (depth or indent >= 4):
            line = " " * depth + found["mark"] + found["gap"] + words
        elif words != found["words"]:
            line = line[: found.start("words")] + words
        self._put(line, "item")
        self._paragraph.append(_Line(number, len(self._out) - 1, words))

    def _after_blank(self, number: int, line: str) -> None:
        """A further paragraph of a point, if it is far enough in; else the list has ended."""
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        depth = sum(indent >= level.indent + 2 for level in self._levels)
        del self._levels[depth:]
        if not depth:
            self._words(number, line)
            return
        self._end_paragraph()
        self._put(line if indent >= 4 * depth else " " * 4 * depth + line.lstrip(" \t"), "point")
        self._paragraph.append(_Line(number, len(self._out) - 1, line.strip(" \t\r")))

    def _words(self, number: int, line: str) -> None:
        """A line of a paragraph, or something else that is no list and no table."""
        is_code = line.startswith(("    ", "\t")) and self._above in ("", "code")
        if is_code and not self._levels:
            self._put(line, "code")
            return
        if _UNDERLINE.match(line) or _RULE.match(line) or _HEADING.match(line) or _DEFINITION.match(line):
            if self._above not in ("", "text") and (_RULE.match(line) or _UNDERLINE.match(line)):
                self._part_from_above()  # under a point, a quotation, a table: nothing that it could make a heading of
            self._end_paragraph()
            found = _TARGET_IN_ANGLES.match(line) if "<" in line else None
            if found:  # Python-Markdown takes what has a space there for a tag
                line = f"{found['label']}{found['target'].strip().replace(' ', '%20')}{found['title']}"
            self._put(line, "other")
            return
        found = _BLOCK_TAG.match(line) if "<" in line else None
        if found and "markdown" not in found["rest"].casefold() and self._has_marks(number, found["name"]):
            line = f'{found["before"]} markdown="1"{line[found.start("rest") :]}'
        self._put(line, "point" if self._above == "point" else "text")
        self._paragraph.append(_Line(number, len(self._out) - 1, line.strip(" \t\r")))

    def _has_marks(self, number: int, tag: str) -> bool:
        """Whether there is Markdown between the tag of this line and its end."""
        self._tags += 1
        if self._tags > _MOST_TAGS:
            return False
        start = self.text.find(">", self._starts[number]) + 1
        end = self._next(re.compile(f"</{tag.casefold()}", re.IGNORECASE), start)
        return (
            _MARKS_INSIDE.match(self.text[start : min(end, start + _LONGEST_MARK)]) is not None
            or self._next(_MARKS_INSIDE, start) < end
        )

    def _next(self, pattern: re.Pattern[str], start: int) -> int:
        """Where the first match from a place on begins; the text is gone through once, however often it is asked."""
        if self._found.get(pattern, -1) < start:
            found = pattern.search(self.text, start)
            self._found[pattern] = found.start() if found else len(self.text)
        return self._found[pattern]

    def _part_from_above(self) -> None:
        """A blank line where the line above would take this one in; whatever list was open has ended."""
        self._end_paragraph()
        self._levels.clear()
        if self._above:
            self._out.append("")

    def _put(self, line: str, kind: str) -> None:
        if kind not in ("text", "item", "point"):
            self._end_paragraph()
        self._out.append(line)
        self._above = kind

    def _end_paragraph(self) -> None:
        """The lines of a paragraph that were typed as lines get a hard break above them."""
        lines, self._paragraph = self._paragraph, []
        if len(lines) < 2:
            return
        longest = max(len(line.words) for line in lines)
        for above, one in pairwise(lines):
            if self._out[above.place].endswith("  "):
                self.kept.append(one.number)
            elif _is_broken_by_hand(self._out[above.place]):
                self._out[above.place] = self._out[above.place][:-1] + "  "
                self.kept.append(one.number)
            elif is_line(above.words, one.words, longest):
                self._out[above.place] += "  "
                self.kept.append(one.number)


def is_line(above: str, words: str, longest: int) -> bool:
    """Whether a line of a paragraph was typed as one of its own, and not wrapped; `longest` is the longest of them.

    A wrapped line ends where the next word has no room. HTML and tables have lines of their own.
    """
    if not above or not words:
        return False
    if "\t" in _MARK_OF_WORD.sub("", above) or (above.endswith(">") and not _ENDS_INLINE.search(above[-100:])):
        return False
    if words[:1] == "<" and not _BEGINS_INLINE.match(words):
        return False
    if " " not in above and _ADDRESS_ALONE.fullmatch(above):  # an address that is a line of its own
        return not words[0].islower() or _ADDRESS_ALONE.fullmatch(words) is not None
    has_room = len(above) + 1 + len(words.split(" ", 1)[0]) <= max(longest, _NARROW)
    is_ended = _ENDED.search(above[-3:]) is not None
    if _ENUMERATED.match(words) or unicodedata.category(words[0]) == "So":
        return has_room or is_ended
    if _DASH.match(words):
        return is_ended or (has_room and len(above) <= _SHORT)
    return has_room and len(above) <= _LONG and (len(above) <= _SHORT or is_ended or not words[0].islower())


def _is_broken_by_hand(line: str) -> bool:
    """CommonMark's backslash at a line's end."""
    return line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2 == 1


def is_table(line: str, below: str) -> bool:
    """A row of names over a row of dashes with as many cells."""
    return "-" in below and _ROW_OF_DASHES.match(below) is not None and cell_count(line) == cell_count(below)


def cell_count(row: str) -> int:
    return row.strip().strip("|").replace("\\|", "").count("|") + 1
