"""Cells of the tables that we write: no spreadsheet may take one for a formula, not even after it was saved once more."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

# As Excel and LibreOffice show errors, in English, Ukrainian and Russian; a CSV holds only what was shown.
_ERRORS = frozenset({
    "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!",
    "#UNKNOWN!", "#BUSY!", "#GETTING_DATA", "#EXTERNAL!",
    "#Н/Д", "#ПОСИЛАННЯ!", "#ЗНАЧЕННЯ!", "#ЗНАЧ!", "#ДІЛ/0!", "#ІМ’Я?", "#ІМ'Я?", "#ЧИСЛО!", "#ССЫЛКА!", "#ДЕЛ/0!", "#ИМЯ?", "#ПУСТО!",
    "Err:502", "Err:504", "Err:508", "Err:509", "Err:511", "Err:522",
})  # fmt: skip
# «_x000D_» is how Excel's files name a sign that XML can't hold; programs that turn them into CSV leave it so.
_CONTROL = "(?:[\x00-\x1f\x7f-\x9f\u2028\u2029]|_x00(?:[01][0-9A-Fa-f]|7[Ff])_)"
_CONTROLS = re.compile(f"[ \t]*{_CONTROL}(?:[ ]|{_CONTROL})*")
_FORMULA_CHARS = ("=", "+", "-", "@")
_LATER_PART = re.compile(r"(?<=[,;\t|\r\n])[^,;\t|\r\n]+")


def escape_formula(cell: str) -> str:
    """A cell that a spreadsheet may take for a formula gets a leading apostrophe; any other stays what it is.

    So does one that differs from such a cell by its own apostrophes alone: every text can be got back.
    """
    return f"'{cell}" if _is_formula(cell) else cell


def escape_formula_parts(cell: str) -> str:
    """A cell of a CSV file, whatever a spreadsheet takes for the separator: in another country that is a comma, not `;`.

    Quotation marks don't hold such a cell together, since they stand where none begins; so each part is disarmed, and each line.
    """
    return escape_formula(_LATER_PART.sub(lambda part: escape_formula(part[0]), cell))


def unescape_formula(cell: str) -> str:
    """The text of a cell as it was before `disarmed`."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def to_one_line(text: str) -> str:
    """The text without control characters and line ends: each run of them, with the spaces around it, is a space."""
    return text if text.isprintable() and "_x00" not in text else _CONTROLS.sub(" ", text).strip()


def is_error(text: str) -> bool:
    """Whether a cell's text is what a spreadsheet shows instead of a value."""
    return text.strip() in _ERRORS


def _is_formula(cell: str) -> bool:
    """Whether its first visible sign is one of a formula, in any width, or a control character (a tab) begins it."""
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
    """From this line on the text is no table: `longest` is the most signs of a cell where that is why, else 0."""

    def __init__(self, line: int, longest: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line, self.longest = line, longest


_MAX_BROKEN = (
    100  # rows: each is looked at anew from its next line on, and a cell may swallow 128 KB before it is refused
)


_SPECIAL = ('"', "\r", "\0")  # without these a line is a row, split at each mark: 0.6 of the time of the module csv


def csv_rows(
    text: str, separator: str, broken: Callable[[CsvBroken], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, blank rows too; CsvBroken where a quote isn't closed, or closed within a cell.

    Where `broken` takes such rows, reading goes on with the line below, so that none hides what is wrong further down.
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
