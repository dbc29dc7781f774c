"""A Word report opened again, as its tests look at it."""

from __future__ import annotations

import io
import zipfile

import docx
from docx.document import Document
from docx.table import Table

from hromada.report.documents.docx_report import report_docx
from hromada.report.documents.report_document import ReportDocument

NBSP = "\N{NO-BREAK SPACE}"


def reopened(report_document: ReportDocument) -> Document:
    return docx.Document(io.BytesIO(report_docx(report_document)))


def words(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def styled(document: Document, style: str) -> list[str]:
    """The paragraphs of one style, by its id."""
    return [paragraph.text for paragraph in document.paragraphs if paragraph._p.style == style]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def table(document: Document, *head: str) -> Table:
    """The table with these titles of columns."""
    return next(one for one in document.tables if tuple(cell.text for cell in one.rows[0].cells) == head)


def numbered(document: Document) -> list[tuple[str, int, int]]:
    """Every item of a list, with the list's number and the item's level."""
    found = [(one.text, one._p.pPr.numPr) for one in document.paragraphs if one._p.pPr is not None]
    return [(text, number.numId.val, number.ilvl.val) for text, number in found if number is not None]


def member(file: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(file)).read(name).decode()
