"""A CSV file of Meta's as a sheet: its encoding, separator and header found, whole or refused."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import tzinfo

from hromada.domain.table_text import CsvBroken, csv_rows
from hromada.domain.time_zones import ZONE_ADVICE, zone_of_clock
from hromada.importing.social.publication import SourceFile, refusal
from hromada.importing.social.suite_columns import columns_of, is_header

_TITLE_ROWS = 10  # rows that may stand above the header: `sep=,`, the report's name, its dates
_START = 100_000  # bytes that the title rows and the header take at most
_AGAIN = "завантажте його з мережі ще раз"
_HEAD = 400  # bytes that tell an encoding


@dataclass(slots=True)
class Sheet:
    """A CSV file whose header is known."""

    name: str
    columns: Mapping[str, int]
    head: list[str]
    zone: tzinfo | None  # that the time's header names
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    @property
    def width(self) -> int:
        return len(self.head)

    def cell(self, row: list[str], column: str) -> str:
        number = self.columns.get(column, -1)
        return row[number].strip() if 0 <= number < len(row) else ""


def is_sheet(source: SourceFile) -> bool:
    """Whether the file is a list of publications under a header that we know."""
    return bool(_separator(_decoded(source.raw[:_START], "replace")))


def _decoded(raw: bytes, errors: str) -> str:
    """UTF-8 or UTF-16, as Meta has shipped; Windows-1251, as Excel saves it again. Line ends become \\n."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = raw.decode("utf-16", errors)
    elif b"\0" in raw[:_HEAD]:  # UTF-16 without its mark: commas and spaces have a zero byte
        is_little = raw[1:_HEAD:2].count(0) >= raw[:_HEAD:2].count(0)
        text = raw.decode("utf-16-le" if is_little else "utf-16-be", errors)
    else:
        text = _eight_bits(raw, errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _eight_bits(raw: bytes, errors: str) -> str:
    """Letters of UTF-8 before the first fault tell that the file was UTF-8 and is damaged there, not Windows-1251."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if raw[: error.start].isascii():
            return raw.decode("cp1251", "replace")
    return raw.decode("utf-8-sig", errors)


def _separator(text: str) -> str:
    """The separator under which one of the first lines is a header that we know, else empty."""
    lines = text.split("\n", _TITLE_ROWS)[:_TITLE_ROWS]
    for mark in ",;\t":
        if any(is_header(columns_of([cell.strip('"') for cell in line.split(mark)])[0]) for line in lines):
            return mark
    return ""


def sheet_of(source: SourceFile) -> Sheet:
    """The whole file; ImportRefused where it was cut off, is damaged, or names a zone that we don't know."""
    try:
        text = _decoded(source.raw, "strict")
    except UnicodeDecodeError as error:
        line = source.raw.count(b"\n", 0, error.start) + 1
        raise refusal(source.name, line, "import-broken", "файл CSV обірвано або пошкоджено", _AGAIN) from None
    sheet: Sheet | None = None
    for line, row in _records(source.name, text, _separator(text)):
        if sheet is None:
            columns, zone_words = columns_of(row)
            if is_header(columns):
                sheet = Sheet(source.name, columns, row, _zone(source.name, line, zone_words))
        elif any(cell.strip() for cell in row):
            sheet.rows.append((line, row))
    if sheet is None:
        raise refusal(source.name, 1, "import-format", "рядок із назвами стовпців пошкоджено", "завантажте файл ще раз")
    if sheet.rows and len(sheet.rows[-1][1]) < sheet.width:
        raise refusal(
            source.name, sheet.rows[-1][0], "import-broken", "файл CSV обірвано на останньому рядку",
            _AGAIN,
        )  # fmt: skip
    return sheet


def _records(name: str, text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from csv_rows(text, mark)
    except CsvBroken as broken:
        raise refusal(
            name, broken.line, "import-broken", "файл CSV обірвано або пошкоджено: лапки не закрито", _AGAIN
        ) from None


def _zone(name: str, line: int, words: str) -> tzinfo | None:
    zone = zone_of_clock(words) if words else None
    if words and zone is None:
        raise refusal(
            name, line, "import-format", f"часовий пояс «{words}» у назві стовпця невідомий", ZONE_ADVICE
        )  # fmt: skip
    return zone
