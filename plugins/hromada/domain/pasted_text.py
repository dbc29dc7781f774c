"""What a text pasted from Word looks like, and Markdown takes otherwise: indents, list marks, paragraphs, tables.

Each function gives the numbers of lines, from 0. Code between fences is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.domain.markdown_normalizing import cell_count, is_table, kept_lines
from hromada.domain.markdown_spans import Part, code_lines

_LETTER, _CYRILLIC = re.compile(r"[^\W\d_]"), re.compile(r"[А-ЯҐЄІЇа-яґєії]")
_CODE_SIGNS = re.compile(r"[{}<>=`|\\$]|\[\[|//")
MARK = re.compile(
    r"[ \t\xa0]*[•·●○■□▪▫◦‣∙➢✓\uf0b7\uf0a7\uf0d8][ \t\xa0]*(?=\S)|[-*+]\xa0[ \xa0]*(?=\S)"
    r"|[ \t\xa0]*(?:[o§Øü]\t|[Øü][ \xa0]|§[ \xa0](?=[а-яґєії]))[ \t\xa0]*(?=\S)"
)  # Word's own signs are the last three of the first kind, and the last kind where their font was lost
_ITEM = re.compile(r" {0,3}(?:[-*+]|\d{1,3}\.)[ \t]")
_LETTERED = re.compile(r"(?:[а-яґєії]|\d{1,3})\)[ \t\xa0]")  # a point of another list
_PARTED = re.compile(
    r"[ \t]*(?:\d{1,3}[.)]|[а-яґєіїa-z][.)]|[-–—−])\t"
)  # what Word has put before a paragraph: no cell of a table
_DASHES = re.compile(r"-+[ ]*$")
_CODE = re.compile(r"`[^`\n]*`")
_DASH_LINE = re.compile(r"\n-+[ ]*(?:\n|$)")
_SENTENCE = re.compile(r"[.!?…:;,][»”)\"*_]{0,4}$")
_LONGEST_HEADING = 100  # letters
_MOST_WORDS = 5  # of a heading that nobody will take for a sentence
_BLOCK = re.compile(r"[ \t#>|<]|[-+*][ \t]")
_LONG = 150  # letters of a line that a person broke by hand: texts are wrapped at 80 to 120
_BREAKS = ("  ", "\\")  # a line that is broken by force
_ENDED = re.compile(r"[.!?…:;][»”)\"]?[ \t\xa0]*$")
_BEGUN = re.compile(r"[«„(\"]?[А-ЯҐЄІЇ0-9]")


def indented_paragraphs(text: str) -> Iterator[int]:
    """Lines of prose after an indent of four spaces or a tab: Markdown shows them as code, or joins them with what is above."""
    above, in_list = "", False
    for number, line, is_code in _lines(text):
        if line.strip() and (line[0] not in " \t" or _ITEM.match(line)):
            in_list = _ITEM.match(line) is not None
        is_own = (is_code and not in_list) or _is_own_after_a_tab(above, line)
        if is_own and _is_prose(line):
            yield number
        above = line


def _is_prose(line: str) -> bool:
    """A person's words: Ukrainian, and without the signs of a program's text; a word or two after spaces may be an example of code."""
    if (
        not line.startswith("\t")
        and not _ITEM.match(line.lstrip())
        and sum(_CYRILLIC.search(word) is not None for word in line.split()) < 3
    ):
        return False
    letters = len(_LETTER.findall(line))
    return letters > 2 and len(_CYRILLIC.findall(line)) * 2 > letters and not _CODE_SIGNS.search(line)


def _is_own_after_a_tab(above: str, line: str) -> bool:
    """Word gives every paragraph a line of its own and, with a first-line indent, a tab before it."""
    if not line.startswith("\t") or not above.strip() or _BEGUN.match(line.lstrip()) is None:
        return False
    is_of_word = above.startswith("\t") or "\t" in above.strip() or MARK.match(above) is not None
    return is_of_word or (_ENDED.search(above) is not None and not _ITEM.match(above))


def marked_lines(text: str) -> Iterator[int]:
    """Lines that begin with «•» or another of Word's list marks: Markdown makes no list of them."""
    return (number for number, line, _ in _lines(text) if MARK.match(line))


def joined_lines(text: str) -> Iterator[int]:
    """Lines that will stand in one paragraph with the line above, and were one of their own: a long sentence under another."""
    kept: frozenset[int] | None = None
    above = ""
    for number, line, _ in _lines(text):
        if above and line and above.strip() and _is_own(above, line):
            kept = kept_lines(text) if kept is None else kept
            if number not in kept or _ITEM.match(above) or MARK.match(above):  # a line of a point is still in the point
                yield number
        above = line


def _is_own(above: str, line: str) -> bool:
    """Whether the line was a paragraph or an item by itself."""
    if line[0] in " \t" or _ITEM.match(line) or MARK.match(line) or above.endswith(_BREAKS):
        return False
    is_item = _ITEM.match(above) is not None or MARK.match(above) is not None
    if is_item and _LETTERED.match(line):
        return True
    is_long = len(above) >= _LONG and "|" not in above and not above.lstrip().startswith(("#", ">"))
    return (is_item or is_long) and _ENDED.search(above) is not None and _BEGUN.match(line) is not None


def dashed_sentences(text: str, *, only_sure: bool = False) -> Iterator[int]:
    """Lines of a sentence over a line of dashes, at the beginning of a paragraph: Markdown makes it a heading.

    What has many words, or nothing under it, may be a sentence without its full stop.
    """
    if not _DASH_LINE.search(text):
        return
    end = len(text.rstrip())
    before, above, at = "", "", 0
    for number, line, is_code in _lines(text):
        if _DASHES.match(line) and above.strip() and not before.strip() and not is_code and not _BLOCK.match(above):
            words = above.strip()
            is_sure = len(words) > _LONGEST_HEADING or _SENTENCE.search(words) is not None
            if is_sure or (not only_sure and (len(words.split()) > _MOST_WORDS or at + len(line.rstrip()) >= end)):
                yield number - 1
        before, above = above, line
        at += len(line) + 1


def cut_rows(text: str) -> Iterator[tuple[int, int, str]]:
    """Rows of tables with words beyond the head's last column, which no page shows: the line, the columns, those words."""
    if "|" not in text:
        return
    columns, above = 0, ""
    for number, line, _ in _lines(text):
        if columns and line.strip():
            cells = _CODE.sub("", line).replace("\\|", "").strip().removeprefix("|").split("|")
            if further := " ".join(" ".join(cells[columns:]).split()):
                yield number, columns, further
        else:
            columns = cell_count(above) if is_table(above, line) else 0
        above = line


def tabbed_rows(text: str) -> Iterator[int]:
    """The first line of every table whose cells are parted by tabs: Markdown joins them into one paragraph."""
    rows = 0
    for number, line, _ in _lines(text):
        is_row = "\t" in line.strip() and not MARK.match(line) and not _PARTED.match(line)
        rows = rows + 1 if is_row else 0
        if rows == 2:
            yield number - 1


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Each line with its number and whether Markdown takes it for indented code; those of a fence are blank."""
    parts = {span.start: span.part for span in code_lines(text)}
    at = 0
    for number, line in enumerate(text.split("\n")):
        part = parts.get(at)
        yield number, "" if part is Part.FENCED else line, part is Part.INDENTED
        at += len(line) + 1
