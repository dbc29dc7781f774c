"""Headers as different editors write them: both syntaxes, both languages, every form of a list and of a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from hromada.domain.calendar import KYIV
from hromada.domain.days_in_words import short_day

_UKRAINIAN = {
    "title": "Заголовок", "date": "Дата", "category": "Рубрика", "tags": "Теги", "summary": "Анотація",
    "image": "Зображення", "image-alt": "Опис зображення", "status": "Стан", "event-date": "Дата події",
    "event-place": "Місце", "source": "Джерело",
}  # fmt: skip
_OTHER_WORDS = {"title": "Назва", "category": "Розділ", "status": "Статус"}  # the second Ukrainian words for them
YAML, PLAIN_UKRAINIAN, YAML_UKRAINIAN, PLAIN = range(4)
STYLES = 4
FORMS = 7
Fields = Mapping[str, str | Sequence[str]]


def header(fields: Fields, style: int) -> str:
    """The header in one of the four styles, with the blank line after it."""
    lines = [_line(key, value, style) for key, value in fields.items()]
    if style in (YAML, YAML_UKRAINIAN):
        lines = ["---", *lines, "---"]
    return "\n".join(lines) + "\n\n"


def _line(key: str, value: str | Sequence[str], style: int) -> str:
    if not isinstance(value, str):
        return f"{_named(key, style)}:{_listed(value, style)}"
    if style == YAML_UKRAINIAN and key == "title":
        value = f'"{value}"'
    return f"{_named(key, style)}: {value}"


def _named(key: str, style: int) -> str:
    if style == PLAIN_UKRAINIAN:
        return _UKRAINIAN[key]
    if style == YAML_UKRAINIAN:
        return _OTHER_WORDS.get(key, _UKRAINIAN[key])
    return key.capitalize() if style == PLAIN else key


def _listed(values: Sequence[str], style: int) -> str:
    if style == YAML:
        return f" [{', '.join(values)}]"
    if style == YAML_UKRAINIAN:
        return "".join(f"\n  - {value}" for value in values)
    return " " + ("; " if style == PLAIN_UKRAINIAN else ", ").join(values)


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
