"""What can be chosen, a kind of file or a unit, by its number, its id or its name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.alphabet import normalize_name
from hromada.domain.problem import did_you_mean


class DraftRefused(ValueError):
    """The file can't be begun; the message is Ukrainian and says what to write."""


class DraftKind(StrEnum):
    """What `make new` makes; an event is a news item with the event's own fields."""

    NEWS = "news"
    MESSAGE = "message"
    EVENT = "event"
    PAGE = "page"
    REPORT = "report"


class Choice(NamedTuple):
    """One of several: the id that settings name it by, and the name that people do."""

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


def numbered(choices: Sequence[Choice]) -> list[str]:
    """The lines of a list to choose from, numbered from 1."""
    width = len(str(len(choices)))
    return [f"  {number:>{width}}. {choice}" for number, choice in enumerate(choices, 1)]


def chosen(setting: str, reply: str, choices: Sequence[Choice]) -> Choice:
    """The choice that `reply` names, by its number where no setting's name is given; DraftRefused with what is near."""
    reply = reply.strip()
    for number, choice in enumerate(choices, 1):
        if is_named(choice, reply) or (not setting and reply == str(number)):
            return choice
    what = f"{setting}=«{reply}» незрозуміло" if setting else f"«{reply}» незрозуміло"
    raise DraftRefused(
        f"{what}, {did_you_mean(reply, [word for choice in choices for word in choice]) or every_id(choices)}"
    )


def is_named(choice: Choice, word: str) -> bool:
    """Whether a word is the choice's id or name; case and quotes don't matter."""
    return normalize_name(word) in (normalize_name(choice.id), normalize_name(choice.name))


def every_id(choices: Sequence[Choice]) -> str:
    """«можна: news, message»."""
    return f"можна: {', '.join(choice.id for choice in choices)}"
