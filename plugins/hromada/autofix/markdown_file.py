"""A Markdown file split into header lines and body without loss, and the spans of its text that no fix may change."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.alphabet import match_case, skeleton
from hromada.domain.front_matter import FENCE, find_header, format_scalar, unquoted
from hromada.domain.header_fields import PROSE
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import CODE_BLOCKS, SpanKind, find_spans
from hromada.domain.pasted_text import remove_stray_chars

# A hidden span is replaced by its number between two private-use characters, which are no letters, spaces or quotes.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
_PLACEHOLDER = lazy_compile(f"{OPEN}(\\d+){CLOSE}")
CYRILLIC = "\u0400-\u04ff"  # Cyrillic
_TEXT_START = lazy_compile(rf" ?[A-Za-z{CYRILLIC}«„(\"<]")
_CODE = frozenset({*CODE_BLOCKS, SpanKind.CODE, SpanKind.RAW, SpanKind.ESCAPE})


def outside_markup(text: str, fix: Callable[[str], str]) -> str:
    """Apply `fix` to the prose only."""
    return _fix_outside(text, fix, frozenset(SpanKind))


def outside_code(text: str, fix: Callable[[str], str]) -> str:
    """Apply `fix` to everything but code."""
    return _fix_outside(text, fix, _CODE)


def _fix_outside(text: str, fix: Callable[[str], str], parts: Collection[SpanKind]) -> str:
    if OPEN in text or CLOSE in text:
        return text
    visible_parts: list[str] = []
    hidden_parts: list[str] = []
    end = 0
    for span in find_spans(text):
        if span.kind in parts:
            visible_parts.append(f"{text[end : span.start]}{OPEN}{len(hidden_parts)}{CLOSE}")
            hidden_parts.append(text[span.start : span.end])
            end = span.end
    open_text = "".join((*visible_parts, text[end:]))
    done = _keep_separating_lines(open_text, fix(open_text))
    if done == open_text or _PLACEHOLDER.findall(done) != _PLACEHOLDER.findall(open_text):
        return text
    return _PLACEHOLDER.sub(lambda match: hidden_parts[int(match[1])], done)


def _keep_separating_lines(old: str, new: str) -> str:
    """The new text, in which a line may become blank only before plain text.

    Before a list, a heading or code even a line of debris separates it from what is above.
    """
    old_lines, lines = old.split("\n"), new.split("\n")
    if len(old_lines) != len(lines):
        return new
    is_text_next = True
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].strip() and old_lines[index].strip(" \t") and not is_text_next:
            lines[index] = old_lines[index]
        if lines[index].strip():  # a non-breaking space alone is a blank line to Markdown
            is_text_next = begins_with_text(lines[index])
    return "\n".join(lines)


def begins_with_text(line: str) -> bool:
    """Whether the line can only be plain text or a tag."""
    return _TEXT_START.match(line) is not None


_LINE = lazy_compile(r"(?P<key>[^\W\d_][^:\n]*?)(?P<colon>[ \t\u00a0]*:[ \t\u00a0]*)(?P<value>.*)", re.DOTALL)

Keys = Mapping[str, str]  # every word that names a header's field, in lower case, to the field's own name


class HeaderLine(NamedTuple):
    """A line «key: value» as it stands."""

    key: str
    colon: str
    value: str

    def __str__(self) -> str:
        return self.key + self.colon + self.value

    @classmethod
    def of(cls, line: str) -> HeaderLine | None:
        """None for a comment, a list's item, an indented line."""
        match = _LINE.fullmatch(line)
        return cls(match["key"], match["colon"], match["value"]) if match else None

    def name(self, keys: Keys) -> str:
        """The field's own name; empty for an unknown one."""
        return keys.get(" ".join(self.key.casefold().split()), "")


class Page(Struct, frozen=True):
    """Lines before the header, its lines, the line that closes it, and the body (None when nothing follows)."""

    before: tuple[str, ...]
    header: tuple[str, ...]
    closing: tuple[str, ...]
    body: str | None

    @classmethod
    def of(cls, text: str) -> Page:
        """Split as the reader does; a file whose fence is never closed has no header and no body to fix."""
        lines = text.split("\n")
        start, end, is_fenced, is_closed = find_header(lines)
        if is_fenced and not is_closed:
            return cls(tuple(lines), (), (), None)
        rest = lines[end + 1 :]
        return cls(
            tuple(lines[:start]),
            tuple(lines[start:end]),
            tuple(lines[end : end + 1]),
            "\n".join(rest) if rest else None,
        )

    @property
    def is_fenced(self) -> bool:
        return bool(self.before) and self.before[-1].rstrip() == FENCE

    def __str__(self) -> str:
        body = () if self.body is None else (self.body,)
        return "\n".join((*self.before, *self.header, *self.closing, *body))

    def with_body(self, fix: Callable[[str], str]) -> Page:
        return self if self.body is None else replace(self, body=fix(self.body))

    def with_lines(self, fix: Callable[[HeaderLine], HeaderLine]) -> Page:
        """Apply `fix` to every «key: value» line of the header."""
        lines = ((line, HeaderLine.of(line)) for line in self.header)
        return replace(self, header=tuple(str(fix(match)) if match else line for line, match in lines))

    def with_values(self, keys: Keys, fields: Collection[str], fix: Callable[[str], str]) -> Page:
        """Apply `fix` to the values of these fields, line by line."""
        return replace(self, header=tuple(_with_value(self.header, keys, fields, fix)))

    def with_prose(self, keys: Keys, fix: Callable[[str], str]) -> Page:
        """Apply `fix` to prose in the body and the header, not to categories, by which items are counted.

        Code, links' targets, addresses and tags are hidden from `fix`.
        """
        return self.with_body(lambda body: outside_markup(body, fix)).with_values(
            keys, PROSE, lambda value: outside_markup(value, fix)
        )


def _with_value(
    lines: tuple[str, ...], keys: Keys, fields: Collection[str], fix: Callable[[str], str]
) -> Iterator[str]:
    name = ""
    for index, line in enumerate(lines):
        match = HeaderLine.of(line)
        if match:
            name = match.name(keys)
        if name not in fields or line.startswith("#"):
            yield line
        elif match:
            goes_on = lines[index + 1 : index + 2] and lines[index + 1].startswith((" ", "\t"))
            yield str(match._replace(value=fix(match.value) if goes_on else _fixed(match.value, fix)))
        else:
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            yield indent + fix(line[len(indent) :])


def _fixed(value: str, fix: Callable[[str], str]) -> str:
    """The parsed value fixed and written back as a YAML scalar; a list in brackets is fixed as written."""
    parsed = unquoted(value)
    if parsed == value.strip():
        new = fix(value)
        return new if new == value or value.lstrip().startswith("[") else format_scalar(new.strip(" \t"))
    new = fix(parsed)
    return value if new == parsed else format_scalar(new)


def with_known_key(line: HeaderLine, keys: Keys) -> HeaderLine:
    """«tіtle» with a Cyrillic «і» becomes «title»; a key that looks like no known one, or like two, stays."""
    if line.name(keys):
        return line
    shape = skeleton(" ".join(remove_stray_chars(line.key).split()))
    alike = [word for word in keys if skeleton(word) == shape]
    if len(alike) != 1:
        return line
    return line._replace(key=match_case(line.key, alike[0]))


def with_plain_colon(line: HeaderLine) -> HeaderLine:
    """The key's colon with plain spaces: the reader takes no non-breaking ones there."""
    return line._replace(colon=line.colon.replace("\u00a0", " "))
