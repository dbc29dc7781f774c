"""Dates in Ukrainian words, formatted and parsed without the system's locale."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from hromada.domain.numerals import Case

_MONTHS = [
    "січень",
    "лютий",
    "березень",
    "квітень",
    "травень",
    "червень",
    "липень",
    "серпень",
    "вересень",
    "жовтень",
    "листопад",
    "грудень",
]
_STEMS = ["січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листопад", "груд"]
_ENDINGS = {
    Case.GENITIVE: ("ня", "ого", "а"),
    Case.DATIVE: ("ню", "ому", "у"),
    Case.INSTRUMENTAL: ("нем", "им", "ом"),
    Case.LOCATIVE: ("ні", "ому", "і"),
}


def month_name(month: int, case: Case = Case.NOMINATIVE) -> str:
    """«липень», «липня», «липні» for 7; the adjective «лютий» and the hard «листопад» decline in their own way."""
    if case in (Case.NOMINATIVE, Case.ACCUSATIVE):
        return _MONTHS[month - 1]
    soft, adjective, hard = _ENDINGS[case]
    ending = {2: adjective, 11: hard}.get(month, soft)
    return _STEMS[month - 1] + ending


def day_in_words(day: date) -> str:
    """«5 липня 2021 року»."""
    return f"{day.day}\N{NO-BREAK SPACE}{month_name(day.month, Case.GENITIVE)} {day.year} року"


def days_in_words(first: date, last: date) -> str:
    """«з 1 до 31 липня 2021 року»: the first day without what the last one says too; a single day as itself."""
    if first == last:
        return day_in_words(first)
    if first.year != last.year:
        beginning = day_in_words(first)
    elif first.month != last.month:
        beginning = f"{first.day}\N{NO-BREAK SPACE}{month_name(first.month, Case.GENITIVE)}"
    else:
        beginning = str(first.day)
    return f"з {beginning} до {day_in_words(last)}"


def short_day(day: date) -> str:
    """«05.07.2021»."""
    return f"{day:%d.%m.}{day.year:04d}"


def month_in_words(year: int, month: int) -> str:
    """«липень 2021 року»."""
    return f"{month_name(month)} {year} року"


# Abbreviations of calendars, Excel and CLDR, without the full stop.
_SHORT_MONTHS = (
    "січ", "лют", "бер берез", "кві квіт", "тра трав", "чер черв", "лип", "сер серп", "вер верес", "жов жовт",
    "лис лист листоп", "гру груд",
)  # fmt: skip
_WEEKDAYS = (  # the first form is used in messages
    "понеділок пн", "вівторок вт", "середа середу ср", "четвер чт", "п’ятниця п’ятницю пт", "субота суботу сб",
    "неділя неділю нд",
)  # fmt: skip
_RUSSIAN_MONTHS = (
    "январь января янв", "февраль февраля фев", "март марта мар", "апрель апреля апр", "май мая", "июнь июня июн",
    "июль июля июл", "август августа авг", "сентябрь сентября сен", "октябрь октября окт", "ноябрь ноября ноя",
    "декабрь декабря дек",
)  # fmt: skip
_RUSSIAN_WEEKDAYS = (
    "понедельник", "вторник", "среда среду", "четверг", "пятница пятницу", "суббота субботу", "воскресенье вс",
)  # fmt: skip
APOSTROPHES = "'’ʼ‘`´′‛＇ʹ"  # of keyboards and pasted text
LEFT_OUT_OF_WORDS = dict.fromkeys(map(ord, f"{APOSTROPHES}\N{COMBINING ACUTE ACCENT}\N{SOFT HYPHEN}"))


def _normalize(word: str) -> str:
    """A word without capitals, apostrophes and stress marks."""
    return unicodedata.normalize("NFC", word).casefold().translate(LEFT_OUT_OF_WORDS)


def _numbered(forms: Iterable[str], first: int) -> dict[str, int]:
    return {
        _normalize(form): index for index, forms_of_index in enumerate(forms, first) for form in forms_of_index.split()
    }


MONTH_NUMBERS = _numbered(_SHORT_MONTHS, 1) | {
    month_name(month, case): month for month in range(1, 13) for case in (Case.NOMINATIVE, Case.GENITIVE)
}
WEEKDAY_NUMBERS = _numbered(_WEEKDAYS, 0)
RUSSIAN_MONTH_NUMBERS = _numbered(_RUSSIAN_MONTHS, 1)
RUSSIAN_WEEKDAY_NUMBERS = _numbered(_RUSSIAN_WEEKDAYS, 0)
MONTHS_OF_DATES = tuple(month_name(month, Case.GENITIVE) for month in range(1, 13))
WEEKDAYS = tuple(words.split()[0] for words in _WEEKDAYS)


def month_number(word: str) -> int | None:
    """1 for «січня», «Січень», «січ»; None for any other word and any other grammatical case («5 серпні» is an error)."""
    return MONTH_NUMBERS.get(_normalize(word))


def weekday_number(word: str) -> int | None:
    """0 for «понеділок» and «пн», as `date.weekday` has it; None for any other word."""
    return WEEKDAY_NUMBERS.get(_normalize(word))


def in_ukrainian(word: str) -> str:
    """The Ukrainian word of a date for the Russian one: «серпня» for «августа»; empty for any other."""
    plain = _normalize(word)
    if plain in RUSSIAN_MONTH_NUMBERS:
        return MONTHS_OF_DATES[RUSSIAN_MONTH_NUMBERS[plain] - 1]
    return WEEKDAYS[RUSSIAN_WEEKDAY_NUMBERS[plain]] if plain in RUSSIAN_WEEKDAY_NUMBERS else ""
