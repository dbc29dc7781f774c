"""Texts of table cells and rows of CSV: formulas are escaped, quotes that would swallow rows are refused."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from hromada.domain.lazy_regex import lazy_compile

# Error values of Excel and LibreOffice in English, Ukrainian and Russian, as CSV exports have them.
ERROR_VALUES = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
    "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!",
    "#Н/Д", "#ПОСИЛАННЯ!", "#ЗНАЧЕННЯ!", "#ЗНАЧ!", "#ДІЛ/0!", "#ІМ’Я?", "#ІМ'Я?", "#ЧИСЛО!", "#ССЫЛКА!", "#ДЕЛ/0!", "#ИМЯ?", "#ПУСТО!",
    "Err:502", "Err:504", "Err:508", "Err:509", "Err:511", "Err:522",
})  # fmt: skip
# Excel's files encode characters that XML can't hold as «_x000D_»; converters to CSV leave them so.
_CONTROL = "(?:[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]|_x00(?:[01][0-9A-Fa-f]|7[Ff])_)"
_CONTROLS = lazy_compile(f"[ \t]*{_CONTROL}(?:[ ]|{_CONTROL})*")
# What messengers and Windows put into copied dates, names and addresses; no such value needs any of them.
_UNSEEN = lazy_compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_FORMULA_CHARS = ("=", "+", "-", "@")
_LATER_PART = lazy_compile(r"(?<=[,;\t|\r\n])[^,;\t|\r\n]+")


def escape_formula(cell: str) -> str:
    """The cell with a leading apostrophe where a spreadsheet could read a formula (CSV injection), else unchanged.

    Cells that begin with apostrophes before a formula get one more, so that `unescape_formula` restores every text.
    """
    return f"'{cell}" if _is_formula(cell) else cell


def escape_formula_parts(cell: str) -> str:
    """A cell of a CSV file escaped for any separator: in other countries spreadsheets split at a comma, not at `;`.

    Quotes don't protect such a cell, since for another separator they are not at its beginning; so every part and line is escaped.
    """
    return escape_formula(_LATER_PART.sub(lambda part: escape_formula(part[0]), cell))


def unescape_formula(cell: str) -> str:
    """The text of a cell before `escape_formula`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def to_one_line(text: str) -> str:
    """The text with every run of control characters and line ends, and the spaces around it, replaced by a space."""
    return text if text.isprintable() and "_x00" not in text else _CONTROLS.sub(" ", text).strip()


def without_unseen(text: str) -> str:
    """The text without invisible characters, for values that are compared: dates, names, addresses."""
    return text if text.isprintable() else _UNSEEN.sub("", text).strip()


def is_error(text: str) -> bool:
    """Whether the text is a spreadsheet's error value."""
    return text.strip() in ERROR_VALUES


def _is_formula(cell: str) -> bool:
    """Whether the first visible character begins a formula, in any width, or the cell begins with a control character."""
    if cell[:1].isalnum():
        return False
    text = cell.lstrip("'")
    if text and unicodedata.category(text[0]) == "Cc":
        return True
    for char in text:
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf"):
            return unicodedata.normalize("NFKC", char).startswith(_FORMULA_CHARS)
    return False


class CsvBroken(ValueError):
    """Invalid CSV from this line on; `longest` is the limit of a cell's length where that was exceeded, else 0."""

    def __init__(self, line: int, longest: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line, self.longest = line, longest


_MAX_BROKEN = (
    100  # rows: after each, reading restarts at the next line, and a cell may take 128 KB before it is refused
)


_SPECIAL = (
    '"',
    "\r",
    "\0",
)  # without these a line is a row, split at each separator: 0.6 of the time of the csv module


def csv_rows(
    text: str, separator: str, broken: Callable[[CsvBroken], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, blank rows too; CsvBroken where a quote isn't closed, or is closed within a cell.

    With a callback `broken` reading continues with the next line, so that one error doesn't hide others.
    """
    if not any(char in text for char in _SPECIAL):
        lines = text.split("\n")
        if max(map(len, lines)) <= csv.field_size_limit():
            last = len(lines) - (not lines[-1])  # behind the last line's end is no line
            yield from ((line, row.split(separator) if row else []) for line, row in enumerate(islice(lines, last), 1))
            return
    reader, before, faults = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 0, 0
    lines = []
    while True:
        line = before + 1
        try:
            for cells in reader:
                yield line, cells
                line = before + reader.line_num + 1
            return
        except csv.Error as error:
            fault = CsvBroken(line, csv.field_size_limit() if "field larger" in str(error) else 0)
            faults += 1
            if broken is None or faults > _MAX_BROKEN:
                raise fault from None
            broken(fault)
            lines = lines or io.StringIO(text, newline="").readlines()
            reader, before = csv.reader(islice(lines, line, None), delimiter=separator, strict=True), line
