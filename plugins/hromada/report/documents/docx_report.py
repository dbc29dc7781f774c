"""report.docx: the report as an official document that can be edited, printed, signed and filed."""

from __future__ import annotations

import io

from docx.shared import Pt
from msgspec.structs import replace

from hromada.domain.calendar import midnight
from hromada.domain.lazy_regex import lazy_compile
from hromada.report.documents.docx_sections import (
    add_accounts,
    add_blocks,
    add_changes,
    add_comparison,
    add_figures,
    add_months,
    add_reconciliation,
    add_rules,
    add_signature,
    add_units,
    add_versions,
)
from hromada.report.documents.docx_writer import LANGUAGE, DocxWriter
from hromada.report.documents.report_document import (
    INCOMPLETE,
    ReportDocument,
    filed_on,
    reproducible_zip,
    sentence,
    status_sentences,
    within_bounds,
    without_control_characters,
)
from hromada.report.text.placeholders import Run
from hromada.report.view.report_view import ApprovalView, ReportView


def report_docx(report_document: ReportDocument) -> bytes:
    """The document; the same report gives the same bytes."""
    report_document = within_bounds(report_document)
    writer, view = DocxWriter(), with_nonbreaking_numbers(report_document.view)
    _describe(writer, view)
    _add_head(writer, view, report_document.notes)
    add_blocks(writer, report_document.text)
    add_figures(writer, report_document)
    add_units(writer, view)
    add_accounts(writer, view)
    add_comparison(writer, view.comparison, view.period_title)
    add_months(writer, view)
    add_rules(writer, view)
    add_reconciliation(writer, view)
    add_changes(writer, view)
    add_versions(writer, view)
    _add_address(writer, report_document)
    add_signature(writer, view.approval)
    out = io.BytesIO()
    writer.document.save(out)
    return reproducible_zip(out.getvalue())


def _describe(writer: DocxWriter, view: ReportView) -> None:
    """Set the file's properties; dates are the document's own, never the clock's."""
    about = writer.document.core_properties
    day = midnight(filed_on(view))
    about.title, about.author, about.language = (
        without_control_characters(view.title)[:255],
        without_control_characters(view.publisher)[:255],
        LANGUAGE,
    )
    about.subject, about.keywords, about.comments, about.category = view.period_title, "", "", "звіт"
    about.created = about.modified = day
    about.last_modified_by, about.revision = about.author, 1


def _add_head(writer: DocxWriter, view: ReportView, left_out: tuple[str, ...]) -> None:
    writer.add("Publisher", view.publisher)
    writer.add("Title", view.title)
    line, *notes = status_sentences(view)
    last = writer.add("Standing", line)
    for note in (*notes, *left_out):
        last = writer.add("Standing", sentence(note))
    if not view.complete:
        last = writer.add("Notice", sentence(INCOMPLETE))
    last.paragraph_format.space_after = Pt(18)


def _add_address(writer: DocxWriter, report_document: ReportDocument) -> None:
    """The report's address; nothing while the site has only a sample address, which must not be signed."""
    if report_document.home:
        _state_address(writer, report_document)
    writer.document.paragraphs[-1].paragraph_format.keep_with_next = True  # a signature must not stand alone on a page


def _state_address(writer: DocxWriter, report_document: ReportDocument) -> None:
    writer.heading("Звіт на сайті")
    writer.add(
        "BodyText",
        (
            Run("Звіт опубліковано за адресою "),
            Run(report_document.home, link=report_document.home),
            Run(". Там кожне число веде до переліку матеріалів, з яких його складено."),
        ),
    )


_HYPHEN, _JOINER = "\N{NON-BREAKING HYPHEN}", "\N{WORD JOINER}"
# Lines break after a slash only before a letter; no joiner where it isn't needed, since not every font knows it.
_SLASH = lazy_compile(r"/(?=[^\d\s])")


def with_nonbreaking_numbers(view: ReportView) -> ReportView:
    """The report with the number of each approval as one piece."""
    return replace(view, approval=_nonbreaking_approval(view.approval)) if view.approval else view


def _nonbreaking_approval(approval: ApprovalView) -> ApprovalView:
    versions = tuple(replace(version, document=_nonbreaking(version.document)) for version in approval.versions)
    return replace(approval, document=_nonbreaking(approval.document), versions=versions)


def _nonbreaking(number: str) -> str:
    return _SLASH.sub(f"/{_JOINER}", number).replace("-", _HYPHEN)
