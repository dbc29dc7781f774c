"""Questions of a command to a person: at the terminal, or on the editor's page, whose server has started the command.

The page's server sets `DIALOGUE` for the process of the command. A question is then a line of JSON on standard output
after the record separator (RFC 7464), so that it can't be taken for a message, and its answer a line of JSON on standard
input; at the end of the input the person has left. In the same way the page is told what begins and how it has ended.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TextIO

DIALOGUE = "HROMADA_DIALOGUE"
RECORD = "\x1e"

Tell = Callable[[Mapping[str, Any]], None]  # a record to the page, if one listens


class Question(str):
    """A question in the terminal's words, and what a page shows instead: the answers to choose from, or one to correct."""

    __slots__ = ("choices", "default", "details", "label")
    choices: tuple[tuple[str, str], ...]
    default: str
    label: str
    details: tuple[str, ...]

    def __new__(
        cls, prompt: str, *, label: str, choices: tuple[tuple[str, str], ...] = (), default: str = "",
        details: Sequence[str] = (),
    ) -> Question:  # fmt: skip
        """`choices` are answers with what they mean; `label` are the words of a page, `details` what it shows above them."""
        question = super().__new__(cls, prompt)
        question.choices, question.default, question.label, question.details = choices, default, label, tuple(details)
        return question


Ask = Callable[[Question], str]  # a question to a person's answer; EOFError when they leave
AskInTerminal = Callable[[str], str]  # of commands that no page starts


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

    def ask(question: Question) -> str:
        tell({
            "words": question.label, "details": question.details, "choices": question.choices, "default": question.default,
        })  # fmt: skip
        answer = answers.readline()
        if not answer:
            raise EOFError
        return str(json.loads(answer))

    return ask
