"""Dates of earlier sites, in the forms that programs write, as local Kyiv moments."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from email.utils import parsedate

from hromada.domain.calendar import EARLIEST_YEAR, KYIV, DateRefused, parse_moment, to_kyiv
from hromada.domain.time_zones import ZONE_ADVICE, zone_of_moment

_ZERO = re.compile(r"0{4}-0{2}-0{2}|.*-0001 ")  # WordPress's «not yet»
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?"
# A moment and what stands behind its time: «Mon, 05 Jul 2021 21:30:00 EEST», «Mon Jul  5 21:30:00 EEST 2021».
_ZONED = re.compile(rf"(?P<day>.*?[\sT])(?P<time>{_CLOCK})(?P<zone>.*?)(?:\s(?P<year>\d{{4}}))?", re.ASCII | re.DOTALL)
_NAMED_DAY = re.compile(r"(?:[A-Za-z]+,?\s+)?\d{1,2}[\s-]+[A-Za-z]+[\s-]+\d{2,4}", re.ASCII)
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


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
