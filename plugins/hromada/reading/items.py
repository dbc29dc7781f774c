"""Markdown files to items: the place says the section, the header the rest; translations are joined with their originals."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from hromada.domain.alphabet import LONGEST_NAME, LONGEST_SLUG, fits_in_folder_name
from hromada.domain.alphabet import slug as official_slug
from hromada.domain.calendar import DateRefused, parse_day
from hromada.domain.content_digest import with_digests
from hromada.domain.header_fields import keys_of
from hromada.domain.item import (
    NEWS,
    PAGES,
    REPORTS,
    SERVICES,
    STATUSES,
    UKRAINIAN,
    Item,
    Kind,
    PictureRef,
    RelatedRef,
    Status,
    address_of,
)
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Problem, warning
from hromada.reading.event_fields import read_event
from hromada.reading.header import (
    HeaderReader,
    parse_document,
    read_report_details,
    read_service_details,
    read_unit_details,
)
from hromada.reading.text_decoding import TextRefused, decode

_SECRECY = (Status.PUBLISHED, Status.HIDDEN, Status.DRAFT)


def join_translations(items: Iterable[Item]) -> tuple[list[Item], list[Problem]]:
    """The items, each translation with its original's slug and address under its language, and problems of orphans.

    The address contains the original's, so a translation is no more public: a draft's is a draft, a hidden item's hidden.
    """
    every = list(items)
    if all(item.lang == UKRAINIAN for item in every):
        return every, []
    originals = [item for item in every if not item.is_translation]
    by_path = {item.path: item for item in originals}
    by_slug: dict[tuple[str, str], list[Item]] = defaultdict(list)
    for item in originals:
        by_slug[item.section, item.slug].append(item)
    joined, problems = [], []
    for item in every:
        if not item.is_translation:
            joined.append(item)
            continue
        beside = by_path.get(re.sub(r"\.[a-z]{2}\.md$", ".md", item.path))
        original = beside or _same_slug(item, by_slug[item.section, item.slug])
        if original is None:
            problems.append(_orphan(item))
        else:
            address = f"/{item.lang}{original.address}" if original.address else ""
            if not address and item.status is not Status.DRAFT:
                problems.append(_too_early(item, original))
            status = max(item.status, original.status, key=_SECRECY.index)
            item = _as_original(item, original)._replace(
                slug=original.slug, address=address, status=status, original_when=original.when
            )
        joined.append(item)
    return joined, problems


def _as_original(translation: Item, original: Item) -> Item:
    """A translation loses its force with its original and is withdrawn with it, if not earlier."""
    days = [day for day in (translation.withdrawn_on, original.withdrawn_on) if day]
    return translation._replace(
        expires=translation.expires or original.expires,
        withdrawn=translation.withdrawn or original.withdrawn,
        withdrawn_on=min(days, default=None),
    )


def _same_slug(item: Item, candidates: list[Item]) -> Item | None:
    """The original with the same slug; where several on different days share it, the day decides."""
    same_day = [candidate for candidate in candidates if _address_day(candidate) == _address_day(item)]
    if same_day:
        return same_day[0]
    return candidates[0] if len(candidates) == 1 else None


def _address_day(item: Item) -> date | None:
    return item.filename_date or item.day


def _too_early(item: Item, original: Item) -> Problem:
    """The problem of a translation whose original, an undated draft, has no address yet."""
    return Problem(
        item.path, item.lines.get("lang", 1), "translation-without-original",
        f"переклад чернетки без дати: {original.path}", "додайте до оригіналу дату або зробіть чернеткою і переклад",
    )  # fmt: skip


def _orphan(item: Item) -> Problem:
    where = f"{item.section}/"
    return Problem(
        item.path, item.lines.get("lang", 1), "translation-without-original",
        f"переклад без українського оригіналу: у {where} немає матеріалу з адресою «{item.slug}»",
        "додайте оригінал або виправте поле «slug»",
    )  # fmt: skip


_ALLOWED = {kind: keys_of(kind) for kind in Kind}
_NAMED = lazy_compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:[-_ ]+(?P<rest>.*))?", re.DOTALL)
_LANGUAGE = lazy_compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2})")
_NEWS_FOLDER = f"content/{NEWS}/"


def place_of(path: str) -> tuple[Kind, str] | None:
    """The kind and section of `content/<…>.md` by its folder; None where no such file may lie."""
    if path.startswith(_NEWS_FOLDER):  # nearly all of ten years
        return Kind.NEWS, NEWS
    parts = path.split("/")[1:]
    if parts[0] == "units" and len(parts) > 2:
        own = len(parts) == 3 and re.fullmatch(r"index(\.[a-z]{2})?\.md", parts[2])
        return (Kind.UNIT if own else Kind.MESSAGE), f"units/{parts[1]}"
    if parts[0] == PAGES and len(parts) > 1:
        return Kind.PAGE, PAGES
    if parts[0] == REPORTS and len(parts) == 2:
        return Kind.REPORT, REPORTS
    if parts[0] == SERVICES and len(parts) == 2:
        return Kind.SERVICE, SERVICES
    return None


def is_dated_place(path: str) -> bool:
    """Whether a Markdown file of this name is a news item or a message."""
    placed = place_of(path)
    return placed is not None and placed[0] in (Kind.NEWS, Kind.MESSAGE)


class ReadItem(NamedTuple):
    """What a file holds: its item (none when it can't be read or placed), the text after the header, the problems."""

    item: Item | None
    body: str
    problems: list[Problem]


def read_item(path: str, raw: bytes) -> ReadItem:
    """Read one Markdown file; `path` is its name from `content/` on."""
    placed = place_of(path)
    if placed is None:
        return ReadItem(None, "", [_misplaced(path)])
    kind, section = placed
    try:
        text = decode(raw)
    except TextRefused as refused:
        return ReadItem(None, "", [Problem(path, refused.line, refused.code, str(refused), refused.fix)])
    document = parse_document(path, text, _ALLOWED[kind])
    reader = HeaderReader(path, document, document.problems)
    item = with_digests(_item(reader, kind, section), document.body)
    return ReadItem(item, document.body, reader.problems)


def _misplaced(path: str) -> Problem:
    if path.startswith(f"content/{SERVICES}/"):
        fix = "перенесіть його просто до content/services/"
        return Problem(path, 1, "misplaced", "послуга лежить у вкладеній теці", fix)
    fix = "перенесіть його до news/, units/<підрозділ>/, services/, pages/ або reports/"
    return Problem(path, 1, "misplaced", "файл лежить поза розділами", fix)


def _item(reader: HeaderReader, kind: Kind, section: str) -> Item:
    document = reader.document
    stem, lang_of_name = _language_of_name(reader.path)
    filename_date, bare = _day_of_name(reader, stem, kind)
    lang = document.text("lang").casefold() or lang_of_name or UKRAINIAN
    status = reader.word("status", STATUSES, Status.PUBLISHED, "status-unknown")
    when = reader.moment("date")
    _must_have(reader, kind, status, when)
    if not re.fullmatch(r"[a-z]{2,3}", lang) or lang == "ua":
        reader.refuse("lang", "lang-unknown", f"мова «{lang}» незрозуміла", "напишіть uk, en, pl тощо")
        lang = lang_of_name or UKRAINIAN  # one slip, one problem: it is no translation that lacks its original
    slug = _slug(reader, kind, bare)
    _name_agrees(reader, filename_date, when)
    _withdrawal_is_whole(reader)
    if not fits_in_folder_name(document.text("category")):  # it has a folder of the site
        fix = f"скоротіть її до {LONGEST_NAME} латинських літер"
        reader.refuse("category", "name-too-long", "назва задовга: рубрика", fix)
    image, gallery = _pictures(reader)
    return Item(
        kind=kind,
        path=reader.path,
        section=section,
        address=address_of(kind, section, slug, filename_date or (when.date() if when else None), lang),
        when=when,
        status=status,
        lang=lang,
        slug=slug,
        body_line=document.body_line,
        image=image,
        gallery=gallery,
        filename_date=filename_date,
        event=read_event(reader),
        lines={key: header_field.line for key, header_field in document.fields.items()},
        unit=read_unit_details(reader, section, when) if kind is Kind.UNIT else None,
        report=read_report_details(reader, bare) if kind is Kind.REPORT else None,
        service=read_service_details(reader) if kind is Kind.SERVICE else None,
        related=tuple(RelatedRef(entry, line) for line, entry in document.lines("related")),
        **{"title": ""} | reader.values(),
    )


def _must_have(reader: HeaderReader, kind: Kind, status: Status, when: datetime | None) -> None:
    if not reader.document.text("title"):
        reader.refuse("title", "title-missing", "немає назви", "додайте на початку файлу рядок «Заголовок: …»")
    dated = kind in (Kind.NEWS, Kind.MESSAGE)
    if dated and not reader.document.text("date") and status is not Status.DRAFT:
        reader.refuse("date", "date-missing", "немає дати", "додайте на початку файлу рядок «Дата: 2021-07-05»")


def _withdrawal_is_whole(reader: HeaderReader) -> None:
    """A withdrawal has its reason and its day: residents are told both, and without a day it would never act."""
    reason, day = reader.document.text("withdrawn"), reader.document.text("withdrawn-date")
    if reason and not day:
        fix = "додайте рядок «Дата відкликання: 2021-09-01»"
        reader.refuse("withdrawn", "withdrawn-date-missing", "матеріал відкликано, а коли – не сказано", fix)
    if day and not reason:
        fix = "додайте рядок «Відкликано: …» з однією причиною для читачів"
        reader.refuse("withdrawn-date", "withdrawn-reason-missing", "є дата відкликання, а причини немає", fix)


def _language_of_name(path: str) -> tuple[str, str]:
    stem = posixpath.basename(path).removesuffix(".md")
    found = _LANGUAGE.fullmatch(stem)
    return (found["stem"], found["lang"]) if found else (stem, "")


def _day_of_name(reader: HeaderReader, stem: str, kind: Kind) -> tuple[date | None, str]:
    """The leading date of a file's name and the rest of it; only dated items have one."""
    found = _NAMED.fullmatch(stem) if kind in (Kind.NEWS, Kind.MESSAGE) else None
    if found is None:
        return None, stem
    try:
        return parse_day(found["day"]), found["rest"] or ""
    except DateRefused:
        reader.refuse("", "date-in-name", f"дати «{found['day']}» у назві файлу не існує", "перейменуйте файл")
        return None, found["rest"] or ""


def _name_agrees(reader: HeaderReader, named: date | None, when: datetime | None) -> None:
    if named and when and named != when.date():
        reader.problems.append(
            warning(reader.path, reader.document.line("date"), "date-differs-from-name",
                    f"дата «{reader.document.text('date')}» не та, що в назві файлу ({named})",
                    "рахується дата з поля «date»; адреса сторінки лишається за назвою файлу")
        )  # fmt: skip


def _slug(reader: HeaderReader, kind: Kind, bare: str) -> str:
    written = reader.document.text("slug")
    slug = official_slug(written or bare)
    if kind in (Kind.UNIT, Kind.REPORT):
        return bare if kind is Kind.REPORT else "index"
    if not slug:
        what = f"адреса «{written}»" if written else "назва файлу"
        reader.refuse("slug", "slug-empty", f"{what} не дає адреси сторінки", "додайте поле «slug: korotka-nazva»")
    if len(slug) > LONGEST_SLUG:
        reader.refuse("slug", "slug-too-long", f"адреса довша за {LONGEST_SLUG} знаків", "скоротіть її в полі «slug»")
    return slug


def _pictures(reader: HeaderReader) -> tuple[PictureRef | None, tuple[PictureRef, ...]]:
    """The lead picture and the gallery, each as «photo.jpg | alt | caption | credit»; the lead's alt has its own field, too."""
    document = reader.document
    gallery = tuple(PictureRef.parse(entry, line) for line, entry in document.lines("gallery"))
    written, alt = document.text("image"), document.text("image-alt")
    if not written:
        return None, gallery
    lead = PictureRef.parse(written, document.line("image"))
    if alt and lead.alt and alt != lead.alt:
        fix = "лишіть один: у полі «image-alt» або в рядку світлини"
        reader.refuse("image-alt", "image-alt-twice", "головна світлина має два різні описи", fix)
    return lead._replace(alt=lead.alt or alt), gallery
