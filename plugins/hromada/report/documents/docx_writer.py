"""Writes a Word document by ДСТУ 4163:2020: styles, runs, fields, numbered lists, ruled tables, page setup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

import docx
from docx.document import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from msgspec import Struct

from hromada.report.documents.report_document import office_link, without_control_characters
from hromada.report.text.placeholders import Run

TWIPS = 56.7  # in a millimetre
INDENT = round(12.5 * TWIPS)
FONT, LANGUAGE = "Times New Roman", "uk-UA"
_FONTS = "".join(f' w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
_UNUSED = ("stylesWithEffects", "customXml", "webSettings", "fontTable", "theme", "thumbnail", "extended-properties")


def _style(kind: str, id: str, name: str, inside: str, based: str = "Normal", following: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    default = ' w:default="1"' if not based else ""
    own = "" if name.isascii() else ' w:customStyle="1"'  # Word's own styles have English names in every file
    return (
        f'<w:style w:type="{kind}"{default}{own} w:styleId="{id}"><w:name w:val={quoteattr(name)}/>'
        f"{on}{after}<w:qFormat/>{inside}</w:style>"
    )


def _paragraph(id: str, name: str, paragraph: str, letters: str = "", **of: str) -> str:
    return _style("paragraph", id, name, f"<w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr>", **of)


def _size(points: int) -> str:
    return f'<w:sz w:val="{points * 2}"/><w:szCs w:val="{points * 2}"/>'


def _heading(level: int) -> str:
    space = '<w:spacing w:before="280" w:after="120"/>' if level == 1 else '<w:spacing w:before="200" w:after="80"/>'
    return _paragraph(
        f"Heading{level}", f"heading {level}",
        f'<w:keepNext/><w:keepLines/>{space}<w:ind w:firstLine="{INDENT}"/><w:outlineLvl w:val="{level - 1}"/>',
        "<w:b/><w:bCs/>" + ("<w:i/><w:iCs/>" if level > 2 else ""), following="BodyText",
    )  # fmt: skip


_BOLD = "<w:b/><w:bCs/>"
_BODY = f'<w:spacing w:line="300" w:lineRule="auto"/><w:ind w:firstLine="{INDENT}"/><w:jc w:val="both"/>'
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_BOX = "".join(
    f'<w:{side} w:val="single" w:sz="8" w:space="6" w:color="auto"/>' for side in ("top", "left", "bottom", "right")
)
_CELL = '<w:top w:w="28" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="28" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
_STYLES = (
    _paragraph("Normal", "Normal", "", based=""),
    _style("character", "DefaultParagraphFont", "Default Paragraph Font", "", based=""),
    _style("character", "Hyperlink", "Hyperlink", '<w:rPr><w:u w:val="dotted"/></w:rPr>',
           based="DefaultParagraphFont"),
    _style("table", "TableNormal", "Normal Table",
           '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
           '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>', based=""),
    _style("table", "TableGrid", "Table Grid",
           f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders><w:tblCellMar>{_CELL}</w:tblCellMar></w:tblPr>",
           based="TableNormal"),
    _style("numbering", "NoList", "No List", "", based=""),
    _paragraph("BodyText", "Body Text", _BODY),
    _paragraph("Publisher", "Установа", '<w:spacing w:after="360"/><w:jc w:val="center"/>', _BOLD),
    _paragraph("Title", "Title", '<w:keepNext/><w:keepLines/><w:spacing w:after="240"/><w:jc w:val="center"/>', _BOLD,
               following="BodyText"),
    _paragraph("Standing", "Стан звіту", '<w:spacing w:after="120"/><w:jc w:val="center"/>'),
    _paragraph("Notice", "Застереження",
               f'<w:pBdr>{_BOX}</w:pBdr><w:spacing w:before="120" w:after="240"/><w:ind w:left="170" w:right="170"/>'
               '<w:jc w:val="center"/>', _BOLD),
    *(_heading(level) for level in range(1, 6)),
    _paragraph("ListParagraph", "List Paragraph", "", based="BodyText"),
    _paragraph("Quote", "Quote", f'<w:ind w:left="{INDENT}" w:firstLine="0"/>', "<w:i/><w:iCs/>", based="BodyText"),
    _paragraph("Caption", "caption", '<w:keepNext/><w:keepLines/><w:spacing w:before="200" w:after="80"/>', _size(12)),
    _paragraph("TableText", "Текст таблиці", "", _size(12)),
    _paragraph("TableNumber", "Число таблиці", '<w:jc w:val="right"/>', based="TableText"),
    _paragraph("TableHead", "Заголовок таблиці", '<w:keepNext/><w:jc w:val="center"/>', _BOLD + _size(11), based="TableText"),
    _paragraph("TableNote", "Примітка до таблиці", '<w:spacing w:before="80"/>', _size(12)),
    _paragraph("Signature", "Signature", "<w:keepNext/><w:keepLines/>"),
    _paragraph("SignatureHint", "Пояснення до підпису", '<w:keepNext/><w:jc w:val="center"/>', _size(10)),
    _paragraph("Header", "header", '<w:jc w:val="center"/>'),
)  # fmt: skip
_DEFAULTS = (
    f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{_FONTS}/>{_size(14)}'
    f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>'
)  # fmt: skip
_SETTINGS = (
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/>'
)


def apply_styles(document: Document) -> None:
    """Replace the template's styles and settings, and remove the parts that the document does not need."""
    for element, inside in (
        (document.styles.element, _DEFAULTS + "".join(_STYLES)),
        (document.settings.element, _SETTINGS),
    ):
        element[:] = parse_xml(f"<w:all {nsdecls('w')}>{inside}</w:all>")[:]
    for rels in (document.part.rels, document.part.package.rels):
        for id in [id for id, rel in rels.items() if rel.reltype.rpartition("/")[2] in _UNUSED]:
            del rels[id]


_STEP, _LEVELS = 425, 9
_ORDERED, _BULLETS = 1, 2


def _level(number: int, ordered: bool) -> str:
    format = "decimal" if ordered else "bullet"
    text = f"%{number + 1}{'.' if number == 0 else ')'}" if ordered else "\N{EN DASH}"
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{list_indent(number)}" w:firstLine="{INDENT}"/></w:pPr></w:lvl>'
    )


def list_indent(level: int) -> int:
    """Left indent of a list's lines, in twips; the number itself is at a paragraph's indent."""
    return level * _STEP


def _abstract_list(id: int) -> str:
    levels = "".join(_level(number, id == _ORDERED) for number in range(_LEVELS))
    return f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


class Numbering:
    """The document's list definitions: `new` starts a list, `number` makes a paragraph its item."""

    def __init__(self, document: Document) -> None:
        self._element = document.part.numbering_part.element
        self._element[:] = parse_xml(
            f"<w:all {nsdecls('w')}>{_abstract_list(_ORDERED)}{_abstract_list(_BULLETS)}</w:all>"
        )[:]
        self._last = 0

    def new(self, ordered: bool, level: int, start: int = 1) -> int:
        self._last += 1
        kind = _ORDERED if ordered else _BULLETS
        restart = f'<w:lvlOverride w:ilvl="{_word_level(level)}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._last}"><w:abstractNumId w:val="{kind}"/>'
                f"{restart if ordered else ''}</w:num>"
            )
        )
        return self._last

    def number(self, paragraph: Paragraph, list_id: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = _word_level(level)
        properties.get_or_add_numId().val = list_id


def _word_level(level: int) -> int:
    """Word has nine levels; deeper lists stay in the ninth."""
    return min(level, _LEVELS - 1)


def add_runs(paragraph: Paragraph, runs: str | Iterable[Run]) -> None:
    """Append runs to the paragraph; a link that office programs can't open stays plain text."""
    for text in (Run(runs),) if isinstance(runs, str) else runs:
        run = paragraph.add_run(without_control_characters(text.text))
        # Set only what differs from the style, so that bold headings stay bold.
        run.bold, run.italic = text.bold or None, text.italic or None
        run.font.strike = text.struck or None
        if address := office_link(text.link) if text.link else "":
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run.style = "Hyperlink"
            run._r.addprevious(link)
            link.append(run._r)


def add_field(paragraph: Paragraph, instruction: str, placeholder: str) -> None:
    """A field that Word updates (PAGE, SEQ); `placeholder` is shown until it does.

    Not the short form of a field: programs that read only runs would lose the number.
    """
    paragraph.add_run()._r.append(_field_character("begin"))
    code = OxmlElement("w:instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")
    paragraph.add_run()._r.append(code)
    paragraph.add_run()._r.append(_field_character("separate"))
    paragraph.add_run(placeholder)
    paragraph.add_run()._r.append(_field_character("end"))


def _field_character(kind: str) -> BaseOxmlElement:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


_PART_INDENT = INDENT // 2


class DocxColumn(Struct, frozen=True):
    """A column; `width` is in millimetres, and the columns of a table add up to 170."""

    title: str
    width: float
    is_number: bool = False


class DocxRow(Struct, frozen=True):
    """Cells from left to right; a part's row is indented, a total's row is bold."""

    cells: tuple[str | tuple[Run, ...], ...]
    is_part: bool = False
    is_total: bool = False


def add_table(document: Document, columns: Sequence[DocxColumn], rows: Sequence[DocxRow], title: str = "") -> Table:
    """Add a ruled table whose head repeats on every page and whose rows don't break; `title` is for screen readers.

    Without any column title there is no head.
    """
    head = [DocxRow(tuple(column.title for column in columns))] if any(column.title for column in columns) else []
    table: Table = document.add_table(len(head) + len(rows), len(columns))
    table.autofit = False  # else Word and LibreOffice take widths of their own
    table._tbl.tblPr.style = "TableGrid"
    for grid, column in zip(table.columns, columns, strict=True):
        grid.width = Mm(column.width)
    for number, (line, row) in enumerate(zip(table.rows, [*head, *rows], strict=True), -len(head)):
        # The first or last row is never alone on a page; neither is the head, by its style.
        keep = len(rows) > 1 and number in (0, len(rows) - 2)
        _fill(line, row, columns, is_head=number < 0, keep=keep)
    if title:
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), title)
        table._tbl.tblPr.append(caption)
    return table


def _fill(line: _Row, row: DocxRow, columns: Sequence[DocxColumn], *, is_head: bool, keep: bool) -> None:
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


class DocxWriter:
    """An A4 document with the margins of ДСТУ 4163:2020; pages are numbered from the second one on."""

    def __init__(self) -> None:
        self.document = docx.Document()
        apply_styles(self.document)
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

    def table(
        self, title: str, columns: Sequence[DocxColumn], rows: Sequence[DocxRow], notes: Sequence[str] = ()
    ) -> None:
        """A table under its number and title, with notes below it."""
        self._tables += 1
        caption = self.add("Caption", "Таблиця\N{NO-BREAK SPACE}")
        add_field(caption, "SEQ Таблиця \\* ARABIC", str(self._tables))
        add_runs(caption, f" – {title}")
        table = add_table(self.document, columns, rows, title)
        if notes and rows:  # keep them with the table's last row
            for cell in table.rows[-1].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        for note in notes:
            self.add("TableNote", note)
