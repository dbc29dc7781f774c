"""Choices of `make new` (kinds of files, units), by number, id or name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.alphabet import normalize_name
from hromada.domain.problem import did_you_mean


class DraftRefused(ValueError):
    """The file can't be created; the message is Ukrainian and says what to write."""


class DraftKind(StrEnum):
    """What `make new` creates; an event is a news item with fields of an event."""

    NEWS = "news"
    MESSAGE = "message"
    EVENT = "event"
    PAGE = "page"
    REPORT = "report"


class Choice(NamedTuple):
    """A choice: its id for settings, its name for people."""

    id: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.id})"


KINDS = (
    Choice(DraftKind.NEWS, "новина"),
    Choice(DraftKind.MESSAGE, "повідомлення"),
    Choice(DraftKind.EVENT, "подія"),
    Choice(DraftKind.PAGE, "сторінка"),
    Choice(DraftKind.REPORT, "звіт"),
)


def format_choices(choices: Sequence[Choice]) -> list[str]:
    """The lines of a list to choose from, numbered from 1."""
    width = len(str(len(choices)))
    return [f"  {number:>{width}}. {choice}" for number, choice in enumerate(choices, 1)]


def parse_choice(setting: str, reply: str, choices: Sequence[Choice]) -> Choice:
    """The choice that `reply` names; numbers count only without a `setting`. DraftRefused suggests a similar one."""
    reply = reply.strip()
    for number, choice in enumerate(choices, 1):
        if matches_choice(choice, reply) or (not setting and reply == str(number)):
            return choice
    what = f"{setting}=«{reply}» незрозуміло" if setting else f"«{reply}» незрозуміло"
    raise DraftRefused(
        f"{what}, {did_you_mean(reply, [word for choice in choices for word in choice]) or list_ids(choices)}"
    )


def matches_choice(choice: Choice, word: str) -> bool:
    """Whether a word is the choice's id or name; case and quotes don't matter."""
    return normalize_name(word) in (normalize_name(choice.id), normalize_name(choice.name))


def list_ids(choices: Sequence[Choice]) -> str:
    """«можна: news, message»."""
    return f"можна: {', '.join(choice.id for choice in choices)}"
