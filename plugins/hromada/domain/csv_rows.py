"""Rows of separated text, each with the line it starts on; quotes that would swallow rows are refused."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator


class CsvBroken(ValueError):
    """From this line on the text is no table: `longest` is the most signs of a cell where that is why, else 0."""

    def __init__(self, line: int, longest: int = 0) -> None:
        super().__init__(f"line {line}")
        self.line, self.longest = line, longest


def csv_rows(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of each row, blank rows too; CsvBroken where a quote isn't closed, or closed within a cell."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            longest = csv.field_size_limit() if "field larger" in str(error) else 0
            raise CsvBroken(line, longest) from None
        yield line, cells
        line = reader.line_num + 1
