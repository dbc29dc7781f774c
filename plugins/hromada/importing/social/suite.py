"""CSV of Meta Business Suite and of the earlier Page Insights: one row a post or a story, several pages in a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import tzinfo

from hromada.domain.account import NETWORK_TITLES, PostKind
from hromada.domain.calendar import DateRefused
from hromada.domain.post_link import network_of_link
from hromada.domain.table_text import is_error
from hromada.domain.time_zones import PACIFIC, zone_in_file_name, zone_name
from hromada.importing.social.other_records import PROFILE_PICTURES, is_only_sentence, is_profile_update
from hromada.importing.social.publication import ExportedPost, ExportResult, SourceFile, refusal
from hromada.importing.social.suite_sheet import SuiteSheet, is_yes, post_kind, read_sheet, unpublished_reason
from hromada.importing.social.times import from_cell, is_day_first

FORMAT = "Meta Business Suite, CSV"
_ROUNDED = re.compile(r"\d(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)  # Excel's 1.22158E+17 for a post's id
_USED = ("id", "page", "username", "time", "url", "type", "share", "status")
_AGAIN = "завантажте файл ще раз, не змінюючи його в Excel"


def read_suite(source: SourceFile, zone: tzinfo | None = None) -> ExportResult:
    """The publications of one file; ImportRefused where it was cut off or its zone or dates are unclear.

    Times are in the zone that a cell, the header or the file's name says, else in `zone`, else Pacific, which is told.
    """
    sheet = read_sheet(source)
    result = ExportResult(formats=[FORMAT])
    try:
        order = is_day_first((sheet.cell(row, "time") for _, row in sheet.rows), source.name)
    except DateRefused as refused:
        raise refusal(source.name, 1, "import-format", str(refused), _AGAIN) from None
    if order is None and any("/" in sheet.cell(row, "time") for _, row in sheet.rows):
        result.notes.append(f"{source.name}: дати прочитано як місяць/день/рік, як їх пише Meta")
    reader = _SuiteReader(result, sheet, bool(order), _zone(sheet, zone, result))
    for line, row in sheet.rows:
        reader.take(line, row)
    reader.note()
    return result


def _zone(sheet: SuiteSheet, given: tzinfo | None, result: ExportResult) -> tzinfo | None:
    """The zone that is known of the whole file; None where one must be assumed."""
    if sheet.zone and given and sheet.zone != given:
        raise refusal(
            sheet.name, 1, "import-zone", "назва стовпця каже один часовий пояс, а ZONE – інший",
            "приберіть ZONE або виправте назву стовпця",
        )  # fmt: skip
    if zone_given := sheet.zone or given:
        return zone_given
    if named := zone_in_file_name(sheet.name.rsplit("/", 1)[-1]):
        result.notes.append(f"{sheet.name}: часовий пояс узято з назви файлу: {zone_name(named)}")
    return named


def _link(cell: str) -> str:
    """The publication's address; anything but a web link is none (the site would print it as one)."""
    return cell if cell.casefold().startswith(("https://", "http://")) else ""


def _foreign_link(cell: Mapping[str, str]) -> tuple[str, str] | None:
    """A row that somebody has added: Meta links to its own networks alone."""
    network = network_of_link(cell.get("url", ""))
    if network in ("", "facebook", "instagram", "threads"):
        return None
    title = NETWORK_TITLES.get(network, network)
    return f"посилання веде до {title}, а файл – вивантаження Meta", "допишіть цю публікацію до журналу окремо"


class _SuiteReader:
    """Reads the rows of one file."""

    def __init__(self, result: ExportResult, sheet: SuiteSheet, day_first: bool, zone: tzinfo | None) -> None:
        self._result, self._sheet, self._day_first, self._zone = result, sheet, day_first, zone
        self._is_instagram = "username" in sheet.columns
        self._unknown = Counter[str]()
        self._rounded = 0

    def take(self, line: int, row: list[str]) -> None:
        cell = {name: self._sheet.cell(row, name) for name in self._sheet.columns}
        if not (cell.get("id") or cell.get("url") or cell["time"]) and not self._result.publications:
            self._result.skipped["рядки пояснень під назвами стовпців"] += 1  # Page Insights has one
            return
        if len(row) != self._sheet.width:
            self._result.refuse(
                self._sheet.name, line, f"клітинок у рядку {len(row)}, а стовпців {self._sheet.width}", "завантажте файл ще раз"
            )  # fmt: skip
            return
        if fault := self._damaged(cell) or _foreign_link(cell):
            self._result.refuse(self._sheet.name, line, *fault)
            return
        if reason := unpublished_reason(cell.get("status", "")):
            self._result.skipped[reason] += 1
            return
        text = cell.get("text") or cell.get("title", "")
        if is_profile_update(text, cell.get("type", "")) and (not text or is_only_sentence(text)):
            self._result.skipped[PROFILE_PICTURES] += 1
            return
        try:
            moment = from_cell(cell["time"], self._zone or PACIFIC, day_first=self._day_first)
        except DateRefused as refused:
            self._result.refuse(self._sheet.name, line, str(refused) if cell["time"] else "немає часу публікації")
            return
        self._result.publications.append(ExportedPost(
            self._network(cell), moment.when, self._kind(cell), text, self._sheet.name, f"рядок {line}", self._pages(cell),
            _link(cell.get("url", "")), self._id(cell), content=text, local=None if self._zone else moment.local,
        ))  # fmt: skip

    def _damaged(self, cell: Mapping[str, str]) -> tuple[str, str] | None:
        """What a spreadsheet program shows instead of a value, in a cell that we use."""
        text_column = "text" if cell.get("text") else "title"
        name = next((name for name in (*_USED, text_column) if is_error(cell.get(name, ""))), "")
        if not name:
            return None
        caption = self._sheet.head[self._sheet.columns[name]].strip()
        return f"у клітинці «{caption}» помилка {cell[name]}", _AGAIN

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
        kind = post_kind(word) if word else PostKind.POST
        if kind is None:
            self._unknown[word] += 1
        return kind or PostKind.POST

    def note(self) -> None:
        """What the editor should know of the file as a whole."""
        name, notes = self._sheet.name, self._result.notes
        for word, number in sorted(self._unknown.items()):
            notes.append(f"{name}: тип «{word}» невідомий, записано як допис: {number}")
        if self._rounded:
            notes.append(
                f"{name}: ідентифікатори заокруглив Excel (1.22158E+17), повтори шукано за посиланнями: {self._rounded}"
            )
        if any(publication.local for publication in self._result.publications):
            notes.append(
                f"{name}: часового поясу файл не каже, час прочитано як {zone_name(PACIFIC)}, у якому його пише Meta."
                " Якщо він інший, повторіть із ZONE=…, наприклад ZONE=Europe/Kyiv"
            )
