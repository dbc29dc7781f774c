"""Moments as networks export them, to local Kyiv time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from hromada.domain.alphabet import same_name
from hromada.domain.calendar import KYIV, DateRefused, in_kyiv, parse_moment

# Meta keeps Insights in the time of its headquarters: downloads of Page Insights give post times in Pacific time,
# summer and winter (snowadays.jp/2013/04/1505, measured against the page itself). Business Suite took the reports over.
PACIFIC = ZoneInfo("America/Los_Angeles")
EARLIEST = datetime(2004, 2, 4)  # Facebook's first day: an earlier moment is a fault of the export
_LATEST = datetime(2100, 1, 1)

_TIME = (
    r"(?:[T,]?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
)
_ZONE = r"\s*(?P<zone>[A-Za-zА-Яа-яІіЇїЄє/_]+(?:[+-]\d{1,2}(?::?\d{2})?)?|[+-]\d{2}:?\d{2})?"
_SLASHED = re.compile(rf"(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})/(?P<year>\d{{4}}|\d{{2}}){_TIME}{_ZONE}", re.ASCII)
_DOTTED = re.compile(rf"(?P<b>\d{{1,2}})\.(?P<a>\d{{1,2}})\.(?P<year>\d{{4}}){_TIME}{_ZONE}", re.ASCII)
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<a>\d{{2}})-(?P<b>\d{{2}}){_TIME}{_ZONE}", re.ASCII)
_OFFSET = re.compile(r"(?:utc|gmt)?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII)
_ZONES: dict[str, tzinfo] = {
    **dict.fromkeys(
        ("pt", "pst", "pdt", "pacific", "pacific time", "pacific time (pt)", "тихоокеанський час"), PACIFIC
    ),
    **dict.fromkeys(("utc", "gmt", "z"), UTC),
    **dict.fromkeys(("kyiv", "kiev", "київ", "за києвом", "europe/kyiv", "europe/kiev", "eet", "eest"), KYIV),
    "america/los_angeles": PACIFIC,
}


def from_unix(value: object) -> datetime:
    """Unix seconds, a number or its digits, or ISO 8601 with an offset; DateRefused otherwise."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,12}(?:\.0*)?", text, re.ASCII):
        return _plausible(parse_moment(text), text)
    try:
        moment = datetime.fromtimestamp(int(float(text)), KYIV).replace(tzinfo=None)
    except (ValueError, OverflowError, OSError):
        raise DateRefused(f"час «{text}» неможливий") from None
    return _plausible(moment, text)


def from_local(value: object) -> datetime:
    """Telegram's `date` without a zone: the clock of the computer that exported, which is taken for Kyiv's."""
    text = str(value).strip()
    return _plausible(parse_moment(text.replace("T", " ", 1)), text)


def zone_named(words: str) -> tzinfo | None:
    """The zone that a header or a cell names («PT», «UTC+3», «Київ»); None for words that name none."""
    name = same_name(words)
    if name in _ZONES:
        return _ZONES[name]
    found = _OFFSET.fullmatch(name.replace(" ", ""))
    if found is None:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(offset if found[1] == "+" else -offset) if offset < timedelta(hours=15) else None


def is_day_first(values: Iterable[str]) -> bool | None:
    """Whether 05/07/2021 is the fifth of July in this file; None where no value tells.

    Meta writes the month first. A file that has both 13/… and …/13 raises DateRefused.
    """
    first, second = 0, 0
    for value in values:
        if found := _SLASHED.fullmatch(value.strip()):
            first, second = max(first, int(found["a"])), max(second, int(found["b"]))
    if first > 12 and second > 12:
        raise DateRefused("у файлі дати записано по-різному: і день/місяць, і місяць/день")
    return None if first <= 12 and second <= 12 else first > 12


def from_cell(text: str, zone: tzinfo, *, day_first: bool = False) -> datetime:
    """A cell of a table, in the zone that it names itself or else in `zone`; DateRefused when it is no moment."""
    text = text.strip()
    found = _SLASHED.fullmatch(text) or _DOTTED.fullmatch(text) or _ISO.fullmatch(text)
    if found is None:
        raise DateRefused(f"дата «{text}» незрозуміла")
    own = zone_named(found["zone"]) if found["zone"] else zone
    if own is None:
        raise DateRefused(f"часовий пояс у даті «{text}» невідомий")
    month, day = int(found["a"]), int(found["b"])
    if day_first and "/" in text:
        month, day = day, month
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        local = datetime(year, month, day, _hour(found), int(found["minute"] or 0), int(found["second"] or 0))
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None
    return _plausible(in_kyiv(local.replace(tzinfo=own), text), text)


def _hour(found: re.Match[str]) -> int:
    hour = int(found["hour"] or 0)
    half = (found["half"] or "").casefold().replace(".", "")
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "pm" else 0)


def _plausible(moment: datetime, text: str) -> datetime:
    if not EARLIEST <= moment < _LATEST:
        raise DateRefused(f"дата «{text}» неможлива для допису в мережі")
    return moment
