"""The signature under a Word report: position, room for the hand, name; date and number below."""

from __future__ import annotations

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.table import _Cell

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_runs import add_runs
from hromada.report.documents.phrases import NBSP, numbered
from hromada.report.view.report_view import ApprovalView

_WIDTHS = (72.0, 3.0, 42.0, 3.0, 50.0)  # a name of usual length stays on one line
_POSITION, _HAND, _NAME = 0, 2, 4


def add_signature(paper: Paper, approval: ApprovalView | None) -> None:
    """Filled in when the report is approved; otherwise lines to write on."""
    paper.add("Signature", "")
    table = paper.document.add_table(2 if approval is None else 1, len(_WIDTHS))
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for number, row in enumerate(table.rows):
        row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_ALIGN_VERTICAL.TOP if number else WD_ALIGN_VERTICAL.BOTTOM
            cell.paragraphs[0]._p.style = "SignatureHint" if number else "Signature"
    cells = table.rows[0].cells
    _line(cells[_HAND])
    if approval is None:
        _leave_blank(cells, table.rows[1].cells)
    else:
        add_runs(cells[_POSITION].paragraphs[0], capitalized(approval.position))
        add_runs(cells[_NAME].paragraphs[0], approval.name)
    paper.add("Signature", "")
    last = paper.add("Signature", _dated(approval))
    last.paragraph_format.keep_with_next = False


def _leave_blank(cells: tuple[_Cell, ...], hints: tuple[_Cell, ...]) -> None:
    for number, hint in ((_POSITION, "посада"), (_HAND, "підпис"), (_NAME, "Власне ім’я ПРІЗВИЩЕ")):
        _line(cells[number])
        add_runs(hints[number].paragraphs[0], hint)


def _line(cell: _Cell) -> None:
    """A ruled bottom; the words of the neighbours stand on it."""
    rule = '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    width = cell._tc.get_or_add_tcPr()[0]  # the schema wants the borders right after it
    width.addnext(parse_xml(f"<w:tcBorders {nsdecls('w')}>{rule}</w:tcBorders>"))


def _dated(approval: ApprovalView | None) -> str:
    if approval is None:
        return f"«___»{NBSP}______________{NBSP}20___{NBSP}року  №{NBSP}________"
    return "  ".join(filter(None, (day_in_words(approval.on), numbered(approval.document))))
