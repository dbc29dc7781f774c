"""Bytes to text: editors' files are UTF-8, with or without BOM; registers may be Windows-1251."""

from __future__ import annotations

import codecs


class TextRefused(ValueError):
    """The bytes are no text that we read; the message and `fix` are Ukrainian."""

    def __init__(self, message: str, fix: str, line: int = 1) -> None:
        super().__init__(message)
        self.fix = fix
        self.line = line


_SAVE_AS_UTF8 = "збережіть файл у кодуванні UTF-8"


def decode(raw: bytes) -> str:
    """UTF-8 text with line ends as \\n; anything else raises TextRefused."""
    _refuse_binary(raw)
    try:
        return _plain_line_ends(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TextRefused("файл не в UTF-8 (схоже на Windows-1251)", _SAVE_AS_UTF8, line) from None


def decode_table(raw: bytes) -> str:
    """UTF-8 or, where that fails, Windows-1251, as offices save tables."""
    _refuse_binary(raw)
    try:
        return _plain_line_ends(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        return _plain_line_ends(raw.decode("cp1251"))
    except UnicodeDecodeError:
        raise TextRefused("файл не в UTF-8 і не у Windows-1251", _SAVE_AS_UTF8, line) from None


def _refuse_binary(raw: bytes) -> None:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TextRefused("файл у кодуванні UTF-16", _SAVE_AS_UTF8)
    if (zero := raw.find(b"\0")) >= 0:
        line = raw.count(b"\n", 0, zero) + 1
        raise TextRefused("у файлі є нульові байти, це не текст", _SAVE_AS_UTF8, line)


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
