"""Reporting periods, both ends included: official Ukrainian titles, and parsing of what editors type («ІІ півріччя 2021 року»)."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

from hromada.domain.calendar import EARLIEST_YEAR, DateRefused, is_possible_year, parse_day
from hromada.domain.days_in_words import month_name, short_day
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.numerals import Case

# All look-alikes become Cyrillic, in words, Roman numerals and ids: typists mix the two layouts.
_ONE_ALPHABET = str.maketrans("abcehikmoptxyӏ‐–—―−", "авсенікмортхуі-----")
_APOSTROPHES = lazy_compile("[’ʼ‘`´′＇]")
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
    (lazy_compile(pattern, re.ASCII), id_of)
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


PERIOD_ADVICE = "напишіть, наприклад, 2021-H2, 2021-Q3, 2021-07, 2021-9M, 2021-W31, 2021 або 2020-07-01..2021-12-31"
_LONGEST = timedelta(days=36_525)  # a hundred years: a longer report would consist of empty months
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_KIND_FORMS: dict[str, tuple[str, ...]] = {  # in the order of Case
    "half": ("півріччя", "півріччя", "півріччю", "півріччя", "півріччям", "півріччі"),
    "quarter": ("квартал", "кварталу", "кварталу", "квартал", "кварталом", "кварталі"),
    "nine": ("місяців", "місяців", "місяцям", "місяців", "місяцями", "місяцях"),
    "year": ("рік", "року", "року", "рік", "роком", "році"),
    "week": ("тиждень", "тижня", "тижню", "тиждень", "тижнем", "тижні"),
    "range": ("період", "періоду", "періоду", "період", "періодом", "періоді"),
}


class Month(Struct, frozen=True):
    """A calendar month; `id` is «2021-07»."""

    year: int
    number: int

    @property
    def id(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)


class Period(Struct, frozen=True):
    """From `first` to `last`, both included; `id` is its canonical form in file headers and report.json."""

    id: str
    kind: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def title(self) -> str:
        """«II півріччя 2021 року», as printed and as it follows «за»."""
        return self.in_case(Case.NOMINATIVE)

    def in_case(self, case: Case) -> str:
        """The title in a grammatical case: «у II півріччі 2021 року»."""
        if self.kind == "month":
            return f"{month_name(self.first.month, case)} {self.first.year} року"
        word = _KIND_FORMS[self.kind][list(Case).index(case)]
        match self.kind:
            case "half":
                return f"{_ROMAN[self.first.month // 6 + 1]} {word} {self.first.year} року"
            case "quarter":
                return f"{_ROMAN[self.first.month // 3 + 1]} {word} {self.first.year} року"
            case "nine":
                return f"9 {word} {self.first.year} року"
            case "year":
                return f"{self.first.year} {word}"
            case _:
                return f"{word} {self.between}"

    @property
    def between(self) -> str:
        """«з 01.07.2020 по 31.12.2021»."""
        return f"з {short_day(self.first)} по {short_day(self.last)}"

    @property
    def months(self) -> tuple[Month, ...]:
        """Every calendar month that the period touches, in order."""
        first = self.first.year * 12 + self.first.month - 1
        last = self.last.year * 12 + self.last.month - 1
        return tuple(Month(index // 12, index % 12 + 1) for index in range(first, last + 1))

    @property
    def previous(self) -> Period | None:
        """The preceding period of the same kind, for a range of the same length; for nine months those of the year before."""
        return _parse_or_none(id_before(self.id, self.kind, self.first, self.last))

    @property
    def year_before(self) -> Period | None:
        """The same period a year earlier."""
        return _parse_or_none(id_a_year_before(self.id, self.kind, self.first, self.last))

    def overlaps(self, first: date, last: date) -> bool:
        """Whether any day from `first` to `last` is in the period."""
        return self.first <= last and first <= self.last


def parse_period(text: str) -> Period:
    """The period that `text` names: 2021-H2, 2021-Q3, 2021-07, 2021-9M, 2021-W31, 2021, 2020-07-01..2021-12-31.

    Also in words, «ІІ півріччя 2021 року», in any case and in either alphabet. A range equal to a
    calendar period becomes that one: 2021-07-01..2021-12-31 is 2021-H2. Raises PeriodRefused (Ukrainian) for anything
    else and for a reversed range.
    """
    written = text.strip()
    name = parse_period_id(written)
    if ".." in (name or written):
        return _range(name or written, written)
    if not name or not is_possible_year(int(name[:4])):
        raise PeriodRefused(f"період «{written}» незрозумілий")
    try:
        return _calendar(name, int(name[:4]), name[5:])
    except ValueError:
        raise PeriodRefused(f"періоду «{written}» не існує") from None


def enclosing_period(periods: Iterable[Period]) -> Period:
    """The shortest period that contains all of these."""
    spans = tuple(periods)
    return _between(min(span.first for span in spans), max(span.last for span in spans))


def file_stem(period: Period) -> str:
    """The name of a report's file: «2021-h2», «2020-07-01_2021-12-31»."""
    return period.id.lower().replace("..", "_")


def _parse_or_none(id: str) -> Period | None:
    """The period, or None where the week doesn't exist or the year is too early."""
    try:
        return parse_period(id)
    except PeriodRefused:
        return None


def _calendar(name: str, year: int, part: str) -> Period:
    if not part:
        return Period(name, "year", date(year, 1, 1), date(year, 12, 31))
    if part.startswith("W"):
        first = date.fromisocalendar(year, int(part[1:]), 1)
        return Period(name, "week", first, first + timedelta(days=6))
    if part == "9M":
        return Period(name, "nine", date(year, 1, 1), date(year, 9, 30))
    if part.startswith("H"):
        return _whole_months(name, "half", year, 6 * int(part[1]) - 5, 6)
    if part.startswith("Q"):
        return _whole_months(name, "quarter", year, 3 * int(part[1]) - 2, 3)
    return _whole_months(name, "month", year, int(part), 1)


def _whole_months(name: str, kind: str, year: int, first: int, length: int) -> Period:
    after = first + length
    end = date(year + 1, 1, 1) if after > 12 else date(year, after, 1)
    return Period(name, kind, date(year, first, 1), end - timedelta(days=1))


def _range(text: str, written: str) -> Period:
    start, _, end = text.partition("..")
    try:
        first, last = parse_day(start), parse_day(end)
    except DateRefused as refused:
        raise PeriodRefused(f"період «{written}»: {refused}") from None
    if last < first:
        raise PeriodRefused(f"період «{written}» закінчується раніше, ніж починається")
    if last - first > _LONGEST:
        raise PeriodRefused(f"період «{written}» довший за 100 років")
    return _between(first, last)


def _between(first: date, last: date) -> Period:
    """The calendar period with these ends, else a range: the same days must have one id."""
    matching = (period for period in _beginning_in(first) if (period.first, period.last) == (first, last))
    return next(matching, Period(f"{first}..{last}", "range", first, last))


def _beginning_in(day: date) -> Iterator[Period]:
    """The calendar periods that may begin on a day."""
    parts = ("", "9M", f"H{(day.month + 5) // 6}", f"Q{(day.month + 2) // 3}", f"{day.month:02d}")
    week = day.isocalendar()
    for year, part in [*((day.year, part) for part in parts), (week.year, f"W{week.week:02d}")]:
        if is_possible_year(year):
            yield _calendar(f"{year}-{part}".rstrip("-"), year, part)


_IN_A_YEAR = {"half": (2, "H"), "quarter": (4, "Q"), "month": (12, "")}


def id_before(id: str, kind: str, first: date, last: date) -> str:
    """The id of the preceding period of the same kind; of nine months the one of the year before."""
    if kind in _IN_A_YEAR:
        count, letter = _IN_A_YEAR[kind]
        year, index = divmod(first.year * count + (first.month - 1) * count // 12 - 1, count)
        return f"{year:04d}-{letter}{index + 1:0{1 if letter else 2}d}"
    if kind == "week":
        year, week, _ = (first - timedelta(days=7)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if kind == "range":
        return _months_before(first, last) if _is_whole_months(first, last) else _days_before(first, last)
    return id_a_year_before(id, kind, first, last)


def id_a_year_before(id: str, kind: str, first: date, last: date) -> str:
    """The id of the same period a year earlier; week 53 may not exist."""
    if kind != "range":
        return f"{int(id[:4]) - 1:04d}{id[4:]}"
    end = _year_earlier(last)
    if _is_month_end(last):  # the end of February stays its end, the 28th or the 29th
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return f"{_year_earlier(first)}..{end}"


def _months_before(first: date, last: date) -> str:
    """The preceding range of as many whole months: August to October for November to January."""
    start = first.year * 12 + first.month - 1
    year, month = divmod(2 * start - (last.year * 12 + last.month), 12)
    end = first - timedelta(days=1)
    return f"{date(year, month + 1, 1)}..{end}" if year >= EARLIEST_YEAR else ""


def _days_before(first: date, last: date) -> str:
    start = first.toordinal() - (last.toordinal() - first.toordinal() + 1)
    end = first - timedelta(days=1)
    return f"{date.fromordinal(start)}..{end}" if start >= date(EARLIEST_YEAR, 1, 1).toordinal() else ""


def _year_earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and _is_month_end(last)


def _is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
