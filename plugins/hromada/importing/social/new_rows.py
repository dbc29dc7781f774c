"""New rows of the register: their ids, and the files they are appended to.

One file for an account, a network and a half-year, appended to, never rewritten: it is short enough to be read in Excel,
an import of another page touches another file, and a closed half-year does not change, so git diffs are lines at the end.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hromada.domain.account import Account, PostKind
from hromada.domain.calendar import KYIV
from hromada.domain.post_link import canonical_link, facebook_number
from hromada.domain.table_text import escape_formula
from hromada.importing.social.publication import ExportedPost

_DERIVED_ID = re.compile(r"[a-z]+:[a-z0-9-]+@\d+(?:-[0-9a-f]{8})?")


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written; `id` begins with its network, so that Excel takes it for no number and rounds nothing."""

    account: Account
    network: str
    when: datetime
    kind: PostKind
    title: str
    url: str
    id: str

    @property
    def is_named(self) -> bool:
        """Whether the network itself names the publication."""
        return bool(naming_ways(self.url, self.id))


def derive_id(account: Account, publication: ExportedPost, is_shared: bool) -> str:
    """An id for a publication without one in the export: its account and second, and a digest of its content where two share a second.

    The second stays when the text is edited, so an edited post is not counted again.
    """
    seconds = int(publication.when.replace(tzinfo=KYIV).timestamp())
    digest = hashlib.sha256(publication.content.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{publication.network}:{account.id}@{seconds}" + (f"-{digest}" if is_shared else "")


def naming_ways(url: str, id: str) -> frozenset[str]:
    """The kinds of ids by which the network names the publication: «number», «pfbid», «link».

    Two publications without a common kind can't be compared by id. An id that we derived and a `/share/` link, which
    hides its post, give none. Facebook's numbers and `pfbid…` names can't be converted into each other.
    """
    link = canonical_link(url)
    ways = set()
    if (id and not _DERIVED_ID.fullmatch(id)) or facebook_number(url):
        ways.add("number")
    if link and not facebook_number(url) and not link.startswith("facebook.com/share/"):
        ways.add("pfbid" if "pfbid" in link else "link")
    return frozenset(ways)


FOLDER = "content/registers/social"
_HEADER = ("Дата", "Сторінка", "Мережа", "Вид", "Назва", "Посилання", "Ідентифікатор")
_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for Windows-1251


def group_by_file(rows: Iterable[NewRow]) -> dict[str, list[NewRow]]:
    """Rows by the file they belong to (`content/…`), in date order."""
    files: dict[str, list[NewRow]] = defaultdict(list)
    for row in rows:
        half = 1 if row.when.month <= 6 else 2
        files[f"{FOLDER}/{row.account.id}-{row.network}-{row.when.year}-h{half}.csv"].append(row)
    return {name: sorted(files[name], key=lambda row: (row.when, row.title, row.id)) for name in sorted(files)}


def append_rows(name: str, rows: Iterable[NewRow], existing: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and all bytes of the file with the rows appended; its former bytes stay as they are.

    `existing` are the register's files by name in lower case, since Windows ignores case. A file of that name in
    another form (Excel's Windows-1251, other columns) stays untouched: the rows go to `…-2.csv` beside it.
    """
    stem = name.removesuffix(".csv")
    number = 1
    while (before := existing.get(name)) is not None and not _has_our_header(before):
        number += 1
        name = f"{stem}-{number}.csv"
    if before is None:
        return name, _BOM + _lines([_HEADER, *map(_row_cells, rows)], "\n")
    line_end = "\r\n" if b"\r\n" in before else "\n"
    gap = b"" if before.endswith(b"\n") else line_end.encode()
    return name, before + gap + _lines(map(_row_cells, rows), line_end)


def _has_our_header(raw: bytes) -> bool:
    try:
        first = raw.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        return False
    return first == ";".join(_HEADER)


def _lines(rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=line_end).writerows(rows)
    return out.getvalue().encode()


def _row_cells(row: NewRow) -> list[str]:
    cells = (f"{row.when:%Y-%m-%d %H:%M:%S}", row.account.name, row.network, row.kind.value, row.title, row.url, row.id)
    return [escape_formula(" ".join(cell.split())) for cell in cells]
