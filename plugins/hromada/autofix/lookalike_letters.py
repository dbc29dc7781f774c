"""Letters that look like others: composed ones, apostrophes, those of keys."""

from __future__ import annotations

import re

from hromada.autofix.markdown_file import HeaderLine, Keys
from hromada.autofix.protected_spans import LETTERS
from hromada.domain.alphabet import APOSTROPHES, match_case, skeleton
from hromada.domain.invisible_chars import remove_stray_chars

APOSTROPHE = "’"
# ʼ is a letter of its own right and stays; what a keyboard gives instead of ’ does not.
_TYPED = re.compile(f"(?<=[{LETTERS}])[{''.join(sorted(set(APOSTROPHES) - {APOSTROPHE, 'ʼ'}))}](?=[{LETTERS}])")


def with_apostrophes(text: str) -> str:
    """The sign inside Ukrainian words that a keyboard has no key for."""
    return _TYPED.sub(APOSTROPHE, text)


def with_known_key(line: HeaderLine, keys: Keys) -> HeaderLine:
    """«tіtle» with a Cyrillic «і» is title; a key that looks like none, or like two, stays as it is."""
    if line.name(keys):
        return line
    shape = skeleton(" ".join(remove_stray_chars(line.key).split()))
    alike = [word for word in keys if skeleton(word) == shape]
    if len(alike) != 1:
        return line
    return line._replace(key=match_case(line.key, alike[0]))
