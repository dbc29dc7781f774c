"""Reads `.xlsx` and `.xlsm` (ECMA-376, both namespaces): the parts with values, merged cells and links."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from msgspec import Struct, field

from hromada.domain.lazy_regex import lazy_compile
from hromada.reading.columns import CellType
from hromada.reading.workbook.parts import Parts
from hromada.reading.workbook.sheet import (
    BUILT_IN_DATES,
    Area,
    Cell,
    Counter,
    Sheet,
    is_date_format,
    iso_moment,
    moment,
    number,
    one_line,
    truth,
)

_ESCAPED = lazy_compile("_x([0-9A-Fa-f]{4})_")
_HYPERLINK = lazy_compile(r'(?:of:)?=?\s*HYPERLINK\(\s*"([^"]+)"', re.IGNORECASE)
_SHEET_TYPE = "/worksheet"


def read_xlsx(parts: Parts) -> list[Sheet]:
    """Every worksheet, in the order of its tabs; chart sheets have no cells."""
    book = _Book()
    path = _workbook_path(parts)
    parts.parse(path, book.start)
    relations = _relations(parts, path)
    folder = posixpath.dirname(path)
    texts: list[str] = []
    dates: frozenset[int] = frozenset()
    for type, target, _ in relations.values():
        if type.endswith("/sharedStrings"):
            texts = _shared_texts(parts, _join(folder, target))
        elif type.endswith("/styles"):
            dates = _date_styles(parts, _join(folder, target))
    counter = Counter()
    sheets = []
    for name, is_hidden, id in book.sheets:
        type, target, _ = relations[id]
        if type.endswith(_SHEET_TYPE):
            sheet = Sheet(one_line(name), is_hidden)
            part_name = _join(folder, target)
            reader = _SheetReader(sheet, texts, dates, book.is_1904, _relations(parts, part_name), counter)
            parts.parse(part_name, reader.start, reader.end, reader.text)
            sheets.append(sheet)
    return sheets


def link_of_formula(formula: str) -> str:
    """The target of =HYPERLINK("https://…";"текст"), empty for any other formula."""
    match = _HYPERLINK.match(formula)
    return match[1] if match else ""


class _LocalNames(dict[str, str]):
    """Cache of names without their namespace: a sheet of 100,000 rows has its few names a million times."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(" ")[2]
        return local


_LOCAL = _LocalNames()


def _join(folder: str, target: str) -> str:
    return target if target.startswith("/") else posixpath.join(folder, target)


def _workbook_path(parts: Parts) -> str:
    for type, target, _ in _relations(parts, "").values():
        if type.endswith("/officeDocument"):
            return target.lstrip("/")
    return "xl/workbook.xml"


def _relations(parts: Parts, path: str) -> dict[str, tuple[str, str, bool]]:
    """A part's relations by id: type, target, whether it is external."""
    folder, name = posixpath.split(path)
    relations: dict[str, tuple[str, str, bool]] = {}

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        if _LOCAL[tag] == "Relationship":
            is_outside = attributes.get("TargetMode") == "External"
            target = attributes["Target"]
            relations[attributes["Id"]] = (
                attributes["Type"],
                target if is_outside else target.replace("\\", "/"),
                is_outside,
            )

    if (part_name := posixpath.join(folder, "_rels", f"{name}.rels")) in parts:
        parts.parse(part_name, start)
    return relations


class _Book(Struct):
    """Contents of workbook.xml: sheets with name, visibility and id; the date system."""

    is_1904: bool = False
    sheets: list[tuple[str, bool, str]] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match _LOCAL[tag]:
            case "workbookPr":
                self.is_1904 = _is_true(attributes.get("date1904", ""))
            case "sheet":
                id = next(value for name, value in attributes.items() if name.endswith(" id"))
                self.sheets.append((attributes["name"], attributes.get("state", "visible") != "visible", id))


def _is_true(word: str) -> bool:
    return word.casefold() in ("1", "true", "on")


def _unescaped(text: str) -> str:
    """Decode `_x000D_`, Excel's escape for characters that XML can't hold; half a surrogate pair becomes U+FFFD."""
    if "_x" not in text:
        return text
    decoded = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _shared_texts(parts: Parts, path: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    is_open = is_reading = False  # within <t>; outside of <rPh>, a phonetic hint

    def start(tag: str, _: Mapping[str, str]) -> None:
        nonlocal is_open, is_reading
        match _LOCAL[tag]:
            case "si":
                pieces.clear()
                is_reading = True
            case "rPh":
                is_reading = False
            case "t":
                is_open = is_reading

    def end(tag: str) -> None:
        nonlocal is_open, is_reading
        match _LOCAL[tag]:
            case "si":
                texts.append(_unescaped("".join(pieces)))
            case "rPh":
                is_reading = True
            case "t":
                is_open = False

    def text(piece: str) -> None:
        if is_open:
            pieces.append(piece)

    if path in parts:
        parts.parse(path, start, end, text)
    return texts


def _date_styles(parts: Parts, path: str) -> frozenset[int]:
    """Indexes of the styles with a date format."""
    formats: dict[int, bool] = {}
    styles: list[int] = []
    within: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        name = _LOCAL[tag]
        if name == "numFmt" and within[-1:] == ["numFmts"]:
            formats[int(attributes["numFmtId"])] = is_date_format(attributes.get("formatCode", ""))
        elif name == "xf" and within[-1:] == ["cellXfs"]:
            styles.append(int(attributes.get("numFmtId", 0)))
        within.append(name)

    def end(_: str) -> None:
        within.pop()

    if path in parts:
        parts.parse(path, start, end)
    return frozenset(index for index, id in enumerate(styles) if formats.get(id, id in BUILT_IN_DATES))


class _SheetReader:
    """Handlers of one sheet's part."""

    def __init__(
        self, sheet: Sheet, texts: list[str], dates: frozenset[int], is_1904: bool,
        relations: Mapping[str, tuple[str, str, bool]], counter: Counter,
    ) -> None:  # fmt: skip
        self._sheet, self._texts, self._dates, self._is_1904 = sheet, texts, dates, is_1904
        self._relations, self._counter = relations, counter
        self._columns: dict[str, int] = {}
        self._line, self._column = 0, -1
        self._row: dict[int, Cell] = {}
        self._type = self._style = ""
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None
        self._is_spoken = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match _LOCAL[tag]:
            case "c":
                column_name = attributes.get("r", "").rstrip("0123456789")
                self._column = self._index(column_name) if column_name else self._column + 1
                self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
                self._value, self._formula = [], None
            case "v":
                self._into = self._value
            case "f":
                self._formula = self._into = []
            case "t" if not self._is_spoken:
                self._into = self._value
            case "row":
                self._line = int(attributes["r"]) if "r" in attributes else self._line + 1
                self._column, self._row = -1, {}
            case "rPh":
                self._is_spoken = True
            case "mergeCell":
                self._sheet.merges.append(self._area(attributes["ref"]))
            case "hyperlink":
                self._link(attributes)

    def end(self, tag: str) -> None:
        match _LOCAL[tag]:
            case "c":
                cell = self._cell()
                if cell is not None:
                    self._row[self._column] = cell
            case "v" | "f" | "t":
                self._into = None
            case "rPh":
                self._is_spoken = False
            case "row" if self._row:
                self._counter.add(len(self._row))
                self._sheet.rows.setdefault(self._line, {}).update(self._row)

    def text(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def _cell(self) -> Cell | None:
        written = "".join(self._value)
        if self._formula is not None:
            formula = "".join(self._formula)
            if link := link_of_formula(formula):
                self._sheet.links[self._line, self._column] = link
            if not written.strip() and self._type != "str":
                return Cell(formula, CellType.UNCOMPUTED)
        if not written.strip():
            return None
        match self._type:
            case "s":
                text = self._texts[int(written)]
                return Cell(text) if text.strip() else None
            case "str" | "inlineStr":
                return Cell(_unescaped(written))
            case "b":
                return truth(_is_true(written.strip()))
            case "e":
                return Cell(written.strip(), CellType.ERROR)
            case "d":
                return iso_moment(written)
        if int(self._style) in self._dates:
            return moment(float(written), is_1904=self._is_1904)
        return number(written.strip())

    def _index(self, column_name: str) -> int:
        if column_name not in self._columns:
            index = 0
            for letter in column_name.upper():
                index = index * 26 + ord(letter) - 64
            self._columns[column_name] = index - 1
        return self._columns[column_name]

    def _area(self, reference: str) -> Area:
        first, _, last = reference.replace("$", "").partition(":")
        (left, top), (right, bottom) = self._corner(first), self._corner(last or first)
        return Area(top, left, bottom, right)

    def _corner(self, reference: str) -> tuple[int, int]:
        column_name = reference.rstrip("0123456789")
        return self._index(column_name), int(reference[len(column_name) :])

    def _link(self, attributes: Mapping[str, str]) -> None:
        id = next((value for name, value in attributes.items() if name.endswith(" id")), "")
        if id not in self._relations:
            return  # to a place in the workbook itself
        _, target, is_outside = self._relations[id]
        if is_outside:
            anchor = attributes.get("location", "")
            whole = f"{target}#{anchor}" if anchor and "#" not in target else target
            self._sheet.link_areas.append((self._area(attributes["ref"]), whole))
