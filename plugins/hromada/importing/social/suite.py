"""CSV of Meta Business Suite and of the earlier Page Insights: one row a post or a story, several pages in a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from hromada.domain.account import PostKind
from hromada.domain.calendar import DateRefused
from hromada.domain.post_link import network_of_link
from hromada.importing.social.publication import Publication, Reading, SourceFile, refusal
from hromada.importing.social.suite_columns import is_yes, kind_named, why_not_published
from hromada.importing.social.suite_sheet import Sheet, sheet_of
from hromada.importing.social.times import from_cell, is_day_first

FORMAT = "Meta Business Suite, CSV"
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)  # Excel's 1.22158E+17 for a post's id
_NIGHT = 6  # o'clock
_ENOUGH = 6  # night posts by which a wrong zone shows


def read(source: SourceFile) -> Reading:
    """The publications of one file; ImportRefused where it was cut off or its zone or dates are unclear."""
    sheet = sheet_of(source)
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


def _link(cell: str) -> str:
    """The publication's address; anything but a web link is none (the site would print it as one)."""
    return cell if cell.casefold().startswith(("https://", "http://")) else ""


class _Reader:
    """Reads the rows of one file."""

    def __init__(self, reading: Reading, sheet: Sheet, day_first: bool) -> None:
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
                self._sheet.name, line, f"клітинок у рядку {len(row)}, а стовпців {self._sheet.width}", "завантажте файл ще раз"
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
