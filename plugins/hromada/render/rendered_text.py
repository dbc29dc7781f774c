"""A text as it is kept: its HTML with marks in the place of references, and what must be known of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from hromada.domain.item import Item
from hromada.domain.problem import Problem

REFERENCE_MARK = "\ue002"  # begins each
# A mark is a whole value: the same characters in an editor's own words are no mark.
REFERRING = re.compile('<(?:a|img)\\b[^>]*?(?P<attribute>\\s(?:href|src)="\ue002(?P<number>\\d+)\ue003")[^>]*>')


class Reference(NamedTuple):
    """An inner link (`a`) or a picture (`img`) as the text has it, with its line in the file."""

    tag: str
    value: str
    line: int
    alt: str = ""


class TextMetadata(NamedTuple):
    """What must be known of a text when it is not drawn."""

    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    outside: tuple[str, ...] = ()  # links to addresses elsewhere that may be files of this site


class Text(NamedTuple):
    """A text's HTML with its marks, and its outline."""

    html: str
    metadata: TextMetadata


def values_of(item: Item, metadata: TextMetadata) -> list[str]:
    """Every inner reference of an item's text and header, as written."""
    header = ((item.image,) if item.image else ()) + item.gallery
    return [*(reference.value for reference in metadata.references), *(ref.target for ref in header)]


def references_of(item: Item, metadata: TextMetadata) -> list[str]:
    """Those and the links that lead elsewhere, among them the header's source."""
    return [*values_of(item, metadata), *metadata.outside, item.source]


def mark_of(number: int) -> str:
    """What stands for a reference in the HTML."""
    return f"{REFERENCE_MARK}{number}\ue003"
