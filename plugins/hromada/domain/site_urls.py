"""Addresses of pages and folders that the site generates, links between pages of a paginated list, and redirects."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from hromada.domain.alphabet import fits_in_folder_name, slug, to_nfc
from hromada.domain.entry import SourceLocation
from hromada.domain.file_names import UNWRITABLE, is_device, is_unpublishable
from hromada.domain.lazy_regex import lazy_compile

REDIRECTS = "content/redirects.csv"
GONE = "gone"  # as the target of a row: the address answers with a notice that the page was removed
_PAGE = lazy_compile(r"\.html?$", re.IGNORECASE)
_OTHER_TYPE = lazy_compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_LONGEST = 255  # bytes: limit of names on common file systems


class AddressRefused(ValueError):
    """No static page can have the address; message and fix are Ukrainian."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


class Redirect(NamedTuple):
    """A row of redirects.csv: `address` as a site path («/2021/07/zustrich»), `target` as the editor wrote it, or GONE."""

    address: str
    target: str
    place: SourceLocation

    @property
    def file(self) -> str:
        """The path of the redirecting page in the output."""
        return file_at(self.address)


def parse_old_address(written: str) -> str:
    """The percent-decoded path that a host looks up; AddressRefused when no static page can have it."""
    if "?" in written or "#" in written:
        raise AddressRefused(
            f"адреса «{written}» має запит або якір", "статичної сторінки на ній бути не може, приберіть рядок"
        )
    path = unquote(to_nfc(written))  # what a browser requests; percent-encoded characters are the earlier site's own
    if not path.startswith("/") or path.startswith("//"):
        raise AddressRefused(f"адреса «{written}» – не шлях на сайті", "почніть її з «/», без назви сайту")
    parts = path.removesuffix("/").split("/")[1:]
    if any(_is_unwritable(part) for part in parts):
        raise AddressRefused(f"з адреси «{written}» не можна зробити файлу", "приберіть рядок")
    if parts and not _PAGE.search(parts[-1]) and (match := _OTHER_TYPE.search(parts[-1])):
        raise AddressRefused(f"адресу «{written}» сайт не віддасть як сторінку ({match[0]})", "приберіть рядок")
    return path


def _is_unwritable(part: str) -> bool:
    return (
        not part.strip(". ")
        or part[-1] in ". "
        or bool(UNWRITABLE.search(part))
        or is_device(part)
        or is_unpublishable(part)
        or len(part.encode()) > _LONGEST
    )


def file_at(address: str) -> str:
    """The file that a static host serves at an address: `index.html` of a folder, or the named HTML file."""
    path = address.strip("/")
    if not path:
        return "index.html"
    return path if _PAGE.search(path) and not address.endswith("/") else f"{path}/index.html"


def linked_numbers(current: int, count: int) -> tuple[int | None, ...]:
    """The numbers of the first, last and neighbouring pages, with None for a gap; empty for a single page."""
    if count == 1:
        return ()
    linked: list[int | None] = []
    previous = 0
    for page in sorted({1, count, *range(max(1, current - 1), min(count, current + 1) + 1)}):
        if page - previous > 1:
            linked.append(None)
        linked.append(page)
        previous = page
    return tuple(linked)


NEWS, UNITS, REPORTS, MESSAGES = "/news/", "/units/", "/reports/", "/messages/"
EVENTS, SERVICES = "/events/", "/services/"
LISTS = {
    NEWS: "Новини", UNITS: "Корисна інформація", REPORTS: "Звіти", MESSAGES: "Повідомлення", EVENTS: "Події", SERVICES: "Послуги",
}  # fmt: skip
NEWS_FEED = f"{NEWS}feed.atom"
ALERTS_FILE = "/alerts.json"
CONTACTS = "/kontakty/"  # where law.toml names no other page
MESSAGES_FEED = f"{MESSAGES}feed.atom"
ARCHIVE = f"{NEWS}archive/"
CATEGORIES = f"{NEWS}category/"
PHOTOS_PAGE = "/photos/"
SEARCH_PAGE = "/search/"
TAGS = "/tags/"
CALENDAR_FILE = f"{EVENTS}calendar.ics"
EVENT_FILE = "event.ics"  # beside an item's page
LAW_PAGE = "/opryliudnennia/"
HANDBOOK_PAGE = "/dovidnyk-redaktora/"
ENGLISH = "/en/"
SITE_MAP = "/karta-saitu/"
COMPONENTS = "/komponenty/"  # every component once; built with the sample archive only
ACCESSIBILITY = "/dostupnist/"  # the editors' page to which the results of the tests are added
SECURITY_FILE = "/.well-known/security.txt"
HUMANS_FILE = "/humans.txt"
TEXT_PAGE = "/text/"  # the site's news, contacts and alerts for bad networks
ALERT_SHEETS = f"{TEXT_PAGE}oholoshennia/"  # the alerts to print and hang up
ADMIN = "/admin/"
ADMIN_REGISTERS = "/admin/registers/"
ADMIN_STATUS = "/admin/status/"
FOLDERS = ("/theme/", "/images/", "/files/")  # folders of files without pages
# The site's own addresses, which came after the first sites: pages there once had these slugs.
LATER = frozenset({PHOTOS_PAGE, EVENTS, MESSAGES, SERVICES, SEARCH_PAGE, TEXT_PAGE, ADMIN})
# Slugs that a plain page can't have.
RESERVED = frozenset(
    address.strip("/")
    for address in (NEWS, UNITS, REPORTS, TAGS, LAW_PAGE, HANDBOOK_PAGE, ENGLISH, SITE_MAP, *LATER, *FOLDERS)
)


@lru_cache(maxsize=4096)
def category_path(title: str) -> str:
    """The address of a category's list; titles with the same slug are one category."""
    return f"{CATEGORIES}{slug(title)}/"


def category_feed(path: str) -> str:
    """The feed of a category, beside its list."""
    return f"{path}feed.atom"


@lru_cache(maxsize=4096)
def tag_path(title: str) -> str:
    """The address of a tag's list; empty for a title that makes no folder's name. Equal slugs are one tag."""
    name = slug(title) if fits_in_folder_name(title) else ""
    return f"{TAGS}{name}/" if name and not is_device(name) else ""


def month_path(year: int, month: int) -> str:
    """The address of a month's list of news."""
    return f"{NEWS}{year:04d}/{month:02d}/"


def message_month_path(year: int, month: int) -> str:
    """The address of a month's list of messages."""
    return f"{MESSAGES}{year:04d}/{month:02d}/"


def event_month_path(year: int, month: int) -> str:
    """The address of a month's events."""
    return f"{EVENTS}{year:04d}-{month:02d}/"


def photo_month_path(year: int, month: int) -> str:
    """The address of a month's pictures."""
    return f"{PHOTOS_PAGE}{year:04d}/{month:02d}/"
