"""Tables of an official document: ruled, with a head that every page repeats and rows that don't break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell, _Row

from hromada.report.documents.docx_runs import add_runs
from hromada.report.documents.docx_styles import INDENT, TWIPS
from hromada.report.text.blocks import Run

_PART_INDENT = INDENT // 2


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in millimetres; the columns of a table are 170 together."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right; a part's row stands in, a total's row is bold."""

    cells: tuple[str | tuple[Run, ...], ...]
    is_part: bool = False
    is_total: bool = False


def add_table(document: Document, columns: Sequence[Column], rows: Sequence[Row], title: str = "") -> Table:
    """`title` is read to those who don't see the table; columns without a title have no head."""
    head = [Row(tuple(column.title for column in columns))] if any(column.title for column in columns) else []
    table: Table = document.add_table(len(head) + len(rows), len(columns))
    table.autofit = False  # else Word and LibreOffice take widths of their own
    table._tbl.tblPr.style = "TableGrid"
    for grid, column in zip(table.columns, columns, strict=True):
        grid.width = Mm(column.width)
    for number, (line, row) in enumerate(zip(table.rows, [*head, *rows], strict=True), -len(head)):
        # A first or a last row never stands alone on a page; neither does the head, by its style.
        keep = len(rows) > 1 and number in (0, len(rows) - 2)
        _fill(line, row, columns, is_head=number < 0, keep=keep)
    if title:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), title)
        table._tbl.tblPr.append(caption)
    return table


def _fill(line: _Row, row: Row, columns: Sequence[Column], *, is_head: bool, keep: bool) -> None:
    properties = line._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for cell, column, content in zip(line.cells, columns, row.cells, strict=True):
        cell.width = Mm(column.width)
        style = "TableHead" if is_head else "TableNumber" if column.is_number else "TableText"
        _write(cell, content, style, row.is_total)
        if keep:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        if is_head:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    if row.is_part:
        line.cells[0].paragraphs[0].paragraph_format.left_indent = Mm(_PART_INDENT / TWIPS)


def _write(cell: _Cell, content: str | tuple[Run, ...], style: str, is_total: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style
    runs = (Run(content),) if isinstance(content, str) else content
    add_runs(paragraph, [Run(run.text, run.bold or is_total, run.italic, run.link, run.struck) for run in runs])
