"""Days and months in Ukrainian words; the system's locale is never asked."""

from __future__ import annotations

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


def short_day(day: date) -> str:
    """«05.07.2021»."""
    return f"{day:%d.%m.}{day.year:04d}"


def month_in_words(year: int, month: int) -> str:
    """«липень 2021 року»."""
    return f"{month_name(month)} {year} року"
