"""Questions of a command to a person: at the terminal, or on the editor's page, whose server has started the command.

The page's server sets `DIALOGUE` for the process of the command. A question is then a line of JSON on standard output
after the record separator (RFC 7464), so that it can't be taken for a message, and its answer a line of JSON on standard
input; at the end of the input the person has left. In the same way the page is told what begins and how it has ended.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

DIALOGUE = "HROMADA_DIALOGUE"
RECORD = "\x1e"

Ask = Callable[[str], str]  # a question to a person's answer; EOFError when they leave
Tell = Callable[[Mapping[str, Any]], None]  # a record to the page, if one listens

# What a person at a page can't do or need not know: sentences with commands and settings of the terminal; names of commits.
_COMMAND = re.compile(
    r"\b(?:make|git|ghp-import|FORCE|SITEURL|DOMAIN)\b|термінал|pyproject|publishconf|\b(?:fatal|error|remote|hint|warning):",
    re.IGNORECASE,
)
_COMMIT = re.compile(r",? коміт [0-9a-f]{7,}")
_SENTENCES = re.compile(r"(?<=[.!?]) +(?=[^a-zа-яіїєґ])")


def plain_lines(message: str) -> list[str]:
    """A message of the terminal for a page: without the sentences that say which command to type."""
    lines = []
    for line in message.splitlines():
        kept = [sentence for sentence in _SENTENCES.split(line.strip()) if not _COMMAND.search(sentence)]
        lines.append(_COMMIT.sub("", " ".join(kept)))
    return [line for line in lines if line]


class Question(str):
    """A question in the terminal's words, and what a page shows instead: the answers to choose from, or one to correct."""

    __slots__ = ("choices", "default", "details", "label")
    choices: tuple[tuple[str, str], ...]
    default: str
    label: str
    details: tuple[str, ...]

    def __new__(
        cls, words: str, *, choices: tuple[tuple[str, str], ...] = (), default: str = "", label: str = "",
        details: Sequence[str] = (),
    ) -> Question:  # fmt: skip
        """`choices` are answers with what they mean; `label` are the words of a page, `details` what it shows above them."""
        question = super().__new__(cls, words)
        question.choices, question.default, question.label, question.details = choices, default, label, tuple(details)
        return question


def person(environ: Mapping[str, str], answers: TextIO, messages: TextIO) -> Ask | None:
    """Asks whoever can answer; None where nobody can."""
    if environ.get(DIALOGUE):
        return _ask_page(answers, messages)
    return input if answers.isatty() and messages.isatty() else None


def page(environ: Mapping[str, str], messages: TextIO) -> Tell:
    """Tells the page; at the terminal nothing, which has the command's own words."""
    if not environ.get(DIALOGUE):
        return lambda _record: None

    def tell(record: Mapping[str, Any]) -> None:
        sys.stderr.flush()
        messages.write(f"{RECORD}{json.dumps(record)}\n")
        messages.flush()

    return tell


def _ask_page(answers: TextIO, messages: TextIO) -> Ask:
    tell = page({DIALOGUE: "json"}, messages)

    def ask(question: str) -> str:
        asked = question if isinstance(question, Question) else Question(question)
        words = asked.label or str(asked).strip()
        tell({"words": words, "details": asked.details, "choices": asked.choices, "default": asked.default})
        answer = answers.readline()
        if not answer:
            raise EOFError
        return str(json.loads(answer))

    return ask
