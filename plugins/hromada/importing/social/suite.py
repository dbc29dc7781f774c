"""CSV of Meta Business Suite and of the earlier Page Insights: one row a post or a story, several pages in a file."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused
from hromada.domain.post_link import network_of_link
from hromada.importing.social.publication import Publication, Reading, SourceFile, refusal
from hromada.importing.social.suite_columns import (
    columns_of,
    is_header,
    is_yes,
    kind_named,
    why_not_published,
    zone_of,
)
from hromada.importing.social.times import from_cell, is_day_first

FORMAT = "Meta Business Suite, CSV"
_TITLE_ROWS = 10  # rows that may stand above the header: `sep=,`, the report's name, its dates
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)  # Excel's 1.22158E+17 for a post's id
_HEAD = 400  # bytes that tell an encoding
_NIGHT = 6  # o'clock
_ENOUGH = 6  # night posts by which a wrong zone shows


@dataclass(slots=True)
class _Sheet:
    """A CSV file whose header is known."""

    name: str
    columns: Mapping[str, int]
    width: int
    zone: tzinfo
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def cell(self, row: list[str], column: str) -> str:
        number = self.columns.get(column, -1)
        return row[number].strip() if 0 <= number < len(row) else ""


def decoded(raw: bytes) -> str:
    """UTF-8 or UTF-16, as Meta has shipped; Windows-1251, as Excel saves it again. Line ends become \\n."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", "replace")
    elif b"\0" in raw[:_HEAD]:  # UTF-16 without its mark: commas and spaces have a zero byte
        is_little = raw[1:_HEAD:2].count(0) >= raw[:_HEAD:2].count(0)
        text = raw.decode("utf-16-le" if is_little else "utf-16-be", "replace")
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("cp1251", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def separator(text: str) -> str:
    """The separator under which one of the first lines is a header that we know, else empty."""
    lines = text[:100_000].split("\n")[:_TITLE_ROWS]
    for mark in ",;\t":
        if any(is_header(columns_of([cell.strip('"') for cell in line.split(mark)])[0]) for line in lines):
            return mark
    return ""


def read(source: SourceFile) -> Reading:
    """The publications of one file; ImportRefused where it was cut off or its zone or dates are unclear."""
    sheet = _sheet(source)
    reading = Reading(formats=[FORMAT])
    try:
        order = is_day_first(sheet.cell(row, "time") for _, row in sheet.rows)
    except DateRefused as refused:
        raise refusal(
            source.name, 1, "import-format", str(refused), "завантажте файл ще раз, не змінюючи його в Excel"
        ) from None
    if order is None and any("/" in sheet.cell(row, "time") for _, row in sheet.rows):
        reading.notes.append(f"{source.name}: дати прочитано як місяць/день/рік, як їх пише Meta")
    reader = _Reader(reading, sheet, bool(order))
    for line, row in sheet.rows:
        reader.take(line, row)
    reader.note()
    return reading


def _sheet(source: SourceFile) -> _Sheet:
    text = decoded(source.raw)
    sheet: _Sheet | None = None
    for line, row in _records(source.name, text, separator(text)):
        if sheet is None:
            columns, zone_words = columns_of(row)
            if is_header(columns):
                sheet = _Sheet(source.name, columns, len(row), _zone(source.name, line, zone_words))
        elif any(cell.strip() for cell in row):
            sheet.rows.append((line, row))
    if sheet is None:
        raise refusal(source.name, 1, "import-format", "рядок із назвами стовпців пошкоджено", "завантажте файл ще раз")
    if sheet.rows and len(sheet.rows[-1][1]) < sheet.width:
        raise refusal(
            source.name, sheet.rows[-1][0], "import-broken", "файл CSV обірвано на останньому рядку",
            "завантажте його з мережі ще раз",
        )  # fmt: skip
    return sheet


def _records(name: str, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise refusal(
                name, line, "import-broken", "файл CSV обірвано або пошкоджено: лапки не закрито",
                "завантажте його з мережі ще раз",
            ) from None  # fmt: skip
        yield line, row
        line = reader.line_num + 1


def _zone(name: str, line: int, words: str) -> tzinfo:
    zone = zone_of(words)
    if zone is None:
        raise refusal(
            name, line, "import-format", f"часовий пояс «{words}» у назві стовпця невідомий", "напишіть, наприклад, (UTC+2), (PT) або (Київ)"
        )  # fmt: skip
    return zone


def _link(cell: str) -> str:
    """The publication's address; anything but a web link is none (the site would print it as one)."""
    return cell if cell.casefold().startswith(("https://", "http://")) else ""


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, reading: Reading, sheet: _Sheet, day_first: bool) -> None:
        self._reading, self._sheet, self._day_first = reading, sheet, day_first
        self._is_instagram = "username" in sheet.columns
        self._unknown = Counter[str]()
        self._rounded = 0
        self._start = len(reading.publications)

    def take(self, line: int, row: list[str]) -> None:
        cell = {name: self._sheet.cell(row, name) for name in self._sheet.columns}
        if not (cell.get("id") or cell.get("url") or cell["time"]) and not self._reading.publications:
            self._reading.aside["рядки пояснень під назвами стовпців"] += 1  # Page Insights has one
            return
        if len(row) != self._sheet.width:
            self._reading.refuse(
                self._sheet.name, line, f"у рядку {len(row)} клітинок, а стовпців {self._sheet.width}", "завантажте файл ще раз"
            )  # fmt: skip
            return
        if reason := why_not_published(cell.get("status", "")):
            self._reading.aside[reason] += 1
            return
        try:
            when = from_cell(cell["time"], self._sheet.zone, day_first=self._day_first)
        except DateRefused as refused:
            self._reading.refuse(self._sheet.name, line, str(refused) if cell["time"] else "немає часу публікації")
            return
        words = cell.get("text") or cell.get("title", "")
        self._reading.publications.append(Publication(
            self._network(cell), when, self._kind(cell), words, self._sheet.name, f"рядок {line}", self._pages(cell),
            _link(cell.get("url", "")), self._id(cell), content=words,
        ))  # fmt: skip

    def _network(self, cell: Mapping[str, str]) -> str:
        by_columns = "instagram" if self._is_instagram or cell.get("type", "").startswith("IG ") else "facebook"
        return network_of_link(cell.get("url", "")) or by_columns

    def _pages(self, cell: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(name for name in (cell.get("page", ""), cell.get("username", "")) if name)

    def _id(self, cell: Mapping[str, str]) -> str:
        id = cell.get("id", "")
        if _ROUNDED.fullmatch(id):
            self._rounded += 1
            return ""
        return id

    def _kind(self, cell: Mapping[str, str]) -> PostKind:
        if is_yes(cell.get("share", "")):
            return PostKind.REPOST
        word = cell.get("type", "")
        kind = kind_named(word) if word else PostKind.POST
        if kind is None:
            self._unknown[word] += 1
        return kind or PostKind.POST

    def note(self) -> None:
        """What the editor should know of the file as a whole."""
        name, notes = self._sheet.name, self._reading.notes
        for word, number in sorted(self._unknown.items()):
            notes.append(f"{name}: тип «{word}» невідомий, записано як допис: {number}")
        if self._rounded:
            notes.append(
                f"{name}: ідентифікатори заокруглив Excel (1.22158E+17), повтори шукано за посиланнями: {self._rounded}"
            )
        hours = [one.when.hour for one in self._reading.publications]
        at_night = sum(hour < _NIGHT for hour in hours)
        if at_night >= _ENOUGH and at_night * 3 > len(hours):
            notes.append(
                f"{name}: {at_night} з {len(hours)} дописів вийшли між 00:00 і 06:00 за Києвом. Якщо це не так, час у файлі"
                " не тихоокеанський: допишіть пояс до назви стовпця, наприклад «Publish time (Київ)», і повторіть"
            )
