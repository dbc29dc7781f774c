"""A converted text as it is cached: HTML with placeholders for references, and its metadata."""

from __future__ import annotations

from typing import NamedTuple

from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem

REFERENCE_MARK = "\ue002"  # the first character of each placeholder
# A placeholder is a whole attribute value: the same characters in an editor's text are none.
REFERRING = lazy_compile('<(?:a|img)\\b[^>]*?(?P<attribute>\\s(?:href|src)="\ue002(?P<number>\\d+)\ue003")[^>]*>')


class Reference(NamedTuple):
    """An inner link (`a`) or a picture (`img`) as the text has it, with its line in the file."""

    tag: str
    value: str
    line: int
    alt: str = ""
    is_still: bool = False  # a picture inside the link to a video


class TextMetadata(NamedTuple):
    """What other pages and the checks need of a text."""

    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summary: str = ""
    outside: tuple[str, ...] = ()  # absolute links that may name files of this site


class Text(NamedTuple):
    """A text's HTML with placeholders, and its metadata."""

    html: str
    metadata: TextMetadata


def values_of(item: Item, metadata: TextMetadata) -> list[str]:
    """Every inner reference of an item's text and header as written."""
    header = ((item.image,) if item.image else ()) + item.gallery
    form = [item.service.form] if item.service and item.service.form else []
    return [*(reference.value for reference in metadata.references), *(ref.target for ref in header), *form]


def references_of(item: Item, metadata: TextMetadata) -> list[str]:
    """Those and the absolute links, the header's source among them."""
    return [*values_of(item, metadata), *metadata.outside, item.source]


def mark_of(index: int) -> str:
    """The placeholder of the reference with this index."""
    return f"{REFERENCE_MARK}{index}\ue003"
