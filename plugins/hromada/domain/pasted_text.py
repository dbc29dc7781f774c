"""What a text pasted from Word looks like, and Markdown takes otherwise: indents, list marks, paragraphs, tables.

Each function gives the numbers of lines, from 0. Code between fences is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.domain.markdown_spans import Part, code_lines, without

_PROSE = re.compile(
    r"(?:[«„(\"]?[А-ЯҐЄІЇа-яґєії][а-яґєії’'ʼ-]*[»“)\"]?[,:;]?[ \xa0]+(?:[–—-][ \xa0]+)?){3}", re.IGNORECASE
)  # four words
MARK = re.compile(r"[ \t\xa0]*[•·●○■□▪▫◦‣∙➢✓\uf0b7\uf0a7\uf0d8][ \t\xa0]*(?=\S)")  # the last three are Word's own signs
_NUMBERED = re.compile(r"[ \t]*\d{1,3}\)[ \t\xa0]+\S")
_LONG = 150  # letters of a line that a person broke by hand: texts are wrapped at 80 to 120
_ENDED = re.compile(r"[.!?…:;][»”)\"]?[ \t\xa0]*$")
_BEGUN = re.compile(r"[«„(\"]?[А-ЯҐЄІЇ0-9]")


def indented_paragraphs(text: str) -> Iterator[int]:
    """Lines of prose after an indent of four spaces or a tab: Markdown shows them as code."""
    number = at = 0
    for span in code_lines(text):
        if span.part is Part.INDENTED and _PROSE.match(text[span.start : span.end].lstrip()):
            number += text.count("\n", at, span.start)
            at = span.start
            yield number


def marked_lines(text: str) -> Iterator[int]:
    """Lines that begin with «•» or another of Word's list marks: Markdown makes no list of them."""
    return (number for number, line in _open_lines(text) if MARK.match(line))


def joined_lines(text: str) -> Iterator[int]:
    """Lines that will stand in one paragraph with the line above, and were one of their own: «2)» under «1)», a long sentence under another."""
    above = ""
    for number, line in _open_lines(text):
        if above and line and above.strip() and _is_own(above, line):
            yield number
        above = line


def _is_own(above: str, line: str) -> bool:
    if _NUMBERED.match(line) and _NUMBERED.match(above):
        return not above.endswith(("  ", "\\"))  # a forced line break
    is_whole = len(above) >= _LONG and _ENDED.search(above) is not None and not above.endswith("  ")
    return (
        is_whole
        and "|" not in above
        and not above.lstrip().startswith(("#", ">", "-", "*"))
        and _BEGUN.match(line) is not None
    )


def tabbed_rows(text: str) -> Iterator[int]:
    """The first line of every table whose cells are parted by tabs: Markdown joins them into one paragraph."""
    rows = 0
    for number, line in _open_lines(text):
        rows = rows + 1 if "\t" in line.strip() else 0
        if rows == 2:
            yield number - 1


def _open_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines outside fences; those of a fence as blank ones."""
    fenced = [span for span in code_lines(text) if span.part is Part.FENCED]
    return enumerate(without(text, fenced).split("\n"))
