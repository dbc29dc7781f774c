"""Validation of cells by column: values that programs may have changed are refused, not guessed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from hromada.domain.problem import shorten
from hromada.domain.table_text import is_error, to_one_line, unescape_formula
from hromada.reading.columns import shown
from hromada.reading.record import CellType, Record

_RETYPE = "задайте стовпцю текстовий формат і впишіть значення знову"
_EXPONENT = re.compile(r"\d(?:[.,]\d+)?[EeЕе]\+?\d+")  # with a Cyrillic Е, too
_DOUBTFUL = frozenset("#E-–—'")
_FIRST = itemgetter(slice(1))
_WHOLE = re.compile(r"(\d{1,9})[.,]0{1,2}", re.ASCII)  # 3,0; but 1,000 may be a thousand
_LINK = re.compile(r"(?:https?://)?[^\s/…]+\.[^\s/…]{2,}/[^\s…]+")  # with a path: a host alone is a caption


class CellFault(NamedTuple):
    """Why a cell can't be read; message and fix are Ukrainian."""

    code: str
    message: str
    fix: str


def are_verbatim(texts: Collection[str]) -> bool:
    """Whether CSV cells, except ids and counts, can be taken without further checks; nearly all can."""
    together = "".join(texts)
    return _DOUBTFUL.isdisjoint(map(_FIRST, texts)) and together == to_one_line(together)


def are_columns_verbatim(columns: Mapping[str, Sequence[str]]) -> bool:
    """Whether all CSV cells of these columns, ids and counts included, can be taken without further checks."""
    return (
        not any(map(_EXPONENT.fullmatch, columns.get("id", ())))
        and not any(map(_WHOLE.fullmatch, columns.get("count", ())))
        and all(map(are_verbatim, columns.values()))
    )


def read_cell(record: Record, column: int, name: str) -> str | CellFault:
    """The text of a cell in a known column, or why it can't be read."""
    text, kind = unescape_formula(record.cells[column]), record.kinds.get(column)
    if name == "url" and not _LINK.fullmatch(text) and (target := record.links.get(column)):
        return target
    if name == "count" and column in record.merged:
        return CellFault(
            "register-merged",
            f"клітинку «{shown(name)}» ({text}) об’єднано на кілька рядків",
            "впишіть кожному рядку своє число",
        )
    if text in ("-", "–", "—") and name not in ("date", "title", "count"):
        return ""  # a dash means «none»; otherwise all dashes would be one link
    if is_error(text):
        kind = CellType.ERROR
    elif name == "id" and _EXPONENT.fullmatch(text):
        kind = CellType.LONG
    if kind is not None:
        return _of_kind(kind, name, text)
    if name == "count" and (match := _WHOLE.fullmatch(text)):
        return match[1]
    return text


def stray_fault(record: Record) -> CellFault:
    """The fault of a row without a value in the known columns: a signature, a note, a stray cell."""
    column, text = min(record.cells.items())
    short = shorten(text, 40)
    return CellFault(
        "register-stray", f"поза стовпцями таблиці (стовпець {_column_name(column)}) написано «{' '.join(short.split())}»",
        "приберіть або перенесіть над рядок із назвами стовпців",
    )  # fmt: skip


def _column_name(column: int) -> str:
    """A column's name in spreadsheets: A for 0, XFD for 16,383."""
    letters = ""
    index = column + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _of_kind(kind: CellType, name: str, text: str) -> str | CellFault:
    match kind:
        case CellType.ERROR:
            return _cell(name, f"помилка {text}", "виправте формулу або впишіть значення")
        case CellType.UNCOMPUTED:
            return _cell(
                name, "формула, значення якої не збережено", "відкрийте файл у програмі таблиць і збережіть його"
            )
        case CellType.BOOLEAN:
            return _cell(name, f"логічне значення {text}", "впишіть текст або число")
        case CellType.LONG:
            return _cell(name, f"задовге число {text}, кінець якого програма таблиць губить", _RETYPE)
        case CellType.TIME:
            return _cell(name, f"час без дня або неможлива дата ({text})", "впишіть дату")
        case CellType.DATE if name not in ("date", "title"):
            return _cell(name, f"дата {_dotted(text)}: можливо, на неї перетворено інше значення", _RETYPE)
        case CellType.DATE if name == "title":
            return _dotted(text)
        case CellType.NUMBER if name == "date":
            return _cell(name, f"число {text}", "впишіть дату або задайте клітинці формат дати")
    return text


def _cell(name: str, what: str, fix: str) -> CellFault:
    return CellFault("register-cell", f"у клітинці «{shown(name)}» {what}", fix)


def _dotted(text: str) -> str:
    day, _, time = text.partition(" ")
    year, month, date = day.split("-")
    return f"{date}.{month}.{year}" + (f" {time[:5]}" if time else "")
