"""Names of imported items: their files and addresses."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from hromada.domain.calendar import parse_day
from hromada.domain.file_names import is_device
from hromada.domain.item import UKRAINIAN, Kind, address_of
from hromada.domain.transliteration import slug as official_slug
from hromada.importing.site.old_item import OldItem

_DATED = re.compile(r"/news/(?P<slug>[^/]+)-(?P<day>\d{4}-\d{2}-\d{2})/?")  # as the community's earlier site had them
_MAX_OLD_SLUG = 240  # a slug that keeps an address; one made from a title stops at a word much earlier
_MAX_NEW_SLUG = 80


class TargetName(NamedTuple):
    """A file from `content/` on and the address that it gives; the address is empty for a dateless draft."""

    path: str
    address: str


def target_name(item: OldItem, reserved: frozenset[str], number: int = 1) -> TargetName:
    """The target of an item; `number` above 1 is added where several would have one name; `reserved` are slugs that no
    page may have."""
    lang = item.lang or UKRAINIAN
    ending = ".md" if lang == UKRAINIAN else f".{lang}.md"
    slug, day = _slug_and_day(item)
    if number > 1:
        slug = f"{slug}-{number}"
    address = address_of(item.kind, item.section, slug, day, lang)
    if item.keeps_place:
        return TargetName(item.keeps_place, address)
    match item.kind:
        case Kind.UNIT:
            return TargetName(f"content/{item.section}/index{ending}", address)
        case Kind.PAGE:
            if slug in reserved or is_device(slug):  # «news» is the list of news, «con» no file of Windows
                slug += "-storinka"
            return TargetName(f"content/pages/{slug}{ending}", address_of(item.kind, item.section, slug, day, lang))
        case _ if day is None:
            return TargetName(f"content/{item.section}/{slug}{ending}", "")
        case Kind.NEWS:
            return TargetName(f"content/news/{day.year:04d}/{day}-{slug}{ending}", address)
        case _:
            return TargetName(f"content/{item.section}/{day}-{slug}{ending}", address)


def _slug_and_day(item: OldItem) -> tuple[str, date | None]:
    """The slug and the day of the address: those of the old one where it had both."""
    day = item.filename_date or (item.when.date() if item.when else None)
    if item.kind is Kind.NEWS and (match := _DATED.fullmatch(decoded_path(item.address))):
        old_slug = match["slug"]
        try:
            if official_slug(old_slug) == old_slug and len(old_slug) <= _MAX_OLD_SLUG:
                return old_slug, parse_day(match["day"])
        except ValueError:
            pass
    return _slug(item), day


def _slug(item: OldItem) -> str:
    last = re.sub(r"\.\w{3,5}$", "", decoded_path(item.address).rstrip("/").rpartition("/")[2])
    for written in (item.slug, last):
        if (candidate := official_slug(written)) and len(candidate) <= _MAX_OLD_SLUG:
            return candidate
    candidate = (
        official_slug(item.title) or official_slug(item.slug) or ("storinka" if item.kind is Kind.PAGE else "novyna")
    )
    return (
        candidate
        if len(candidate) <= _MAX_NEW_SLUG
        else candidate[: _MAX_NEW_SLUG + 1].rpartition("-")[0] or candidate[:_MAX_NEW_SLUG]
    )


def decoded_path(address: str) -> str:
    """The path of an old address, percent signs decoded."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:  # a bracket where a host should be
        return ""
