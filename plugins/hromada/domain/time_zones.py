"""Parses time zones of feeds, exports and people: abbreviations, offsets, ids of the zone database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hromada.domain.alphabet import normalize_name
from hromada.domain.calendar import KYIV
from hromada.domain.lazy_regex import lazy_compile

# Meta's Insights use the time of its headquarters: downloads of Page Insights have post times in Pacific time, summer
# and winter (snowadays.jp/2013/04/1505, measured against the page itself). Business Suite took the reports over.
PACIFIC = ZoneInfo("America/Los_Angeles")

ZONE_ADVICE = "напишіть, наприклад, Europe/Kyiv, UTC або +03:00"


class _Abbreviation(NamedTuple):
    """`hours`: its offset from UTC beside a moment; `zone`: the zone that it means for a whole file."""

    hours: float
    zone: str


# RFC 822 and RFC 5322 define the American ones, the others are of the zone database. Ambiguous ones («BST», «IST») are
# missing, so they are refused.
_ABBREVIATIONS: Mapping[str, _Abbreviation] = {
    "eet": _Abbreviation(2, "Europe/Kyiv"), "eest": _Abbreviation(3, "Europe/Kyiv"), "eedt": _Abbreviation(3, "Europe/Kyiv"),
    "cet": _Abbreviation(1, "Europe/Warsaw"), "mez": _Abbreviation(1, "Europe/Berlin"),
    "cest": _Abbreviation(2, "Europe/Warsaw"), "cedt": _Abbreviation(2, "Europe/Warsaw"),
    "mest": _Abbreviation(2, "Europe/Berlin"), "mesz": _Abbreviation(2, "Europe/Berlin"),
    "wet": _Abbreviation(0, "Europe/Lisbon"), "west": _Abbreviation(1, "Europe/Lisbon"),
    "msk": _Abbreviation(3, "Europe/Moscow"), "msd": _Abbreviation(4, "Europe/Moscow"),
    "trt": _Abbreviation(3, "Europe/Istanbul"),
    "est": _Abbreviation(-5, "America/New_York"), "edt": _Abbreviation(-4, "America/New_York"),
    "cst": _Abbreviation(-6, "America/Chicago"), "cdt": _Abbreviation(-5, "America/Chicago"),
    "mst": _Abbreviation(-7, "America/Denver"), "mdt": _Abbreviation(-6, "America/Denver"),
    "pst": _Abbreviation(-8, "America/Los_Angeles"), "pdt": _Abbreviation(-7, "America/Los_Angeles"),
}  # fmt: skip
_NAMES: Mapping[str, tzinfo] = {
    **dict.fromkeys(("utc", "gmt", "ut", "z", "zulu", "всесвітній час"), UTC),
    **dict.fromkeys(("pt", "pacific", "pacific time", "pacific time (pt)", "тихоокеанський час"), PACIFIC),
    **dict.fromkeys(("kyiv", "kiev", "київ", "за києвом", "київський час", "kyiv time"), KYIV),
}
_OFFSET = lazy_compile(r"(?:utc|gmt|ut)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_ID = lazy_compile(r"[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}", re.ASCII)
_COMMENT = lazy_compile(r"(?P<zone>[^()]*\S)\s*\([^()]*\)")  # «+0300 (EEST)», of RFC 822 and of JavaScript
_MOST = timedelta(hours=15)


def zone_of_moment(text: str) -> tzinfo | None:
    """The zone written beside one moment; an abbreviation is its fixed offset. None: unknown."""
    abbreviation = _ABBREVIATIONS.get(normalize_name(text))
    return timezone(timedelta(hours=abbreviation.hours)) if abbreviation else _zone(text)


def zone_of_clock(text: str) -> tzinfo | None:
    """The zone of all moments of a file; an abbreviation means its zone, summer and winter. None: unknown."""
    abbreviation = _ABBREVIATIONS.get(normalize_name(text))
    return ZoneInfo(abbreviation.zone) if abbreviation else _zone(text)


def zone_in_file_name(name: str) -> tzinfo | None:
    """The zone named by a word of a file's name («posts_UTC+2.csv», «дописи (Київ).csv»); None without one or with two."""
    words = re.split(r"[\s_.,;()\[\]]+", re.sub(r"\.\w+$", "", name))
    known_names = (*_NAMES.keys() - {"z", "ut"}, *_ABBREVIATIONS)
    zones = {zone for word in words if _is_named(word, known_names) and (zone := zone_of_clock(word))}
    return zones.pop() if len(zones) == 1 else None


def zone_name(zone: tzinfo) -> str:
    """The zone's name in messages."""
    return {KYIV: "київський", PACIFIC: "тихоокеанський", UTC: "UTC"}.get(zone) or str(zone)


def _is_named(word: str, names: Iterable[str]) -> bool:
    bare = normalize_name(word)
    return bare in names or bool(re.match(r"(?:utc|gmt)[+-]", bare))


def _zone(text: str) -> tzinfo | None:
    name = normalize_name(text).replace("\u2212", "-")
    if name in _NAMES:
        return _NAMES[name]
    if match := _OFFSET.fullmatch(name.replace(" ", "")):
        offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
        is_real = offset < _MOST and int(match[3] or 0) < 60
        return timezone(offset if match[1] == "+" else -offset) if is_real else None
    if match := _COMMENT.fullmatch(text.strip()):
        return zone_of_moment(match["zone"])
    return _by_id(text.strip())


def _by_id(id: str) -> tzinfo | None:
    """A zone of the database, in any letter case: «Europe/Kyiv», «europe/kiev», «Etc/GMT-3»."""
    if not _ID.fullmatch(id):
        return None
    area, *rest = id.split("/")
    spelt = "/".join((area.capitalize(), *("_".join(map(_capital, part.split("_"))) for part in rest)))
    for key in dict.fromkeys((id, spelt)):
        try:
            return ZoneInfo(key)
        except (KeyError, ValueError, OSError):  # no such zone, or a folder of zones
            continue
    return None


def _capital(word: str) -> str:
    return word.upper() if word.casefold().startswith(("gmt", "utc")) else word.capitalize()
