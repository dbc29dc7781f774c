"""Events as pages show them: in words, with the moments that a script judges by."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from hromada.domain.days_in_words import WEEKDAYS, day_in_words, days_in_words, month_name
from hromada.domain.event import Event, EventMoment, EventState, Occurrence
from hromada.domain.item import Item, Kind
from hromada.domain.numerals import Case
from hromada.domain.recurrence import Frequency
from hromada.domain.site_urls import EVENT_FILE

_MOST_DATES = 60  # that an event's own page names; every day needs no list


class EventDate(NamedTuple):
    """One of the dates of a repeated event."""

    words: str
    start: str  # ISO 8601, with an offset where there is a time
    until: str  # with an offset


class EventView(NamedTuple):
    """An event on its own page."""

    when: str
    place: str
    repeats: str  # «Щотижня до …»
    state: str
    note: str  # «Подію скасовано», «Перенесено з …»
    start: str
    until: str  # of the last occurrence
    dates: tuple[EventDate, ...]  # of a repeated one
    url: str
    calendar: str  # the path of the file beside the page


class EventCard(NamedTuple):
    """One occurrence of an event in a list."""

    title: str
    path: str
    unit: str
    place: str
    day: date
    last_day: date
    hours: str  # «11:00–15:00», empty for a whole day
    lasts: str  # «до 24 січня 2022 року», empty for one day
    repeats: str
    state: str
    note: str
    start: str
    until: str
    at: datetime  # naive, as `over`: what lists are sorted by
    over: datetime

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def month(self) -> str:
        """«січня»."""
        return month_name(self.day.month, Case.GENITIVE)


def event_card(item: Item, event: Event, occurrence: Occurrence, unit_title: str) -> EventCard:
    """The card of one occurrence; `unit_title` is that of a message's unit."""
    return EventCard(
        item.title, item.address, unit_title if item.kind is Kind.MESSAGE else "", event.place, occurrence.start.day,
        occurrence.last_listed_day, _hours(occurrence), _lasts(occurrence), event.recurrence.words if event.recurrence else "",
        event.state.value, _note(event), _iso(occurrence.start), occurrence.over_aware.isoformat(), occurrence.start.when, occurrence.over,
    )  # fmt: skip


def event_view(item: Item, event: Event) -> EventView:
    """The event of an item's own page."""
    occurrences = event.occurrences()
    first, last = occurrences[0], occurrences[-1]
    return EventView(
        _first_capital(when_in_words(first)), event.place,
        _first_capital(event.recurrence.words) if event.recurrence else "", event.state.value, _note(event),
        _iso(first.start), last.over_aware.isoformat(), _dates(event, occurrences), event.url, f"{item.address}{EVENT_FILE}",
    )  # fmt: skip


def _dates(event: Event, occurrences: Iterable[Occurrence]) -> tuple[EventDate, ...]:
    if event.recurrence is None:
        return ()
    dates = tuple(
        EventDate(_first_capital(when_in_words(occurrence)), _iso(occurrence.start), occurrence.over_aware.isoformat())
        for occurrence in occurrences
    )
    is_plain = event.recurrence.frequency is Frequency.DAILY and not event.recurrence.excepted
    return dates if len(dates) <= _MOST_DATES and not is_plain else ()


def format_event(event: Event) -> str:
    """«Подія: 24 серпня 2021 року о 10:00, Дергачі», «Подію скасовано: …», for lists of news."""
    begins = {
        EventState.CANCELLED: "Подію скасовано", EventState.MOVED: "Подію перенесено",
    }.get(event.state, "Подія")  # fmt: skip
    first = event.occurrences()[0]
    text = day_in_words(first.start.day)
    if first.start.has_time:
        text += f" о {first.start.when:%H:%M}"
    if first.last_day != first.start.day:
        text += f" – {day_in_words(first.last_day)}"
    if event.recurrence:
        text += f", {event.recurrence.words}"
    return f"{begins}: {text}" + (f", {event.place}" if event.place else "")


def when_in_words(occurrence: Occurrence) -> str:
    """«субота, 22 січня 2022 року, 11:00–15:00», «з 22 січня 2022 року, 11:00 до 24 січня 2022 року»."""
    start, end = occurrence.start, occurrence.end
    if occurrence.last_day == start.day:
        hours = _hours(occurrence)
        return f"{WEEKDAYS[start.day.weekday()]}, {day_in_words(start.day)}{f', {hours}' if hours else ''}"
    if not start.has_time and not (end and end.has_time):
        return days_in_words(start.day, occurrence.last_day)
    assert end is not None, "without an end it lasts one day"
    return f"з {_moment(start)} до {_moment(end)}"


def _moment(moment: EventMoment) -> str:
    return f"{day_in_words(moment.day)}{f', {moment.when:%H:%M}' if moment.has_time else ''}"


def _hours(occurrence: Occurrence) -> str:
    """The hours of one day; of several days the hour of the first one."""
    start, end = occurrence.start, occurrence.end
    if not start.has_time:
        return f"до {end.when:%H:%M}" if end and end.has_time and occurrence.last_day == start.day else ""
    if end and end.has_time and occurrence.last_day == start.day and end.when != start.when:
        return f"{start.when:%H:%M}–{end.when:%H:%M}"
    return f"{start.when:%H:%M}"


def _lasts(occurrence: Occurrence) -> str:
    is_longer = occurrence.last_day > occurrence.start.day
    return f"до {day_in_words(occurrence.last_day)}" if is_longer else ""


def _note(event: Event) -> str:
    match event.state:
        case EventState.CANCELLED:
            return "Скасовано"
        case EventState.MOVED if event.was:
            return f"Перенесено з {_moment(event.was)}"
    return ""


def _iso(moment: EventMoment) -> str:
    return moment.aware.isoformat() if moment.has_time else moment.day.isoformat()


def _first_capital(text: str) -> str:
    return text[:1].upper() + text[1:]


class DayOfEvents(NamedTuple):
    """A day of a list with the events that begin on it."""

    day: date
    title: str  # «субота, 22 січня 2022 року»
    cards: tuple[EventCard, ...]

    @property
    def anchor(self) -> str:
        return f"d{self.day}"


class DaysBetween(NamedTuple):
    """Days in a row on which nothing begins while the same events go on."""

    first: date
    title: str  # «15–16 січня 2022 року»
    cards: tuple[EventCard, ...]

    @property
    def anchor(self) -> str:
        return f"d{self.first}"


def days_between(first: date, last: date, cards: Iterable[EventCard]) -> DaysBetween:
    """The days of one month from `first` to `last`, on which these events go on."""
    whole = day_title(first) if first == last else f"{first.day}–{day_in_words(last)}"
    return DaysBetween(first, whole, tuple(card._replace(repeats="", unit="") for card in cards))


def day_title(day: date) -> str:
    """«Субота, 22 січня 2022 року»."""
    return f"{WEEKDAYS[day.weekday()].capitalize()}, {day_in_words(day)}"


def by_day(cards: Iterable[EventCard]) -> tuple[DayOfEvents, ...]:
    """Sorted cards by the days on which they begin; how an event is repeated is said once."""
    days: dict[date, list[EventCard]] = {}
    named: set[str] = set()
    for card in cards:
        again = card.path in named
        named.add(card.path)
        days.setdefault(card.day, []).append(card._replace(repeats="", unit="") if again else card)
    return tuple(DayOfEvents(day, day_title(day), tuple(own)) for day, own in days.items())
