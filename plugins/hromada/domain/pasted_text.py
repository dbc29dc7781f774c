"""What a text pasted from Word looks like, and Markdown takes otherwise: indents, list marks, paragraphs, tables.

Each function gives the numbers of lines, from 0. Fenced code is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)[ \t]")
_INDENT = re.compile(r"[ \xa0]*\t[ \t\xa0]*|[ \xa0]{4,}")
_PROSE = re.compile(
    r"(?:[«„(\"]?[А-ЯҐЄІЇа-яґєії][а-яґєії’'ʼ-]*[»“)\"]?[,:;]?[ \xa0]+(?:[–—-][ \xa0]+)?){3}", re.IGNORECASE
)  # four words
MARK = re.compile(r"[ \t\xa0]*[•·●○■□▪▫◦‣∙➢✓\uf0b7\uf0a7\uf0d8][ \t\xa0]*(?=\S)")  # the last three are Word's own signs
_NUMBERED = re.compile(r"[ \t]*\d{1,3}\)[ \t\xa0]+\S")
_CELLS = re.compile(r"[^\t]*\S[^\t]*(?:\t[^\t]*)*\t[^\t]*\S[^\t]*")
_LONG = 150  # letters of a line that a person broke by hand: texts are wrapped at 80 to 120
_ENDED = re.compile(r"[.!?…:;][»”)\"]?[ \t\xa0]*$")
_BEGUN = re.compile(r"[«„(\"]?[А-ЯҐЄІЇ0-9]")


def indented_paragraphs(lines: Sequence[str]) -> Iterator[int]:
    """Lines of prose after an indent of four spaces or a tab: Markdown shows them as code. Below a list's item they are its own."""
    in_list = is_code = False
    was_blank = True
    for number, line in _open_lines(lines):
        if not line.strip():
            was_blank = True
            continue
        if found := _INDENT.match(line):
            if not in_list and (was_blank or is_code) and _PROSE.match(line, found.end()):
                yield number
            is_code = is_code or was_blank
        else:
            in_list = bool(_ITEM.match(line)) or (in_list and not was_blank)
            is_code = False
        was_blank = False


def marked_lines(lines: Sequence[str]) -> Iterator[int]:
    """Lines that begin with «•» or another of Word's list marks: Markdown makes no list of them."""
    return (number for number, line in _open_lines(lines) if MARK.match(line))


def joined_lines(lines: Sequence[str]) -> Iterator[int]:
    """Lines that will stand in one paragraph with the line above, and were one of their own: «2)» under «1)», a long sentence under another."""
    above = ""
    for number, line in _open_lines(lines):
        if above.strip() and _is_own(above, line):
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


def tabbed_rows(lines: Sequence[str]) -> Iterator[int]:
    """The first line of every table whose cells are parted by tabs: Markdown joins them into one paragraph."""
    rows = 0
    for number, line in [*_open_lines(lines), (len(lines), "")]:
        if _CELLS.fullmatch(line):
            rows += 1
            continue
        if rows > 1:
            yield number - rows
        rows = 0


def _open_lines(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines outside fences; those of a fence as blank ones."""
    fence = ""
    for number, line in enumerate(lines):
        found = _FENCE.match(line)
        if fence:
            yield number, ""
            if found and found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found:
            fence = found[1]
            yield number, ""
        else:
            yield number, line
