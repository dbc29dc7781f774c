"""The editors' handbook as its pages show it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

_HEADING = re.compile(r'<h(?P<level>[2-6]) id="(?P<anchor>[^"]+)">(?P<words>.*?)</h(?P=level)>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class TocLink(NamedTuple):
    """What a table of contents names: a chapter by its address, a heading by its anchor."""

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


def handbook_pages(places: Sequence[TocLink], texts: Sequence[str]) -> tuple[HandbookPage, ...]:
    """The pages of the chapters at `places`, whose clean HTML is `texts`."""
    return tuple(
        HandbookPage(
            place.title, place.path, text, headings_of(text, "2"), tuple(places),
            places[number - 1] if number else None, places[number + 1] if number + 1 < len(places) else None,
        )
        for number, (place, text) in enumerate(zip(places, texts, strict=True))
    )  # fmt: skip


def headings_of(text: str, levels: str = "23456") -> tuple[TocLink, ...]:
    """The headings of a page's HTML with their anchors."""
    return tuple(
        TocLink(html.unescape(_TAG.sub("", one["words"])), f"#{one['anchor']}")
        for one in _HEADING.finditer(text)
        if one["level"] in levels
    )
