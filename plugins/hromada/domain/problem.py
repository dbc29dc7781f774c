"""What is wrong with the content: a value with a place, a code and Ukrainian words."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_LONGEST_SLIP = 100  # letters: a word that long is no slip of the hand, and comparing takes its length times theirs
_LONGEST_MESSAGE = 400


class Level(StrEnum):
    """An error refuses the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding: `message` says what is wrong, `fix` what to write instead; `line` 1 means the whole file."""

    path: str
    line: int
    code: str
    message: str
    fix: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        message = _shortened(self.message)
        words = f"{message}, {self.fix}" if self.fix else message
        mark = "попередження: " if self.level is Level.WARNING else ""
        return f"{self.path}:{self.line}: {mark}{words} [{self.code}]"

    def as_json(self) -> dict[str, str | int]:
        """The object of `make check FORMAT=json`."""
        return {
            "path": self.path,
            "line": self.line,
            "level": self.level.value,
            "code": self.code,
            "message": _shortened(self.message),
            "fix": self.fix,
        }


class ContentRefused(Exception):
    """The content has errors; Pelican passes `exitcode` on to the shell."""

    exitcode = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def warning(path: str, line: int, code: str, message: str, fix: str = "") -> Problem:
    """A problem that does not refuse the build."""
    return Problem(path, line, code, message, fix, Level.WARNING)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """«можливо, «title»?», or nothing when no known word is near; case does not matter."""
    if len(word) > _LONGEST_SLIP:
        return ""
    originals = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(word.casefold(), originals, n=1, cutoff=0.6)
    return f"можливо, «{originals[near[0]]}»?" if near else ""


def _shortened(message: str) -> str:
    """A message that quotes a page of text keeps its beginning and its end; a line break would end the message."""
    message = " ".join(message.split("\n"))
    half = _LONGEST_MESSAGE // 2
    return message if len(message) <= _LONGEST_MESSAGE else f"{message[:half]} … {message[-half:]}"
