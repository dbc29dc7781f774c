"""A talk on the terminal: what a setting does not say is asked for, and asked again until it is understood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hromada.console.messages import print_lines
from hromada.domain.alphabet import capitalized
from hromada.scaffolding.choices import Choice, DraftRefused, format_choices, list_ids, parse_choice

T = TypeVar("T")
Ask = Callable[[str], str]  # a question to a person's answer; EOFError when they leave
_EXAMPLES = {
    "UNIT": 'make new KIND=message UNIT=viddil-zhkh TITLE="Графік прийому"',
    "PERIOD": "make new KIND=report PERIOD=2022-H1",
}
_EXAMPLE = 'make new KIND=news TITLE="Зустріч із мешканцями"'


def choice(setting: str, value: str, choices: Sequence[Choice], question: str, ask: Ask | None) -> Choice:
    """What the setting names, or else a person from a numbered list."""
    if value or ask is None:
        try:
            return settled(
                setting, value, lambda word: parse_choice(setting, word, choices), "", None, list_ids(choices)
            )
        except DraftRefused as refused:
            if ask is None:
                raise
            print_lines(_sentence(str(refused)))
    print_lines(question, *format_choices(choices))
    return settled("", "", lambda reply: parse_choice("", reply, choices), "Номер або назва", ask)


def settled(setting: str, value: str, parse: Callable[[str], T], question: str, ask: Ask | None, advice: str = "") -> T:
    """What the setting, or else a person's answer, gives; an answer that is refused is asked for again."""
    if not value and ask is None:
        raise DraftRefused(
            f"не вказано {setting}, {advice or 'напишіть його'}. Наприклад: {_EXAMPLES.get(setting, _EXAMPLE)}"
        )
    while True:
        try:
            return parse(value or (ask(f"{question}: ") if ask else ""))
        except DraftRefused as refused:
            if ask is None:
                raise
            print_lines(_sentence(str(refused)))
            value = ""


def _sentence(words: str) -> str:
    return capitalized(words) + ("" if words.endswith("?") else ".")
