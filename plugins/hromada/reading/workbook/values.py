"""Formats numbers and dates of spreadsheets as a person would type them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from hromada.reading.record import CellType
from hromada.reading.workbook.sheet import Cell

# Excel stores 15 digits and writes zeros for the rest; LibreOffice saves 1234567890123456 as 1234567890123460 (measured).
_KEPT = 10**15
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_LEAP_BUG = 60  # Excel's 29 February 1900, which didn't exist; serials of earlier days are one less
_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?")
# What is no date code in a number format: quoted words, escaped and spaced signs, colours and locales.
_NO_CODE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), 45, 46, 47, *range(50, 59)])


def number(written: str) -> Cell:
    """A whole number as digits (3.0 is «3»), another one with a comma; with more digits than spreadsheets store: LONG."""
    value = float(written)
    if not abs(value) < _KEPT:  # infinity and NaN, too
        return Cell(written, CellType.LONG)
    whole = round(value)
    if abs(value - whole) <= 1e-9 * max(1.0, abs(value)):  # sums of formulas: 2.9999999999999996
        return Cell(str(whole), CellType.NUMBER)
    return Cell(f"{value:.15g}".replace(".", ","), CellType.NUMBER)


def moment(serial: float, *, is_1904: bool) -> Cell:
    """The date, and the time unless it is 00:00, of a serial number in either date system."""
    try:
        seconds = round(serial * 86_400)
        days = seconds // 86_400
        if is_1904:
            when = _EPOCH_1904 + timedelta(seconds=seconds)
        elif days < 1 or days == _LEAP_BUG:
            return Cell(f"{serial:.15g}", CellType.TIME)
        else:
            when = _EPOCH_1900 + timedelta(seconds=seconds, days=days < _LEAP_BUG)
    except (OverflowError, ValueError):
        return Cell(f"{serial:.15g}", CellType.TIME)
    return Cell(_shown(f"{when:%Y-%m-%d}", f"{when:%H:%M:%S}"), CellType.DATE)


def iso_moment(written: str) -> Cell:
    """The same for OpenDocument's `2021-07-05T14:30:00`."""
    match = _ISO.fullmatch(written.strip())
    return Cell(_shown(match[1], match[2] or "00:00:00"), CellType.DATE) if match else Cell(written, CellType.TIME)


def _shown(day: str, time: str) -> str:
    return day if time == "00:00:00" else f"{day} {time}"


def is_date_format(code: str) -> bool:
    """Whether a number format is a date: `dd.mm.yyyy` is, `0.00 "днів"`, `[Red]0` and `General` are not."""
    codes = _NO_CODE.sub("", code.split(";")[0]).casefold()
    return "general" not in codes and any(letter in codes for letter in "ymdhs")


def truth(is_true: bool) -> Cell:
    return Cell("TRUE" if is_true else "FALSE", CellType.BOOLEAN)
