"""The external links of the published content: those that lead to other sites, each with its file and line."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote

from hromada.checks.link_rules import site_path
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Item
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.text_lookup import LineNumbers
from hromada.domain.web_address import web_address

_HREF = lazy_compile(r"<a\s[^<>]{0,2000}?href=\"(?P<link>https?://[^\"<>]+)\"")
# Links of a file that are looked for in its text; those after them are reported in its first line.
_MOST_PLACED = 1000
_SCHEME = lazy_compile(r"https?://")


class PlacedLink(NamedTuple):
    """A link to another site; `day` is that of the item or row that has it."""

    path: str
    line: int
    link: str
    day: date | None = None


def external_links(snapshot: ContentSnapshot) -> list[PlacedLink]:
    """Every link of the items that are built, of the registers' rows that are due and of the redirects, in the order of files.

    One that a file has several times is named at its first place. Links to the site itself are `make check`'s.
    """
    own = snapshot.site.settings.address
    found = {
        (placed.path, placed.link): placed
        for placed in reversed(list(_links(snapshot)))
        if not (own and site_path(placed.link, own))
    }
    return sorted(found.values(), key=lambda placed: (placed.path, placed.line, placed.link))


def _links(snapshot: ContentSnapshot) -> Iterator[PlacedLink]:
    for item in snapshot.all_built:
        yield from _links_of_item(snapshot, item)
    for row in snapshot.site.rows:
        link = web_address(row.url) if row.url else ""
        if link and (row.when is None or row.when <= snapshot.clock.moment):
            yield PlacedLink(row.place.path, row.place.line, link, row.day)
    for redirect in snapshot.site.redirects:
        if _SCHEME.match(redirect.target):
            yield PlacedLink(redirect.place.path, redirect.place.line, redirect.target)


def _links_of_item(snapshot: ContentSnapshot, item: Item) -> Iterator[PlacedLink]:
    links = [html.unescape(match["link"]) for match in _HREF.finditer(snapshot.html(item))]
    links += [item.source] if _SCHEME.match(item.source) else []
    if not links:
        return
    text = snapshot.content.bytes_of(item.path).decode("utf-8", "replace")
    lines = LineNumbers(text)
    for number, link in enumerate(dict.fromkeys(links)):
        offset = _offset(text, link) if number < _MOST_PLACED else 0
        yield PlacedLink(item.path, lines.at(max(0, offset)), link, item.day)


def _offset(text: str, link: str) -> int:
    """Where the text has a link, in one of the ways to write it; -1 if it was made (a frame that became a link)."""
    for written in (link, html.escape(link), unquote(link), _SCHEME.sub("", link, count=1)):
        if (at := text.find(written)) >= 0:
            return at
    return -1
