"""Rules for rendered HTML: Markdown that stayed visible, elements without text, ids that layouts use."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from hromada.domain.item import Kind
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.text_lookup import RareSubstrings

# Every visible mark contains one of these.
_SIGNS = RareSubstrings(
    ("==", "++", "^", "[", "]", "*", "~", "`", "__", "---", "&lt;!", ":::", "!!!", "???", "|", "\n- ", "\n+ ")
)
_NUMBER = lazy_compile(r"\n[ ]*(?:[-*+]|\d{1,3}[.)])[ ]")
_PIECE = lazy_compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>|[^<]+")
_CODE = frozenset({"code", "pre", "kbd", "samp"})
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dt",
        "dd",
        "blockquote",
        "div",
        "summary",
        "figcaption",
        "caption",
    ]
)
_ADDRESS = r"(?:https?:|www\.|mailto:|tel:|/|\.{1,2}/|#\w|[^\s()\[\]]{1,200}\.(?:md|pdf|docx?|xlsx?|jpe?g|png|gif|webp|zip|html?)\b)"
_CODE_SIGN, _BREAK = "\ue0f2", "\ue0f3"  # stand for code and for a line's end that is seen: no letters, spaces or marks
_GAP = f"[ \t\xa0\u200b\u2060\ufeff\n{_BREAK}]"
# A link or a picture that was plainly meant.
_LINK = lazy_compile(
    rf"(?<!\w)!\[[^\[\]\n]{{0,200}}\]?|\[[^\[\]\n]{{0,200}}\]\(|\]{_GAP}{{1,4}}\([ \xa0]?<?{_ADDRESS}|\)\[{_ADDRESS}|\]\("
    rf"|\]{_GAP}{{0,3}}[\[{{]{_ADDRESS}|\[[^\[\]()\n]{{1,200}}\((?:https?:|www\.)[^\s()\[\]]{{1,200}}\)(?![^\[\n]{{0,200}}\])"
    rf"|\((?:https?:|www\.)[^\s()\[\]]{{1,200}}\)\[",
    re.IGNORECASE,
)
_MARK = lazy_compile(
    r"\*\*|~~|(?<![\w~])~(?=[^\s~])[^~\n]{0,200}(?<=[^\s~])~(?![\w~])|(?<![\w*])\*(?=[^\W\d_])[^*\n]{1,200}(?<!\s)\*(?!\*)"
    r"|(?<![\w=])==(?=[^\s=])[^=\n]{1,200}(?<=[^\s=])==(?![\w=])|(?<![\w+])\+\+(?=[^\s+])[^+\n]{1,200}(?<=[^\s+])\+\+(?![\w+])|\^[^\W_]{1,20}\^"
    r"|!\[|(?<!_)__(?=[^\W_])|\[\^[^\[\]\s]{1,50}\]|\|[ \xa0]?:?-{3,}|(?<![^\n])[ ]*\|?[ ]?:?-{3,}[ ]?\|[^\n]{0,60}|\][ ]\(|\[![A-Z]+\]"
    r"|(?<![^\n])[ ]*:::[^\n]{0,40}|(?<![^\n])[ ]*(?:!!!|\?\?\?\+?)[ ]{1,3}[a-z][^\n]{0,40}"
    r"|\]\[[^\[\]\n]{1,50}\]|```|(?<![^\n])[ ]*(?:[-*+]|#{1,6})[ ][^\n]{0,40}|(?<![^\n])[ ]*[-*+]?[ ]?\[[ xх]\][ ]|(?<=\n)[ ]*\d{1,3}\.[ ][^\n]{0,40}"
)
_ROW = lazy_compile(rf"(?<![^\n{_BREAK}])[ \xa0]*\|[^\n|{_BREAK}]{{1,200}}\|")
_DASHES = lazy_compile(r"\|[ \xa0]?:?-{3,}")
_NOTE = lazy_compile(r"<[!ǃ]-?|<!")
_LINE = lazy_compile(f"[^\n{_CODE_SIGN}{_BREAK}]{{0,60}}")


class VisibleMark(NamedTuple):
    """Visible markup: the characters, the text from there on, and its kind: note, link or mark."""

    marks: str
    text: str
    what: str


def find_visible_marks(clean: str) -> Iterator[VisibleMark]:
    """Markdown and HTML markup that readers of a page would see, except in code."""
    if not _SIGNS.are_in(clean) and not ("\n" in clean and _NUMBER.search(clean)):
        return
    for text in _texts(clean):
        if (match := _NOTE.search(text)) is not None:
            yield VisibleMark(match[0], _words_at(text, match.start()), "note")
        for match in _LINK.finditer(text):
            yield VisibleMark(match[0], _words_at(text, match.start()), "link")
        for match in _MARK.finditer(_LINK.sub(lambda match: " " * len(match[0]), text)):
            yield VisibleMark(match[0].strip(), _words_at(text, match.start()), "mark")
        if (
            "|" in text and not _DASHES.search(text) and (match := _ROW.search(text))
        ):  # a table without its row of dashes
            yield VisibleMark(match[0].strip(), _words_at(text, match.start()), "mark")


def _texts(clean: str) -> Iterator[str]:
    """The words of each block, without its tags and code."""
    pieces: list[str] = []
    code = 0
    for match in _PIECE.finditer(clean):
        tag = match["tag"]
        if tag in _CODE:
            code = max(0, code + (-1 if match["end"] else 1))
            pieces.append(_CODE_SIGN)
        elif tag in _BLOCKS:
            text = html.unescape("".join(pieces)).lstrip("\n")
            if not (tag[0] == "h" and match["end"]) or any(
                map(str.isalnum, text)
            ):  # checks/rendered_text_rules speaks of those
                yield text
            pieces = []
        elif tag is None and not code:
            pieces.append(match[0].removeprefix("\n") if pieces and pieces[-1] == _BREAK else match[0])
        elif tag == "br":
            pieces.append(_BREAK)
    if pieces:
        yield html.unescape("".join(pieces)).lstrip("\n")


def _words_at(text: str, at: int) -> str:
    """The rest of the line from the markup on, for finding it in the file."""
    match = _LINE.match(text, at)
    return match[0][:60].strip() if match else ""


_COMMON_IDS = frozenset({"search-words", "search-titles", "main", "menu", "view-panel", "view-title"})
_PAGE_IDS = _COMMON_IDS | {"related-items"}
_ITEM_IDS = _PAGE_IDS | {"files", "counted", "share", "ask"}
# Element ids in the templates by kind of page; a test compares them with the templates.
RESERVED_IDS: Mapping[Kind, frozenset[str]] = {
    Kind.NEWS: _ITEM_IDS,
    Kind.MESSAGE: _ITEM_IDS,
    Kind.PAGE: _PAGE_IDS | {"tested"},
    Kind.UNIT: _PAGE_IDS | {"messages", "contacts", "services", "documents", "events"},
    Kind.SERVICE: _PAGE_IDS | {"prepare", "steps", "files", "ground", "place", "events", "share"},
    Kind.REPORT: _COMMON_IDS | {
        "numbers", "comparison", "months", "unit-table", "weeks", "accounts", "rules", "check", "changes", "versions",
    },
}  # fmt: skip
_PHOTOS = ("photo-link-", "photo-view-")  # a gallery numbers its pictures
# Charts number their parts.
RESERVED_PREFIXES: Mapping[Kind, tuple[str, ...]] = dict.fromkeys(Kind, _PHOTOS) | {
    Kind.REPORT: ("chart-", "compared-", "weeks-map")
}


def is_reserved(kind: Kind, anchor: str) -> bool:
    """Whether the templates of this kind of page use the id: an editor's heading with it would hijack links and scripts."""
    return anchor in RESERVED_IDS[kind] or anchor.startswith(RESERVED_PREFIXES[kind])


_WORDLESS = r"(?:&nbsp;|[^<\w&]|_|<(?!/?(?:a|h[1-6]|img)\b)[^>]*>)*"
_WORDLESS_LINK = lazy_compile(rf'<a\b(?P<attributes>[^>]*\bhref="(?P<target>[^"]*)"[^>]*)>(?P<inner>{_WORDLESS})</a>')
_HEADING = lazy_compile(
    r"<h(?P<level>[1-6])\b[^>]*>(?P<inner>(?:&nbsp;|[^<\w&]|_|<(?!/?(?:h[1-6]|img)\b)[^>]*>)*)</h(?P=level)>"
)
_HEADER_CELL = lazy_compile(r"<th\b[^>]*>(?P<inner>.*?)</th>", re.DOTALL)
_TAG = lazy_compile(r"<[^>]*>")
# The same in the Markdown source.
_NOTHING = r"(?:&(?:nbsp|#160|#xa0|ensp|emsp|thinsp);|<[^<>\n]*>|[^\w\n<&])*"
HEADING_LINE = lazy_compile(
    rf"^[ >]{{0,6}}(?:#{{1,6}}{_NOTHING}$|<h[1-6]\b[^<>\n]*>{_NOTHING}$)", re.MULTILINE | re.IGNORECASE
)
HEAD_LINE = lazy_compile(
    rf"^(?=[^\w\n]*(?:&nbsp;[^\w\n]*)*\|){_NOTHING}\n(?=[ >]{{0,6}}\|?[ ]*:?-)|<t(?:able|head)\b[^<>\n]*>\s*(?:<t(?:head|body|r)\b[^<>\n]*>\s*)*<th\b",
    re.MULTILINE | re.IGNORECASE,
)


class WordlessElement(NamedTuple):
    """An element without text: link, heading or head (of a table); a link's target; its index among its kind, from 0."""

    what: str
    target: str
    order: int


def find_wordless(clean: str) -> Iterator[WordlessElement]:
    """Links, headings and table headers without text: screen readers read nothing, or an address."""
    if "<a " in clean:
        links = [
            match
            for match in _WORDLESS_LINK.finditer(clean)
            if "footnote-backref" not in match["attributes"] and not _says(match["inner"])
        ]
        yield from (WordlessElement("link", html.unescape(match["target"]), order) for order, match in enumerate(links))
    if "<h" in clean:
        headings = [match for match in _HEADING.finditer(clean) if not _says(match["inner"])]
        yield from (WordlessElement("heading", "", order) for order, _ in enumerate(headings))
    if "<th" in clean:
        heads = [row for row in clean.split("<tr>")[1:] if _is_head(row) and not _names(row)]
        yield from (WordlessElement("head", "", order) for order, _ in enumerate(heads))


def _is_head(row: str) -> bool:
    """Whether all cells of a row are headers."""
    return row.lstrip().startswith("<th") and "<td" not in row.partition("</tr>")[0]


def _names(row: str) -> bool:
    return any(_says(cell["inner"]) for cell in _HEADER_CELL.finditer(row.partition("</tr>")[0]))


def _says(inner: str) -> bool:
    """Whether there is a word, a picture or a character that screen readers read, such as an emoji."""
    text = html.unescape(_TAG.sub("", inner))
    return "<img" in inner or any(char.isalnum() or unicodedata.category(char) == "So" for char in text)
