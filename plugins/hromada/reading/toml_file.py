"""A TOML file of editors to values, all faults together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import cast

from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.text import TextRefused, decode

_MOST_DOTS = 200


def _line_of_long_key(lines: list[str]) -> int | None:
    """The line of a key of too many parts: tomllib is quadratic in them, 300,000 take minutes."""
    return next(
        (
            number
            for number, line in enumerate(lines, 1)
            if any(part.count(".") > _MOST_DOTS for part in line.split("="))
        ),
        None,
    )


class TomlFile:
    """A TOML file with the line of any of its words, which tomllib does not keep."""

    def __init__(self, path: str, raw: bytes) -> None:
        self.path, self.problems, self.data = path, list[Problem](), dict[str, object]()
        self._lines: list[str] = []
        try:
            text = decode(raw)
            self._lines = text.split("\n")
            if (line := _line_of_long_key(self._lines)) is not None:
                self.problems.append(self._syntax(line))
                return
            self.data = tomllib.loads(text)
        except RecursionError:
            self.problems.append(self._syntax(self.line("[[[")))
        except TextRefused as refused:
            self.problems.append(Problem(path, refused.line, "encoding", str(refused), refused.fix))
        except tomllib.TOMLDecodeError as error:
            self.problems.append(self._unclear(str(error)))

    def _unclear(self, words: str) -> Problem:
        """What tomllib stumbled over; it names the line alone, and words a repetition in two ways."""
        found = re.search(r"line (\d+)", words)
        line = int(found[1]) if found else len("\n".join(self._lines).rstrip().split("\n"))
        if "Cannot overwrite" in words or "twice" in words:
            key = self._lines[line - 1].partition("=")[0].strip()
            return Problem(self.path, line, "toml-repeated", f"«{key}» записано двічі", "лишіть одне")
        return self._syntax(line)

    def _syntax(self, line: int) -> Problem:
        return Problem(self.path, line, "toml-syntax", "запис TOML незрозумілий", "перевірте лапки, дужки та знак «=»")

    def line(self, word: str) -> int:
        return next((number for number, line in enumerate(self._lines, 1) if word in line), 1)

    def line_of_key(self, key: str) -> int:
        """The line on which a value is given to a key; 1 when there is none."""
        return self._line_of_written_key(key) or 1

    def _line_of_written_key(self, key: str) -> int | None:
        wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        return next((number for number, line in enumerate(self._lines, 1) if wanted.match(line)), None)

    def line_of_table(self, name: str) -> int:
        """The line of `[… ."name"]`: the bare word may stand before it, as another table's value."""
        wanted = re.compile(rf"\s*\[+[^\]]*[\"'.]{re.escape(name)}[\"']?\s*\]")
        return next((number for number, line in enumerate(self._lines, 1) if wanted.match(line)), self.line(name))

    def refuse(self, word: str, code: str, message: str, fix: str = "") -> None:
        self.refuse_line(self.line(word), code, message, fix)

    def refuse_line(self, line: int, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.path, line, code, message, fix))

    def tables(self, name: str) -> list[dict[str, object]]:
        """The `[[name]]` tables; other top-level names are the caller's affair."""
        found = self.data.get(name, [])
        if isinstance(found, list) and all(isinstance(one, dict) for one in found):
            return found
        self.refuse(name, "toml-shape", f"«{name}» записано не так", f"пишіть [[{name}]] і поля під ним")
        return []

    def unknown(self, table: Mapping[str, object], known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                advice = did_you_mean(key, known) or f"можна: {', '.join(known)}"
                line = self._line_of_written_key(key) or self.line(key)
                self.refuse_line(line, "toml-unknown-key", f"невідоме поле «{key}»", advice)

    def text(self, table: Mapping[str, object], key: str, default: str = "") -> str:
        value = table.get(key, default)
        if isinstance(value, str):
            return value.strip()
        self.refuse(key, "toml-shape", f"поле «{key}» має бути текстом у лапках")
        return default

    def words(self, table: Mapping[str, object], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, str):
            value = [value]
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(cast(list[str], value))
        self.refuse(key, "toml-shape", f"поле «{key}» має бути переліком", f'пишіть {key} = ["…", "…"]')
        return ()
