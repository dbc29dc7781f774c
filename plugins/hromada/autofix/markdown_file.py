"""A Markdown file taken apart without losing a sign: its header's lines and its body."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from hromada.autofix.protected_spans import outside_markup
from hromada.domain.header_fields import PROSE

DATES = frozenset({"date", "modified", "event-date", "event-end", "expires", "closed"})
WORDS = frozenset({"status", "lang", "kind", "confirmed", "complete", "period"})
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
        """Where the header ends is decided as the reader does; one that never ends is left alone."""
        lines = text.split("\n")
        start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
        ends: Callable[[str], bool] = lambda line: not line.strip()  # noqa: E731  # one of two tests
        if start < len(lines) and lines[start].rstrip() == "---":
            start += 1
            ends = lambda line: line.rstrip() in ("---", "...")  # noqa: E731
        end = next((number for number in range(start, len(lines)) if ends(lines[number])), None)
        if end is None:
            return cls(tuple(lines), (), (), None)
        rest = lines[end + 1 :]
        return cls(
            tuple(lines[:start]), tuple(lines[start:end]), (lines[end],), "\n".join(rest) if rest else None
        )  # fmt: skip

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
    for line in lines:
        found = HeaderLine.of(line)
        if found:
            name = found.name(keys)
        if name not in fields or line.startswith("#"):
            yield line
        elif found:
            yield str(found._replace(value=fix(found.value)))
        else:
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            yield indent + fix(line[len(indent) :])
