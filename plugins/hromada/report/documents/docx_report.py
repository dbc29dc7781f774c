"""report.docx: the report as an official document, to be edited, printed, signed and filed."""

from __future__ import annotations

import io

from docx.shared import Pt

from hromada.domain.calendar import midnight
from hromada.report.documents.bounds import within_bounds
from hromada.report.documents.docx_blocks import add_blocks
from hromada.report.documents.docx_checking import add_changes, add_reconciliation, add_rules, add_versions
from hromada.report.documents.docx_figures import add_accounts, add_figures, add_units
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_signature import add_signature
from hromada.report.documents.docx_styles import LANGUAGE
from hromada.report.documents.docx_times import add_comparison, add_months
from hromada.report.documents.nbsp import with_unbroken_numbers
from hromada.report.documents.phrases import INCOMPLETE, filed_on, printable, sentence, visibility
from hromada.report.documents.report_document import ReportDocument
from hromada.report.documents.zipped import repacked
from hromada.report.text.blocks import Run
from hromada.report.view.report_view import ReportView


def report_docx(report_document: ReportDocument) -> bytes:
    """The same bytes for the same report."""
    report_document = within_bounds(report_document)
    paper, view = Paper(), with_unbroken_numbers(report_document.view)
    _describe(paper, view)
    _add_head(paper, view, report_document.notes)
    add_blocks(paper, report_document.text)
    add_figures(paper, report_document)
    add_units(paper, view)
    add_accounts(paper, view)
    add_comparison(paper, view.comparison, view.period_title)
    add_months(paper, view)
    add_rules(paper, view)
    add_reconciliation(paper, view)
    add_changes(paper, view)
    add_versions(paper, view)
    _add_address(paper, report_document)
    add_signature(paper, view.approval)
    out = io.BytesIO()
    paper.document.save(out)
    return repacked(out.getvalue())


def _describe(paper: Paper, view: ReportView) -> None:
    """The file's properties; its dates are the document's, the clock is never asked."""
    about = paper.document.core_properties
    day = midnight(filed_on(view))
    about.title, about.author, about.language = printable(view.title)[:255], printable(view.publisher)[:255], LANGUAGE
    about.subject, about.keywords, about.comments, about.category = view.period_title, "", "", "звіт"
    about.created = about.modified = day
    about.last_modified_by, about.revision = about.author, 1


def _add_head(paper: Paper, view: ReportView, left_out: tuple[str, ...]) -> None:
    paper.add("Publisher", view.publisher)
    paper.add("Title", view.title)
    line, *notes = visibility(view)
    last = paper.add("Standing", line)
    for note in (*notes, *left_out):
        last = paper.add("Standing", sentence(note))
    if not view.complete:
        last = paper.add("Notice", sentence(INCOMPLETE))
    last.paragraph_format.space_after = Pt(18)


def _add_address(paper: Paper, report_document: ReportDocument) -> None:
    """Nothing while the site has no real address: a paper that is signed states no invented one."""
    if report_document.home:
        _state_address(paper, report_document)
    paper.document.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature must not stand alone on a page


def _state_address(paper: Paper, report_document: ReportDocument) -> None:
    paper.heading("Звіт на сайті")
    paper.add(
        "BodyText",
        (
            Run("Звіт опубліковано за адресою "),
            Run(report_document.home, link=report_document.home),
            Run(". Там кожне число веде до переліку матеріалів, з яких його складено."),
        ),
    )
