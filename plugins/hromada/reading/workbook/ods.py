"""Reads `.ods` (OpenDocument): the tables of content.xml."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.reading.columns import CellType
from hromada.reading.workbook.parts import Parts, protected
from hromada.reading.workbook.sheet import (
    MAX_COLUMNS,
    Area,
    Cell,
    Counter,
    Sheet,
    iso_moment,
    number,
    one_line,
    too_big,
    truth,
)
from hromada.reading.workbook.xlsx import link_of_formula

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{_OASIS}{name}:1.0 " for name in ("table", "office", "text", "style"))
_ERROR = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_HREF = "http://www.w3.org/1999/xlink href"
_DRAW = f"{_OASIS}drawing:1.0 "
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_CONTENT, _MANIFEST = "content.xml", "META-INF/manifest.xml"


def read_ods(parts: Parts) -> list[Sheet]:
    """Every sheet, in the order of its tabs, without cached cells of linked files."""
    if "encrypted-package" in parts or (_MANIFEST in parts and b"encryption-data" in parts.bytes_of(_MANIFEST)):
        raise protected()
    reader = _OdsReader()
    parts.parse(_CONTENT, reader.start, reader.end, reader.text)
    return reader.sheets


class _OdsReader:
    """Handlers of content.xml."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._counter = Counter()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: Sheet | None = None
        self._is_copy = False
        self._line = self._column = 0
        self._row: dict[int, Cell] = {}
        self._repeated = 1
        self._cell: Mapping[str, str] | None = None
        self._paragraphs: list[list[str]] = []
        self._is_in_paragraph = False
        self._link = ""
        self._aside = 0  # nesting depth in comments and drawings, whose texts are not the cell's

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag in _CELLS:
            self._cell, self._paragraphs, self._link = attributes, [], ""
        elif tag == f"{_TABLE}table-row":
            self._row, self._column = {}, 0
            self._repeated = int(attributes.get(f"{_TABLE}number-rows-repeated", 1))
        elif tag == f"{_TABLE}table":
            name = one_line(attributes.get(f"{_TABLE}name", ""))
            self._sheet = Sheet(name, attributes.get(f"{_TABLE}style-name") in self._hidden_styles)
            self._line, self._is_copy = 1, False
        elif tag == f"{_TABLE}table-source":
            self._is_copy = True
        elif tag == f"{_STYLE}style":
            self._style = attributes.get(f"{_STYLE}name", "")
        elif tag == f"{_STYLE}table-properties" and attributes.get(f"{_TABLE}display") == "false":
            self._hidden_styles.add(self._style)

    def _start_in_cell(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._aside or tag == f"{_OFFICE}annotation" or tag.startswith(_DRAW):
            self._aside += 1
        elif tag == f"{_TEXT}p":
            self._paragraphs.append([])
            self._is_in_paragraph = True
        elif tag == f"{_TEXT}s":
            self.text(" " * int(attributes.get(f"{_TEXT}c", 1)))
        elif tag in (f"{_TEXT}tab", f"{_TEXT}line-break"):
            self.text("\n" if tag.endswith("break") else "\t")
        elif tag == f"{_TEXT}a":
            self._link = self._link or attributes.get(_HREF, "")

    def end(self, tag: str) -> None:
        if self._aside:
            self._aside -= 1
        elif tag == f"{_TEXT}p":
            self._is_in_paragraph = False
        elif tag in _CELLS:
            self._end_cell()
        elif tag == f"{_TABLE}table-row":
            self._end_row()
        elif tag == f"{_TABLE}table" and self._sheet is not None:
            if not self._is_copy:
                self.sheets.append(self._sheet)
            self._sheet = None

    def text(self, text: str) -> None:
        if self._is_in_paragraph and not self._aside:
            self._paragraphs[-1].append(text)

    def _end_cell(self) -> None:
        assert self._cell is not None
        attributes, self._cell = self._cell, None
        times = int(attributes.get(f"{_TABLE}number-columns-repeated", 1))
        cell = self._value(attributes)
        if self._sheet is not None and cell is not None:
            if link := self._link or link_of_formula(attributes.get(f"{_TABLE}formula", "")):
                self._sheet.links[self._line, self._column] = link
            if self._column + times > MAX_COLUMNS:
                raise too_big("понад 16 384 стовпці")
            self._row.update(dict.fromkeys(range(self._column, self._column + times), cell))
        down = int(attributes.get(f"{_TABLE}number-rows-spanned", 1))
        across = int(attributes.get(f"{_TABLE}number-columns-spanned", 1))
        if self._sheet is not None and (down, across) != (1, 1):
            corner = (self._line + down - 1, self._column + across - 1)
            self._sheet.merges.append(Area(self._line, self._column, *corner))
        self._column += times

    def _end_row(self) -> None:
        if self._sheet is not None and self._row:
            self._counter.add(len(self._row), self._repeated)
            for line in range(self._line, self._line + self._repeated):
                self._sheet.rows[line] = dict(self._row)
        self._line += self._repeated

    def _value(self, attributes: Mapping[str, str]) -> Cell | None:
        text = "\n".join("".join(paragraph) for paragraph in self._paragraphs)
        if attributes.get(_ERROR) == "error":
            return Cell(text or "#", CellType.ERROR)
        match attributes.get(f"{_OFFICE}value-type"):
            case "float" | "percentage" | "currency":
                return number(attributes[f"{_OFFICE}value"])
            case "date":
                return iso_moment(attributes[f"{_OFFICE}date-value"])
            case "time":
                return Cell(text, CellType.TIME)
            case "boolean":
                return truth(attributes[f"{_OFFICE}boolean-value"] == "true")
            case None if formula := attributes.get(f"{_TABLE}formula"):
                return Cell(formula, CellType.UNCOMPUTED)
        text = text or attributes.get(f"{_OFFICE}string-value", "")
        return Cell(text) if text.strip() else None
