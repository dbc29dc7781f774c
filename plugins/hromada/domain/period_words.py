"""Parses periods as Ukrainian editors type them: «ІІ півріччя 2021 року» to «2021-H2»; ambiguous ones are not guessed."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import date

from hromada.domain.days_in_words import month_name
from hromada.domain.numerals import Case

# All look-alikes become Cyrillic, in words, Roman numerals and ids: typists mix the two layouts.
_ONE_ALPHABET = str.maketrans("abcehikmoptxyӏ‐–—―−", "авсенікмортхуі-----")
_APOSTROPHES = re.compile("[’ʼ‘`´′＇]")
PREPOSITIONS = ("за", "у", "в", "протягом", "впродовж", "упродовж")
_ORDINALS = (  # Roman «ІУ» with a Cyrillic У comes from typewriters without V
    r"1|і|перш(?:е|ий|ого|ому|им)",
    r"2|іі|друг(?:е|ий|ого|ому|им)",
    r"3|ііі|трет(?:є|ій|ього|ьому|ім)",
    r"4|і[vу]|четверт(?:е|ий|ого|ому|им)",
)
_NUMBER = rf"(?P<number>{'|'.join(_ORDINALS)})(?:-(?:ше|ге|тє|е|ий|ій|й|го|му|им|ім|м))?"
_YEAR = r"(?P<year>[1-9]\d{3})(?:-го)?(?: ?р\.?| року)?"
_MONTHS = {month_name(month, case): month for month in range(1, 13) for case in Case}
_MONTH = "|".join(_MONTHS)
_DAY = rf"(\d\d\.\d\d\.\d{{4}}|\d{{4}}-\d\d-\d\d|\d\d? (?:{_MONTH}) \d{{4}})(?: ?р\.?| року)?"
_BETWEEN = rf"(?:(?:з|із) {_DAY} по {_DAY}|{_DAY}(?: ?- ?|\.\.){_DAY})"
_WEEK = "тиж(?:день|ня|ню|нем|ні)"
_MONTHS_MANY = r"(?:місяц(?:ів|ям|ями|ях)|міс\.)"


class PeriodRefused(ValueError):
    """The text names no period; the message is Ukrainian."""


def parse_period_id(text: str) -> str:
    """The id that `text` means, «2021-H2» or «2020-07-01..2021-12-31», or an empty text; it may not exist."""
    normalized = normalize_period_text(text)
    first, _, rest = normalized.partition(" ")
    normalized = rest if first in PREPOSITIONS else normalized
    for pattern, id_of in _FORMS:
        if match := pattern.fullmatch(normalized):
            return id_of(match)
    return ""


def normalize_period_text(text: str) -> str:
    """The text in one alphabet, with one apostrophe, single spaces and lower case; NFKC splits «Ⅱ» into letters."""
    straight = _APOSTROPHES.sub("'", text).replace("№", " ")
    return " ".join(unicodedata.normalize("NFKC", straight).casefold().translate(_ONE_ALPHABET).split())


def _id(match: re.Match[str]) -> str:
    return match[0].upper().replace("Н", "H").replace("М", "M")


def _numbered(letter: str) -> Callable[[re.Match[str]], str]:
    def id_of(match: re.Match[str]) -> str:
        number = next(n for n, form in enumerate(_ORDINALS, 1) if re.fullmatch(form, match["number"]))
        return f"{match['year']}-{letter}{number}"

    return id_of


def _month(match: re.Match[str]) -> str:
    return f"{match['year']}-{_MONTHS[match['month']]:02d}"


def _months(match: re.Match[str]) -> str:
    """«січень–березень 2022»: whole months, a range."""
    year, first, last = match["year"], _MONTHS[match["first"]], _MONTHS[match["last"]]
    return f"{year}-{first:02d}-01..{year}-{last:02d}-{monthrange(int(year), last)[1]}"


def _week(match: re.Match[str]) -> str:
    return f"{match['year']}-W{int(match['after'] or match['before']):02d}"


def _days(match: re.Match[str]) -> str:
    return "..".join(_iso(day) for day in match.groups() if day)


def _week_of_days(match: re.Match[str]) -> str:
    """A week by its days, which must be Monday to Sunday; raises PeriodRefused for other days."""
    try:
        first, last = (date.fromisoformat(_iso(day)) for day in match.groups() if day)
    except ValueError:
        return ""
    year, week, weekday = first.isocalendar()
    if weekday != 1 or (last - first).days != 6:
        raise PeriodRefused(f"«{match[0]}» триває не з понеділка по неділю")
    return f"{year:04d}-W{week:02d}"


def _iso(day: str) -> str:
    """«2021-07-01» for itself, for «01.07.2021» and for «1 липня 2021»."""
    number, *rest = re.split("[. ]", day)
    if not rest:
        return day
    month, year = rest
    return f"{year}-{_MONTHS.get(month) or int(month):02d}-{int(number):02d}"


_FORMS = tuple(
    (re.compile(pattern, re.ASCII), id_of)
    for pattern, id_of in (
        (r"\d{4}(?:-(?:н[12]|q[1-4]|9м|w\d\d|\d\d))?", _id),
        (rf"{_NUMBER} ?(?:півріч(?:чя|чю|чям|чі)|півр\.) {_YEAR}", _numbered("H")),
        (rf"{_NUMBER} ?(?:квартал(?:у|ом|і)?|кв\.?) {_YEAR}", _numbered("Q")),
        (rf"(?P<month>{_MONTH}) {_YEAR}", _month),
        (rf"(?P<first>{_MONTH}) ?- ?(?P<last>{_MONTH}) {_YEAR}", _months),
        (rf"(?:9|дев'?ят(?:ь|и|ьох|ьом|ьма|ьома)) {_MONTHS_MANY} {_YEAR}", lambda found: f"{found['year']}-9M"),
        (rf"(?:12|дванадцят(?:ь|и|ьох|ьом|ьма|ьома)) {_MONTHS_MANY} {_YEAR}", lambda found: found["year"]),
        (r"(?P<year>[1-9]\d{3})(?:-(?:го|му|й))?(?: ?р\.?| рік| року| роком| році)", lambda found: found["year"]),
        (rf"(?:{_WEEK} (?P<after>\d\d?)|(?P<before>\d\d?)(?:-й)? {_WEEK}),? {_YEAR}", _week),
        (rf"{_WEEK} {_BETWEEN}", _week_of_days),
        (rf"(?:період(?:у|ом|і)? )?{_BETWEEN}", _days),
    )
)
