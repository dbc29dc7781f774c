"""Problems of the content: location, code, Ukrainian message; helpers for messages."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.alphabet import LOOKALIKES
from hromada.domain.lazy_regex import lazy_compile

_SHEET = lazy_compile(r"(?P<file>.+?\.(?:xlsx|xls|ods|csv))#(?P<sheet>.+)", re.IGNORECASE)
_LONGEST_SLIP = 100  # letters: a longer word is no typing error, and the comparison takes quadratic time
_LONGEST_MESSAGE = 400
_LONGEST_ANNOTATION = 4000  # GitHub's runner cuts a message off after 4,096 (_maxIssueMessageLength of actions/runner)


class Level(StrEnum):
    """An error refuses the build, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Problem(NamedTuple):
    """One problem: `message` says what is wrong, `fix` what to write instead; `line` 1 means the whole file.

    In a spreadsheet the path is `content/….xlsx#Аркуш` and the line its row.
    """

    path: str
    line: int
    code: str
    message: str
    fix: str = ""
    level: Level = Level.ERROR

    def __str__(self) -> str:
        message = _in_one_line(self.message)
        text = f"{message}, {self.fix}" if self.fix else message
        prefix = "попередження: " if self.level is Level.WARNING else ""
        return f"{self.path}:{self.line}: {prefix}{text} [{self.code}]"

    def as_json(self) -> dict[str, str | int]:
        """The object of `make check FORMAT=json`."""
        return {
            "path": self.path,
            "line": self.line,
            "level": self.level.value,
            "code": self.code,
            "message": _in_one_line(self.message),
            "fix": self.fix,
        }

    def as_github(self) -> str:
        """The workflow command that makes GitHub show the problem at its line of a diff."""
        message = shorten_middle(self.message, _LONGEST_MESSAGE)
        text = f"{message}, {self.fix}" if self.fix else message
        path, line = self.path, self.line
        if sheet := _SHEET.fullmatch(path):  # a spreadsheet has no lines, so the message names its row
            text = f"аркуш «{sheet['sheet']}», рядок {line}: {text}"
            path, line = sheet["file"], 1
        properties = f"file={_property(path)},line={line},title={_property(self.code)}"
        return f"::{self.level.value} {properties}::{_data(shorten_middle(text, _LONGEST_ANNOTATION))}"


def _data(text: str) -> str:
    """The text escaped for a command's message, as in the toolkit of GitHub Actions."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


class ContentRefused(Exception):
    """The content has errors; Pelican passes `exitcode` on to the shell."""

    exitcode = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def warning(path: str, line: int, code: str, message: str, fix: str = "") -> Problem:
    """A problem that does not refuse the build."""
    return Problem(path, line, code, message, fix, Level.WARNING)


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """«можливо, «title»?», or an empty text when no candidate is similar; case doesn't matter."""
    if len(word) > _LONGEST_SLIP:
        return ""
    originals = {name.casefold(): name for name in candidates}
    near = difflib.get_close_matches(word.casefold(), originals, n=1, cutoff=0.6)
    if not near:
        return ""
    looks_alike = word.casefold() != near[0] and _look(word) == _look(near[0])
    hint = " Тут змішано латинські й кириличні літери" if looks_alike else ""
    return f"можливо, «{originals[near[0]]}»?{hint}"


def _look(word: str) -> str:
    """What people see of a word: Latin letters that look as Cyrillic ones are the same to them."""
    return word.casefold().translate(LOOKALIKES)


def _in_one_line(message: str) -> str:
    """The message in one line, without the middle of a long quotation."""
    return shorten_middle(" ".join(message.split("\n")), _LONGEST_MESSAGE)


def shorten(text: str, most: int) -> str:
    """The text cut to `most` characters, with an ellipsis at its end."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def shorten_middle(text: str, most: int) -> str:
    """The beginning and the end, about `most` characters together, of a longer text."""
    half = most // 2
    return text if len(text) <= most else f"{text[:half]} … {text[-half:]}"
