"""Runs of text in a Word paragraph: bold, italic, struck, links."""

from __future__ import annotations

from collections.abc import Iterable

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from hromada.report.documents.office_links import web_link
from hromada.report.documents.phrases import printable
from hromada.report.text.blocks import Run


def add_runs(paragraph: Paragraph, runs: str | Iterable[Run]) -> None:
    """Put the runs at the paragraph's end; what is no web link stays as words."""
    for one in (Run(runs),) if isinstance(runs, str) else runs:
        run = paragraph.add_run(printable(one.text))
        # Only what differs from the style is said, so that bold headings stay bold.
        run.bold, run.italic = one.bold or None, one.italic or None
        run.font.strike = one.struck or None
        if address := web_link(one.link) if one.link else "":
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run.style = "Hyperlink"
            run._r.addprevious(link)
            link.append(run._r)


def add_field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word keeps up to date: PAGE, SEQ; `shown` stands there until it does.

    Not the short form of a field: programs that read only runs would lose the number.
    """
    paragraph.add_run()._r.append(_mark("begin"))
    code = OxmlElement("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(_mark("separate"))
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(_mark("end"))


def _mark(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
