"""Links, headings and heads of tables without words: who listens to a page hears nothing, or an address."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_WORDLESS = r"(?:&nbsp;|[^<\w&]|_|<(?!/?(?:a|h[1-6]|img)\b)[^>]*>)*"
_LINK = re.compile(rf'<a\b(?P<attributes>[^>]*\bhref="(?P<target>[^"]*)"[^>]*)>(?P<inner>{_WORDLESS})</a>')
_HEADING = re.compile(rf"<h(?P<level>[1-6])\b[^>]*>(?P<inner>{_WORDLESS})</h(?P=level)>")
_HEAD = re.compile(r"<thead>(?P<inner>.*?)</thead>", re.DOTALL)
_CELL = re.compile(r"<th\b[^>]*>(?P<inner>.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# Where they stand in a text.
HEADING_LINE = re.compile(r"^[ >]{0,6}#{1,6}[^\w\n]*$", re.MULTILINE)
HEAD_LINE = re.compile(r"^(?=[^\w\n]*\|)[^\w\n]*\n(?=[ >]{0,6}\|?[ ]*:?-)", re.MULTILINE)


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
    if "<thead>" in clean:
        heads = [
            one
            for one in _HEAD.finditer(clean)
            if not any(_says(cell["inner"]) for cell in _CELL.finditer(one["inner"]))
        ]
        yield from (Wordless("head", "", order) for order, _ in enumerate(heads))


def _says(inner: str) -> bool:
    """Whether there is a word, a picture or a sign that is read out, as an emoji is."""
    words = html.unescape(_TAG.sub("", inner))
    return "<img" in inner or any(sign.isalnum() or unicodedata.category(sign) == "So" for sign in words)
