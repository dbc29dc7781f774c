"""Meta's JSON shows the UTF-8 bytes of a text as Latin-1 characters: «Ð Ð°Ð´Ð°» for «Рада». Here it is mended.

Known since 2018 (stackoverflow.com/questions/50008296); every reader of these exports does the same.
"""

from __future__ import annotations

import re

_LETTER = re.compile(r"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")  # UTF-8's forms


def mend(text: str) -> str:
    """The text that was meant; one that is whole already stays what it is.

    A text with any letter beyond Latin-1 was written correctly. In one cut midway through a letter the letters that
    are whole are mended.
    """
    if text.isascii() or any(sign > "\xff" for sign in text):
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return _LETTER.sub(_letter, text)


def _letter(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
