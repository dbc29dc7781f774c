"""New rows as files of the register: one file an account, a network and a half-year, appended to, never rewritten.

Such a file is short enough to be looked through in Excel, an import of another page touches another file, and a
closed half-year changes no more: its diffs in git are lines added at the end.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping

from hromada.domain.table_text import escape_formula
from hromada.importing.social.post_identity import NewRow

FOLDER = "content/registers/social"
_HEADER = ("Дата", "Сторінка", "Мережа", "Вид", "Назва", "Посилання", "Ідентифікатор")
_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for Windows-1251


def by_file(rows: Iterable[NewRow]) -> dict[str, list[NewRow]]:
    """Rows by the file they belong to, in date order; names from `content/` on."""
    found: dict[str, list[NewRow]] = defaultdict(list)
    for row in rows:
        half = 1 if row.when.month <= 6 else 2
        found[f"{FOLDER}/{row.account.id}-{row.network}-{row.when.year}-h{half}.csv"].append(row)
    return {name: sorted(found[name], key=lambda row: (row.when, row.title, row.id)) for name in sorted(found)}


def placed(name: str, rows: Iterable[NewRow], existing: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and the whole bytes of the file that takes the rows: what it has stays byte for byte before them.

    `existing` are the register's files by name in small letters, which are one file on Windows.

    A file of that name that was saved in another form (Excel's Windows-1251, other columns) is left alone: the rows
    go to `…-2.csv` beside it.
    """
    stem = name.removesuffix(".csv")
    number = 1
    while (before := existing.get(name)) is not None and not _is_ours(before):
        number += 1
        name = f"{stem}-{number}.csv"
    if before is None:
        return name, _BOM + _lines([_HEADER, *map(_cells, rows)], "\n")
    line_end = "\r\n" if b"\r\n" in before else "\n"
    gap = b"" if before.endswith(b"\n") else line_end.encode()
    return name, before + gap + _lines(map(_cells, rows), line_end)


def _is_ours(raw: bytes) -> bool:
    try:
        first = raw.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        return False
    return first == ";".join(_HEADER)


def _lines(rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=line_end).writerows(rows)
    return out.getvalue().encode()


def _cells(row: NewRow) -> list[str]:
    cells = (f"{row.when:%Y-%m-%d %H:%M:%S}", row.account.name, row.network, row.kind.value, row.title, row.url, row.id)
    return [escape_formula(" ".join(cell.split())) for cell in cells]
