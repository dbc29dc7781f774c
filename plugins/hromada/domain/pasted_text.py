"""What pasted text brings along: invisible characters, and the indents, markers, paragraphs and tables that Markdown reads otherwise.

Each function yields indexes of lines, from 0. Fenced code is skipped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_normalizing import cell_count, hard_break_lines, is_table
from hromada.domain.markdown_spans import SpanKind, code_lines

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_JOINERS = "\u200c\u200d"
_BREAKS = "\u2028\u2029"
_NAMELESS = "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
NAMES: Mapping[str, str] = {
    "\u00ad": "м’який перенос",
    "\u180e": "роздільник голосних",
    "\u200b": "пробіл нульової ширини",
    "\u200c": "знак роз’єднання",
    "\u200d": "знак з’єднання",
    "\u2028": "знак нового рядка",
    "\u2029": "знак нового абзацу",
    "\u2060": "знак нерозривності",
    **dict.fromkeys("\u2061\u2062\u2063\u2064", "невидимий знак дії"),
    "\ufeff": "позначка BOM посеред тексту",
    **dict.fromkeys(_DIRECTIONS, "знак напрямку письма"),
    **dict.fromkeys(_NAMELESS, ""),
}
_RIGHT_TO_LEFT = lazy_compile("[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufefc]")
# Joiners are needed inside emoji and other scripts; after a Latin or Cyrillic letter, a digit, a space or each other
# they are debris.
_STRAY_JOINER = rf"(?<![^\x00-\u024f\u0400-\u04ff\u2010-\u201f\u2026{''.join(NAMES)}])[{_JOINERS}]"
_DEBRIS = "".join(char for char in NAMES if char not in _DIRECTIONS + _JOINERS + _BREAKS)
# A line separator inside a line separates two words; beside a space or a line end it means nothing.
_PARTING = rf"(?P<parting>(?<=\S)[{_BREAKS}](?=[{_BREAKS}]*\S))|[{_BREAKS}]"
# «–», «“», «…» of Windows that a program took for control characters; after such letters it is doubly encoded text.
_TWICE = "(?<![\xc2-\xf4])(?<![\xe0-\xf4][\x80-\xbf])(?<![\xf0-\xf4][\x80-\xbf][\x80-\xbf])"
_LOST_SIGN = f"(?P<lost>{_TWICE}[\x80-\x9f])"
_SIGNS_OF_WINDOWS = {chr(byte): bytes([byte]).decode("cp1252", "ignore") for byte in range(0x80, 0xA0)}
_ANY = lazy_compile(f"[\x80-\x9f{''.join(NAMES)}]")
_STRAY = lazy_compile(f"[{_DEBRIS}{_DIRECTIONS}]|{_STRAY_JOINER}|{_PARTING}|{_LOST_SIGN}")
_STRAY_BESIDE_RIGHT_TO_LEFT = lazy_compile(f"[{_DEBRIS}]|{_STRAY_JOINER}|{_PARTING}|{_LOST_SIGN}")


def find_stray_chars(text: str) -> Iterator[re.Match[str]]:
    """A match for each invisible character without a function; direction marks have one beside right-to-left letters."""
    if not _ANY.search(text):
        return iter(())
    return _stray(text).finditer(text)


def remove_stray_chars(text: str) -> str:
    """The text without stray invisible characters; words that only one of them separated get a space between them.

    A sign of Windows that became a control character is that sign again.
    """
    return _stray(text).sub(_replacement, text) if _ANY.search(text) else text


def _replacement(match: re.Match[str]) -> str:
    return _SIGNS_OF_WINDOWS[match["lost"]] if match["lost"] else " " * bool(match["parting"])


def _stray(text: str) -> re.Pattern[str]:
    return _STRAY_BESIDE_RIGHT_TO_LEFT if _RIGHT_TO_LEFT.search(text) else _STRAY


def describe_char(char: str) -> str:
    """«невидимий знак: м’який перенос (U+00AD)»; without a Ukrainian name the code point alone."""
    name, code_point = NAMES.get(char, ""), f"U+{ord(char):04X}"
    return f"невидимий знак: {name} ({code_point})" if name else f"невидимий знак {code_point}"


# An HTML entity that somebody copied from a page's source; «<» and «>» would begin tags.
ENTITY = lazy_compile(
    r"&(?!(?:lt|gt);)(?:[a-zA-Z][a-zA-Z0-9]{1,7}|#\d{2,6}|#[xX][0-9a-fA-F]{2,5});|&(?:laquo|raquo|nbsp|quot|shy|deg|sect|copy|reg)(?![\w=;])"
)


def sign_of_entity(entity: str) -> str:
    """The sign that an entity stands for; empty where it is none, or a header can't hold the sign as it is."""
    sign = html.unescape(entity)
    return sign if len(sign) == 1 and (sign.isprintable() or sign == "\xa0") and sign not in "<>\"'" else ""


_LETTER, _CYRILLIC = lazy_compile(r"[^\W\d_]"), lazy_compile(r"[А-ЯҐЄІЇа-яґєії]")
_CODE_CHARS = lazy_compile(r"[{}<>=`|\\$]|\[\[|//")
LIST_MARKER = lazy_compile(
    r"[ \t\xa0]*[•·●○■□▪▫◦‣∙➢✓\uf0b7\uf0a7\uf0d8][ \t\xa0]*(?=\S)|[-*+]\xa0[ \xa0]*(?=\S)"
    r"|[ \t\xa0]*(?:[o§Øü]\t|[Øü][ \xa0]|§[ \xa0](?=[а-яґєії]))[ \t\xa0]*(?=\S)"
)  # the last three of the first class are Word's private characters; the last branch is what remains without their font
# Each of them begins with one of these: single characters are found many times quicker than a class of them.
_MARKER_CHARS = "•·●○■□▪▫◦‣∙➢✓\uf0b7\uf0a7\uf0d8\xa0\t§Øü"
_ITEM = lazy_compile(r" {0,3}(?:[-*+]|\d{1,3}\.)[ \t]")
_LETTERED = lazy_compile(r"(?:[а-яґєії]|\d{1,3})\)[ \t\xa0]")  # a point of another list
_WORD_NUMBERING = lazy_compile(
    r"[ \t]*(?:\d{1,3}[.)]|[а-яґєіїa-z][.)]|[-–—−])\t"
)  # Word's numbering before a paragraph: not a cell of a table
_DASHES = lazy_compile(r"-+[ ]*$")
_CODE = lazy_compile(r"`[^`\n]*`")
_DASH_LINE = lazy_compile(r"\n[ >]*-+[ ]*(?:\n|$)")
_QUOTE_MARKS = lazy_compile(r"(?:[ ]{0,3}>[ ]?)*")
_SENTENCE = lazy_compile(r"[.!?…:;,][»”)\"*_]{0,4}$")
_MAX_HEADING = 100  # letters
_MAX_HEADING_WORDS = 5  # of a heading that can't be a sentence
_BLOCK = lazy_compile(r"[ \t#>|<]|[-+*][ \t]")
_LONG_LINE = 150  # characters of a paragraph in one line: wrapped texts have lines of 80 to 120
_HARD_BREAKS = ("  ", "\\")
_ENDED = lazy_compile(r"[.!?…:;][»”)\"]?[ \t\xa0]*$")
_BEGUN = lazy_compile(r"[«„(\"]?[А-ЯҐЄІЇ0-9]")


def indented_paragraphs(text: str) -> Iterator[int]:
    """Prose lines indented by four spaces or a tab: Markdown shows them as code, or joins them with the line above."""
    if "\t" not in text and "    " not in text:
        return
    above, in_list = "", False
    for index, line, is_code in _lines(text):
        if line.strip() and (line[0] not in " \t" or _ITEM.match(line)):
            in_list = _ITEM.match(line) is not None
        is_own = (is_code and not in_list) or _is_own_after_a_tab(above, line)
        if is_own and _is_prose(line):
            yield index
        above = line


def _is_prose(line: str) -> bool:
    """Whether the line is Ukrainian prose without characters of code; a word or two after spaces may be a code example."""
    if (
        not line.startswith("\t")
        and not _ITEM.match(line.lstrip())
        and sum(_CYRILLIC.search(word) is not None for word in line.split()) < 3
    ):
        return False
    letter_count = len(_LETTER.findall(line))
    return letter_count > 2 and len(_CYRILLIC.findall(line)) * 2 > letter_count and not _CODE_CHARS.search(line)


def _is_own_after_a_tab(above: str, line: str) -> bool:
    """Whether a line with a tab is a separate paragraph: Word writes one line for each, with a tab as first-line indent."""
    if not line.startswith("\t") or not above.strip() or _BEGUN.match(line.lstrip()) is None:
        return False
    is_of_word = above.startswith("\t") or "\t" in above.strip() or LIST_MARKER.match(above) is not None
    return is_of_word or (_ENDED.search(above) is not None and not _ITEM.match(above))


def marked_lines(text: str) -> Iterator[int]:
    """Lines that begin with «•» or another of Word's list markers, which make no list in Markdown."""
    if not any(char in text for char in _MARKER_CHARS):
        return
    yield from (index for index, line, _ in _lines(text) if LIST_MARKER.match(line))


def joined_lines(text: str) -> Iterator[int]:
    """Lines that were separate paragraphs, and that Markdown joins with the line above: a long sentence under another."""
    hard_breaks: frozenset[int] | None = None
    above = ""
    for index, line, _ in _lines(text):
        if above and line and above.strip() and _is_own(above, line):
            hard_breaks = hard_break_lines(text) if hard_breaks is None else hard_breaks
            if (
                index not in hard_breaks or _ITEM.match(above) or LIST_MARKER.match(above)
            ):  # a line of a point is still in the point
                yield index
        above = line


def _is_own(above: str, line: str) -> bool:
    """Whether the line was a separate paragraph or item."""
    if line[0] in " \t" or _ITEM.match(line) or LIST_MARKER.match(line) or above.endswith(_HARD_BREAKS):
        return False
    is_item = _ITEM.match(above) is not None or LIST_MARKER.match(above) is not None
    if is_item and _LETTERED.match(line):
        return True
    is_long = len(above) >= _LONG_LINE and "|" not in above and not above.lstrip().startswith(("#", ">"))
    return (is_item or is_long) and _ENDED.search(above) is not None and _BEGUN.match(line) is not None


def dashed_sentences(text: str, *, only_sure: bool = False) -> Iterator[int]:
    """Sentences above a line of dashes, at the beginning of a paragraph, which Markdown makes headings.

    A line of many words, or with nothing after the dashes, may be a sentence without its full stop: not with `only_sure`.
    """
    if not _DASH_LINE.search(text):
        return
    end = len(text.rstrip())
    before, above, marks_above, at = "", "", "", 0
    for index, full_line, is_code in _lines(text):
        line = unquoted(full_line)
        marks = full_line.removesuffix(line).replace(" ", "")
        if marks != marks_above:  # the end or the beginning of a quotation: another paragraph
            before = above = ""
        if _DASHES.match(line) and above.strip() and not before.strip() and not is_code and not _BLOCK.match(above):
            sentence = above.strip()
            is_sure = len(sentence) > _MAX_HEADING or _SENTENCE.search(sentence) is not None
            if is_sure or (
                not only_sure and (len(sentence.split()) > _MAX_HEADING_WORDS or at + len(full_line.rstrip()) >= end)
            ):
                yield index - 1
        before, above, marks_above = above, line, marks
        at += len(full_line) + 1


def unquoted(line: str) -> str:
    """A line without the marks of the quotations that it is in."""
    match = _QUOTE_MARKS.match(line)
    return line[match.end() :] if match else line


def cut_rows(text: str) -> Iterator[tuple[int, int, str]]:
    """Table rows with more cells than the header, which no page shows: the line, the number of columns, the lost text."""
    if "|" not in text:
        return
    columns, above = 0, ""
    for index, line, _ in _lines(text):
        if columns and line.strip():
            cells = _CODE.sub("", line).replace("\\|", "").strip().removeprefix("|").split("|")
            if further := " ".join(" ".join(cells[columns:]).split()):
                yield index, columns, further
        else:
            columns = cell_count(above) if is_table(above, line) else 0
        above = line


def tabbed_rows(text: str) -> Iterator[int]:
    """The first line of every table with tabs between its cells, which Markdown joins into one paragraph."""
    if text.count("\t") < 2:
        return
    rows = 0
    for index, line, _ in _lines(text):
        is_row = "\t" in line.strip() and not LIST_MARKER.match(line) and not _WORD_NUMBERING.match(line)
        rows = rows + 1 if is_row else 0
        if rows == 2:
            yield index - 1


@lru_cache(maxsize=1)  # several rules look at the same text, one after another
def _lines(text: str) -> list[tuple[int, str, bool]]:
    """Each line with its index and whether it is indented code; fenced lines are blank."""
    lines = text.split("\n")
    parts = {span.start: span.kind for span in code_lines(text)}
    if not parts:
        return [(index, line, False) for index, line in enumerate(lines)]
    classified: list[tuple[int, str, bool]] = []
    at = 0
    for index, line in enumerate(lines):
        part = parts.get(at)
        classified.append((index, "" if part is SpanKind.FENCED else line, part is SpanKind.INDENTED))
        at += len(line) + 1
    return classified
