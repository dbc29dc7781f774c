"""Reads `.xls` of Excel 97–2003 and before with xlrd."""

from __future__ import annotations

import io

import xlrd

from hromada.reading.columns import CellType
from hromada.reading.workbook.parts import protected
from hromada.reading.workbook.sheet import Area, Cell, Counter, Sheet, moment, number, one_line, truth

_ENCRYPTED_XLSX = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password is in an OLE container


def read_xls(raw: bytes) -> list[Sheet]:
    """Every worksheet, in the order of its tabs. A formula always has its value here."""
    if _ENCRYPTED_XLSX in raw:
        raise protected()
    try:
        # Merged cells and links are only read with the formatting; xlrd's messages are discarded.
        book = xlrd.open_workbook(
            file_contents=raw, logfile=io.StringIO(), formatting_info=True, ragged_rows=True, on_demand=True
        )
    except xlrd.biffh.XLRDError as error:
        if "encrypted" in str(error):
            raise protected() from None
        raise
    counter = Counter()
    sheets = []
    for index in range(book.nsheets):
        sheets.append(_sheet(book, book.sheet_by_index(index), counter))
        book.unload_sheet(index)
    return sheets


def _sheet(book: xlrd.book.Book, source: xlrd.sheet.Sheet, counter: Counter) -> Sheet:
    sheet = Sheet(one_line(source.name), source.visibility != 0)
    for line in range(source.nrows):
        row = {
            column: cell
            for column in range(source.row_len(line))
            if (cell := _cell(source.cell_type(line, column), source.cell_value(line, column), book.datemode == 1))
        }
        if row:
            counter.add(len(row))
            sheet.rows[line + 1] = row
    sheet.merges = [Area(top + 1, left, bottom, right - 1) for top, bottom, left, right in source.merged_cells]
    for link in source.hyperlink_list:
        if link.type == "url" and isinstance(link.url_or_path, str):
            area = Area(int(link.frowx or 0) + 1, int(link.fcolx or 0), int(link.lrowx or 0) + 1, int(link.lcolx or 0))
            anchor = f"#{link.textmark}" if link.textmark and "#" not in link.url_or_path else ""
            sheet.link_areas.append((area, link.url_or_path + anchor))
    return sheet


def _cell(type: int, value: str | float, is_1904: bool) -> Cell | None:
    if type == xlrd.XL_CELL_TEXT:
        return Cell(str(value)) if str(value).strip() else None
    if type == xlrd.XL_CELL_NUMBER:
        return number(repr(value))
    if type == xlrd.XL_CELL_DATE:
        return moment(float(value), is_1904=is_1904)
    if type == xlrd.XL_CELL_BOOLEAN:
        return truth(bool(value))
    if type == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(int(value), "#"), CellType.ERROR)
    return None
