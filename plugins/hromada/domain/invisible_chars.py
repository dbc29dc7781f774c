"""Invisible characters: their Ukrainian names, and which of them are debris of Word, PDF and messengers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_JOINERS = "\u200c\u200d"
_BREAKS = "\u2028\u2029"
_NAMELESS = "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
NAMES: Mapping[str, str] = {
    "\u00ad": "м’який перенос",
    "\u180e": "роздільник голосних",
    "\u200b": "пробіл нульової ширини",
    "\u200c": "знак роз’єднання",
    "\u200d": "знак з’єднання",
    "\u2028": "знак нового рядка",
    "\u2029": "знак нового абзацу",
    "\u2060": "знак нерозривності",
    **dict.fromkeys("\u2061\u2062\u2063\u2064", "невидимий знак дії"),
    "\ufeff": "позначка BOM посеред тексту",
    **dict.fromkeys(_DIRECTIONS, "знак напрямку письма"),
    **dict.fromkeys(_NAMELESS, ""),
}
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufefc]")
# Joiners are needed inside emoji and other scripts; after a Latin or Cyrillic letter, a digit, a space or each other
# they are debris.
_STRAY_JOINER = rf"(?<![^\x00-\u024f\u0400-\u04ff\u2010-\u201f\u2026{''.join(NAMES)}])[{_JOINERS}]"
_DEBRIS = "".join(char for char in NAMES if char not in _DIRECTIONS + _JOINERS + _BREAKS)
# A line separator inside a line separates two words; beside a space or a line end it means nothing.
_PARTING = rf"(?P<parting>(?<=\S)[{_BREAKS}](?=[{_BREAKS}]*\S))|[{_BREAKS}]"
_ANY = re.compile(f"[{''.join(NAMES)}]")
_STRAY = re.compile(f"[{_DEBRIS}{_DIRECTIONS}]|{_STRAY_JOINER}|{_PARTING}")
_STRAY_BESIDE_RIGHT_TO_LEFT = re.compile(f"[{_DEBRIS}]|{_STRAY_JOINER}|{_PARTING}")


def find_stray_chars(text: str) -> Iterator[re.Match[str]]:
    """A match for each invisible character without a function; direction marks have one beside right-to-left letters."""
    if not _ANY.search(text):
        return iter(())
    return _stray(text).finditer(text)


def remove_stray_chars(text: str) -> str:
    """The text without stray invisible characters; words that only one of them separated get a space between them."""
    return _stray(text).sub(lambda match: " " * bool(match["parting"]), text) if _ANY.search(text) else text


def _stray(text: str) -> re.Pattern[str]:
    return _STRAY_BESIDE_RIGHT_TO_LEFT if _RIGHT_TO_LEFT.search(text) else _STRAY


def describe_char(char: str) -> str:
    """«невидимий знак: м’який перенос (U+00AD)»; without a Ukrainian name the code point alone."""
    name, code_point = NAMES.get(char, ""), f"U+{ord(char):04X}"
    return f"невидимий знак: {name} ({code_point})" if name else f"невидимий знак {code_point}"
