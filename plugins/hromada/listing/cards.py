"""Cards of items for lists and feeds, and summaries of their texts."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from hromada.domain.alphabet import slug
from hromada.domain.event import Event
from hromada.domain.item import Item, Kind
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.opening_hours import HoursUnclear, parse_hours
from hromada.domain.settings import MenuLink
from hromada.domain.site_urls import category_path
from hromada.listing.event_views import format_event
from hromada.listing.validity import valid_until

SUMMARY_LENGTH = 220


class Picture(NamedTuple):
    """A picture as a template shows it."""

    src: str
    srcset: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    tone: str = ""  # the class of its average colour, shown until it is loaded
    ratio_class: str = ""  # the class of its shape

    @property
    def ratio(self) -> float:
        return self.width / self.height


class Category(Struct, frozen=True):
    title: str
    path: str
    count: int = 0


class Card(NamedTuple):
    """A news item or a unit's message in a list."""

    title: str
    path: str
    when: datetime
    summary: str
    category: Category | None
    unit: MenuLink | None
    picture: Picture | None
    lang: str
    hidden: bool
    event: str
    modified: datetime | None = None
    valid_until: str = ""  # the moment from which it is over, for the script; empty: never
    announced: Event | None = None  # what `event` says in words

    @property
    def day(self) -> date:
        return self.when.date()


class HoursView(NamedTuple):
    """Opening hours as they are written, and as data for the script that says whether it is open; empty where unclear."""

    lines: tuple[str, ...] = ()
    spans: str = ""


def hours_view(written: str) -> HoursView:
    """The hours of a unit's header."""
    lines = tuple(line for line in written.split("\n") if line)
    try:
        return HoursView(lines, parse_hours(written).data) if lines else HoursView()
    except HoursUnclear:
        return HoursView(lines)


class UnitContact(NamedTuple):
    """How to reach the unit of a message or a service."""

    title: str
    path: str
    phone: str
    email: str
    hours: HoursView
    address: str
    map: str


class PhotoCard(NamedTuple):
    """An item in the photo archive: its cover and the number of its pictures."""

    title: str
    path: str
    day: date
    picture: Picture
    photos: int


def card_of(item: Item, unit_title: str, summary: str, picture: Picture | None) -> Card:
    """The card of a dated item; `summary` is used when the header has none."""
    assert item.when is not None, f"{item.path}: a card needs a date"
    return Card(
        title=item.title,
        path=item.address,
        when=item.when,
        summary=item.summary or summary,
        category=category_of(item.category) if item.kind is Kind.NEWS else None,
        unit=_unit(unit_title, item.section) if item.kind is Kind.MESSAGE else None,
        picture=picture,
        lang=item.lang,
        hidden=item.status == "hidden",
        event=format_event(item.announced) if item.announced else "",
        modified=item.modified,
        valid_until=valid_until(item),
        announced=item.announced,
    )


@lru_cache(maxsize=4096)
def category_of(title: str) -> Category | None:
    """A category without its count; none for a title without a letter."""
    return Category(title, category_path(title)) if slug(title) else None


@lru_cache(maxsize=4096)
def _unit(title: str, section: str) -> MenuLink:
    return MenuLink(title, f"/{section}/")


_PARAGRAPH = lazy_compile(r"<(p|li)\b[^>]*>(.*?)</\1>", re.DOTALL)
# Not part of a summary: tables, code, footnotes, references to them, deleted text.
_TABLES = lazy_compile(
    r"<table\b.*?</table>|<pre\b.*?</pre>|<div class=\"toc\">.*?</div>|<div class=\"footnote\">.*", re.DOTALL
)
_NOT_PROSE = lazy_compile(
    r"<sup\b[^>]*\bid=\"fnref.*?</sup>|<(?P<tag>del|s)\b[^>]*>.*?</(?P=tag)>"
    r"|<sup\b[^>]*>\s*(?:<a\b[^>]*>)?\s*(?:\[[\w*]{1,4}\]|\*{1,3})\s*(?:</a>)?\s*</sup>|<sup\b[^>]*>\s*<a\b[^>]*>[^<]{0,8}</a>\s*</sup>"
    r"|<a\b[^>]*>\s*<sup\b[^>]*>[^<]{0,8}</sup>\s*</a>",
    re.DOTALL,
)
_NOT_PROSE_TAGS = ("<sup", "<del", "<s>", "<s ")
# «м<sup>2</sup>», «CO<sub>2</sub>»: as plain digits they would be other numbers.
_RAISED = lazy_compile(r"<(?P<tag>sup|sub)\b[^>]*>(?P<words>[0-9+\-=()n]{1,8})</(?P=tag)>")
_SUPERSCRIPTS = {
    "sup": str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-=()n", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ"),
}
_SEPARATING_TAG = lazy_compile(
    r"</?(?:br|p|div|li|[ou]l|d[ltd]|h[1-6]|blockquote|img|figure|figcaption|summary|details|hr)\b[^>]*>"
)
_STILL_WORDS = lazy_compile(r'<span class="video-still__words">[^<]*<span[^<>]*>[^<]*</span></span>')
_TAG = lazy_compile(r"<[^>]+>")
_SPACE_BEFORE = lazy_compile(r"(?<=[^\s]) (?=[,.;:!?])")


def _without_tables(rendered: str) -> str:
    is_plain = "<table" not in rendered and "<pre" not in rendered and '<div class="' not in rendered
    return rendered if is_plain else _TABLES.sub("", rendered)


def _plain(inner: str) -> str:
    """The plain text of a paragraph: a space between blocks and lines, none where an inline tag ends."""
    if "<" not in inner:
        return " ".join(html.unescape(inner).split())
    prose = _NOT_PROSE.sub("", inner) if any(tag in inner for tag in _NOT_PROSE_TAGS) else inner
    raised = (
        _RAISED.sub(lambda match: match["words"].translate(_SUPERSCRIPTS[match["tag"]]), prose)
        if "<su" in prose
        else prose
    )
    text = " ".join(html.unescape(_TAG.sub("", _SEPARATING_TAG.sub(" ", raised))).split())
    return text if prose == inner else _SPACE_BEFORE.sub("", text)


_BLOCK = lazy_compile(r"<(p|li|tr|h[2-6]|dt|dd)\b[^>]*>(.*?)</\1>", re.DOTALL)
_TABLE_HEAD = lazy_compile(r"<thead\b.*?</thead>", re.DOTALL)
_NEXT_CELL = lazy_compile(r"</t[hd]>\s*(?=<t[hd]\b)")


def plain_lines(rendered: str) -> Iterator[str]:
    """The plain text of rendered HTML, a line for each paragraph, heading, entry of a list and row of a table."""
    for match in _BLOCK.finditer(_TABLE_HEAD.sub("", rendered)):
        if text := _plain(_NEXT_CELL.sub(", ", match[2])):
            yield text


def summarise(rendered: str, length: int = SUMMARY_LENGTH) -> str:
    """The first paragraph with words, cut at a word boundary: rendered HTML in, plain text out."""
    if "video-still" in rendered:
        rendered = _STILL_WORDS.sub("", rendered)
    for match in _PARAGRAPH.finditer(_without_tables(rendered)):
        text = _plain(match[2])
        if any(map(str.isalnum, text)):
            return text if len(text) <= length else text[:length].rsplit(" ", 1)[0].rstrip(" .,;:–—-") + "…"
    return ""
