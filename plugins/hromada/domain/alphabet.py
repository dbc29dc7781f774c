"""Ukrainian letters: their order in a dictionary (apostrophes and case do not matter), names alike, a first capital."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

# Latin letters that look like Ukrainian ones.
LOOKALIKES = str.maketrans("aceiopxyABCEHIKMOPTXY", "асеіорхуАВСЕНІКМОРТХУ")
_FACES = str.maketrans("авеікмнорстухѕјһ", "abeikmhopctyxsjh")
APOSTROPHES = "'’ʼ`´‘"
_COMMON = dict.fromkeys(map(ord, '«»„“”"' + APOSTROPHES)) | {ord("–"): "-", ord("—"): "-"}
_UNCOMMON = re.compile(f"[{''.join(map(chr, _COMMON))}]")
_LETTERS = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
# Digits sort before letters, other signs count as a space between words.
_ORDER = {letter: chr(0x1000 + index) for index, letter in enumerate(_LETTERS)}
_DROPPED = dict.fromkeys(map(ord, APOSTROPHES + "\u0301\u00ad"))


def composed(text: str) -> str:
    """«й» and «ї» in one sign each: names of files come from macOS in two, and both look the same."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def sort_key(text: str) -> tuple[str, str]:
    """A key for `sorted`: words compared letter by letter in the order а б в г ґ д е є ж з и і ї й …"""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_DROPPED)
    signs = "".join(sign if sign.isalnum() else " " for sign in folded)
    words = " ".join(signs.split())
    return "".join(_ORDER.get(sign, sign) for sign in words), text


def same_name(text: str) -> str:
    """Names that differ only in case, quotes, apostrophes, hyphen width and spaces are one name: its common form."""
    return " ".join(_folded(text).split())


def same_names(texts: Sequence[str]) -> list[str]:
    """The common form of each name: of many at once in a third of the time."""
    folded = _folded("\n".join(texts)).split("\n")
    if len(folded) != len(texts):  # a name of several lines
        return list(map(same_name, texts))
    return [" ".join(name.split()) for name in folded]


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", text).casefold()
    if _UNCOMMON.search(folded):  # to look for them is many times quicker than to translate
        folded = folded.translate(_COMMON)
    return folded


def capitalized(text: str) -> str:
    """Only the first letter: «начальник» → «Начальник», the rest as it is."""
    return text[:1].upper() + text[1:]


def skeleton(text: str) -> str:
    """What a word looks like: Cyrillic letters as the Latin ones of the same face."""
    return text.casefold().translate(_FACES)


def in_case_of(sample: str, word: str) -> str:
    """A word in small letters with the capitals of the sample: none, the first one, all."""
    if sample.isupper() and len(sample) > 1:
        return word.upper()
    return capitalized(word) if sample[:1].isupper() else word
