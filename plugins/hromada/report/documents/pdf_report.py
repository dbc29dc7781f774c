"""report.pdf: the report laid out by Typst; tagged (PDF/UA-1), archival (PDF/A-2a), reproducible byte for byte."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time

from hromada.report.documents.office_files import office_link
from hromada.report.documents.pdf_data import Data, document_data
from hromada.report.documents.pdf_letters import MISSING, printable
from hromada.report.documents.pdf_packing import compress_objects
from hromada.report.documents.phrases import filed_on
from hromada.report.documents.report_document import ReportDocument

_LINK = "link"  # the only key whose value is an address
_LONGEST_LINK = 2000  # bytes; readers of PDF refuse more, and so does Typst from 8,000 on
# Typst caches a layout during its next ten documents: 120 MB a report, 1.5 GB with the former versions of a few years.
# Compiling eleven empty documents takes 0.06 s and empties the cache.
_CACHE_FLUSHES = 11


def report_pdf(report_document: ReportDocument, template: str, fonts: str) -> bytes:
    """The document; `template` is the text of report.typ, `fonts` the folder of its fonts: no other font is used.

    The template reads the values as data: nothing in them is ever evaluated as Typst's markup.
    """
    import typst  # 80 MB of machine code: only who makes a document loads it

    font_set = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts])
    pdf = typst.compile(  # type: ignore[type-var]  # its types want every argument alike: all bytes or all str
        template.encode(),
        root=fonts,  # the template reads no files; without a root it might from the current folder
        font_paths=font_set,
        sys_inputs={"data": json.dumps(template_data(report_document), ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=datetime.combine(filed_on(report_document.view), time(12), UTC),  # noon: the same day in Kyiv
    )
    for _ in range(_CACHE_FLUSHES):
        typst.compile(b"", font_paths=font_set, timestamp=0)
    return compress_objects(pdf)


def template_data(report_document: ReportDocument) -> Data:
    """The values in characters that the fonts have; `unknown`: whether any was missing."""
    data = document_data(report_document)
    printed = {key: _with_font_characters(value) for key, value in data.items()}
    return printed | {"unknown": _missing_count(printed) > _missing_count(data)}


def _with_font_characters(value: object) -> object:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _link(item) if key == _LINK else _with_font_characters(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_with_font_characters(item) for item in value]
    return value


def _link(address: str) -> str:
    """The address as PDF allows it; empty for an invalid or too long one, whose text stays."""
    link = office_link(address)
    return link if len(link) <= _LONGEST_LINK else ""


def _missing_count(value: object) -> int:
    return json.dumps(value, ensure_ascii=False).count(MISSING)
