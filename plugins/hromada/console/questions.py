"""Questions of a command to a person: at the terminal, or on the editor's page, whose server has started the command.

The page's server sets `DIALOGUE` for the process of the command. A question is then a line of JSON on standard output
after the record separator (RFC 7464), so that it can't be taken for a message, and its answer a line of JSON on standard
input; at the end of the input the person has left.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

DIALOGUE = "HROMADA_DIALOGUE"
RECORD = "\x1e"

Ask = Callable[[str], str]  # a question to a person's answer; EOFError when they leave


class Question(str):
    """A question in the terminal's words, and what a page shows instead: the answers to choose from, or one to correct."""

    __slots__ = ("choices", "default")
    choices: tuple[tuple[str, str], ...]
    default: str

    def __new__(cls, words: str, *, choices: tuple[tuple[str, str], ...] = (), default: str = "") -> Question:
        """`choices` are answers with what they mean."""
        question = super().__new__(cls, words)
        question.choices, question.default = choices, default
        return question


def person(environ: Mapping[str, str], answers: TextIO, messages: TextIO) -> Ask | None:
    """Asks whoever can answer; None where nobody can."""
    if environ.get(DIALOGUE):
        return _ask_page(answers, messages)
    return input if answers.isatty() and messages.isatty() else None


def _ask_page(answers: TextIO, messages: TextIO) -> Ask:
    def ask(question: str) -> str:
        asked = question if isinstance(question, Question) else Question(question)
        sys.stderr.flush()
        record = {"words": str(asked), "choices": asked.choices, "default": asked.default}
        messages.write(f"{RECORD}{json.dumps(record)}\n")
        messages.flush()
        answer = answers.readline()
        if not answer:
            raise EOFError
        return str(json.loads(answer))

    return ask
