"""Reads files of a Pelican content folder, or of ours: Markdown with a header, HTML with `meta` elements."""

from __future__ import annotations

import ast
import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo

from bs4 import BeautifulSoup
from bs4.element import Tag
from msgspec import Struct

from hromada.conversion.site.old_item import OldItem, SourceMarkup, clean_title, parse_local
from hromada.domain.alphabet import slug as official_slug
from hromada.domain.calendar import DateRefused
from hromada.domain.entry import SourceLocation
from hromada.domain.header_fields import FIELDS, FieldType, keys_of
from hromada.domain.item import NEWS, PAGES, STATUSES, UKRAINIAN, Kind, Status
from hromada.domain.lazy_regex import lazy_compile

_FILE_NAME = lazy_compile(
    r"(?:(?P<day>\d{4}-\d{2}-\d{2})(?:[-_ ]+|$))?(?P<rest>.*?)(?:\.(?P<lang>[a-z]{2}))?", re.DOTALL
)
# Fields of Pelican and its plugins that are imported or have no meaning here.
_PELICAN_FIELDS = frozenset({"keywords", "authors", "url", "save_as", "cover", "template", "translation"})

_MARKDOWN = (".md", ".markdown", ".mkd", ".mkdn", ".mdown", ".mdwn", ".mdtxt")
_HTML = (".html", ".htm")

Fields = Mapping[str, str | Sequence[str]]


class PelicanSettings(Struct, frozen=True):
    """Address settings of pelicanconf.py; empty without one."""

    site: str = ""
    article: str = ""
    page: str = ""

    @classmethod
    def of(cls, text: str) -> PelicanSettings:
        """The plain texts assigned in a settings file, which is read and never run."""
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return cls()
        values = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, str)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        return cls(
            values.get("SITEURL", ""),
            values.get("ARTICLE_URL", "{slug}.html"),
            values.get("PAGE_URL", "pages/{slug}.html"),
        )


class PelicanFile(Struct, frozen=True):
    """A file taken apart: its location for messages, its path in the folder (`name`), kind, section, header and text."""

    place: SourceLocation
    name: str
    kind: Kind
    section: str
    fields: Fields
    body: str
    markup: SourceMarkup = SourceMarkup.MARKDOWN


def read_item(file: PelicanFile, settings: PelicanSettings, zone: tzinfo | None = None) -> OldItem:
    """The item of a file; times that name no zone are in `zone`."""
    name, kind, fields = file.name, file.kind, file.fields
    stem = without_ending(posixpath.basename(name))
    match = _FILE_NAME.fullmatch(stem)
    assert match is not None, "every part of the pattern may be empty"
    written = _text(fields, "slug")
    lang = (_text(fields, "lang") or match["lang"] or UKRAINIAN).casefold()
    when, modified, named, fault = _dates(fields, match["day"] or "", zone)
    status = STATUSES.get(_text(fields, "status").casefold() or "published")
    title = clean_title(_text(fields, "title"))
    slug = written or (match["rest"] or stem if kind is not Kind.UNIT else "")
    fault = fault or ("" if title else "немає назви: поля title") or ("" if status else f"невідомий стан «{_text(fields, 'status')}»")  # fmt: skip
    return OldItem(
        file.place, kind, title, file.body, file.markup, when, status or Status.DRAFT,
        address=_address(fields, kind, settings, written, when, lang),
        slug=slug,
        filename_date=named,
        section=file.section,
        lang=lang,
        category=_text(fields, "category") or _folder(name, kind),
        tags=tuple(dict.fromkeys((*_text_list(fields, "tags"), *_text_list(fields, "keywords")))),
        summary=_text(fields, "summary"),
        author=_text(fields, "author") or ", ".join(_text_list(fields, "authors")),
        modified=modified,
        picture=_text(fields, "image") or _text(fields, "cover"),
        picture_alt=_text(fields, "image-alt"),
        gallery=tuple(_text_list(fields, "gallery")),
        file=name,
        fields=tuple(_extra_fields(fields, kind)),
        fault=fault,
    )  # fmt: skip


def is_markdown(name: str) -> bool:
    """Whether Pelican reads the file as Markdown; Windows and cameras write endings in capitals."""
    return name.casefold().endswith(_MARKDOWN)


def is_html(name: str) -> bool:
    """Whether Pelican reads the file as HTML."""
    return name.casefold().endswith(_HTML)


def without_ending(name: str) -> str:
    """The name without the ending of an item's file."""
    ending = next((entry for entry in (*_MARKDOWN, *_HTML) if name.casefold().endswith(entry)), "")
    return name[: len(name) - len(ending)]


def unknown_fields(fields: Iterable[str], kind: Kind) -> list[str]:
    """Fields that our header has no place for."""
    known = _PELICAN_FIELDS.union(keys_of(kind))
    return [key for key in fields if key not in known]


def kind_and_section(name: str, units: frozenset[str]) -> tuple[Kind, str]:
    """Kind and section of a file by its folder; `units` are folders that have a page of their own."""
    parts = name.split("/")
    if parts[0] == "units" and len(parts) > 2 and parts[1] in units:
        is_own = len(parts) == 3 and re.fullmatch(r"index(?:\.[a-z]{2})?", without_ending(parts[2]))
        return (Kind.UNIT if is_own else Kind.MESSAGE), f"units/{parts[1]}"
    return (Kind.PAGE, PAGES) if PAGES in parts[:-1] else (Kind.NEWS, NEWS)


def _folder(name: str, kind: Kind) -> str:
    """Pelican's category of a file without one is its folder's name; ours of years are none."""
    parts = name.split("/")[:-1]
    is_category = kind is Kind.NEWS and parts and parts[-1] not in (NEWS, "articles", "posts", "blog")
    return parts[-1] if is_category and not re.fullmatch(r"\d{1,4}", parts[-1]) else ""


def _dates(fields: Fields, named: str, zone: tzinfo | None) -> tuple[datetime | None, date | None, date | None, str]:
    """Publication, last change, the day in the file's name, and what is wrong with them."""
    try:
        when, modified = parse_local(_text(fields, "date") or named, zone), parse_local(_text(fields, "modified"), zone)
        day = parse_local(named)
    except DateRefused as refused:
        return None, None, None, str(refused)
    return when, modified.date() if modified else None, day.date() if day else None, ""


def _address(fields: Fields, kind: Kind, settings: PelicanSettings, slug: str, when: datetime | None, lang: str) -> str:
    """The old address where the header or the settings tell it; empty for an address that Pelican made of the title."""
    if own := _text(fields, "url") or _text(fields, "save_as"):
        return "/" + own.lstrip("/").removesuffix("index.html")
    pattern = {Kind.NEWS: settings.article, Kind.PAGE: settings.page}.get(kind, "")
    if not pattern or not slug or lang != UKRAINIAN:  # how Pelican made a slug of a Ukrainian title is unknown
        return ""
    try:
        return "/" + pattern.format(slug=slug, date=when or datetime.min, lang=lang, category=official_slug(_text(fields, "category"))).lstrip("/")  # fmt: skip
    except (KeyError, IndexError, ValueError, AttributeError):
        return ""


def _extra_fields(fields: Fields, kind: Kind) -> list[tuple[str, str | tuple[str, ...]]]:
    specs = (spec for spec in FIELDS if spec.is_imported and kind in spec.kinds)
    values = (
        (spec.key, tuple(_text_list(fields, spec.key)) if spec.type is FieldType.LIST else _text(fields, spec.key))
        for spec in specs
    )
    return [(key, value) for key, value in values if value]


def _text(fields: Fields, key: str) -> str:
    value = fields.get(key, "")
    return value.strip() if isinstance(value, str) else ", ".join(value)


def _text_list(fields: Fields, key: str) -> list[str]:
    value = fields.get(key, ())
    return [value] if isinstance(value, str) and value else [entry for entry in value if entry]


_HTML_LISTS = ("tags", "keywords", "authors", "gallery")


def header_and_body(text: str) -> tuple[dict[str, str | Sequence[str]], str]:
    """The fields by their names in small letters, and the HTML of the body; of a file without one all that is no head."""
    soup = BeautifulSoup(text, "html.parser")
    fields: dict[str, str | Sequence[str]] = {}
    if isinstance(title := soup.title, Tag):
        fields["title"] = " ".join(title.get_text().split())
    for meta in soup.find_all("meta"):
        name = str(meta.get("name") or "").strip().casefold()
        value = " ".join(str(meta.get("content") or meta.get("contents") or "").split())
        if name and value and name not in ("viewport", "generator", "robots", "charset"):
            name = "summary" if name == "description" else name
            fields[name] = _split_list(value) if name in _HTML_LISTS else value
    body = soup.body
    if isinstance(body, Tag):
        return fields, body.decode_contents()
    for head in soup.find_all(["head", "title", "meta"]):
        head.extract()
    return fields, soup.decode_contents()


def _split_list(value: str) -> list[str]:
    return [part for entry in re.split(";" if ";" in value else ",", value) if (part := entry.strip())]
