"""Records read from an earlier site, whatever its format: items, files, dates, addresses, titles as plain text."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, tzinfo
from email.utils import parsedate
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urljoin, urlsplit

from msgspec import Struct, field

from hromada.domain.calendar import EARLIEST_YEAR, KYIV, DateRefused, parse_moment, to_kyiv
from hromada.domain.entry import SourceLocation
from hromada.domain.file_names import UNWRITABLE, is_device, is_leftover
from hromada.domain.item import NEWS, Kind, Status
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.time_zones import ZONE_ADVICE, zone_of_moment
from hromada.domain.web_address import host_of

_ZERO = lazy_compile(r"0{4}-0{2}-0{2}|.*-0001 ")  # WordPress's «not yet»
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
# A moment and what stands behind its time: «Mon, 05 Jul 2021 21:30:00 EEST», «Mon Jul  5 21:30:00 EEST 2021».
_ZONED = lazy_compile(
    rf"(?P<day>.*?[\sT])(?P<time>{_CLOCK})(?P<zone>.*?)(?:\s(?P<year>\d{{4}}))?", re.ASCII | re.DOTALL
)
_NAMED_DAY = lazy_compile(r"(?:[A-Za-z]+,?\s+)?\d{1,2}[\s-]+[A-Za-z]+[\s-]+\d{2,4}", re.ASCII)
_ISO_DAY = lazy_compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def parse_utc(text: str) -> datetime | None:
    """«2021-07-05 21:30:00» of the universal clock; None for an empty or zero one, DateRefused for no date."""
    return parse_moment(f"{text.strip()} Z") if _is_given(text) else None


def parse_local(text: str, zone: tzinfo | None = None) -> datetime | None:
    """«2021-07-05 21:30:00» in the zone that stands behind it, else in `zone`, else as the earlier site's own clock, Kyiv's.

    A day alone is that day.
    """
    if not _is_given(text):
        return None
    text = re.sub(r"(?<=\d)T(?=\d)", " ", text.strip())
    match = _ZONED.fullmatch(text)
    if match is None or not _ISO_DAY.fullmatch(match["day"].strip()):
        return parse_moment(text)
    zone_of_text = _zone(match["zone"], text) if match["zone"].strip() else zone or KYIV
    return _in_kyiv(parse_moment(f"{match['day']}{_whole_seconds(match['time'])}"), zone_of_text, text)


def parse_feed_moment(text: str, zone: tzinfo | None = None) -> datetime | None:
    """A feed's moment: RFC 822 («Mon, 05 Jul 2021 21:30:00 +0000») or RFC 3339.

    One that names no zone is in `zone`, and refused without it: the universal clock would move it to another day. A day
    alone is that day.
    """
    if not _is_given(text):
        return None
    text = text.strip()
    match = _ZONED.fullmatch(re.sub(r"(?<=\d)T(?=\d)", " ", text))
    if match is None:
        return _day(text)
    zone_of_text = _zone(match["zone"], text) if match["zone"].strip() else zone
    if zone_of_text is None:
        raise DateRefused(f"у часі «{text}» немає часового поясу, вкажіть його в ZONE=…: ZONE=Europe/Kyiv")
    day, year = match["day"].strip(), match["year"] or ""
    moment = _parse(f"{day} {_whole_seconds(match['time'])} {year}".strip(), text, is_iso=bool(_ISO_DAY.fullmatch(day)))
    return _in_kyiv(moment, zone_of_text, text)


def _day(text: str) -> datetime:
    at_midnight = f"{text} 00:00:00" if _NAMED_DAY.fullmatch(text) else text
    return _parse(at_midnight, text, is_iso=bool(_ISO_DAY.match(text)))


def _parse(text: str, whole: str, *, is_iso: bool) -> datetime:
    """The moment as its own clock shows it."""
    if is_iso:
        return parse_moment(text)
    try:
        parts = parsedate(text)
        moment = datetime(*parts[:6]) if parts else None
    except (ValueError, TypeError, IndexError, OverflowError):
        moment = None
    if moment is None:
        raise DateRefused(f"дата «{whole}» незрозуміла")
    if moment.year < EARLIEST_YEAR:
        raise DateRefused(f"рік у даті «{whole}» неможливий")
    return moment


def _zone(zone_text: str, text: str) -> tzinfo:
    zone = zone_of_moment(zone_text)
    if zone is None:
        raise DateRefused(f"часовий пояс у даті «{text}» невідомий, {ZONE_ADVICE}")
    return zone


def _in_kyiv(moment: datetime, zone: tzinfo, text: str) -> datetime:
    return to_kyiv(moment.replace(tzinfo=zone), text)


def _whole_seconds(time: str) -> str:
    return re.split(r"[.,]", time)[0]


def modified_day(modified: datetime | None, when: datetime | None) -> date | None:
    """The day of the last change, when it is not that of publication."""
    return modified.date() if modified and when and modified.date() > when.date() else None


def _is_given(text: str) -> bool:
    return bool(text.strip()) and not _ZERO.match(text.strip())


class SourceMarkup(StrEnum):
    """What an item's text is written in."""

    HTML = "html"
    WORDPRESS = "wordpress"  # HTML with block comments, short codes and paragraphs that are blank lines
    MARKDOWN = "markdown"


class OldItem(NamedTuple):
    """A news item, a page, a unit's page or message of the earlier site; `place` is its location in the source.

    `address` is the page's old address, absolute or a site path, empty when unknown. `aliases` are other addresses and
    ids under which texts link to it. `fault` says in Ukrainian why it can't be imported. `fields` are further fields
    of our own header, as written.
    """

    place: SourceLocation
    kind: Kind
    title: str
    body: str = ""
    language: SourceMarkup = SourceMarkup.HTML
    when: datetime | None = None
    status: Status = Status.PUBLISHED
    address: str = ""
    aliases: tuple[str, ...] = ()
    slug: str = ""
    section: str = NEWS
    lang: str = ""
    category: str = ""
    tags: tuple[str, ...] = ()
    summary: str = ""
    author: str = ""
    modified: date | None = None
    picture: str = ""
    picture_alt: str = ""
    gallery: tuple[str, ...] = ()  # «photo.jpg | what it shows», as our header has them
    filename_date: date | None = None  # the day in the name of its file
    fields: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    file: str = ""  # its name in the folder that it comes from
    keeps_place: str = ""  # its path where it comes from a content folder like ours
    fault: str = ""


class OldAttachment(NamedTuple):
    """A file that the earlier site knows by a number: where it was published, what it is called, what it shows."""

    place: SourceLocation
    id: str
    url: str
    title: str = ""
    alt: str = ""


class SkippedRecords(NamedTuple):
    """Records that are never imported: a Ukrainian name of their kind, and how many."""

    kind: str
    number: int = 1


class OldSite(NamedTuple):
    """The site's name and the addresses it had."""

    title: str
    addresses: tuple[str, ...]


SourceRecord = OldItem | OldAttachment | SkippedRecords | OldSite


class SourceRefused(ValueError):
    """The source can't be read; the message is Ukrainian, `fix` says what to do."""

    def __init__(self, message: str, fix: str, line: int = 1) -> None:
        super().__init__(message)
        self.fix, self.line = fix, line


class SourceIndex(Struct):
    """Index of a source, read once and without its texts, for the steps that need the whole."""

    site: OldSite = OldSite("", ())
    items: list[OldItem] = field(default_factory=list)
    attachments: dict[str, OldAttachment] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def take(self, record: SourceRecord) -> None:
        match record:
            case OldItem():
                self.items.append(record._replace(body=""))
            case OldAttachment():
                self.attachments[record.id] = record
            case OldSite():
                addresses = (*self.site.addresses, *record.addresses)
                self.site = OldSite(self.site.title or record.title, tuple(dict.fromkeys(filter(None, addresses))))
            case SkippedRecords():
                self.left[record.kind] = self.left.get(record.kind, 0) + record.number


Files = Mapping[str, int]  # files at hand by their relative name, with their sizes


_RESIZED = lazy_compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.\w+$)")  # WordPress's smaller copies of a photo
_MAX_NAME = 100  # letters of a name; twice as many bytes
_CONTENT_FOLDERS = ("images/", "files/", "news/", "units/", "pages/", "services/")
UNCHANGED = "whole"  # folder of a file that keeps its path and its bytes, or is not imported at all
_UPLOADS = lazy_compile(r"(?:^|/)(?:wp-content/uploads|uploads)/(?P<name>.+)$")


def safe_name(name: str) -> str:
    """A relative name of which no part climbs, is a device of Windows, or is taken for a leftover of a program."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    return "/".join(_safe(part) for part in parts)


def _safe(part: str) -> str:
    part = UNWRITABLE.sub("-", part).strip(". ").lstrip("~").rstrip("~") or "file"
    stem, dot, ending = part.rpartition(".")
    if not dot:
        stem, ending = part, ""
    stem = stem[:_MAX_NAME].rstrip(". ")
    part = f"{stem}{dot}{ending.casefold()}"
    return f"file-{part}" if is_device(part) or is_leftover(part) else part


class FileTransfer(Struct):
    """Source files and their paths in the content; `is_same`: whether the content holds this file at that path already."""

    at_hand: Files
    folder: Callable[[str], str]  # «images», «files», or empty for a type that the content does not take
    is_same: Callable[[str, str], bool]
    is_taken: Callable[[str], bool]
    planned: dict[str, str] = field(
        default_factory=dict
    )  # path in the content by name at hand; empty: it does not come
    present: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)

    def place(self, name: str) -> str:
        """The path in the content of a file at hand, the same for every reference; empty when it can't be taken."""
        if name not in self.planned and name in self.at_hand:
            self.planned[name] = self._path(name) if self.folder(name) else ""
        return self.planned.get(name, "")

    def forget(self, path: str) -> str:
        """Take a file out of the plan again; its name at hand, empty when it was not in it."""
        name = next((name for name, planned in self.planned.items() if planned == path), "")
        if name:
            self.planned[name] = ""
        return name

    def uploaded(self, address: str) -> str:
        """The name at hand of what was published at an address; of a smaller copy it is the whole photo."""
        match = _UPLOADS.search(posixpath.normpath(address))
        if match is None:
            return ""
        whole = _RESIZED.sub("", match["name"])
        return next((name for name in (whole, match["name"]) if name in self.at_hand), "")

    def _path(self, name: str) -> str:
        safe = safe_name(name)
        folder = self.folder(name)
        inside = name if folder == UNCHANGED else safe if safe.startswith(_CONTENT_FOLDERS) else f"{folder}/{safe}"
        stem, dot, ending = inside.rpartition(".")
        for number in range(1, 10_000):
            path = f"content/{inside}" if number == 1 else f"content/{stem}-{number}{dot}{ending}"
            if path.casefold() in self._used:
                continue
            if self.is_same(name, path):
                self.present.add(path)
            elif self.is_taken(path):
                continue
            self._used.add(path.casefold())
            return path
        raise AssertionError(f"no free name for {name}")


_IDS = ("p", "page_id", "attachment_id")


class OldAddresses:
    """The addresses of one earlier site, from some of its absolute addresses."""

    def __init__(self, addresses: Iterable[str]) -> None:
        hosts = [_host(address) for address in addresses]
        self.hosts = frozenset(host for host in hosts if host)
        self.home = next((address.rstrip("/") for address in addresses if _host(address)), "")

    def absolute(self, reference: str, page: str = "") -> str:
        """The absolute address of a reference on `page`; the reference itself where the site's address is unknown."""
        try:
            return urljoin(urljoin(f"{self.home}/", page), reference) if self.home else reference
        except ValueError:
            return reference

    def key(self, reference: str, page: str = "") -> str:
        """The key of a link's target: «?p=7» or a path in lower case; empty for another site or a malformed address."""
        address = self.absolute(reference, page)
        try:
            parts = urlsplit(address)
        except ValueError:
            return ""
        if parts.scheme not in ("http", "https", "") or (parts.netloc and _host(address) not in self.hosts):
            return ""
        query = parse_qs(parts.query)
        for name in _IDS:
            if name in query:
                return f"?p={query[name][0]}"
        path = unquote(parts.path).rstrip("/").removesuffix("/index.html")
        return path.casefold() or "/"


def _host(address: str) -> str:
    return host_of(address).removeprefix("www.")


_ENTITY = lazy_compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TAG = lazy_compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_INLINE_TAG = lazy_compile(r"</?(?:a|b|i|em|strong|span|u|small|sup|sub|font|mark|wbr)\b[^<>]*>", re.IGNORECASE)
_CONTROLS = lazy_compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ue000-\ue003]")
_CUT_MARKER = lazy_compile(r"\s*(?:\[(?:…|\.\.\.)\]|Читати далі.*|Continue reading.*)$", re.DOTALL)


def clean_title(written: str) -> str:
    """A title in one line; its entities are decoded even where a program has coded them twice."""
    decoded = _unescape(_INLINE_TAG.sub("", _TAG_BREAK.sub(" ", written)))
    return _CONTROLS.sub("", re.sub(r"[ \t\r\n]*[\r\n\t][ \t\r\n]*", " ", decoded)).strip()


_TAG_BREAK = lazy_compile(r"<br\b[^<>]*>", re.IGNORECASE)


def strip_html(written: str) -> str:
    """The text of a piece of HTML in one line."""
    return " ".join(_CONTROLS.sub("", _unescape(_TAG.sub(" ", written))).split())


def distinct_summary(written: str, text: str) -> str:
    """The summary as plain text; empty when it only repeats the beginning of the text or was cut by a program."""
    summary = strip_html(written)
    cut = _CUT_MARKER.sub("", summary)
    return "" if cut != summary or strip_html(text).startswith(cut) else summary


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)
