"""Repeated days: «щотижня до 26.03.2022, крім 05.03.2022» as a value, and the days that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.calendar import DATE_ADVICE, DateRefused, has_time, month_end_after, parse_moment
from hromada.domain.days_in_words import day_in_words
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import did_you_mean

LONGEST = timedelta(days=366)  # from the first day until the last: the next year's dates are a new announcement


class Frequency(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    FORTNIGHTLY = "every two weeks"
    MONTHLY = "monthly"
    YEARLY = "yearly"

    @property
    def word(self) -> str:
        """The Ukrainian word, as editors write it."""
        return _TITLES[self]


_TITLES = {
    Frequency.DAILY: "щодня",
    Frequency.WEEKLY: "щотижня",
    Frequency.FORTNIGHTLY: "що два тижні",
    Frequency.MONTHLY: "щомісяця",
    Frequency.YEARLY: "щороку",
}
# As editors write them, in any case.
FREQUENCIES = {frequency.word: frequency for frequency in Frequency} | {
    frequency.value: frequency for frequency in Frequency
}
_EVERY = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(7), Frequency.FORTNIGHTLY: timedelta(14)}
_MONTHS = {Frequency.MONTHLY: 1, Frequency.YEARLY: 12}
_MOST_DAYS = LONGEST.days + 1


class RecurrenceRefused(ValueError):
    """The text is no recurrence; message and fix are Ukrainian."""

    def __init__(self, message: str, code: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.fix = code, fix


class Recurrence(NamedTuple):
    """How often and until when; what is later than `until` (naive Kyiv time) or falls on an `excepted` day is left out."""

    frequency: Frequency
    until: datetime
    excepted: tuple[date, ...] = ()

    def days(self, first: datetime) -> tuple[date, ...]:
        """The days of what begins at `first` and then at the same hour, in order; `first` is the first of them."""
        excepted = frozenset(self.excepted)
        return tuple(day for day in self._candidates(first) if day not in excepted)

    def _candidates(self, first: datetime) -> Iterator[date]:
        for day in _repeated(first.date(), self.frequency):
            if datetime.combine(day, first.time()) > self.until or day - first.date() > LONGEST:
                return
            yield day

    def not_days(self, first: datetime) -> tuple[date, ...]:
        """The excepted days that would not be days of it anyway."""
        candidates = frozenset(self._candidates(first))
        return tuple(day for day in self.excepted if day not in candidates)

    @property
    def words(self) -> str:
        """«щотижня до 26 березня 2022 року, крім 5 березня 2022 року»."""
        without = f", крім {', '.join(map(day_in_words, self.excepted))}" if self.excepted else ""
        return f"{self.frequency.word} до {day_in_words(self.until.date())}{without}"


def _repeated(first: date, frequency: Frequency) -> Iterator[date]:
    """`first` and the days after it; a month without that day is skipped, as is a year without 29 February."""
    if frequency in _EVERY:
        yield from (first + _EVERY[frequency] * number for number in range(_MOST_DAYS))
        return
    for number in range(_MOST_DAYS):
        end = month_end_after(first, number * _MONTHS[frequency])
        if first.day <= end.day:
            yield end.replace(day=first.day)


# The words between which the dates stand.
_CLAUSES = lazy_compile(r"(?<!\w)(до|until|крім|except)(?!\w)", re.IGNORECASE)
_UNTIL = ("до", "until")
_SEPARATORS = lazy_compile("[,;]")
_MOST_PARTS = 3  # of a date with commas: «субота, 5 березня 2022, 14:30»; _longest_date tries them
REPEAT_ADVICE = "напишіть, наприклад: щотижня до 26.03.2022, крім 05.03.2022"


def parse_recurrence(text: str) -> Recurrence:
    """The recurrence that the header's text says in either language; RecurrenceRefused for any other text."""
    often, *rest = _CLAUSES.split(text)
    clauses = list(zip(map(str.casefold, rest[::2]), (_trimmed(part) for part in rest[1::2]), strict=True))
    frequency = _frequency(_trimmed(often))
    ends = [dates for word, dates in clauses if word in _UNTIL]
    if not ends or not ends[0]:
        raise RecurrenceRefused("не сказано, до якого дня подія повторюється", "event-repeat-endless", REPEAT_ADVICE)
    if len(ends) > 1:
        raise RecurrenceRefused("двічі сказано, до якого дня подія повторюється", "event-repeat-format", REPEAT_ADVICE)
    excepted = [day for word, dates in clauses if word not in _UNTIL for day in _days(dates)]
    return Recurrence(frequency, _end(ends[0]), tuple(sorted(set(excepted))))


def _trimmed(part: str) -> str:
    return part.strip(" \t,;:")


def _frequency(text: str) -> Frequency:
    word = " ".join(text.casefold().split())
    if word in FREQUENCIES:
        return FREQUENCIES[word]
    known = ", ".join(f"«{frequency.word}»" for frequency in Frequency)
    advice = did_you_mean(word, FREQUENCIES) or f"напишіть одне з: {known}, а далі «до» і день"
    what = f"незрозуміло, як часто: «{text}»" if text else "не сказано, як часто подія повторюється"
    raise RecurrenceRefused(what, "event-repeat-format", advice)


def _end(text: str) -> datetime:
    """The last moment: of a bare day its last one."""
    moment = _moment(text)
    return moment if has_time(text) else datetime.combine(moment.date(), time.max)


def _days(text: str) -> Iterator[date]:
    """The days of a list; a date may itself have commas."""
    parts = [part for part in map(str.strip, _SEPARATORS.split(text)) if part]
    if not parts:
        raise RecurrenceRefused("після «крім» немає дат", "event-repeat-format", REPEAT_ADVICE)
    taken = 0
    for place in range(len(parts)):
        if place >= taken:
            date_text = _longest_date(parts[place : place + _MOST_PARTS])
            yield _moment(", ".join(date_text)).date()
            taken = place + len(date_text)


def _longest_date(parts: Sequence[str]) -> Sequence[str]:
    """The parts that make the longest date at the beginning; the first one where none is a date: the message names it."""
    for count in (3, 2):
        try:
            parse_moment(", ".join(parts[:count]))
        except DateRefused:
            continue
        return parts[:count]
    return parts[:1]


def _moment(text: str) -> datetime:
    try:
        return parse_moment(text)
    except DateRefused as refused:
        raise RecurrenceRefused(str(refused), refused.code, refused.fix or DATE_ADVICE) from None
