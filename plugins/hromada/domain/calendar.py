"""Days and moments as editors write them. All times are local Kyiv times without a zone: the Kyiv day counts."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

KYIV = ZoneInfo("Europe/Kyiv")

_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
_ISO = re.compile(rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?: +{_TIME})?", re.ASCII)
_DOTTED = re.compile(rf"(?P<day>\d{{2}})\.(?P<month>\d{{2}})\.(?P<year>\d{{4}})(?: +{_TIME})?", re.ASCII)
_ZONED = re.compile(
    rf"(?P<year>\d{{4}})-(?P<month>\d{{2}})-(?P<day>\d{{2}})(?:T| +){_TIME}(?:[.,]\d+)?"
    r" ?(?P<zone>Z|[+-]\d{2}(?::?\d{2})?)",
    re.ASCII | re.IGNORECASE,
)
DATE_FORMS = (_ISO, _DOTTED, _ZONED)
# Other years are slips of the hand: 0201 or 20211 for 2021. Within them no sum of days leaves what Python can count.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
_TODAY_ADVICE = "напишіть 2022-01-15 або 2022-01-15T14:30"
DATE_ADVICE = "напишіть, наприклад, 2021-07-05, 05.07.2021 або 2021-07-05 14:30"


class DateRefused(ValueError):
    """The text is no date in a form that we read; the message is Ukrainian."""


def parse_moment(text: str) -> datetime:
    """The local Kyiv time that `text` names; a day alone is its 00:00.

    Forms: 2021-07-05, 05.07.2021, either with « 14:30» or « 14:30:00», and ISO 8601 with an offset or Z, which is
    converted to Kyiv. Anything else raises DateRefused: guessing a date moves an item to another half-year.
    """
    text = text.strip()
    if found := _ZONED.fullmatch(text):
        return _zoned(text, found)
    found = _ISO.fullmatch(text) or _DOTTED.fullmatch(text)
    if found is None:
        raise DateRefused(f"дата «{text}» незрозуміла")
    return _local(text, found)


def parse_day(text: str) -> date:
    """The Kyiv day that `text` names."""
    return parse_moment(text).date()


def _local(text: str, found: re.Match[str]) -> datetime:
    part = {name: int(value or 0) for name, value in found.groupdict().items() if name != "zone"}
    if not is_possible_year(part["year"]):
        raise _impossible(text)
    try:
        return datetime(part["year"], part["month"], part["day"], part["hour"], part["minute"], part["second"])
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None


def is_possible_year(year: int) -> bool:
    """Whether a date of that year can be meant."""
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def in_kyiv(moment: datetime, text: str) -> datetime:
    """The local Kyiv time of a moment with a zone that was written as `text`; DateRefused outside of the possible years."""
    try:
        local = moment.astimezone(KYIV).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _impossible(text) from None
    if not is_possible_year(local.year):
        raise _impossible(text)
    return local


def _impossible(text: str) -> DateRefused:
    return DateRefused(f"рік у даті «{text}» неможливий")


def _zoned(text: str, found: re.Match[str]) -> datetime:
    local = _local(text, found)
    offset = found["zone"].upper().replace("Z", "+00:00")
    if len(offset) == 3:
        offset += ":00"
    if ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    try:
        aware = datetime.fromisoformat(local.isoformat() + offset)
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None
    return in_kyiv(aware, text)


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment at which the site is built, local Kyiv time; whatever lies later has not happened."""

    moment: datetime

    @property
    def day(self) -> date:
        return self.moment.date()

    @classmethod
    def parse(cls, text: str) -> Clock:
        """TODAY: `YYYY-MM-DD` is the end of that day, `YYYY-MM-DDTHH:MM` that minute; else DateRefused."""
        text = text.strip()
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
                return cls(datetime.combine(parse_day(text), time.max))
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", text, re.ASCII):
                return cls(parse_moment(text.replace("T", " ")))
        except DateRefused as refused:
            raise DateRefused(f"TODAY: {refused}, {_TODAY_ADVICE}") from None
        raise DateRefused(f"TODAY=«{text}» незрозуміло, {_TODAY_ADVICE}")


def midnight(day: date) -> datetime:
    """The first moment of `day`."""
    return datetime.combine(day, time.min)


def next_midnight(day: date) -> datetime:
    """The first moment after `day`."""
    return midnight(day + timedelta(days=1))


def month_end_after(day: date, months: int) -> date:
    """The last day of the month that comes so many months after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
