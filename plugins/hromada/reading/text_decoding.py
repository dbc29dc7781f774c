"""Decodes files: UTF-8 with or without BOM; tables may be Windows-1251."""

from __future__ import annotations

import codecs
from functools import lru_cache

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.merge_conflict import CODE, FIX, MARKERS_IN_BYTES, find_conflict


class TextRefused(ValueError):
    """The bytes can't be read as text; message and `fix` are Ukrainian."""

    def __init__(self, message: str, fix: str, line: int = 1, code: str = "encoding") -> None:
        super().__init__(message)
        self.fix, self.line, self.code = fix, line, code


# Not allowed in pages, feeds and documents: control characters except tab and line ends, and two non-characters.
_INVISIBLE = lazy_compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROLS = bytes(
    [*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]
)  # nearly none has one, and bytes are looked at quicker
_NON_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")
MEGABYTE = 1_000_000
# The longest text of ten years has 30 KB and the largest table 2 MB; beyond these limits reading takes minutes and gigabytes.
LARGEST = {".md": MEGABYTE, ".toml": MEGABYTE, ".csv": 20 * MEGABYTE, ".json": 100 * MEGABYTE}
_ATTACHED = (
    "content/news/",
    "content/units/",
    "content/pages/",
)  # documents lie there beside the items that link to them
_SAVE_AS_UTF8 = "збережіть файл у кодуванні UTF-8"


@lru_cache(maxsize=1)  # a file is decoded for its header and for its checks
def decode(raw: bytes) -> str:
    """UTF-8 text with line ends as \\n; anything else raises TextRefused."""
    _refuse_binary(raw)
    try:
        return _refuse_conflict(_refuse_invisible(_plain_line_ends(_decoded(raw)), raw), raw)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise TextRefused("файл не в UTF-8 (схоже на Windows-1251)", _SAVE_AS_UTF8, line) from None


def decode_table(raw: bytes) -> str:
    """UTF-8 or, where that fails, Windows-1251, as offices save tables."""
    _refuse_binary(raw)
    try:
        return _refuse_conflict(_refuse_invisible(_plain_line_ends(_decoded(raw)), raw), raw, is_table=True)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    try:
        return _refuse_conflict(_refuse_invisible(_plain_line_ends(raw.decode("cp1251")), raw), raw, is_table=True)
    except UnicodeDecodeError:
        raise TextRefused("файл не в UTF-8 і не у Windows-1251", _SAVE_AS_UTF8, line) from None


def _decoded(raw: bytes) -> str:
    """UTF-8 without its mark; a program that doesn't know the mark has put another one before it."""
    return raw.decode("utf-8-sig").lstrip("\ufeff")


def _refuse_binary(raw: bytes) -> None:
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise TextRefused("файл у кодуванні UTF-16", _SAVE_AS_UTF8)
    if (zero := raw.find(b"\0")) >= 0:
        line = raw.count(b"\n", 0, zero) + 1
        raise TextRefused("у файлі є нульові байти, це не текст", _SAVE_AS_UTF8, line)


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _refuse_invisible(text: str, raw: bytes) -> str:
    if len(raw.translate(None, _CONTROLS)) == len(raw) and not any(sequence in raw for sequence in _NON_CHARACTERS):
        return text
    sign = find_invisible(text)
    if not sign:
        return text
    message, fix = invisible_fault(sign)
    raise TextRefused(message, fix, text.count("\n", 0, text.index(sign)) + 1)


def find_invisible(text: str) -> str:
    """The first character that no page, feed or document may hold; empty without one."""
    match = _INVISIBLE.search(text)
    return match[0] if match else ""


def invisible_fault(sign: str) -> tuple[str, str]:
    """What is said of such a character, and what to do."""
    return f"у рядку невидимий знак U+{ord(sign):04X}", "вилучіть його: наберіть це місце заново"


def _refuse_conflict(text: str, raw: bytes, *, is_table: bool = False) -> str:
    """The text; raises TextRefused if it has conflict markers: checking two mixed versions would give random problems."""
    if any(marker in raw for marker in MARKERS_IN_BYTES) and (conflict := find_conflict(text, is_table=is_table)):
        line, message = conflict
        raise TextRefused(message, FIX, line, CODE)
    return text


def limit_of(path: str) -> int | None:
    """The size limit of a file in bytes, by its path; None for files that are published unchanged."""
    suffix = path[path.rfind(".") :].casefold()
    is_attached = path.startswith(_ATTACHED) and suffix != ".md"
    return None if path.startswith("content/files/") or is_attached else LARGEST.get(suffix)
