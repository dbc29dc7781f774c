"""Rows of separated text, each with the line it starts on; quotes that would swallow rows are refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice


class CsvBroken(ValueError):
    """From this line on the text is no table: `longest` is the most signs of a cell where that is why, else 0."""

    def __init__(self, line: int, longest: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line, self.longest = line, longest


_MOST_BROKEN = (
    100  # rows: each is looked at anew from its next line on, and a cell may swallow 128 KB before it is refused
)


_SPECIAL = ('"', "\r", "\0")  # without these a line is a row, split at each mark: 0.6 of the time of the module csv


def csv_rows(
    text: str, mark: str, broken: Callable[[CsvBroken], None] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, blank rows too; CsvBroken where a quote isn't closed, or closed within a cell.

    Where `broken` takes such rows, reading goes on with the line below, so that none hides what is wrong further down.
    """
    if not any(sign in text for sign in _SPECIAL):
        lines = text.split("\n")
        if max(map(len, lines)) <= csv.field_size_limit():
            last = len(lines) - (not lines[-1])  # behind the last line's end is no line
            yield from ((line, row.split(mark) if row else []) for line, row in enumerate(islice(lines, last), 1))
            return
    reader, before, number = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True), 0, 0
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
            number += 1
            if broken is None or number > _MOST_BROKEN:
                raise fault from None
            broken(fault)
            lines = lines or io.StringIO(text, newline="").readlines()
            reader, before = csv.reader(islice(lines, line, None), delimiter=mark, strict=True), line
