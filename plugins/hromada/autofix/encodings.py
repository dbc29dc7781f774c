"""Bytes to text where the encoding is certain; a guess would spoil what nobody would read again."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection
from typing import NamedTuple

_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_LETTERS = _UKRAINIAN + "ёыэъ"  # a quotation may be Russian
_SIGNS = "«»„“”‘’–—…№§°±©®™€•·\u00a0\u00ad"
_ALLOWED = frozenset(_LETTERS + _LETTERS.upper() + _SIGNS)
_INSIDE_A_WORD = re.compile(rf"[{_LETTERS}][№§°±©®™€•·«„“”»][{_LETTERS}]", re.IGNORECASE)
_TWO_SCRIPTS = re.compile(rf"[a-z][{_LETTERS}]|[{_LETTERS}][a-z]", re.IGNORECASE)  # «cafй» is a French word
_FEWEST_LETTERS = 8
_MARK = "\ufeff"
_WORD = re.compile(rf"[{_LETTERS}]+", re.IGNORECASE)
# Hardly a text of ten words has none of these; in KOI8-U, CP866 and others read as Windows-1251 they are others.
_FREQUENT = frozenset(re.findall("[а-яґєії]+", """
    і й та на у в з із до за що про не для від року це як його які після час громади ради
"""))  # fmt: skip


class Decoded(NamedTuple):
    """A text with line ends as \\n, and what was wrong with its bytes: «encoding», «mark», «line-ends»."""

    text: str
    mended: tuple[str, ...] = ()


class Undecided(ValueError):
    """The encoding is not certain; the message is Ukrainian."""


def decode_surely(raw: bytes, words: Collection[str], *, is_table: bool = False) -> Decoded:
    """UTF-8, UTF-16 with its mark, or Windows-1251 that reads as Ukrainian; `words` are names of fields and columns.

    A table's text begins with UTF-8's mark where it has other letters than ASCII: without it Excel takes the file for
    Windows-1251, shows garbled letters and saves them so. Any other text has no mark.
    """
    text, is_other = _decoded(raw, words)
    is_marked, text = text.startswith(_MARK), text.removeprefix(_MARK)
    is_bare = is_table and not is_marked and not text.isascii()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = {
        "encoding": is_other or (is_marked and not is_table),
        "mark": is_bare and not is_other,
        "line-ends": plain != text,
    }
    begin = _MARK if is_bare or (is_table and is_marked) else ""
    return Decoded(begin + plain, tuple(kind for kind, is_faulty in faults.items() if is_faulty))


def _decoded(raw: bytes, words: Collection[str]) -> tuple[str, bool]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), True
        except UnicodeDecodeError:
            raise Undecided("файл у пошкодженому UTF-16") from None
    if b"\0" in raw:
        raise Undecided("у файлі є нульові байти, це не текст")
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError:
        text = ""
    if not is_ukrainian(text, words):
        raise Undecided("кодування файлу не визначити напевно")
    return text, True


def is_ukrainian(text: str, words: Collection[str]) -> bool:
    """Whether the text can be nothing else: its own signs alone, no word of two scripts, a word that everybody knows."""
    if not has_own_signs(text) or _TWO_SCRIPTS.search(text):
        return False
    found = [word.casefold() for word in _WORD.findall(text)]
    known = {part for word in words for part in word.casefold().split()}
    return sum(map(len, found)) >= _FEWEST_LETTERS and bool((_FREQUENT | known).intersection(found))


def has_own_signs(text: str) -> bool:
    """Whether every sign beyond ASCII is one that Ukrainian texts have, and signs that are no letters stand between words."""
    return all(sign.isascii() or sign in _ALLOWED for sign in text) and not _INSIDE_A_WORD.search(text)
