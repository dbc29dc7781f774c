"""Signs that nobody sees or that look like others: invisible ones, composed letters, apostrophes, keys' letters."""

from __future__ import annotations

import re
import unicodedata

from hromada.domain.alphabet import APOSTROPHES, skeleton
from hromada.mending.masking import LETTERS
from hromada.mending.pages import HeaderLine, Keys

APOSTROPHE = "’"
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_DIRECTIONS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")
# Joiners belong inside emoji and foreign scripts; after a Latin or Cyrillic letter, a digit or a space they are debris.
_JOINERS = re.compile(r"(?<![^\x00-\u024f\u0400-\u04ff\u2010-\u201f\u2026])[\u200c\u200d]")
# ʼ is a letter of its own right and stays; what a keyboard gives instead of ’ does not.
_TYPED = re.compile(f"(?<=[{LETTERS}])[{''.join(sorted(set(APOSTROPHES) - {APOSTROPHE, 'ʼ'}))}](?=[{LETTERS}])")


def without_invisible(text: str) -> str:
    """Zero-width spaces, soft hyphens, marks of direction where no right-to-left script is, stray joiners."""
    text = _JOINERS.sub("", _INVISIBLE.sub("", text))
    return text if _RIGHT_TO_LEFT.search(text) else _DIRECTIONS.sub("", text)


def composed(text: str) -> str:
    """«й» and «ї» in one sign each."""
    return unicodedata.normalize("NFC", text)


def with_apostrophes(text: str) -> str:
    """The sign inside Ukrainian words that a keyboard has no key for."""
    return _TYPED.sub(APOSTROPHE, text)


def with_known_key(line: HeaderLine, keys: Keys) -> HeaderLine:
    """«tіtle» with a Cyrillic «і» is title; a key that looks like none, or like two, stays as it is."""
    if line.name(keys):
        return line
    shape = skeleton(" ".join(without_invisible(line.key).split()))
    alike = [word for word in keys if skeleton(word) == shape]
    if len(alike) != 1:
        return line
    return line._replace(key=_in_case_of(line.key, alike[0]))


def _in_case_of(sample: str, word: str) -> str:
    if sample.isupper() and len(sample) > 1:
        return word.upper()
    return word.capitalize() if sample[:1].isupper() else word
