"""What an item of the earlier site is called here: its file, its address."""

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
_LONGEST_KEPT = 240  # a slug that keeps an address; one made from a title stops at a word much earlier
_LONGEST_MADE = 80


class Named(NamedTuple):
    """A file from `content/` on and the address that it gives; the address is empty for a dateless draft."""

    path: str
    address: str


def name_of(item: OldItem, reserved: frozenset[str], number: int = 1) -> Named:
    """The name of an item; `number` above 1 is for one that shares its own with others. `reserved` are words that no
    page may be called."""
    lang = item.lang or UKRAINIAN
    ending = ".md" if lang == UKRAINIAN else f".{lang}.md"
    slug, day = _slug_and_day(item)
    if number > 1:
        slug = f"{slug}-{number}"
    address = address_of(item.kind, item.section, slug, day, lang)
    if item.keeps_place:
        return Named(item.keeps_place, address)
    match item.kind:
        case Kind.UNIT:
            return Named(f"content/{item.section}/index{ending}", address)
        case Kind.PAGE:
            if slug in reserved or is_device(slug):  # «news» is the list of news, «con» no file of Windows
                slug += "-storinka"
            return Named(f"content/pages/{slug}{ending}", address_of(item.kind, item.section, slug, day, lang))
        case _ if day is None:
            return Named(f"content/{item.section}/{slug}{ending}", "")
        case Kind.NEWS:
            return Named(f"content/news/{day.year:04d}/{day}-{slug}{ending}", address)
        case _:
            return Named(f"content/{item.section}/{day}-{slug}{ending}", address)


def _slug_and_day(item: OldItem) -> tuple[str, date | None]:
    """The slug and the day of the address: those of the old one where it had both."""
    day = item.filename_date or (item.when.date() if item.when else None)
    if item.kind is Kind.NEWS and (found := _DATED.fullmatch(path_of(item.address))):
        kept = found["slug"]
        try:
            if official_slug(kept) == kept and len(kept) <= _LONGEST_KEPT:
                return kept, parse_day(found["day"])
        except ValueError:
            pass
    return _slug(item), day


def _slug(item: OldItem) -> str:
    last = re.sub(r"\.\w{3,5}$", "", path_of(item.address).rstrip("/").rpartition("/")[2])
    for written in (item.slug, last):
        if (made := official_slug(written)) and len(made) <= _LONGEST_KEPT:
            return made
    made = official_slug(item.title) or official_slug(item.slug) or ("storinka" if item.kind is Kind.PAGE else "novyna")
    return made if len(made) <= _LONGEST_MADE else made[: _LONGEST_MADE + 1].rpartition("-")[0] or made[:_LONGEST_MADE]


def path_of(address: str) -> str:
    """The path of an old address, percent signs decoded."""
    try:
        return unquote(urlsplit(address).path)
    except ValueError:  # a bracket where a host should be
        return ""
