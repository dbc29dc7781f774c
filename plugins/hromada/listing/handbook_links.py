"""Pages of the editors' handbook with their tables of contents."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

_HEADING = re.compile(r'<h(?P<level>[2-6]) id="(?P<anchor>[^"]+)">(?P<words>.*?)</h(?P=level)>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class TocLink(NamedTuple):
    """An entry of a table of contents: a chapter with its address, or a heading with its anchor."""

    title: str
    path: str


class HandbookPage(NamedTuple):
    """One chapter; `others` are all chapters in their order, `before` and `after` its neighbours."""

    title: str
    path: str
    html: str
    headings: tuple[TocLink, ...]
    others: tuple[TocLink, ...]
    before: TocLink | None
    after: TocLink | None


def handbook_pages(links: Sequence[TocLink], texts: Sequence[str]) -> tuple[HandbookPage, ...]:
    """The pages of the chapters at `places`, whose clean HTML is `texts`."""
    return tuple(
        HandbookPage(
            link.title, link.path, text, headings_of(text, "2"), tuple(links),
            links[index - 1] if index else None, links[index + 1] if index + 1 < len(links) else None,
        )
        for index, (link, text) in enumerate(zip(links, texts, strict=True))
    )  # fmt: skip


def headings_of(text: str, levels: str = "23456") -> tuple[TocLink, ...]:
    """The headings of a page's HTML with their anchors."""
    return tuple(
        TocLink(html.unescape(_TAG.sub("", match["words"])), f"#{match['anchor']}")
        for match in _HEADING.finditer(text)
        if match["level"] in levels
    )
