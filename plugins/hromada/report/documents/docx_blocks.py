"""The text that the department wrote, in Word: paragraphs, headings, lists in lists, quotes, tables."""

from __future__ import annotations

from collections.abc import Iterable

from docx.shared import Twips

from hromada.report.documents.docx_numbering import list_indent
from hromada.report.documents.docx_paper import Paper
from hromada.report.documents.docx_tables import Column, Row, add_table
from hromada.report.text.blocks import Block, Heading, ListBlock, Paragraph, Picture, Quote, Run, TextTable

_WIDTH = 170.0


def add_blocks(paper: Paper, blocks: Iterable[Block], style: str = "BodyText", level: int = -1) -> None:
    """`level` is the list's that the blocks stand in; outside of lists it is −1."""
    for block in blocks:
        match block:
            case Paragraph(runs):
                _add_paragraph(paper, runs, style, level)
            case Heading(deep, runs):
                paper.heading(runs, deep - 1)  # the title is Word's Title, so the text begins with Heading 1
            case ListBlock():
                _add_list(paper, block, level + 1)
            case Quote(inside):
                add_blocks(paper, inside, "Quote", level)
            case TextTable():
                _add_table(paper, block)
            case Picture(alt):
                if alt:
                    _add_paragraph(paper, (Run(f"[Зображення: {alt}]", italic=True),), style, level)


def _add_paragraph(paper: Paper, runs: tuple[Run, ...], style: str, level: int) -> None:
    paragraph = paper.add(style, runs)
    if level > 0:  # goes on with an item of a list in a list
        paragraph.paragraph_format.left_indent = Twips(list_indent(level))


def _add_list(paper: Paper, block: ListBlock, level: int) -> None:
    list_id = paper.numbering.new(block.ordered, level, block.start)
    for item in block.items:
        first, rest = (item[0].runs, item[1:]) if item and isinstance(item[0], Paragraph) else ((), item)
        paper.numbering.number(paper.add("ListParagraph", first), list_id, level)
        add_blocks(paper, rest, level=level)


def _add_table(paper: Paper, block: TextTable) -> None:
    """Columns as wide as their longest words; ragged rows are filled up."""
    lines = [line for line in (block.head, *block.rows) if line]
    count = max(map(len, lines), default=0)
    if not count:
        return
    weights = [max(_weight(line[n]) if n < len(line) else 1 for line in lines) for n in range(count)]
    titles = ["".join(run.text for run in cell) for cell in block.head] + [""] * (count - len(block.head))
    columns = [Column(title, _WIDTH * weight / sum(weights)) for title, weight in zip(titles, weights, strict=True)]
    rows = [Row((*row, *[()] * (count - len(row)))) for row in block.rows]
    add_table(paper.document, columns, rows)
    paper.add("TableNote", "")  # Word joins neighbouring tables


def _weight(cell: tuple[Run, ...]) -> float:
    """How much room a cell asks for: its words' number, within reason."""
    return min(max(sum(len(run.text) for run in cell), 6), 40)
