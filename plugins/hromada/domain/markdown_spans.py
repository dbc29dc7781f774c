"""What of a Markdown text is no person's words: code, comments, tags, where links lead, addresses, placeholders.

One pass, in time that grows with the text: what closes a piece is looked up, never searched for twice
(`tests/unit/test_patterns.py`). Code is found as our Markdown finds it; where that is unsure, rather too much of it.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple


class Part(Enum):
    """What a piece of a text is."""

    FENCED = auto()  # a line of a block between ``` or ~~~
    INDENTED = auto()  # a line of a block that is four spaces in
    CODE = auto()  # `x`, <pre>…</pre>
    ESCAPE = auto()  # \*
    COMMENT = auto()
    RAW = auto()  # <script>…</script>: what stands inside is no Markdown and no HTML
    TAG = auto()
    TARGET = auto()  # ](…), ][…]: where a link or a picture leads
    DEFINITION = auto()  # [a]: …, *[ДМР]: …
    LABEL = auto()  # a word that a definition is about
    PLACEHOLDER = auto()  # [[news]], [^1], [TOC], {filename}x, {: .class}
    ADDRESS = auto()  # of a page, a mailbox, a telephone


CODE_BLOCKS = frozenset({Part.FENCED, Part.INDENTED})


class Span(NamedTuple):
    """A piece of a text, from its first character to behind its last one."""

    start: int
    end: int
    part: Part


_FILL = "\ue0f2"  # stands for what is found already: no letter, space or quote
_FENCE = re.compile(r"[ \t>]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\[\]]+\]:)[ \t]")
_DEFINITION = re.compile(
    r"^[ ]{0,3}(?P<abbreviation>\*?)\[(?P<label>(?!\^)[^\[\]\n]+)\]:[^\n]*(?:\n[ \t]+[\"'(][^\n]*)?", re.MULTILINE
)
_BRACKETED = re.compile(r"\[([^\[\]\n]+)\]")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_TICKS = re.compile("`+")
_APOSTROPHE_AFTER = frozenset("єїюяЄЇЮЯ")
_HTML_TAG = r"<[A-Za-z/!?](?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'])*>"
_TAG = re.compile(_HTML_TAG)
_CODE_TAGS, _RAW_TAGS = ("pre", "code", "kbd", "samp"), ("script", "style", "textarea")
# What begins a piece, and without which sign none of it can stand in a text: two texts of three have three of them.
_PIECES: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("ESCAPE", ("\\",), r"\\[^\w\s]"),
    ("CODE", ("`",), r"`+"),
    ("COMMENT", ("<!--",), r"<!--"),
    ("element", ("<",), rf"<(?P<name>(?i:{'|'.join((*_CODE_TAGS, *_RAW_TAGS))}))\b[^<>]*>"),
    ("PLACEHOLDER", ("[[", "[^", "[TOC]", "{"), r"\[\[[^\[\]]*\]\]|\[\^[^\[\]\n]+\]:?|\[TOC\]|\{[:#.][^{}\n]*\}|\{(?:filename|static|attach)\}\S*"),
    ("TARGET", ("](", "]["), r"\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\([^\s)]*|\]\[[^\[\]\n]*\]"),
    ("TAG", ("<",), _HTML_TAG),
    # A scheme has no more letters: a long word is not gone through from each of them.
    ("ADDRESS", ("://", "www.", "WWW.", "mailto:", "tel:"), r"\b(?i:[a-z][a-z0-9+.-]{0,19}://|www\.|mailto:|tel:)[^\s<>\"«»]+"),
    ("mailbox", ("@",), r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
)  # fmt: skip


def spans_of(text: str) -> list[Span]:
    """Every piece that is no person's words, in the order of the text; none overlaps another."""
    blocks = list(code_lines(text))
    rest = _filled(text, blocks)
    named = list(_definitions(rest)) if "]:" in rest else []
    rest = _filled(rest, named)
    found = sorted([*blocks, *named, *_pieces(rest)])
    return list(_outermost(found)) if blocks or named else found


def without(text: str, spans: Iterable[Span], parts: Collection[Part] = tuple(Part)) -> str:
    """The text with blanks in the place of these parts: as many characters, the same lines."""
    kept: list[str] = []
    end = 0
    for span in spans:
        if span.part in parts:
            kept += (text[end : span.start], blank(text[span.start : span.end]))
            end = span.end
    return "".join((*kept, text[end:])) if kept else text


def blank(text: str) -> str:
    """As many characters and the same lines, without a word."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _filled(text: str, spans: list[Span]) -> str:
    kept: list[str] = []
    end = 0
    for span in spans:
        kept += (
            text[end : span.start],
            "\n".join(_FILL * len(line) for line in text[span.start : span.end].split("\n")),
        )
        end = span.end
    return "".join((*kept, text[end:])) if kept else text


def _outermost(found: list[Span]) -> Iterator[Span]:
    """A comment may hold a block of code: the longer piece is the one."""
    end = 0
    for span in sorted(found, key=lambda one: (one.start, -one.end)):
        if span.start >= end:
            yield span
            end = span.end


def code_lines(text: str) -> Iterator[Span]:
    """Blocks of code, line by line; what stands under a list's item is a person's words."""
    if not ("```" in text or "~~~" in text or "    " in text or "\t" in text):
        return
    fence, in_list, was_blank, was_code, at = "", False, True, False, 0
    comment_until, last_comment_end = 0, text.rfind("-->")
    for line in text.split("\n"):
        if at < comment_until:
            at += len(line) + 1
            continue
        found = _FENCE.match(line)
        is_blank = not line.strip(" \t")  # a non-breaking space in code is code
        part: Part | None = Part.FENCED if fence or found else None
        if fence:
            if line.strip(" \t>") == fence:
                fence = ""
        elif found:
            fence, in_list = found["fence"], False
        elif is_blank:
            pass
        elif (indent := _indent(line)) < 4:
            in_list = bool(_ITEM.match(line)) or (in_list and not was_blank)
        elif (was_blank or was_code) and (indent >= 8 or not in_list):
            part = Part.INDENTED
        was_code = part is Part.INDENTED or (was_code and is_blank)
        was_blank = is_blank
        if part and line:
            yield Span(at, at + len(line), part)
        elif "<!--" in line and "-->" not in line and at < last_comment_end:
            comment_until = text.find("-->", at)
        at += len(line) + 1


def _indent(line: str) -> int:
    if line[0] not in " \t":
        return 0
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _definitions(text: str) -> Iterator[Span]:
    """Links' labels and abbreviations, where they are defined and where they are used: those must stay alike."""
    found = list(_DEFINITION.finditer(text))
    defined = [Span(one.start(), one.end(), Part.DEFINITION) for one in found]
    labels = {one["label"].casefold() for one in found if not one["abbreviation"]}
    words = {one["label"] for one in found if one["abbreviation"]}
    used = [Span(*one.span(), Part.LABEL) for one in _BRACKETED.finditer(text) if one[1].casefold() in labels]
    if words:  # one pattern over as many words as a text may have (reading/effort.py)
        pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
        used += [Span(*one.span(), Part.LABEL) for one in pattern.finditer(text)]
    yield from _outermost([*defined, *used])


def _pieces(text: str) -> Iterator[Span]:
    ids = tuple(any(sign in text for sign in signs) for _, signs, _ in _PIECES)
    if not any(ids):
        return
    begins, ends = _begins(ids), _Ends(text)
    at = 0
    while found := begins.search(text, at):
        end, part = _end_of(found, ends)
        if part is None:
            at = end
            continue
        yield Span(found.start(), end, part)
        at = end


@lru_cache(maxsize=1024)
def _begins(ids: tuple[bool, ...]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{name}>{piece})" for (name, _, piece), has in zip(_PIECES, ids, strict=True) if has)
    )


def _end_of(found: re.Match[str], ends: _Ends) -> tuple[int, Part | None]:
    """Where a piece ends and what it is; no part where nothing closes it, and where to go on."""
    match found.lastgroup:
        case "CODE":
            if found.start() in ends.apostrophes or (end := ends.ticks(found.start(), len(found[0]))) < 0:
                return found.end(), None
            if len(found[0]) == 1 and _are_apostrophes(found.string, found.start(), end - 1):
                ends.apostrophes.add(end - 1)
                return found.end(), None
            return end, Part.CODE
        case "COMMENT":
            if (end := ends.words("-->", found.end())) >= 0:
                return end, Part.COMMENT
        case "element" | "name":
            name = found["name"].casefold()
            if (end := ends.words(f"</{name}>", found.end())) >= 0:
                return end, Part.CODE if name in _CODE_TAGS else Part.RAW
        case "mailbox":
            return found.end(), Part.ADDRESS
        case name:
            return found.end(), Part[name or ""]
    tag = _TAG.match(found.string, found.start())
    return (tag.end(), Part.TAG) if tag else (found.start() + 1, None)


def _are_apostrophes(text: str, first: int, last: int) -> bool:
    """«об`єкт і п`ять» has no code in it, whatever Markdown thinks: it is the most usual slip of the Ukrainian keyboard."""
    return all(
        "\u0400" <= text[at - 1 : at] <= "\u04ff" and text[at + 1 : at + 2] in _APOSTROPHE_AFTER for at in (first, last)
    )


class _Ends:
    """Where what was begun is closed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._ticks: dict[int, list[int]] = {}
        self._blank_lines: list[int] = []
        self.apostrophes: set[int] = set()

    def words(self, closing: str, start: int) -> int:
        """Behind the first `closing` from `start` on; -1 without one."""
        at = self._next.get(closing, 0)
        if 0 <= at < start:
            found = re.compile(closing, re.IGNORECASE).search(self._text, start)
            at = self._next[closing] = found.start() if found else -1
        return at + len(closing) if at >= 0 else -1

    def ticks(self, start: int, size: int) -> int:
        """Behind the next run of exactly so many ticks in the same paragraph; -1 without one."""
        if not self._ticks:
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
            self._blank_lines = [one.start() for one in _BLANK_LINE.finditer(self._text)]
        runs = self._ticks.get(size, [])
        place = bisect(runs, start)
        border = bisect(self._blank_lines, start)
        limit = self._blank_lines[border] if border < len(self._blank_lines) else len(self._text)
        return runs[place] + size if place < len(runs) and runs[place] < limit else -1
