"""Rewrites Markdown as GitHub and VS Code read it for the stricter Python-Markdown (decisions/0021).

A list or a table needs no blank line above it, an indent of two spaces nests a list, lines typed as separate lines stay
separate, the text inside of `<details>` and `<div>` is Markdown. Any other text is returned unchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from itertools import accumulate, pairwise
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile

_MAX_QUOTE_DEPTH = 30  # nested quotations; deeper ones are refused (render/markdown)
_FENCE = lazy_compile(r"[ \t]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_RULE = lazy_compile(r"[ ]{0,3}(?:-[ \t]*){3,}$|[ ]{0,3}(?:\*[ \t]*){3,}$|[ ]{0,3}(?:_[ \t]*){3,}$")
_MARKER = lazy_compile(r"(?P<indent>[ \t]*)(?P<mark>[-*+]|(?P<number>\d{1,9})\.)(?P<gap>[ \t]+)(?P<words>\S.*)$")
_EMPTY_ITEM = lazy_compile(r"[ \t]*(?:[-*+]|\d{1,9}\.)[ \t]*$")  # a new point in which nothing was written
_TASK = lazy_compile(r"\[(?P<done>[ xXхХ])\][ \t]+(?=\S)")
_QUOTE = lazy_compile(r"(?P<mark>[ ]{0,3}>[ ]?)(?P<rest>.*)$")
_HEADING = lazy_compile(r"#{1,6}(?:[ \t]|$)")
_UNDERLINE = lazy_compile(r"(?:=+|-+)[ \t]*$")
_TABLE_RULE = lazy_compile(r"[ ]{0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_DEFINITION = lazy_compile(r"[ ]{0,3}(?:\*?\[[^\[\]]+\]:|:[ \t]|\{|\[TOC\]|!\[)")
_BLOCK_TAG = lazy_compile(
    r"(?P<before>[ ]{0,3}<(?P<name>details|div|section|article|aside|main)\b)(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)",
    re.IGNORECASE,
)
_MARKDOWN_INSIDE = lazy_compile(
    r"\*\*|\]\(|~~|`|(?<![\w*])[*_]\w|^[ ]{0,3}(?:[-*+][ \t]|\d{1,9}\.[ \t]|#{1,6}[ \t]|\||>)", re.MULTILINE
)
# The beginning of a line that is separate from any line above: «а) …», «2) …», «3. …».
_ENUMERATED = lazy_compile(r"(?:[А-ЯҐЄІЇа-яґєіїA-Za-z]|\d{1,3})\)[ \t\xa0]|\d{1,3}\.[ \t\xa0]|[•·●○■□▪▫◦‣∙➢✓☑☐]|№")
_BARE_URL = lazy_compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DASH = lazy_compile(r"[–—−][ \t\xa0]")
# Inline tags: they don't make a block.
_INLINE = r"</?(?:a|abbr|b|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u)\b[^<>]*>"
_BEGINS_INLINE, _ENDS_INLINE = lazy_compile(_INLINE), lazy_compile(rf"{_INLINE}\Z")
_TARGET_IN_ANGLES = lazy_compile(
    r"(?P<label>[ ]{0,3}\[[^\[\]]+\]:[ \t]*)<(?P<target>[^<>]*[ ][^<>]*)>(?P<title>[ \t]*(?:[\"'(].*)?)$"
)
_WORD_LIST_MARKER = lazy_compile(r"(?:\d{1,3}[.)]|[а-яґєіїa-z][.)]|[-–—−•§Øüo])\t+")
_ENDED = lazy_compile(r"[.:;,!?…][»”)\"]?$")
_MIN_WRAP_WIDTH = 60  # characters: nobody wraps a text narrower than that
_SHORT_LINE = 40  # characters: a shorter line is not part of a wrapped paragraph
_LONG_LINE = 80  # characters: a shorter line may be part of a paragraph wrapped by sense
_MARKER_LOOKAHEAD = 20
_MAX_TAGS = 200  # block tags whose content is searched; no person writes more


def normalize_markdown(text: str) -> str:
    """The text as Python-Markdown needs it."""
    return "\n".join(_Normalizer(text).lines()) if _may_differ(text) else text


def _may_differ(text: str) -> bool:
    """Whether the text needs the full pass, which takes twenty times as long (measured); two of three texts don't."""
    above = ""
    for line in text.split("\n"):
        if line:
            if line[0] in " \t" or (above and not (above.startswith("- ") and line.startswith("- ") and line != "- ")):
                return True
            if line.startswith(("- [", "* [", "+ [", "<")) or "]: <" in line:
                return True
        above = line
    return False


def hard_break_lines(text: str) -> frozenset[int]:
    """The indexes, from 0, of the lines inside of a paragraph that begin after a hard break."""
    walk = _Normalizer(text)
    walk.lines()
    return frozenset(walk.hard_breaks)


class _Level(NamedTuple):
    """An open list: the indent of its markers, and whether they are numbers."""

    indent: int
    is_ordered: bool


class _Line(NamedTuple):
    """A line of a paragraph: its index in the source and in the output, its text."""

    source_index: int
    output_index: int
    text: str


class _Normalizer(Struct):
    """One pass over the lines."""

    text: str
    depth: int = 0
    hard_breaks: list[int] = field(default_factory=list)
    _out: list[str] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _paragraph: list[_Line] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)  # where each line begins
    _next_match: dict[re.Pattern[str], int] = field(default_factory=dict)
    _tags: int = 0
    _above: str = (
        ""  # the line above: "" (blank), text, item, point (a further paragraph of an item), table, code, quote, other
    )

    def lines(self) -> list[str]:
        source = self.text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in source)]
        index = 0
        while index < len(source):
            index = self._take(source, index)
        self._end_paragraph()
        return self._out

    def _take(self, source: list[str], index: int) -> int:
        """Process a line, or a block of lines, and return the index of the next one."""
        line = source[index]
        if not line.strip(" \t"):
            self._append(line, "")
            return index + 1
        if match := _FENCE.match(line):
            self._separate_from_quote()
            fence = match["fence"]
            return self._copy(source, index, lambda line: line.strip(" \t>") == fence)
        if line.lstrip(" ").startswith("<!--") and "-->" not in line:
            return self._copy(source, index, lambda line: "-->" in line)
        if "<pre" in line.casefold() and "</pre" not in line.casefold():
            return self._copy(source, index, lambda line: "</pre" in line.casefold())
        if line[0] in " >" and _QUOTE.match(line):
            return self._quote(source, index)
        if self._levels and self._above and _EMPTY_ITEM.match(line):
            line = f"{line.rstrip()} &nbsp;"
        if (match := _MARKER.match(line)) and not _RULE.match(line):
            self._item(index, line, match)
        elif self._levels and not self._above:
            self._after_blank(index, line)
        elif "|" in line and self._above != "table" and index + 1 < len(source) and is_table(line, source[index + 1]):
            self._separate_from_above()
            self._append(line, "table")
        elif self._above == "table":
            self._append(line, "table")
        elif self._levels and _HEADING.match(line):
            self._separate_from_above()
            self._append(line, "other")
        else:
            self._paragraph_line(index, line)
        return index + 1

    def _copy(self, source: list[str], index: int, ends: Callable[[str], bool]) -> int:
        """Copy lines that are not Markdown, up to the one that ends them; return the index of the next one."""
        end = next((at for at in range(index + 1, len(source)) if ends(source[at])), len(source) - 1)
        for line in source[index : end + 1]:
            self._append(line, "other")
        return end + 1

    def _quote(self, source: list[str], index: int) -> int:
        """Normalise a quotation as a text by itself; return the index of the line after it."""
        end = index
        matches: list[re.Match[str]] = []
        while end < len(source) and (match := _QUOTE.match(source[end])):
            matches.append(match)
            end += 1
        if self._levels and self._above:
            self._separate_from_above()
        self._end_paragraph()
        inner = "\n".join(match["rest"] for match in matches)
        inner_normalizer = _Normalizer(inner, self.depth + 1)
        lines = inner_normalizer.lines() if self.depth < _MAX_QUOTE_DEPTH and _may_differ(inner) else inner.split("\n")
        if lines == inner.split("\n"):
            self._out += source[index:end]
        else:
            self._out += [f"> {line}" for line in lines]
        self.hard_breaks += [index + inner_index for inner_index in inner_normalizer.hard_breaks]
        self._above = "quote"
        return end

    def _separate_from_quote(self) -> None:
        """Python-Markdown takes whatever stands right below a quotation into it."""
        if self._above == "quote":
            self._out.append("")

    def _item(self, index: int, line: str, match: re.Match[str]) -> None:
        indent, is_ordered = len(match["indent"].expandtabs(4)), match["number"] is not None
        if not self._levels:
            is_code = indent >= 4 and self._above not in ("text", "table")  # Word indents list items under a sentence
            if is_code or (self._above in ("text", "quote") and is_ordered and match["number"] not in ("1", "0")):
                self._paragraph_line(index, line)
                return
            if self._above in ("text", "table", "quote"):
                self._separate_from_above()
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
        text = _TASK.sub(lambda task: "☐ " if task["done"] == " " else "☑ ", match["words"], count=1)
        if depth != indent and (depth or indent >= 4):
            line = " " * depth + match["mark"] + match["gap"] + text
        elif text != match["words"]:
            line = line[: match.start("words")] + text
        self._append(line, "item")
        self._paragraph.append(_Line(index, len(self._out) - 1, text))

    def _after_blank(self, index: int, line: str) -> None:
        """A line after a blank one in a list: a further paragraph of an item, if indented enough, else the list has ended."""
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        depth = sum(indent >= level.indent + 2 for level in self._levels)
        del self._levels[depth:]
        if not depth:
            self._paragraph_line(index, line)
            return
        self._end_paragraph()
        self._append(line if indent >= 4 * depth else " " * 4 * depth + line.lstrip(" \t"), "point")
        self._paragraph.append(_Line(index, len(self._out) - 1, line.strip(" \t\r")))

    def _paragraph_line(self, index: int, line: str) -> None:
        """A line that is not in a list or a table."""
        is_code = line.startswith(("    ", "\t")) and self._above in ("", "code")
        if is_code and not self._levels:
            self._append(line, "code")
            return
        if _UNDERLINE.match(line) or _RULE.match(line) or _HEADING.match(line) or _DEFINITION.match(line):
            if self._above not in ("", "text") and (_RULE.match(line) or _UNDERLINE.match(line)):
                self._separate_from_above()  # under an item, a quotation, a table: no text that it could make a heading
            elif _HEADING.match(line):
                self._separate_from_quote()
            self._end_paragraph()
            match = _TARGET_IN_ANGLES.match(line) if "<" in line else None
            if match:  # Python-Markdown reads a target with a space as a tag
                line = f"{match['label']}{match['target'].strip().replace(' ', '%20')}{match['title']}"
            self._append(line, "other")
            return
        match = _BLOCK_TAG.match(line) if "<" in line else None
        if match and "markdown" not in match["rest"].casefold() and self._has_markdown(index, match["name"]):
            line = f'{match["before"]} markdown="1"{line[match.start("rest") :]}'
        self._append(line, "point" if self._above == "point" else "text")
        self._paragraph.append(_Line(index, len(self._out) - 1, line.strip(" \t\r")))

    def _has_markdown(self, index: int, tag: str) -> bool:
        """Whether there is Markdown between the tag of this line and its closing tag."""
        self._tags += 1
        if self._tags > _MAX_TAGS:
            return False
        start = self.text.find(">", self._starts[index]) + 1
        end = self._next(re.compile(f"</{tag.casefold()}", re.IGNORECASE), start)
        return (
            _MARKDOWN_INSIDE.match(self.text[start : min(end, start + _MARKER_LOOKAHEAD)]) is not None
            or self._next(_MARKDOWN_INSIDE, start) < end
        )

    def _next(self, pattern: re.Pattern[str], start: int) -> int:
        """The offset of the first match from `start` on; the text is searched once for any number of calls."""
        if self._next_match.get(pattern, -1) < start:
            match = pattern.search(self.text, start)
            self._next_match[pattern] = match.start() if match else len(self.text)
        return self._next_match[pattern]

    def _separate_from_above(self) -> None:
        """Add a blank line if the line above would absorb this one; open lists end."""
        self._end_paragraph()
        self._levels.clear()
        if self._above:
            self._out.append("")

    def _append(self, line: str, kind: str) -> None:
        if kind not in ("text", "item", "point"):
            self._end_paragraph()
        self._out.append(line)
        self._above = kind

    def _end_paragraph(self) -> None:
        """Add a hard break before each line of the paragraph that was typed as a separate line."""
        lines, self._paragraph = self._paragraph, []
        if len(lines) < 2:
            return
        longest = max(len(line.text) for line in lines)
        for above, line in pairwise(lines):
            if self._out[above.output_index].endswith("  "):
                self.hard_breaks.append(line.source_index)
            elif _is_broken_by_hand(self._out[above.output_index]):
                self._out[above.output_index] = self._out[above.output_index][:-1] + "  "
                self.hard_breaks.append(line.source_index)
            elif is_typed_line(above.text, line.text, longest):
                self._out[above.output_index] += "  "
                self.hard_breaks.append(line.source_index)


def is_typed_line(above: str, line: str, longest: int) -> bool:
    """Whether a line of a paragraph was typed as a separate line, not wrapped; `longest` is the paragraph's longest line.

    A wrapped line ends where the next word has no room. Lines of HTML and of tables never count.
    """
    if not above or not line:
        return False
    if "\t" in _WORD_LIST_MARKER.sub("", above) or (above.endswith(">") and not _ENDS_INLINE.search(above[-100:])):
        return False
    if line[:1] == "<" and not _BEGINS_INLINE.match(line):
        return False
    if " " not in above and _BARE_URL.fullmatch(above):  # an address alone in its line
        return not line[0].islower() or _BARE_URL.fullmatch(line) is not None
    has_room = len(above) + 1 + len(line.split(" ", 1)[0]) <= max(longest, _MIN_WRAP_WIDTH)
    is_ended = _ENDED.search(above[-3:]) is not None
    if _ENUMERATED.match(line) or unicodedata.category(line[0]) == "So":
        return has_room or is_ended
    if _DASH.match(line):
        return is_ended or (has_room and len(above) <= _SHORT_LINE)
    return has_room and len(above) <= _LONG_LINE and (len(above) <= _SHORT_LINE or is_ended or not line[0].islower())


def _is_broken_by_hand(line: str) -> bool:
    """Whether the line ends with CommonMark's hard break, a backslash."""
    return line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2 == 1


def is_table(line: str, below: str) -> bool:
    """Whether the lines are a table's header and a row of dashes with as many cells."""
    return "-" in below and _TABLE_RULE.match(below) is not None and cell_count(line) == cell_count(below)


def cell_count(row: str) -> int:
    return row.strip().strip("|").replace("\\|", "").count("|") + 1
