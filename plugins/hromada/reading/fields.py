"""Header fields to values: dates, words, periods; what a unit's page and a report say beside the common fields."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.header_fields import BY_KEY, EVERY_KIND, FIELDS, UNIT_KINDS, YES_NO, FieldSpec, FieldType
from hromada.domain.item import ReportDetails, UnitDetails
from hromada.domain.period import PERIOD_ADVICE, Period, parse_period
from hromada.domain.period_words import PeriodRefused
from hromada.domain.problem import Problem, did_you_mean, shorten
from hromada.domain.transliteration import slug as official_slug
from hromada.domain.web_address import scheme_of
from hromada.reading.header import Document

T = TypeVar("T")
# What a unit's page shows as it is written.
_OF_UNITS = [spec for spec in FIELDS if spec.attribute and spec.kinds is not EVERY_KIND]
_UNIT_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(slots=True)
class HeaderReader:
    """One file on its way to an item, with what was found wrong on it."""

    path: str
    document: Document
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, key: str, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.path, self.document.line(key), code, message, fix))

    def moment(self, key: str) -> datetime | None:
        """A date field; what is no date is refused."""
        text = self.document.text(key)
        if not text:
            return None
        try:
            return parse_moment(text)
        except DateRefused as refused:
            self.refuse(key, refused.code, str(refused), refused.fix)
            return None

    def day(self, key: str) -> date | None:
        moment = self.moment(key)
        return moment.date() if moment else None

    def url(self, key: str) -> str:
        """An address of another site; what leads nowhere is refused."""
        text = self.document.text(key)
        if text and scheme_of(text) not in ("http", "https"):
            self.refuse(key, "link-scheme", f"поле «{key}» не веде на сторінку: «{shorten(text, 60)}»",
                        "впишіть адресу з https://")  # fmt: skip
            return ""
        return text

    def values(self) -> dict[str, Any]:
        """The fields that items keep as they are read, by the items' attributes; those without one in `extra`."""
        values: dict[str, Any] = {}
        extra: dict[str, str] = {}
        for key in self.document.fields:
            spec = BY_KEY.get(key)
            if spec is None:  # a report's own window
                continue
            if spec.attribute == "extra":
                extra[key] = self._value(spec)
            elif spec.attribute and spec.kinds is EVERY_KIND:
                values[spec.attribute] = self._value(spec)
        present = {key: text for key, text in extra.items() if text}
        return values | {"extra": present} if present else values

    def _value(self, spec: FieldSpec) -> Any:
        match spec.type:
            case FieldType.MOMENT:
                return self.moment(spec.key)
            case FieldType.DAY:
                return self.day(spec.key)
            case FieldType.LIST:
                return tuple(dict.fromkeys(self.document.list(spec.key)))
            case FieldType.URL:
                return self.url(spec.key)
            case _:
                return self.document.text(spec.key)

    def word(self, key: str, known: Mapping[str, T], default: T, code: str) -> T:
        """A field that takes one of a few words, in any case."""
        text = self.document.text(key)
        if not text:
            return default
        if (found := known.get(text.casefold())) is not None:
            return found
        words = ", ".join(f"«{word}»" for word in known)
        advice = did_you_mean(text, known) or f"напишіть одне з: {words}"
        self.refuse(key, code, f"поле «{key}»: незрозуміле значення «{text}»", advice)
        return default


def unit_details(reading: HeaderReader, section: str, when: datetime | None) -> UnitDetails:
    document = reading.document
    unit = section.removeprefix("units/")
    if not _UNIT_FOLDER.fullmatch(unit):
        reading.refuse(
            "",
            "unit-folder",
            f"тека «{unit}» не годиться для адреси",
            f"назвіть її «{official_slug(unit) or 'viddil'}»",
        )
    if document.text("slug"):
        reading.refuse("slug", "unit-slug", "адреса сторінки підрозділу – це назва його теки",
                       "приберіть поле; поштову адресу пишіть у полі «address»")  # fmt: skip
    details = UnitDetails(
        id=unit,
        kind=reading.word("kind", UNIT_KINDS, "unit", "unit-kind"),
        opened=when.date() if when else None,
        closed=reading.day("closed"),
        confirmed=reading.word("confirmed", YES_NO, True, "yes-or-no"),
        **{spec.attribute: document.text(spec.key) for spec in _OF_UNITS},
    )
    if details.opened and details.closed and details.closed < details.opened:
        reading.refuse("closed", "closed-before-opened", "сторінку закрито раніше, ніж відкрито", "виправте дати")
    return details


def report_details(reading: HeaderReader, name: str) -> ReportDetails:
    document = reading.document
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", name):
        reading.refuse(
            "", "report-name", f"назва файлу «{name}» не годиться для адреси", "назвіть його, наприклад, 2021-h2.md"
        )
    windows: dict[str, Period] = {}
    reasons = set()
    for key in [key for key in document.fields if key.startswith("window-")]:
        figure = key.removeprefix("window-")
        if figure.endswith("-reason"):
            reasons.add(figure.removesuffix("-reason"))
        elif window := _period(reading, key):
            windows[figure] = window
    if not document.text("period"):
        reading.refuse(
            "period",
            "period-missing",
            "немає періоду звіту",
            PERIOD_ADVICE.replace("напишіть", "додайте поле «period:»"),
        )
    period = _period(reading, "period") or parse_period("2000")
    complete = reading.word("complete", YES_NO, True, "yes-or-no")
    lines = {key.removeprefix("window-"): one.line for key, one in document.fields.items()}
    return ReportDetails(name, period, document.body, complete, windows, tuple(sorted(reasons)), lines)


def _period(reading: HeaderReader, key: str) -> Period | None:
    text = reading.document.text(key)
    if not text:
        return None
    try:
        return parse_period(text)
    except PeriodRefused as refused:
        reading.refuse(key, "period-format", str(refused), PERIOD_ADVICE)
        return None
