"""Headers as different editors write them: in both languages, with keys in any case and every form of a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hromada.domain.alphabet import capitalized
from hromada.domain.calendar import KYIV
from hromada.domain.days_in_words import short_day
from hromada.domain.front_matter import format_field, format_header
from hromada.domain.header_fields import BY_KEY

ENGLISH, UKRAINIAN, OTHER_WORDS, CAPITALIZED = range(4)
STYLES = 4
FORMS = 7
Fields = Mapping[str, str | Sequence[str]]


def header(fields: Fields, style: int) -> str:
    """The header with its keys in one of the four styles, with the blank line after it."""
    return format_header(line for key, value in fields.items() for line in format_field(_named(key, style), value))


def _named(key: str, style: int) -> str:
    names = [capitalized(name) for name in BY_KEY[key].synonyms]
    if style in (UKRAINIAN, OTHER_WORDS):
        return names[0] if style == UKRAINIAN else names[-1]
    return key.capitalize() if style == CAPITALIZED else key


def date_text(when: datetime, form: int) -> str:
    """The Kyiv moment in one of the seven forms; two of them keep the day alone."""
    forms = (_minute, _dotted, _offset, _dotted_day, _second, _day, universal)
    return forms[form % FORMS](when)


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def _dotted(when: datetime) -> str:
    return f"{short_day(when.date())} {when:%H:%M}"


def _offset(when: datetime) -> str:
    return when.replace(tzinfo=KYIV).isoformat()


def _dotted_day(when: datetime) -> str:
    return short_day(when.date())


def _second(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S}"


def _day(when: datetime) -> str:
    return f"{when:%Y-%m-%d}"


def universal(when: datetime) -> str:
    """The same moment with Z; near midnight it names another day than Kyiv's."""
    return when.replace(tzinfo=KYIV).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
