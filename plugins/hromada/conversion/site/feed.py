"""Reads RSS and Atom feeds into items; many feeds hold only the beginnings of texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hromada.conversion.site.old_item import (
    OldItem,
    OldSite,
    SkippedRecords,
    SourceMarkup,
    SourceRecord,
    clean_title,
    distinct_summary,
    modified_day,
    parse_feed_moment,
    strip_html,
)
from hromada.conversion.site.xml_stream import XmlPart, child_text
from hromada.domain.dates import DateRefused
from hromada.domain.entry import SourceLocation
from hromada.domain.item import PAGES, Kind

_BLOGGER = "http://schemas.google.com/g/2005#kind"  # Blogger's export is one feed of posts, comments and settings


def read_rss(file: str, parts: Iterable[XmlPart], zone: tzinfo | None = None) -> Iterator[SourceRecord]:
    """The items of RSS 2.0 or 1.0; times that name no zone are in `zone`."""
    for element, line in parts:
        if element.tag == "channel":  # RSS 1.0
            yield OldSite(strip_html(child_text(element, "title")), (child_text(element, "link"),))
        elif element.tag == "title":
            yield OldSite(strip_html(element.text or ""), ())
        elif element.tag == "link":
            yield OldSite("", ((element.text or "").strip(),))
        elif element.tag == "item":
            yield _rss_item(element, SourceLocation(file, line), zone)


def _rss_item(element: Element, location: SourceLocation, zone: tzinfo | None) -> OldItem:
    text, description = element.findtext("content:encoded") or "", element.findtext("description") or ""
    when, _, fault = _dates(child_text(element, "pubDate") or child_text(element, "dc:date"), zone=zone)
    guid = element.find("guid")
    address = child_text(element, "link")
    if not address and guid is not None and guid.get("isPermaLink", "true") != "false":
        address = (guid.text or "").strip()
    categories = [title for child in element.findall("category") if (title := clean_title(child.text or ""))]
    enclosure = element.find("enclosure")
    is_picture = enclosure is not None and enclosure.get("type", "").startswith("image/")
    return OldItem(
        location, Kind.NEWS, clean_title(child_text(element, "title")), text or description, SourceMarkup.HTML, when,
        address=address if "?" not in address else "",
        aliases=tuple(filter(None, (address, child_text(element, "guid")))),
        category=categories[0] if categories else "",
        tags=tuple(dict.fromkeys(categories[1:])),
        summary=distinct_summary(description, text) if text else "",
        author=strip_html(child_text(element, "dc:creator") or child_text(element, "author")),
        picture=enclosure.get("url", "") if enclosure is not None and is_picture else "",
        fault=fault,
    )  # fmt: skip


def read_atom(file: str, parts: Iterable[XmlPart], zone: tzinfo | None = None) -> Iterator[SourceRecord]:
    """The entries of an Atom feed; times that name no zone are in `zone`."""
    for element, line in parts:
        if element.tag == "atom:title":
            yield OldSite(strip_html(element.text or ""), ())
        elif element.tag == "atom:link" and element.get("rel", "alternate") == "alternate":
            yield OldSite("", (element.get("href", ""),))
        elif element.tag == "atom:entry":
            kind = _blogger_kind(element)
            if kind in ("", "post", "page"):
                yield _atom_entry(element, SourceLocation(file, line), zone, is_page=kind == "page")
            else:
                yield SkippedRecords({"comment": "коментарі"}.get(kind, "налаштування й шаблони"))


def _atom_entry(element: Element, location: SourceLocation, zone: tzinfo | None, *, is_page: bool) -> OldItem:
    published, updated = child_text(element, "atom:published"), child_text(element, "atom:updated")
    when, modified, fault = _dates(published or updated, updated, zone=zone)
    text, summary = _content(element.find("atom:content")), _content(element.find("atom:summary"))
    links = [child for child in element.findall("atom:link") if child.get("rel", "alternate") == "alternate"]
    address = links[0].get("href", "") if links else ""
    terms = [child for child in element.findall("atom:category") if child.get("scheme") != _BLOGGER]
    categories = [title for term in terms if (title := clean_title(term.get("label") or term.get("term") or ""))]
    return OldItem(
        location, Kind.PAGE if is_page else Kind.NEWS, clean_title(_content(element.find("atom:title"))), text or summary,
        SourceMarkup.HTML, when,
        section=PAGES if is_page else "news",
        address=address if "?" not in address else "",
        aliases=tuple(filter(None, (address, child_text(element, "atom:id")))),
        category=categories[0] if categories and not is_page else "",
        tags=tuple(dict.fromkeys(categories[1:])),
        summary=distinct_summary(summary, text) if text else "",
        author=_author(element),
        modified=modified,
        fault=fault,
    )  # fmt: skip


def _content(element: Element | None) -> str:
    """HTML of a text construct: text is escaped, XHTML stands as elements."""
    if element is None:
        return ""
    if element.get("type") == "xhtml":
        return "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in element)
    text = element.text or ""
    return text if element.get("type") == "html" else _escape(text)


def _author(element: Element) -> str:
    author = next((child for child in element if child.tag == "atom:author"), None)
    return strip_html(child_text(author, "atom:name")) if author is not None else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _blogger_kind(element: Element) -> str:
    terms = (child.get("term", "") for child in element.findall("atom:category") if child.get("scheme") == _BLOGGER)
    return next((term.rpartition("#")[2] for term in terms), "")


def _dates(written: str, changed: str = "", *, zone: tzinfo | None) -> tuple[datetime | None, date | None, str]:
    try:
        when, modified = parse_feed_moment(written, zone), parse_feed_moment(changed, zone)
    except DateRefused as refused:
        return None, None, str(refused)
    return when, modified_day(modified, when), ""
