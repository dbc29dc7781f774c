"""One period's name put in the place of another's in a sentence."""

from __future__ import annotations

import re

from hromada.domain.days_in_words import short_day
from hromada.domain.numerals import Case
from hromada.domain.period import Period, PeriodRefused, parse_period
from hromada.domain.period_words import PREPOSITIONS, normalize_period_text

_WORD = re.compile(r"[^\s«»„“”\"()\[\],;:!?]+")
_LONGEST = 10  # «період з 1 липня 2020 року по 31 грудня 2021 року»
_TOLD_APART = (Case.NOMINATIVE, Case.GENITIVE, Case.LOCATIVE, Case.INSTRUMENTAL, Case.DATIVE)


def renamed(text: str, old: Period, new: Period) -> str:
    """Every name of the old period, however it is spelled, becomes the new one's in the same case."""
    words = [found.span() for found in _WORD.finditer(text)]
    out, done, index = [], 0, 0
    while index < len(words):
        count, name = _name_at(text, words[index : index + _LONGEST], old)
        if count:
            start = words[index][0]
            out += [text[done:start], _in_its_form(name, old, new)]
            done = start + len(name)
        index += count or 1
    return "".join((*out, text[done:]))


def _name_at(text: str, words: list[tuple[int, int]], old: Period) -> tuple[int, str]:
    """How many of these words name the period, at most, and the name; 0 where they don't."""
    if normalize_period_text(text[slice(*words[0])]) in PREPOSITIONS:
        return 0, ""
    for count in range(len(words), 0, -1):
        name = text[words[0][0] : words[count - 1][1]]
        for one in dict.fromkeys((name, name.rstrip("."))):
            if _names(one, old):
                return count, one
    return 0, ""


def _names(text: str, period: Period) -> bool:
    try:
        return parse_period(text) == period
    except PeriodRefused:
        return False


def _in_its_form(name: str, old: Period, new: Period) -> str:
    """The new name as the old one is written: an id, days alone, or words in a case and with a capital."""
    if normalize_period_text(name) == normalize_period_text(old.id):
        return new.id
    if old.kind == new.kind and old.kind in ("year", "nine"):  # «12 місяців 2021 року» stays what it is
        return name.replace(f"{old.first.year}", f"{new.first.year}")
    if old.kind == new.kind == "range" and normalize_period_text(name).startswith(("з ", "із ")):
        return new.between
    if old.kind == new.kind == "range" and name[0].isdigit():
        return f"{short_day(new.first)}–{short_day(new.last)}"
    said = set(normalize_period_text(name).split())
    case = max(_TOLD_APART, key=lambda case: len(said & set(normalize_period_text(old.in_case(case)).split())))
    title = new.in_case(case)
    if name.isupper():
        return title.upper()
    return title[0].upper() + title[1:] if name[0].isupper() else title
