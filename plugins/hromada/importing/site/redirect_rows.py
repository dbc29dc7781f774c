"""redirects.csv with further rows, in the form that it has."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable


def with_rows(text: str, rows: Iterable[tuple[str, str]]) -> str:
    """The text of the file with rows (address, path) at its end; where there is none, a new one with the mark for Excel."""
    text = text if text.strip(" \n\ufeff") else "\ufeffЗвідки;Куди\n"
    mark = next((mark for mark in ";,\t" if mark in text.partition("\n")[0]), ";")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerows((address.replace("%", "%25"), path) for address, path in rows)
    return text.rstrip("\n") + "\n" + out.getvalue()
