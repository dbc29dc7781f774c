"""Reads a TOML file of editors with line numbers; all errors are reported together."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Self, cast

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.private_address import find_private_addresses
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.text_decoding import TextRefused, decode, find_invisible, invisible_fault

_MOST_DOTS = 200
_LOOKED_UP = 1_000  # problems with exact lines: each lookup scans its part of the file
_LISTS = frozenset({"account", "alert", "figure", "task"})  # tables that may occur several times
_HEADER = lazy_compile(r"\s*\[\[?([^\[\]]+)\]\]?\s*(?:#.*)?")


def _line_of_long_key(lines: list[str]) -> int | None:
    """The line of a key with too many parts: tomllib is quadratic in them, 300,000 take minutes."""
    return next(
        (index for index, line in enumerate(lines, 1) if any(part.count(".") > _MOST_DOTS for part in line.split("="))),
        None,
    )


def _texts(value: object) -> Iterator[str]:
    """All texts in a TOML value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _escapes(sign: str) -> tuple[str, ...]:
    """The ways to write a character as an escape in TOML."""
    short = {"\b": "\\b", "\f": "\\f"}.get(sign)
    long = tuple(f"\\{form % ord(sign)}" for form in ("u%04x", "u%04X", "U%08x", "U%08X"))
    return (short, *long) if short else long


class TomlFile:
    """A parsed TOML file with lookups of line numbers, which tomllib doesn't provide.

    The same word may occur in several tables: a `part` looks only in its own lines.
    """

    def __init__(self, path: str, raw: bytes) -> None:
        self.path, self.problems, self.data = path, list[Problem](), dict[str, object]()
        self._lines: list[str] = []
        self._first = 1  # the number of the first line of this part
        try:
            text = decode(raw)
            self._lines = text.split("\n")
            if (line := _line_of_long_key(self._lines)) is not None:
                self.problems.append(self._syntax(line))
                return
            self.data = tomllib.loads(text)
            self._refuse_private_addresses()
            self._refuse_escaped_controls()
        except RecursionError:
            self.problems.append(self._syntax(self.line("[[[")))
        except TextRefused as refused:
            self.problems.append(Problem(path, refused.line, refused.code, str(refused), refused.fix))
        except tomllib.TOMLDecodeError as error:
            self.problems.append(self._unclear(str(error)))

    def _refuse_private_addresses(self) -> None:
        """Refuse addresses in any value that work for their author alone."""
        for text in _texts(self.data):
            for _, address, fault in find_private_addresses(text):
                self.refuse(address, "link-private", *fault)

    def _refuse_escaped_controls(self) -> None:
        """Refuse what pages and feeds may not hold: here an escape, «\\u0001», could bring it in."""
        for text in _texts(self.data):
            if sign := find_invisible(text):
                escape = next((way for way in _escapes(sign) if any(way in line for line in self._lines)), "\\")
                self.refuse(escape, "encoding", *invisible_fault(sign))

    def _unclear(self, message: str) -> Problem:
        """The problem of a tomllib error, whose message has the line, and one of two wordings for a repeated key."""
        match = re.search(r"line (\d+)", message)
        line = int(match[1]) if match else len("\n".join(self._lines).rstrip().split("\n"))
        if "Cannot overwrite" in message or "twice" in message:
            key = self._lines[line - 1].partition("=")[0].strip()
            if key.startswith("[") and (name := key.partition("#")[0].strip("[] \t")) in _LISTS:
                return self._no_list(name, line)
            return Problem(self.path, line, "toml-repeated", f"«{key}» записано двічі", "лишіть одне")
        return self._syntax(line)

    def _no_list(self, name: str, line: int) -> Problem:
        """The problem of tables of a list of which one has single brackets: TOML takes it for the only one."""
        single = re.compile(rf"\s*\[\s*{name}\s*\]\s*(?:#.*)?")
        first = next((number for number, text in enumerate(self._lines, 1) if single.fullmatch(text)), line)
        return Problem(self.path, first, "toml-shape", f"«{name}» записано не так", f"пишіть [[{name}]] і поля під ним")

    def _syntax(self, line: int) -> Problem:
        return Problem(self.path, line, "toml-syntax", "запис TOML незрозумілий", "перевірте лапки, дужки та знак «=»")

    def part(self, name: str) -> Self:
        """The part of the table `[name]`; from the name on, where it is written in another form."""
        tables = self._written(name)
        return tables[0] if tables else self._within(self.line_of_key(name), None)

    def _written(self, name: str) -> list[Self]:
        """The parts of the tables with a header of this name, each with its subtables."""
        headers = [(line, title) for line, title in self._headers() if not title.startswith(f"{name}.")]
        ends = [line for line, _ in headers[1:]]
        return [self._within(line, end) for (line, title), end in zip_longest(headers, ends) if title == name]

    def _within(self, first: int, end: int | None) -> Self:
        part = copy.copy(self)  # with the same list of problems
        part._first, part._lines = first, self._lines[first - 1 : end and end - 1]
        return part

    def _headers(self) -> list[tuple[int, str]]:
        matches = ((line, _HEADER.fullmatch(text)) for line, text in enumerate(self._lines, self._first))
        return [(line, match[1].strip().strip("\"'")) for line, match in matches if match]

    def line(self, word: str) -> int:
        if len(self.problems) > _LOOKED_UP:
            return self._first
        return next((index for index, line in enumerate(self._lines, self._first) if word in line), self._first)

    def line_of_key(self, key: str) -> int:
        """The line of `key = …` before any subtable, else of the table with this name."""
        if len(self.problems) > _LOOKED_UP:
            return self._first
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[=.]")
        for index, line in enumerate(self._lines, self._first):
            if pattern.match(line):
                return index
            if index > self._first and _HEADER.fullmatch(line):
                break
        return self.line_of_table(key)

    def line_of_table(self, name: str) -> int:
        """The line of the header `[… ."name"]`, since the bare word may occur earlier as a value."""
        pattern = re.compile(rf"\s*\[+(?:[^\]]*[\"'.])?{re.escape(name)}[\"']?\s*\]")
        lines = (index for index, line in enumerate(self._lines, self._first) if pattern.match(line))
        return next(lines, self.line(name))

    def refuse(self, word: str, code: str, message: str, fix: str = "") -> None:
        self.refuse_line(self.line(word), code, message, fix)

    def refuse_line(self, line: int, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.path, line, code, message, fix))

    def tables(self, name: str) -> list[tuple[Self, dict[str, object]]]:
        """The `[[name]]` tables, each with its part of the file."""
        tables = self.data.get(name, [])
        if isinstance(tables, list) and all(isinstance(table, dict) for table in tables):
            parts = self._written(name)
            return list(
                zip(parts if len(parts) == len(tables) else [self.part(name)] * len(tables), tables, strict=True)
            )
        self.refuse(name, "toml-shape", f"«{name}» записано не так", f"пишіть [[{name}]] і поля під ним")
        return []

    def unknown(self, table: Mapping[str, object], keys: tuple[str, ...]) -> None:
        for key in table:
            if key not in keys:
                advice = did_you_mean(key, keys) or f"можна: {', '.join(keys)}"
                self.refuse_line(self.line_of_key(key), "toml-unknown-key", f"невідоме поле «{key}»", advice)

    def text(self, table: Mapping[str, object], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value.strip()
        self.refuse_line(self.line_of_key(key), "toml-shape", f"поле «{key}» має бути текстом у лапках")
        return default

    def words(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(cast(list[str], value))
        self.refuse_line(
            self.line_of_key(key), "toml-shape", f"поле «{key}» має бути переліком", f'пишіть {key} = ["…", "…"]'
        )
        return ()
