"""Reads WordPress's own export (WXR) into items and files; menus, comments and revisions are only counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from hromada.conversion.site.old_item import (
    OldAttachment,
    OldItem,
    OldSite,
    SkippedRecords,
    SourceMarkup,
    SourceRecord,
    clean_title,
    modified_day,
    parse_feed_moment,
    parse_local,
    parse_utc,
    strip_html,
)
from hromada.conversion.site.xml_stream import XmlPart, child_text
from hromada.domain.dates import DateRefused
from hromada.domain.entry import SourceLocation
from hromada.domain.item import NEWS, PAGES, Kind, Status

_KINDS = {"post": Kind.NEWS, "page": Kind.PAGE}
_SKIPPED_TYPES = {"nav_menu_item": "пункти меню", "revision": "попередні редакції"}
_SKIPPED_STATUSES = {"trash": "вилучене до кошика", "auto-draft": "автозбереження", "inherit": "попередні редакції"}
_STATUSES = {
    "publish": Status.PUBLISHED,
    "future": Status.PUBLISHED,  # it waits for its date here as well
    "draft": Status.DRAFT,
    "pending": Status.DRAFT,
    "private": Status.DRAFT,  # nobody but its editors could read it
}


def read_wxr(file: str, parts: Iterable[XmlPart], zone: tzinfo | None = None) -> Iterator[SourceRecord]:
    """What the export holds, in its order; `file` is its name in messages, `zone` that of the site's clock."""
    authors: dict[str, str] = {}
    for element, line in parts:
        match element.tag:
            case "title":
                yield OldSite(strip_html(element.text or ""), ())
            case "link" | "wp:base_site_url" | "wp:base_blog_url":
                yield OldSite("", ((element.text or "").strip(),))
            case "wp:author":
                authors[child_text(element, "wp:author_login")] = child_text(element, "wp:author_display_name")
            case "item":
                yield from _item(element, SourceLocation(file, line), authors, zone)


def _item(
    element: Element, location: SourceLocation, authors: dict[str, str], zone: tzinfo | None
) -> Iterator[SourceRecord]:
    if comments := len(element.findall("wp:comment")):
        yield SkippedRecords("коментарі", comments)
    type, status = child_text(element, "wp:post_type"), child_text(element, "wp:status")
    if type == "attachment":
        yield _attachment(element, location)
    elif type not in _KINDS:
        yield SkippedRecords(_SKIPPED_TYPES.get(type, f"записи виду «{type}»"))
    elif status in _SKIPPED_STATUSES:
        yield SkippedRecords(_SKIPPED_STATUSES[status])
    else:
        yield _post(element, location, _KINDS[type], authors, zone)


def _attachment(element: Element, location: SourceLocation) -> OldAttachment:
    url = child_text(element, "wp:attachment_url") or child_text(element, "guid")
    alt = _meta(element, "_wp_attachment_image_alt")
    return OldAttachment(
        location, child_text(element, "wp:post_id"), url, clean_title(child_text(element, "title")), strip_html(alt)
    )


def _post(
    element: Element, location: SourceLocation, kind: Kind, authors: dict[str, str], zone: tzinfo | None
) -> OldItem:
    status = _STATUSES.get(child_text(element, "wp:status"))
    fault = "" if status else f"невідомий стан «{child_text(element, 'wp:status')}»"
    if child_text(element, "wp:post_password"):  # hidden pages have no password here: everybody could read it
        status = Status.DRAFT
    when, modified, bad_date = _dates(element, zone)
    creator = child_text(element, "dc:creator")
    address, id = child_text(element, "link"), child_text(element, "wp:post_id")
    is_static = "?" not in address
    categories = _terms(element, "category")
    return OldItem(
        location, kind, clean_title(child_text(element, "title")), element.findtext("content:encoded") or "", SourceMarkup.WORDPRESS,
        when, status or Status.DRAFT,
        address=address if is_static else "",
        aliases=tuple(filter(None, (f"?p={id}" if id else "", "" if is_static else address, child_text(element, "guid")))),
        slug=unquote(child_text(element, "wp:post_name"), errors="ignore"),
        section=NEWS if kind is Kind.NEWS else PAGES,
        category=categories[0] if categories and kind is Kind.NEWS else "",
        tags=tuple(dict.fromkeys([*_terms(element, "post_tag"), *categories[1:]])),
        summary=strip_html(child_text(element, "excerpt:encoded")),
        author=_author(creator, authors.get(creator, "")),
        modified=modified,
        picture=f"#{_meta(element, '_thumbnail_id')}" if _meta(element, "_thumbnail_id") else "",
        fault=fault or bad_date,
    )  # fmt: skip


def _author(login: str, display_name: str) -> str:
    """The display name; where there is only the login, «@Olena», which is no person's name."""
    is_login = login.isascii() and " " not in login and display_name.casefold() in ("", login.casefold())
    return f"@{login}" if login and is_login else display_name or login


def _dates(element: Element, zone: tzinfo | None) -> tuple[datetime | None, date | None, str]:
    """Publication, last change as a day, and what is wrong with them."""
    try:
        when = parse_utc(child_text(element, "wp:post_date_gmt")) or parse_local(
            child_text(element, "wp:post_date"), zone
        )
        when = when or parse_feed_moment(child_text(element, "pubDate"), zone)
        changed = parse_utc(child_text(element, "wp:post_modified_gmt")) or parse_local(
            child_text(element, "wp:post_modified"), zone
        )
    except DateRefused as refused:
        return None, None, str(refused)
    return when, modified_day(changed, when), ""


def _terms(element: Element, domain: str) -> list[str]:
    terms = (child for child in element.findall("category") if child.get("domain") == domain)
    names = (clean_title(child.text or "") for child in terms if child.get("nicename") != "uncategorized")
    return [name for name in names if name]


def _meta(element: Element, key: str) -> str:
    metas = (child for child in element.findall("wp:postmeta") if child_text(child, "wp:meta_key") == key)
    return next((child_text(child, "wp:meta_value") for child in metas), "")
