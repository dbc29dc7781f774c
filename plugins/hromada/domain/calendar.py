"""Dates and times as editors write them. All times are naive local Kyiv times: the Kyiv day counts."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from hromada.domain.alphabet import LOOKALIKES
from hromada.domain.days_in_words import (
    APOSTROPHES,
    MONTHS_OF_DATES,
    WEEKDAYS,
    in_ukrainian,
    month_number,
    weekday_number,
)
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import did_you_mean

KYIV = ZoneInfo("Europe/Kyiv")

_HOUR = "[0-9]{1,2}"
_MINUTES = "(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
_TIME = rf"(?P<hour>{_HOUR}):{_MINUTES}"
_ISO = lazy_compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?:\s+{_TIME})?")
_DOTTED = lazy_compile(rf"(?P<day>[0-9]{{2}})\.(?P<month>[0-9]{{2}})\.(?P<year>[0-9]{{4}})(?:\s+{_TIME})?")
_ZONED = lazy_compile(
    rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?:[Tt]|\s+){_TIME}(?:[.,][0-9]+)?"
    r"\s?(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)"
)
# Any word, so that the message can name a wrong one: «5 августа 2021», «5 серрня 2021». No flags and no classes that
# JavaScript's regular expressions lack, since the header's JSON schema contains these patterns.
_LETTERS = r"A-Za-zА-яЁёІіЇїЄєҐґ\u0301\u0306\u0308"
_WORD = rf"[{_LETTERS}]+(?:[{APOSTROPHES}][{_LETTERS}]+)?"
_NAMED = lazy_compile(
    rf"(?:(?:[УуВв]\s+)?(?P<weekday>{_WORD})(?:\.?,\s*|\.?\s+))?"
    rf"[«\"„“]?(?P<day>{_HOUR})[»\"“”]?(?:-?[Гг][Оо])?\s+(?P<month>{_WORD})(?:\.\s*|\s+)(?P<year>[0-9]{{4}})"
    r"(?:\s*(?:[Рр]\.?|[Рр][Оо][Кк][Уу]))?"
    rf"(?:\s*\((?P<weekday_in>{_WORD})\.?\)|,\s*(?![Оо][Бб]?\s)(?P<weekday_after>{_WORD})\.?)?"
    rf"(?:(?:,\s*|\s+)(?:[Оо][Бб]?\s+(?P<full_hour>{_HOUR})(?:-і?й)?|(?:[Оо][Бб]?\s+)?(?P<hour>{_HOUR})[:.]{_MINUTES})"
    r"(?:\s*[Гг][Оо][Дд](?:\.|[Ии][Нн][АаУуИиІі])?)?)?"
)
DATE_FORMS = (_ISO, _DOTTED, _ZONED, _NAMED)
# Other years are typing errors: 0201 or 20211 for 2021. Date arithmetic within them stays in the range of Python's dates.
EARLIEST_YEAR, LATEST_YEAR = 1900, 2999
_TODAY_ADVICE = "напишіть 2022-01-15 або 2022-01-15T14:30"
DATE_ADVICE = "напишіть, наприклад, 2021-07-05, 05.07.2021 або 2021-07-05 14:30"


class DateRefused(ValueError):
    """The text is not a date in a supported form; message and fix are Ukrainian."""

    def __init__(self, message: str, code: str = "date-format", fix: str = DATE_ADVICE) -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


def parse_moment(text: str) -> datetime:
    """The local Kyiv time that `text` names; a day alone is its 00:00.

    Forms: 2021-07-05, 05.07.2021, either with « 14:30» or « 14:30:00»; ISO 8601 with an offset or Z, which is converted
    to Kyiv; «5 серпня 2021 р., 14:30» with a weekday, which must fit, or without. Anything else raises DateRefused:
    guessing a date moves an item to another half-year.
    """
    return _parsed(text.strip())


@lru_cache(maxsize=4096)  # a table has few days and many rows
def _parsed(text: str) -> datetime:
    if match := _ISO.fullmatch(text) or _DOTTED.fullmatch(text):
        return _local(text, match)
    if match := _ZONED.fullmatch(text):
        return _zoned(text, match)
    if match := _NAMED.fullmatch(text):
        return _in_words(text, match)
    _refuse_lookalikes(text)
    if (match := _NAMED.fullmatch(f"{text} {LATEST_YEAR}")) and month_number(match["month"]):
        raise DateRefused(f"у даті «{text}» немає року", "date-format", "допишіть його: 5 серпня 2021")
    raise DateRefused(f"дата «{text}» незрозуміла", "date-format", DATE_ADVICE)


def has_time(text: str) -> bool:
    """Whether the date says a time, be it midnight; DateRefused for what is no date."""
    parse_moment(text)
    part = _match(text.strip()).groupdict()
    return bool(part["hour"] or part.get("full_hour"))


def _match(text: str) -> re.Match[str]:
    """The match of a text that parse_moment takes."""
    match = next(filter(None, (form.fullmatch(text) for form in DATE_FORMS)), None)
    assert match is not None, "parse_moment has read it"
    return match


def to_iso(text: str) -> str:
    """The date in ISO form, with its time where it has one; a date with a zone unchanged. Raises DateRefused."""
    moment, plain = parse_moment(text), text.strip()
    if _ZONED.fullmatch(plain):
        return text
    part = _match(plain).groupdict()
    time = " %H:%M" if part["hour"] or part.get("full_hour") else ""
    return moment.strftime(f"%Y-%m-%d{time}{':%S' if part['second'] else ''}")


def _in_words(text: str, match: re.Match[str]) -> datetime:
    month = month_number(match["month"])
    weekday_word = next(filter(None, (match["weekday"], match["weekday_in"], match["weekday_after"])), "")
    weekday = weekday_number(weekday_word)
    if month is None or (weekday_word and weekday is None):
        _refuse_lookalikes(text)
        raise (
            _unknown_word(text, match["month"], MONTHS_OF_DATES)
            if month is None
            else _unknown_word(text, weekday_word, WEEKDAYS)
        )
    moment = _local(text, match, month)
    if weekday_word and moment.weekday() != weekday:
        right = f"{moment:%d.%m.%Y} – {WEEKDAYS[moment.weekday()]}"
        raise DateRefused(
            f"у даті «{text}» не той день тижня: {right}", "date-weekday", "виправте день тижня або число"
        )
    return moment


def _unknown_word(text: str, word: str, candidates: Sequence[str]) -> DateRefused:
    if right := in_ukrainian(word):
        return DateRefused(f"у даті «{text}» слово «{word}» не українське", "date-format", f"напишіть «{right}»")
    return DateRefused(
        f"у даті «{text}» незрозуміле слово «{word}»", "date-format", did_you_mean(word, candidates) or DATE_ADVICE
    )


def _refuse_lookalikes(text: str) -> None:
    """Raises DateRefused that names Latin letters typed for Ukrainian ones, which look the same."""
    right = text.translate(LOOKALIKES)
    match = _NAMED.fullmatch(right) if right != text else None
    if match and month_number(match["month"]):
        latin = ", ".join(dict.fromkeys(f"«{char}»" for char in text if char != char.translate(LOOKALIKES)))
        raise DateRefused(
            f"у даті «{text}» є латинські літери: {latin}", "date-format", f"напишіть українськими: {right}"
        )


def parse_day(text: str) -> date:
    """The Kyiv day that `text` names."""
    return parse_moment(text).date()


def _local(text: str, match: re.Match[str], month: int = 0) -> datetime:
    """The moment of a matched date; `month` is its number where it was written as a word."""
    year = int(match["year"])
    if not is_possible_year(year):
        raise _impossible(text)
    hour = match["hour"] or (match["full_hour"] if month else None)
    try:
        return datetime(
            year, month or int(match["month"]), int(match["day"]),
            int(hour or 0), int(match["minute"] or 0), int(match["second"] or 0),
        )  # fmt: skip
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None


def is_possible_year(year: int) -> bool:
    """Whether the year is in the accepted range."""
    return EARLIEST_YEAR <= year <= LATEST_YEAR


def to_kyiv(moment: datetime, text: str) -> datetime:
    """The naive local Kyiv time of an aware moment, written as `text`; DateRefused outside of the accepted years."""
    try:
        local = moment.astimezone(KYIV).replace(tzinfo=None)
    except (ValueError, OverflowError):
        raise _impossible(text) from None
    if not is_possible_year(local.year):
        raise _impossible(text)
    return local


def _impossible(text: str) -> DateRefused:
    return DateRefused(f"рік у даті «{text}» неможливий")


def _zoned(text: str, match: re.Match[str]) -> datetime:
    local = _local(text, match)
    offset = match["zone"].upper().replace("Z", "+00:00")
    if len(offset) == 3:
        offset += ":00"
    if ":" not in offset:
        offset = f"{offset[:3]}:{offset[3:]}"
    try:
        aware = datetime.fromisoformat(local.isoformat() + offset)
    except ValueError:
        raise DateRefused(f"дати «{text}» не існує") from None
    return to_kyiv(aware, text)


class Clock(Struct, frozen=True):
    """The moment at which the site is built, naive local Kyiv time; what is dated later is not published yet."""

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
    """The last day of the month `months` after that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
