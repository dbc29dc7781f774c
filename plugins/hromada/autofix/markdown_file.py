"""A Markdown file taken apart without losing a sign: its header's lines and its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from hromada.autofix.protected_spans import outside_markup
from hromada.domain.front_matter import FENCE, find_header, format_scalar, unquoted
from hromada.domain.header_fields import PROSE

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
        found = _LINE.fullmatch(line)
        return cls(found["key"], found["colon"], found["value"]) if found else None

    def name(self, keys: Keys) -> str:
        """The field's own name; empty for an unknown one."""
        return keys.get(" ".join(self.key.casefold().split()), "")


@dataclass(frozen=True, slots=True)
class Page:
    """The lines before the header, its own, the line that closes it, and the body (none when nothing follows)."""

    before: tuple[str, ...]
    header: tuple[str, ...]
    closing: tuple[str, ...]
    body: str | None

    @classmethod
    def of(cls, text: str) -> Page:
        """Where the header ends is decided as the reader does; one whose fence is never closed is left alone."""
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
        """Every «key: value» line of the header mended."""
        lines = ((line, HeaderLine.of(line)) for line in self.header)
        return replace(self, header=tuple(str(fix(found)) if found else line for line, found in lines))

    def with_values(self, keys: Keys, fields: Collection[str], fix: Callable[[str], str]) -> Page:
        """The values of these fields mended, each line of a longer one on its own."""
        return replace(self, header=tuple(_with_value(self.header, keys, fields, fix)))

    def with_prose(self, keys: Keys, fix: Callable[[str], str]) -> Page:
        """A person's words mended in the body and the header (no categories, by which things are counted); code, links, addresses and tags are hidden from `mend`."""
        return self.with_body(lambda body: outside_markup(body, fix)).with_values(
            keys, PROSE, lambda value: outside_markup(value, fix)
        )


def _with_value(
    lines: tuple[str, ...], keys: Keys, fields: Collection[str], fix: Callable[[str], str]
) -> Iterator[str]:
    name = ""
    for number, line in enumerate(lines):
        found = HeaderLine.of(line)
        if found:
            name = found.name(keys)
        if name not in fields or line.startswith("#"):
            yield line
        elif found:
            goes_on = lines[number + 1 : number + 2] and lines[number + 1].startswith((" ", "\t"))
            yield str(found._replace(value=fix(found.value) if goes_on else _fixed(found.value, fix)))
        else:
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            yield indent + fix(line[len(indent) :])


def _fixed(value: str, fix: Callable[[str], str]) -> str:
    """What the value says, fixed, and written so that it says just that; a list in brackets as it is written."""
    said = unquoted(value)
    if said == value.strip():
        new = fix(value)
        return new if new == value or value.lstrip().startswith("[") else format_scalar(new.strip(" \t"))
    new = fix(said)
    return value if new == said else format_scalar(new)
