"""Real lists for Word: each list is numbered by itself, lists in lists keep their level."""

from __future__ import annotations

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from hromada.report.documents.docx_styles import INDENT

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
    """How far a list's lines stand from the left margin; the number itself stands at a paragraph's indent."""
    return level * _STEP


def _kind(id: int) -> str:
    levels = "".join(_level(number, id == _ORDERED) for number in range(_LEVELS))
    return f'<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'


class Numbering:
    """The document's list definitions; `new` begins a list, `number` makes a paragraph its item."""

    def __init__(self, document: Document) -> None:
        self._element = document.part.numbering_part.element
        self._element[:] = parse_xml(f"<w:all {nsdecls('w')}>{_kind(_ORDERED)}{_kind(_BULLETS)}</w:all>")[:]
        self._last = 0

    def new(self, ordered: bool, level: int, start: int = 1) -> int:
        self._last += 1
        kind = _ORDERED if ordered else _BULLETS
        restart = f'<w:lvlOverride w:ilvl="{_deep(level)}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        self._element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._last}"><w:abstractNumId w:val="{kind}"/>'
                f"{restart if ordered else ''}</w:num>"
            )
        )
        return self._last

    def number(self, paragraph: Paragraph, list_id: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = _deep(level)
        properties.get_or_add_numId().val = list_id


def _deep(level: int) -> int:
    """Word knows nine levels; what lies deeper stays in the ninth."""
    return min(level, _LEVELS - 1)
