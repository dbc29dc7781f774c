"""The non-prose spans of a Markdown text: code, comments, tags, link targets, addresses, placeholders.

One pass in linear time: closing markers are looked up, never searched for twice (`tests/unit/test_patterns.py`). Code is
found as our Markdown finds it; in doubt, too much rather than too little.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Collection, Iterable, Iterator
from enum import Enum, auto
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile


class SpanKind(Enum):
    """The kind of a span."""

    FENCED = auto()  # a line of a block between ``` or ~~~
    INDENTED = auto()  # a line of a block that is four spaces in
    CODE = auto()  # `x`, <pre>…</pre>
    ESCAPE = auto()  # \*
    COMMENT = auto()
    RAW = auto()  # <script>…</script>: its content is neither Markdown nor HTML
    TAG = auto()
    TARGET = auto()  # ](…), ][…]: the target of a link or a picture
    DEFINITION = auto()  # [a]: …, *[ДМР]: …
    LABEL = auto()  # a use of a label or an abbreviation that has a definition
    PLACEHOLDER = auto()  # [[news]], [^1], [TOC], {filename}x, {: .class}
    ADDRESS = auto()  # of a page, a mailbox, a telephone


CODE_BLOCKS = frozenset({SpanKind.FENCED, SpanKind.INDENTED})


class Span(NamedTuple):
    """A range of a text: `end` is exclusive."""

    start: int
    end: int
    kind: SpanKind


_FILLER = "\ue0f2"  # replaces the characters of spans already found: it is no letter, space or quote
_FENCE = lazy_compile(r"[ \t>]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})")
_ITEM = lazy_compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)]|:|\[\^[^\[\]]+\]:)[ \t]")
_DEFINITION = lazy_compile(
    r"^[ ]{0,3}(?P<abbreviation>\*?)\[(?P<label>(?!\^)[^\[\]\n]+)\]:[^\n]*(?:\n[ \t]+[\"'(][^\n]*)?", re.MULTILINE
)
_BRACKETED = lazy_compile(r"\[([^\[\]\n]+)\]")
_BLANK_LINE = lazy_compile(r"\n[ \t]*\n")
_TICKS = lazy_compile("`+")
_APOSTROPHE_AFTER = frozenset("єїюяЄЇЮЯ")
_TAG = lazy_compile(r"<[A-Za-z/!?](?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'])*>")
_CODE_TAGS, _RAW_TAGS = ("pre", "code", "kbd", "samp"), ("script", "style", "textarea")
_ELEMENT = lazy_compile(rf"<({'|'.join((*_CODE_TAGS, *_RAW_TAGS))})\b[^<>]*>", re.IGNORECASE)
_ESCAPE = lazy_compile(r"\\[^\w\s]")
_PLACEHOLDER = lazy_compile(
    r"\[\[[^\[\]]*\]\]|\[\^[^\[\]\n]+\]:?|\[TOC\]|\{[:#.][^{}\n]*\}|\{(?:filename|static|attach)\}\S*"
)
_TARGET = lazy_compile(r"\]\([ \t]*<[^<>\n]*>[^()<>\n]*\)|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\([^\s)]*|\]\[[^\[\]\n]*\]")
_REST_OF_ADDRESS = lazy_compile(r"[^\s<>\"«»]+")
_OWN_LETTERS = lazy_compile(r"\w+[.:]")
_SCHEME = lazy_compile(r"\b[a-z][a-z0-9+.-]{0,19}\Z", re.IGNORECASE)  # none has more letters
_MAILBOX = lazy_compile(r"(?<![\w.+-])[\w.+-]{1,64}\Z")
_MAIL_HOST = lazy_compile(r"[\w-]+(?:\.[\w-]+)+")
# Every inline span has one of these at its beginning, or near it. They are searched one by one: plain prose has none,
# and one pattern of all spans takes ten times as long to find that out (measured).
_MARKERS = ("\\", "`", "<", "[", "]", "{", "@", "://", "www.", "WWW.", "mailto:", "Mailto:", "tel:", "Tel:")


def find_spans(text: str) -> list[Span]:
    """All non-prose spans in the order of the text, without overlaps."""
    blocks = list(code_lines(text))
    rest = _filled(text, blocks)
    definitions = list(_definitions(rest)) if "]:" in rest else []
    rest = _filled(rest, definitions)
    spans = sorted([*blocks, *definitions, *_find_pieces(rest)])
    return list(_outermost(spans)) if blocks or definitions else spans


def blank_out(text: str, spans: Iterable[Span], kinds: Collection[SpanKind] = tuple(SpanKind)) -> str:
    """The text with spans of these kinds replaced by blanks; length and lines stay the same."""
    pieces: list[str] = []
    end = 0
    for span in spans:
        if span.kind in kinds:
            pieces += (text[end : span.start], blank(text[span.start : span.end]))
            end = span.end
    return "".join((*pieces, text[end:])) if pieces else text


def blank(text: str) -> str:
    """Blanks of the same length and lines."""
    return "\n".join(" " * len(line) for line in text.split("\n"))


def _filled(text: str, spans: list[Span]) -> str:
    pieces: list[str] = []
    end = 0
    for span in spans:
        pieces += (
            text[end : span.start],
            "\n".join(_FILLER * len(line) for line in text[span.start : span.end].split("\n")),
        )
        end = span.end
    return "".join((*pieces, text[end:])) if pieces else text


def _outermost(spans: list[Span]) -> Iterator[Span]:
    """The spans that lie in no other: a comment may contain a block of code."""
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end:
            yield span
            end = span.end


def code_lines(text: str) -> Iterator[Span]:
    """The lines of code blocks; an indented line under a list item is prose."""
    if not ("```" in text or "~~~" in text or "    " in text or "\t" in text):
        return
    fence, in_list, was_blank, was_code, at = "", False, True, False, 0
    comment_until, last_comment_end = 0, text.rfind("-->")
    for line in text.split("\n"):
        if at < comment_until:
            at += len(line) + 1
            continue
        match = _FENCE.match(line)
        is_blank = not line.strip(" \t")  # a non-breaking space in code is code
        kind: SpanKind | None = SpanKind.FENCED if fence or match else None
        if fence:
            if line.strip(" \t>") == fence:
                fence = ""
        elif match:
            fence, in_list = match["fence"], False
        elif is_blank:
            pass
        elif (indent := _indent(line)) < 4:
            in_list = bool(_ITEM.match(line)) or (in_list and not was_blank)
        elif (was_blank or was_code) and (indent >= 8 or not in_list):
            kind = SpanKind.INDENTED
        was_code = kind is SpanKind.INDENTED or (was_code and is_blank)
        was_blank = is_blank
        if kind and line:
            yield Span(at, at + len(line), kind)
        elif "<!--" in line and "-->" not in line and at < last_comment_end:
            comment_until = text.find("-->", at)
        at += len(line) + 1


def _indent(line: str) -> int:
    if line[0] not in " \t":
        return 0
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip(" "))


def _definitions(text: str) -> Iterator[Span]:
    """Definitions of link labels and abbreviations, and their uses, which must keep the same spelling."""
    matches = list(_DEFINITION.finditer(text))
    defined = [Span(match.start(), match.end(), SpanKind.DEFINITION) for match in matches]
    labels = {match["label"].casefold() for match in matches if not match["abbreviation"]}
    abbreviations = {match["label"] for match in matches if match["abbreviation"]}
    used = [Span(*match.span(), SpanKind.LABEL) for match in _BRACKETED.finditer(text) if match[1].casefold() in labels]
    if abbreviations:  # one pattern; the number of abbreviations is limited (reading/complexity.py)
        pattern = re.compile("|".join(re.escape(word) for word in sorted(abbreviations, key=len, reverse=True)))
        used += [Span(*match.span(), SpanKind.LABEL) for match in pattern.finditer(text)]
    yield from _outermost([*defined, *used])


def _find_pieces(text: str) -> Iterator[Span]:
    ends = _Ends(text)
    at = last = 0  # where to continue, and the end of the last span
    for start in sorted(_candidate_offsets(text)):
        if start < at:
            continue
        piece = _PIECES[text[start].casefold()](text, start, last, ends)
        if piece:
            yield piece
            at = last = piece.end
        else:
            at = max(ends.passed, start + 1)


def _candidate_offsets(text: str) -> Iterator[int]:
    for marker in _MARKERS:
        at = text.find(marker)
        while at >= 0:
            yield at
            at = text.find(marker, at + 1)


def _escape(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    return _matched(_ESCAPE, text, start, SpanKind.ESCAPE)


def _target(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    return _matched(_TARGET, text, start, SpanKind.TARGET)


def _placeholder(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    return _matched(_PLACEHOLDER, text, start, SpanKind.PLACEHOLDER)


def _matched(pattern: re.Pattern[str], text: str, start: int, kind: SpanKind) -> Span | None:
    match = pattern.match(text, start)
    return Span(match.start(), match.end(), kind) if match else None


def _code(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    run = _TICKS.match(text, start)
    assert run is not None
    ends.passed = run.end()
    if run.start() in ends.apostrophes or (end := ends.after_ticks(run.start(), len(run[0]))) < 0:
        return None
    if len(run[0]) == 1 and _are_apostrophes(text, run.start(), end - 1):
        ends.apostrophes.add(end - 1)
        return None
    return Span(run.start(), end, SpanKind.CODE)


def _html(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    """A comment, an element with its content, or a tag."""
    if text.startswith("<!--", start) and (end := ends.after("-->", start + 4)) >= 0:
        return Span(start, end, SpanKind.COMMENT)
    if match := _ELEMENT.match(text, start):
        name = match[1].casefold()
        if (end := ends.after(f"</{name}>", match.end())) >= 0:
            return Span(start, end, SpanKind.CODE if name in _CODE_TAGS else SpanKind.RAW)
    return _matched(_TAG, text, start, SpanKind.TAG)


def _address(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    """A web address, found by «://» or by its first letters (www., mailto:, tel:)."""
    if text[start] == ":":
        scheme = _SCHEME.search(text, max(last, start - 20), start)
        begins, rests = scheme.start() if scheme else -1, start + 3
    else:
        is_inside_a_word = text[start - 1 : start].isalnum() or text[start - 1 : start] == "_"
        begins, rests = -1 if is_inside_a_word else start, _OWN_LETTERS.match(text, start).end()  # type: ignore[union-attr]
    rest = _REST_OF_ADDRESS.match(text, rests) if begins >= 0 else None
    if not rest:
        return None
    label = text.find(
        "](", rests, rest.end()
    )  # «[https://…](https://… "назва")»: the words of a link may be an address
    return Span(begins, rest.end() if label < 0 else label, SpanKind.ADDRESS)


def _mailbox(text: str, start: int, last: int, ends: _Ends) -> Span | None:
    name = _MAILBOX.search(text, max(last, start - 64), start)
    host = _MAIL_HOST.match(text, start + 1) if name else None
    return Span(name.start(), host.end(), SpanKind.ADDRESS) if name and host else None


_PIECES: dict[str, Callable[[str, int, int, _Ends], Span | None]] = {
    "\\": _escape, "`": _code, "<": _html, "[": _placeholder, "{": _placeholder, "]": _target, "@": _mailbox,
    ":": _address, "w": _address, "m": _address, "t": _address,
}  # fmt: skip


def _are_apostrophes(text: str, first: int, last: int) -> bool:
    """Whether two backticks are apostrophes, as in «об`єкт і п`ять»: the most usual error of the Ukrainian keyboard."""
    return all(
        "\u0400" <= text[at - 1 : at] <= "\u04ff" and text[at + 1 : at + 2] in _APOSTROPHE_AFTER for at in (first, last)
    )


class _Ends:
    """Offsets of closing markers, each searched once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._ticks: dict[int, list[int]] = {}
        self._blank_lines: list[int] = []
        self.apostrophes: set[int] = set()
        self.passed = 0  # after backticks that open nothing

    def after(self, closing: str, start: int) -> int:
        """The offset after the first `closing` from `start` on; -1 without one."""
        at = self._next.get(closing, 0)
        if 0 <= at < start:
            match = re.compile(closing, re.IGNORECASE).search(self._text, start)
            at = self._next[closing] = match.start() if match else -1
        return at + len(closing) if at >= 0 else -1

    def after_ticks(self, start: int, size: int) -> int:
        """The offset after the next run of exactly `size` backticks in the same paragraph; -1 without one."""
        if not self._ticks:
            for run in _TICKS.finditer(self._text):
                self._ticks.setdefault(len(run[0]), []).append(run.start())
            self._blank_lines = [match.start() for match in _BLANK_LINE.finditer(self._text)]
        runs = self._ticks.get(size, [])
        index = bisect(runs, start)
        blank_index = bisect(self._blank_lines, start)
        limit = self._blank_lines[blank_index] if blank_index < len(self._blank_lines) else len(self._text)
        return runs[index] + size if index < len(runs) and runs[index] < limit else -1
