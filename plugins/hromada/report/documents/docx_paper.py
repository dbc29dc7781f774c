"""The Word document while it is written: its page, its lists and tables counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import docx
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from hromada.report.documents.docx_numbering import Numbering
from hromada.report.documents.docx_runs import add_field, add_runs
from hromada.report.documents.docx_styles import dress
from hromada.report.documents.docx_tables import Column, Row, add_table
from hromada.report.text.blocks import Run


class Paper:
    """An A4 document with the margins of the standard; pages are numbered from the second one on."""

    def __init__(self) -> None:
        self.document = docx.Document()
        dress(self.document)
        self.numbering = Numbering(self.document)
        self._tables = 0
        self._set_page()

    def _set_page(self) -> None:
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Mm(30), Mm(10), Mm(20), Mm(20)
        page.header_distance = page.footer_distance = Mm(10)
        page.different_first_page_header_footer = True
        number = page.header.paragraphs[0]
        number._p.style = "Header"
        add_field(number, "PAGE", "2")

    def add(self, style: str, runs: str | Iterable[Run]) -> Paragraph:
        """A paragraph in a style, by the style's id."""
        paragraph = self.document.add_paragraph()
        paragraph._p.style = style
        add_runs(paragraph, runs)
        return paragraph

    def heading(self, runs: str | Iterable[Run], level: int = 1) -> None:
        self.add(f"Heading{min(level, 5)}", runs)

    def items(self, texts: Iterable[str | tuple[Run, ...]], *, ordered: bool) -> None:
        """A list of one level."""
        list_id = self.numbering.new(ordered, 0)
        for text in texts:
            self.numbering.number(self.add("ListParagraph", text), list_id, 0)

    def table(self, title: str, columns: Sequence[Column], rows: Sequence[Row], notes: Sequence[str] = ()) -> None:
        """A table under its number and title, with notes below it."""
        self._tables += 1
        caption = self.add("Caption", "Таблиця\N{NO-BREAK SPACE}")
        add_field(caption, "SEQ Таблиця \\* ARABIC", str(self._tables))
        add_runs(caption, f" – {title}")
        table = add_table(self.document, columns, rows, title)
        if notes and rows:  # they stay with the table's last row
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        for note in notes:
            self.add("TableNote", note)
