"""A Markdown file split into header lines and body without loss: str(Page.of(text)) == text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from hromada.autofix.protected_spans import outside_markup
from hromada.domain.alphabet import match_case, skeleton
from hromada.domain.front_matter import FENCE, find_header, format_scalar, unquoted
from hromada.domain.header_fields import PROSE
from hromada.domain.invisible_chars import remove_stray_chars

_LINE = re.compile(r"(?P<key>[^\W\d_][^:\n]*?)(?P<colon>[ \t\u00a0]*:[ \t\u00a0]*)(?P<value>.*)", re.DOTALL)

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


@dataclass(frozen=True, slots=True)
class Page:
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
