"""Bytes to text where the encoding is certain, and text that was encoded twice; a wrong guess would spoil the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from hromada.domain.lazy_regex import lazy_compile

_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_LETTERS = _UKRAINIAN + "ёыэъ"  # a quotation may be Russian
_PUNCTUATION = "«»„“”‘’–—…№§°±©®™€•·\u00a0\u00ad"
_ALLOWED = frozenset(_LETTERS + _LETTERS.upper() + _PUNCTUATION)
_INSIDE_A_WORD = lazy_compile(rf"[{_LETTERS}][№§°±©®™€•·«„“”»][{_LETTERS}]", re.IGNORECASE)
_TWO_SCRIPTS = lazy_compile(rf"[a-z][{_LETTERS}]|[{_LETTERS}][a-z]", re.IGNORECASE)  # «cafй» is a French word
_FEWEST_LETTERS = 8
_BOM = "\ufeff"
_WORD = lazy_compile(rf"[{_LETTERS}]+", re.IGNORECASE)
# Nearly every text of ten words has one of these; KOI8-U, CP866 and others read as Windows-1251 give other letters.
_FREQUENT = frozenset(re.findall("[а-яґєії]+", """
    і й та на у в з із до за що про не для від року це як його які після час громади ради
"""))  # fmt: skip


class Decoded(NamedTuple):
    """A text with line ends as \\n, and the ids of the faults of its bytes: «encoding», «mark» (BOM), «line-ends»."""

    text: str
    faults_fixed: tuple[str, ...] = ()


class EncodingUncertain(ValueError):
    """The encoding is not certain; the message is Ukrainian."""


def decode_certain(raw: bytes, known_words: Collection[str], *, is_table: bool = False) -> Decoded:
    """Decode UTF-8, UTF-16 with a BOM, or Windows-1251 that reads as Ukrainian; EncodingUncertain otherwise.

    `known_words` are names of fields and columns, which count as evidence. A table with other characters than ASCII begins
    with the BOM: without it Excel takes the file for Windows-1251, shows garbled letters and saves them so. Any other
    text has none.
    """
    text, is_other = _decoded(raw, known_words)
    is_marked, text = text.startswith(_BOM), text.removeprefix(_BOM)
    is_bare = is_table and not is_marked and not text.isascii()
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    faults = {
        "encoding": is_other or (is_marked and not is_table),
        "mark": is_bare and not is_other,
        "line-ends": plain != text,
    }
    begin = _BOM if is_bare or (is_table and is_marked) else ""
    return Decoded(begin + plain, tuple(kind for kind, is_faulty in faults.items() if is_faulty))


def _decoded(raw: bytes, known_words: Collection[str]) -> tuple[str, bool]:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return raw.decode("utf-16"), True
        except UnicodeDecodeError:
            raise EncodingUncertain("файл у пошкодженому UTF-16") from None
    if b"\0" in raw:
        raise EncodingUncertain("у файлі є нульові байти, це не текст")
    try:
        return raw.decode("utf-8"), False
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp1251")
    except UnicodeDecodeError:
        text = ""
    if not is_ukrainian(text, known_words):
        raise EncodingUncertain("кодування файлу не визначити напевно")
    return text, True


def is_ukrainian(text: str, known_words: Collection[str]) -> bool:
    """Whether the text is surely Ukrainian: no foreign characters, no word of two scripts, at least one frequent word."""
    if not has_only_ukrainian_characters(text) or _TWO_SCRIPTS.search(text):
        return False
    text_words = [word.casefold() for word in _WORD.findall(text)]
    evidence = {part for word in known_words for part in word.casefold().split()}
    return sum(map(len, text_words)) >= _FEWEST_LETTERS and bool((_FREQUENT | evidence).intersection(text_words))


def has_only_ukrainian_characters(text: str) -> bool:
    """Whether every character beyond ASCII occurs in Ukrainian texts, with punctuation only between words."""
    return all(character.isascii() or character in _ALLOWED for character in text) and not _INSIDE_A_WORD.search(text)


_SURE = lazy_compile("[а-яґєії]{3}", re.IGNORECASE)  # so many Cyrillic letters in a row are no accident


def _byte_table(encoding: str) -> dict[str, int]:
    """Characters to the bytes above ASCII they stand for; a byte undefined in the encoding is its control character."""
    table = {chr(byte): byte for byte in range(0x80, 0xA0)}
    return table | {bytes([byte]).decode(encoding, "ignore") or chr(byte): byte for byte in range(0x80, 0x100)}


_BYTE_TABLES = tuple(_byte_table(encoding) for encoding in ("cp1252", "cp1251"))
_RUN = lazy_compile(r"[^\x00-\x7f]+")


def repair_mojibake(text: str) -> str:
    """The text with double encoding undone («Ð”Ð°Ñ‚Ð°» → «Дата»), any number of times; doubtful lines stay."""
    return "\n".join(line if line.isascii() else _repaired_line(line) for line in text.split("\n"))


def _repaired_line(line: str) -> str:
    return next((better for table in _BYTE_TABLES if (better := _read_back(line, table)) != line), line)


def _read_back(line: str, table: Mapping[str, int]) -> str:
    runs = {run: _repaired_run(run, table) for run in _RUN.findall(line)}
    if not any(_SURE.search(text) for text in runs.values()):
        return line
    return _RUN.sub(lambda match: runs[match[0]] or match[0], line)


def _repaired_run(run: str, table: Mapping[str, int]) -> str:
    """The run decoded once more; empty where it gives no Ukrainian text or a character is cut in half."""
    try:
        text = bytes(table[character] for character in run).decode("utf-8")
    except (KeyError, UnicodeDecodeError):
        return ""
    deeper = next((match for other in _BYTE_TABLES if (match := _repaired_run(text, other))), "")
    return deeper or text * has_only_ukrainian_characters(text)
