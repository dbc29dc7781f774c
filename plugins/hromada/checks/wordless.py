"""Links, headings and heads of tables without words: who listens to a page hears nothing, or an address."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORDLESS = r"(?:&nbsp;|[^<\w&]|_|<(?!/?(?:a|h[1-6]|img)\b)[^>]*>)*"
_LINK = re.compile(rf'<a\b(?P<attributes>[^>]*\bhref="(?P<target>[^"]*)"[^>]*)>(?P<inner>{_WORDLESS})</a>')
_HEADING = re.compile(
    r"<h(?P<level>[1-6])\b[^>]*>(?P<inner>(?:&nbsp;|[^<\w&]|_|<(?!/?(?:h[1-6]|img)\b)[^>]*>)*)</h(?P=level)>"
)
_CELL = re.compile(r"<th\b[^>]*>(?P<inner>.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Where they stand in a text.
_NOTHING = r"(?:&(?:nbsp|#160|#xa0|ensp|emsp|thinsp);|<[^<>\n]*>|[^\w\n<&])*"
HEADING_LINE = re.compile(
    rf"^[ >]{{0,6}}(?:#{{1,6}}{_NOTHING}$|<h[1-6]\b[^<>\n]*>{_NOTHING}$)", re.MULTILINE | re.IGNORECASE
)
HEAD_LINE = re.compile(
    rf"^(?=[^\w\n]*(?:&nbsp;[^\w\n]*)*\|){_NOTHING}\n(?=[ >]{{0,6}}\|?[ ]*:?-)|<t(?:able|head)\b[^<>\n]*>\s*(?:<t(?:head|body|r)\b[^<>\n]*>\s*)*<th\b",
    re.MULTILINE | re.IGNORECASE,
)


class Wordless(NamedTuple):
    """What has no words: link, heading or head; where the link leads; the how-manieth of its kind, from 0."""

    what: str
    target: str
    order: int


def wordless(clean: str) -> Iterator[Wordless]:
    """Each of a text's HTML that has no words."""
    if "<a " in clean:
        links = [
            one
            for one in _LINK.finditer(clean)
            if "footnote-backref" not in one["attributes"] and not _says(one["inner"])
        ]
        yield from (Wordless("link", html.unescape(one["target"]), order) for order, one in enumerate(links))
    if "<h" in clean:
        headings = [one for one in _HEADING.finditer(clean) if not _says(one["inner"])]
        yield from (Wordless("heading", "", order) for order, _ in enumerate(headings))
    if "<th" in clean:
        heads = [row for row in clean.split("<tr>")[1:] if _is_head(row) and not _names(row)]
        yield from (Wordless("head", "", order) for order, _ in enumerate(heads))


def _is_head(row: str) -> bool:
    """Whether a row holds names of columns alone."""
    return row.lstrip().startswith("<th") and "<td" not in row.partition("</tr>")[0]


def _names(row: str) -> bool:
    return any(_says(cell["inner"]) for cell in _CELL.finditer(row.partition("</tr>")[0]))


def _says(inner: str) -> bool:
    """Whether there is a word, a picture or a sign that is read out, as an emoji is."""
    words = html.unescape(_TAG.sub("", inner))
    return "<img" in inner or any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in words)
