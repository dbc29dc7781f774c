"""Styles of an official document by ДСТУ 4163:2020; they replace all of python-docx's template."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

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
