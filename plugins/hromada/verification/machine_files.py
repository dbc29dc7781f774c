"""Reads what programs read: Atom feeds, the map of the site, calendars, JSON, JSON-LD, data packages, stylesheets.

Each reader yields faults and references. They check what a reader of feeds or a search engine needs; whole schemas are
checked by the project's tests. Sources: RFC 4287 (Atom), RFC 3339, sitemaps.org, RFC 5545 (iCalendar), Data Package 1.0.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from hromada.domain.lazy_regex import lazy_compile
from hromada.verification.facts import INVALID_OUTPUT, FileFault
from hromada.verification.html_page import is_balanced, references_of

Found = Iterator[FileFault | str]  # faults, and references as they are written

_ATOM, _XML = "{http://www.w3.org/2005/Atom}", "{http://www.w3.org/XML/1998/namespace}"
_MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_MOST_ADDRESSES = 50_000  # of one map
_RFC3339 = lazy_compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)")
_W3C_DATE = lazy_compile(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
_CSS_ADDRESS = lazy_compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'()]+))\s*\)|@import\s+[\"']([^\"']+)")
_COMMENT = lazy_compile(r"/\*(?:[^*]|\*(?!/))*+(?:\*/)?+")
_LONGEST_LINE = 75  # bytes of a calendar's line
_TZID = lazy_compile(r";TZID=([^;]+)")
_STAMP = lazy_compile(r"\d{8}(?:T\d{6}Z?)?")
_EVENT_DATES = "startDate | eventSchedule"  # a repeated event has a schedule and no date of its own
_REQUIRED = {  # keys that search engines need of the types of schema.org, «a | b»: one of them
    "NewsArticle": ("headline", "datePublished"),
    "Article": ("headline", "datePublished"),
    "Event": ("name", _EVENT_DATES, "location"),
    "BreadcrumbList": ("itemListElement",),
    "GovernmentOrganization": ("name", "url"),
    "Organization": ("name", "url"),
    "WebSite": ("name", "url"),
    "GovernmentService": ("name", "serviceOperator"),
    "ListItem": ("position", "name"),
    "SearchAction": ("target", "query-input"),
    "FAQPage": ("mainEntity",),
}


def _fault(message: str, line: int = 0) -> FileFault:
    return FileFault(INVALID_OUTPUT, message, line)


def _parsed(text: str) -> Element | FileFault:
    try:
        return ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        return _fault("це не XML", error.position[0])


# --- feeds and the map ------------------------------------------------------------------------------------------


def read_feed(text: str) -> Found:
    """An Atom feed: what RFC 4287 requires, unique ids, and the references of its entries' texts."""
    feed = _parsed(text)
    if isinstance(feed, FileFault):
        yield feed
        return
    if feed.tag != f"{_ATOM}feed":
        yield _fault("це не стрічка Atom")
        return
    entries = feed.findall(f"{_ATOM}entry")
    yield from _faults_of_element(feed, "стрічки")
    if len(feed.findall(f"{_ATOM}link[@rel='self']")) != 1:
        yield _fault('стрічка не каже своєї адреси (link rel="self")')
    if feed.find(f"{_ATOM}author/{_ATOM}name") is None:
        without = [entry for entry in entries if entry.find(f"{_ATOM}author/{_ATOM}name") is None]
        if without or not entries:
            yield _fault("у стрічки немає автора (author)")
    for entry in entries:
        yield from _faults_of_element(entry, "запису")
        if entry.find(f"{_ATOM}content") is None and entry.find(f"{_ATOM}link[@rel='alternate']") is None:
            yield _fault("запис без тексту й без посилання")
    for id, count in Counter(id.text for id in feed.iter(f"{_ATOM}id")).items():
        if count > 1:
            yield _fault(f"у стрічці не один id «{id}»")
    for element in feed.iter():
        yield from (address for key in ("href", "src", "url") if (address := element.get(key)))
        if element.get("type") == "html" and element.text:
            if not is_balanced(element.text):
                yield _fault("у тексті запису не закрито тег")
            yield from (reference.address for reference in references_of(element.text))


def _faults_of_element(element: Element, whose: str) -> Iterator[FileFault]:
    for name in ("id", "title", "updated"):
        found = element.findall(f"{_ATOM}{name}")
        if len(found) != 1 or not (found[0].text or "").strip():
            yield _fault(
                f"має бути один {name} {whose}, а їх {len(found)}" if len(found) != 1 else f"порожній {name} {whose}"
            )
    for name in ("updated", "published"):
        for date in element.findall(f"{_ATOM}{name}"):
            if not _is_date(date.text or "", _RFC3339):
                yield _fault(f"{name} {whose} не за RFC 3339: «{date.text}»")


def _is_date(text: str, form: re.Pattern[str]) -> bool:
    if not form.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text.upper() if "T" in text.upper() else f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def read_sitemap(text: str, address: str) -> Found:
    """The map of the site: distinct addresses of the site itself, dates as the W3C writes them."""
    root = _parsed(text)
    if isinstance(root, FileFault):
        yield root
        return
    if root.tag != f"{_MAP}urlset":
        yield _fault("це не карта сайту (urlset)")
        return
    addresses = [url.findtext(f"{_MAP}loc", "").strip() for url in root.findall(f"{_MAP}url")]
    if len(addresses) > _MOST_ADDRESSES:
        yield _fault(f"у карті сайту понад {_MOST_ADDRESSES} адрес")
    if len(set(addresses)) < len(addresses):
        yield _fault("адреса в карті сайту двічі")
    for date in root.iter(f"{_MAP}lastmod"):
        if not _is_date(date.text or "", _W3C_DATE):
            yield _fault(f"дата в карті сайту: «{date.text}»")
    for loc in addresses:
        if not loc.startswith(("http://", "https://")) or not loc.startswith(f"{address}/"):
            yield _fault(f"у карті сайту не його адреса: «{loc}»")
    yield from addresses


def read_xml(text: str) -> Found:
    """Any other XML, drawings among it: whether it is well-formed."""
    parsed = _parsed(text)
    if isinstance(parsed, FileFault):
        yield parsed


# --- calendars --------------------------------------------------------------------------------------------------


def read_calendar(raw: bytes) -> Found:
    """A calendar: lines of at most 75 bytes that end with CRLF, a UID and times for each event, and their time zone."""
    if not raw.endswith(b"\r\n") or b"\n" in raw.replace(b"\r\n", b""):
        yield _fault("рядки календаря мають кінчатися CRLF")
    for number, written in enumerate(raw.split(b"\r\n"), 1):
        if len(written) > _LONGEST_LINE:
            yield _fault(f"рядок календаря довший за {_LONGEST_LINE} байтів", number)
            break
    text = raw.decode("utf-8", "replace").replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "")
    open_parts: list[str] = []
    event: dict[str, str] = {}
    ids: list[str] = []
    top: dict[str, str] = {}
    zones, named_zones = set[str](), set[str]()
    for line in text.rstrip("\n").split("\n"):
        key, _, value = line.partition(":")
        named_zones.update(_TZID.findall(key))
        key = key.partition(";")[0].upper()
        if key == "BEGIN":
            open_parts.append(value)
            event = {} if value == "VEVENT" else event
        elif key == "END":
            if not open_parts or open_parts.pop() != value:
                yield _fault(f"зайвий END:{value} у календарі")
                return
            if value == "VEVENT":
                ids.append(event.get("UID", ""))
                yield from (
                    _fault(f"подія без {name}") for name in ("UID", "DTSTAMP", "DTSTART") if not event.get(name)
                )
                yield from (
                    _fault(f"{name} події: «{event[name]}»")
                    for name in ("DTSTAMP", "DTSTART", "DTEND")
                    if event.get(name) and not _STAMP.fullmatch(event[name])
                )
                yield from _faults_of_times(event)
        elif open_parts[-1:] == ["VTIMEZONE"] and key == "TZID":
            zones.add(value)
        elif open_parts[-1:] == ["VEVENT"]:
            event[key] = value
            if key == "URL":
                yield value
        elif open_parts == ["VCALENDAR"]:
            top[key] = value
    if open_parts:
        yield _fault(f"у календарі не закрито {open_parts[-1]}")
    yield from (_fault(f"у календаря немає {name}") for name in ("VERSION", "PRODID") if not top.get(name))
    yield from (_fault(f"у календарі не описано часового поясу {zone}") for zone in sorted(named_zones - zones))
    if len(set(ids)) < len(ids):
        yield _fault("дві події календаря мають один UID")


def _faults_of_times(event: Mapping[str, str]) -> Found:
    """An end that is no end, a repetition without one."""
    start, end = event.get("DTSTART", ""), event.get("DTEND", "")
    if end and len(start) == len(end) and end <= start:
        yield _fault("подія календаря закінчується не пізніше, ніж починається")
    if (rule := event.get("RRULE")) and not re.search(r"(?:UNTIL|COUNT)=", rule):
        yield _fault("подія календаря повторюється без кінця")


# --- JSON -------------------------------------------------------------------------------------------------------


def _json(text: str) -> object | FileFault:
    try:
        value: object = json.loads(text, parse_constant=_refuse_constant)
        return value
    except RecursionError:
        return _fault("JSON вкладено надто глибоко")
    except ValueError as error:
        return _fault("це не JSON", getattr(error, "lineno", 0))


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def read_json(text: str) -> Found:
    """A JSON file that the site writes, with the addresses in it."""
    value = _json(text)
    if isinstance(value, FileFault):
        yield value
        return
    yield from _addresses_in(value)


def read_data_package(text: str) -> Found:
    """A data package: its names, and its resources, which lie beside it."""
    value = _json(text)
    if isinstance(value, FileFault):
        yield value
        return
    resources = value.get("resources") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not isinstance(resources, list) or not resources:
        yield _fault("у пакета даних немає ресурсів (resources)")
        return
    if not re.fullmatch(r"[a-z0-9._/-]+", str(value.get("name", ""))):
        yield _fault("у пакета даних немає назви (name)")
    names = [resource.get("name") if isinstance(resource, dict) else None for resource in resources]
    if None in names or len(set(map(str, names))) < len(names):
        yield _fault("у ресурсів пакета даних мають бути різні назви (name)")
    for resource in resources:
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str):
            yield _fault("ресурс пакета даних без шляху (path)")
        else:
            yield path
    yield from _addresses_in({key: part for key, part in value.items() if key != "resources"})


def read_linked_data(text: str) -> Found:
    """A block of JSON-LD: the vocabulary, and the keys without which its types mean nothing."""
    value = _json(text)
    if isinstance(value, FileFault):
        yield value
        return
    if not isinstance(value, dict) or value.get("@context") not in ("https://schema.org", "https://schema.org/"):
        yield _fault("у JSON-LD немає @context https://schema.org")
        return
    graph = value.get("@graph", [value])
    for node in graph if isinstance(graph, list) else [graph]:
        kind = node.get("@type") if isinstance(node, dict) else None
        if not isinstance(kind, str):
            yield _fault("у JSON-LD немає @type")
            continue
        yield from (
            _fault(f"у JSON-LD типу {kind} немає {keys.replace('|', 'або')}")
            for keys in _REQUIRED.get(kind, ())
            if not any(map(node.get, keys.split(" | ")))
        )
    yield from (address for address in _addresses_in(value) if "{" not in address)  # that of a search is a template


def _addresses_in(value: object) -> Iterator[str]:
    """Every absolute address in a JSON value."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case str() as text if text.startswith(("http://", "https://")):
                yield text
            case list() as parts:
                waiting += parts
            case dict() as parts:
                waiting += parts.values()
            case _:
                pass


# --- stylesheets ------------------------------------------------------------------------------------------------


def read_stylesheet(text: str) -> Found:
    """A stylesheet's fonts, pictures and further stylesheets."""
    for match in _CSS_ADDRESS.finditer(_COMMENT.sub("", text)):
        address = next(filter(None, match.groups()), "")
        if not address.startswith("data:"):
            yield address


def read_robots(text: str) -> Found:
    """The addresses of maps in robots.txt."""
    for line in text.splitlines():
        key, _, value = line.partition(":")
        if key.strip().casefold() == "sitemap":
            yield value.strip()


_BY_NAME: Mapping[str, Callable[[str], Found]] = {
    "datapackage.json": read_data_package,
    "robots.txt": read_robots,
}
_BY_SUFFIX: Mapping[str, Callable[[str], Found]] = {
    ".atom": read_feed, ".json": read_json, ".css": read_stylesheet, ".svg": read_xml, ".xml": read_xml,
}  # fmt: skip


def reader_of(name: str) -> Callable[[str], Iterable[FileFault | str]] | None:
    """The reader of a text file that the site writes; None for other types."""
    file = name.rpartition("/")[2]
    return _BY_NAME.get(file) or _BY_SUFFIX.get(file[file.rfind(".") :])
