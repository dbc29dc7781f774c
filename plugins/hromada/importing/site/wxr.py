"""WordPress's own export (WXR) to items; what it has of files, menus, comments and former versions is told apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, tzinfo
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from hromada.domain.calendar import DateRefused
from hromada.domain.entry import SourceLocation
from hromada.domain.item import NEWS, PAGES, Kind, Status
from hromada.importing.site.old_dates import later_day, local, stamped, universal
from hromada.importing.site.old_item import Attachment, Found, Language, OldItem, OldSite, SkippedKind
from hromada.importing.site.plain_text import plain, title_of
from hromada.importing.site.xml_stream import Part, words

_KINDS = {"post": Kind.NEWS, "page": Kind.PAGE}
_LEFT = {"nav_menu_item": "пункти меню", "revision": "попередні редакції"}
_LEFT_BY_STATUS = {"trash": "вилучене до кошика", "auto-draft": "автозбереження", "inherit": "попередні редакції"}
_STATUSES = {
    "publish": Status.PUBLISHED,
    "future": Status.PUBLISHED,  # it waits for its date here as well
    "draft": Status.DRAFT,
    "pending": Status.DRAFT,
    "private": Status.DRAFT,  # nobody but its editors could read it
}


def read(file: str, parts: Iterable[Part], zone: tzinfo | None = None) -> Iterator[Found]:
    """What the export holds, in its order; `file` is its name in messages, `zone` that of the site's clock."""
    authors: dict[str, str] = {}
    for element, line in parts:
        match element.tag:
            case "title":
                yield OldSite(plain(element.text or ""), ())
            case "link" | "wp:base_site_url" | "wp:base_blog_url":
                yield OldSite("", ((element.text or "").strip(),))
            case "wp:author":
                authors[words(element, "wp:author_login")] = words(element, "wp:author_display_name")
            case "item":
                yield from _item(element, SourceLocation(file, line), authors, zone)


def _item(element: Element, place: SourceLocation, authors: dict[str, str], zone: tzinfo | None) -> Iterator[Found]:
    if comments := len(element.findall("wp:comment")):
        yield SkippedKind("коментарі", comments)
    type, status = words(element, "wp:post_type"), words(element, "wp:status")
    if type == "attachment":
        yield _attachment(element, place)
    elif type not in _KINDS:
        yield SkippedKind(_LEFT.get(type, f"записи виду «{type}»"))
    elif status in _LEFT_BY_STATUS:
        yield SkippedKind(_LEFT_BY_STATUS[status])
    else:
        yield _post(element, place, _KINDS[type], authors, zone)


def _attachment(element: Element, place: SourceLocation) -> Attachment:
    url = words(element, "wp:attachment_url") or words(element, "guid")
    alt = _meta(element, "_wp_attachment_image_alt")
    return Attachment(place, words(element, "wp:post_id"), url, title_of(words(element, "title")), plain(alt))


def _post(element: Element, place: SourceLocation, kind: Kind, authors: dict[str, str], zone: tzinfo | None) -> OldItem:
    status = _STATUSES.get(words(element, "wp:status"))
    fault = "" if status else f"невідомий стан «{words(element, 'wp:status')}»"
    if words(element, "wp:post_password"):  # hidden pages have no password here: everybody could read it
        status = Status.DRAFT
    when, modified, bad_date = _dates(element, zone)
    creator = words(element, "dc:creator")
    address, id = words(element, "link"), words(element, "wp:post_id")
    is_static = "?" not in address
    categories = _terms(element, "category")
    return OldItem(
        place, kind, title_of(words(element, "title")), element.findtext("content:encoded") or "", Language.WORDPRESS,
        when, status or Status.DRAFT,
        address=address if is_static else "",
        also=tuple(filter(None, (f"?p={id}" if id else "", "" if is_static else address, words(element, "guid")))),
        slug=unquote(words(element, "wp:post_name"), errors="ignore"),
        section=NEWS if kind is Kind.NEWS else PAGES,
        category=categories[0] if categories and kind is Kind.NEWS else "",
        tags=tuple(dict.fromkeys([*_terms(element, "post_tag"), *categories[1:]])),
        summary=plain(words(element, "excerpt:encoded")),
        author=_author(creator, authors.get(creator, "")),
        modified=modified,
        picture=f"#{_meta(element, '_thumbnail_id')}" if _meta(element, "_thumbnail_id") else "",
        fault=fault or bad_date,
    )  # fmt: skip


def _author(login: str, shown: str) -> str:
    """The name that is shown; where there is none but the login, that one as such, «@Olena», which is no person's name."""
    is_login = login.isascii() and " " not in login and shown.casefold() in ("", login.casefold())
    return f"@{login}" if login and is_login else shown or login


def _dates(element: Element, zone: tzinfo | None) -> tuple[datetime | None, date | None, str]:
    """Publication, last change as a day, and what is wrong with them."""
    try:
        when = universal(words(element, "wp:post_date_gmt")) or local(words(element, "wp:post_date"), zone)
        when = when or stamped(words(element, "pubDate"), zone)
        changed = universal(words(element, "wp:post_modified_gmt")) or local(words(element, "wp:post_modified"), zone)
    except DateRefused as refused:
        return None, None, str(refused)
    return when, later_day(changed, when), ""


def _terms(element: Element, domain: str) -> list[str]:
    found = (one for one in element.findall("category") if one.get("domain") == domain)
    names = (title_of(one.text or "") for one in found if one.get("nicename") != "uncategorized")
    return [name for name in names if name]


def _meta(element: Element, key: str) -> str:
    found = (one for one in element.findall("wp:postmeta") if words(one, "wp:meta_key") == key)
    return next((words(one, "wp:meta_value") for one in found), "")
