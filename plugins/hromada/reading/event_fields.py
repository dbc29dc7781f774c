"""The fields of an event: a header's dates, repetition and state as one value."""

from __future__ import annotations

from datetime import datetime

from hromada.domain.dates import DateRefused, has_time, parse_moment
from hromada.domain.event import EVENT_STATES, Event, EventMoment, EventState
from hromada.domain.header_fields import names_of
from hromada.domain.problem import Level, shorten, warning
from hromada.domain.recurrence import LONGEST, REPEAT_ADVICE, Recurrence, RecurrenceRefused, parse_recurrence
from hromada.reading.header import HeaderReader

_WITHOUT_DATE = ("event-end", "event-repeat", "event-state", "event-was")


def read_event(reader: HeaderReader) -> Event | None:
    """The event that the header announces; None without `event-date`, and where a field of it was refused.

    A field that is no date is refused where its value is read, and only left out here.
    """
    document = reader.document
    if not document.text("event-date"):
        for key in _WITHOUT_DATE:
            if document.text(key):
                advice = "додайте поле «event-date» («Дата події»)"
                reader.refuse(key, "event-date-missing", f"поле «{_shown(key)}» без дати події", advice)
        return None
    faults = _faults(reader)
    state = reader.word("event-state", EVENT_STATES, EventState.PLANNED, "event-state-unknown")
    was = _was(reader, state)
    recurrence = _recurrence(reader)
    start, end = _moment(reader, "event-date"), _moment(reader, "event-end")
    if start is None:
        return None
    event = Event(
        start, end, document.text("event-place"), document.text("event-url"), recurrence, state, was
    )  # fmt: skip
    _must_end_after_start(reader, event)
    _must_be_repeated_within_a_year(reader, event)
    return event if _faults(reader) == faults else None


def _faults(reader: HeaderReader) -> int:
    return sum(problem.level is Level.ERROR for problem in reader.problems)


def _shown(key: str) -> str:
    """The field's Ukrainian name, as the handbook has it."""
    return names_of(key)[1].capitalize()


def _moment(reader: HeaderReader, key: str) -> EventMoment | None:
    text = reader.document.text(key)
    if not text:
        return None
    try:
        return EventMoment.of(parse_moment(text), has_time=has_time(text))
    except DateRefused:
        return None  # HeaderReader.values refuses it


def _was(reader: HeaderReader, state: EventState) -> EventMoment | None:
    """The date before the event was moved: it goes with that state, and only with it."""
    text = reader.document.text("event-was")
    is_moved = state is EventState.MOVED
    if is_moved and not text:
        advice = "додайте поле «event-was» («Попередня дата») з колишньою датою"
        reader.refuse("event-state", "event-was-missing", "подію перенесено, а звідки – не сказано", advice)
    if not text:
        return None
    moment = reader.moment("event-was")
    if not is_moved and not _is_refused(reader, "event-state-unknown"):
        advice = "додайте «event-state: moved» («Стан події: перенесено») або приберіть це поле"
        reader.refuse("event-was", "event-was-alone", "є попередня дата, а подію не перенесено", advice)
    return EventMoment.of(moment, has_time=has_time(text)) if moment else None


def _is_refused(reader: HeaderReader, code: str) -> bool:
    return any(problem.code == code for problem in reader.problems)


def _recurrence(reader: HeaderReader) -> Recurrence | None:
    text = reader.document.text("event-repeat")
    if not text:
        return None
    try:
        return parse_recurrence(text)
    except RecurrenceRefused as refused:
        message = f"повторення «{shorten(text, 80)}»: {refused}"
        reader.refuse("event-repeat", refused.code, message, refused.fix)
        return None


def _must_end_after_start(reader: HeaderReader, event: Event) -> None:
    """An end before the start; a bare day as the end is that whole day."""
    if event.end is None:
        return
    whole_day = not (event.start.has_time and event.end.has_time)
    # By the clock on the wall and by the hours that pass: 3:30–4:00 of the night that has no hour after 3 is in order,
    # and so is 3:30 until 3:10 of the night that has it twice.
    is_before = event.end.day < event.start.day or (
        not whole_day
        and event.end.when < event.start.when
        and event.end.aware.timestamp() < event.start.aware.timestamp()
    )
    if is_before:
        reader.refuse("event-end", "event-order", "подія закінчується раніше, ніж починається", "виправте дати")


def _must_be_repeated_within_a_year(reader: HeaderReader, event: Event) -> None:
    recurrence = event.recurrence
    if recurrence is None:
        return
    first: datetime = event.start.when
    if recurrence.until < first:
        message = "подія повторюється до дня, який раніше за її дату"
        reader.refuse("event-repeat", "event-repeat-order", message, "виправте дати")
    elif recurrence.until.date() - first.date() > LONGEST:
        message = f"подія повторюється довше за рік: понад {LONGEST.days} днів"
        fix = "напишіть ближчий день, а на дальші дати дайте нове оголошення"
        reader.refuse("event-repeat", "event-repeat-long", message, fix)
    elif not recurrence.days(first):
        reader.refuse("event-repeat", "event-repeat-none", "«крім» забирає всі дні події", REPEAT_ADVICE)
    else:
        for day in recurrence.not_days(first):
            message = f"у день {day:%d.%m.%Y}, названий після «крім», події й так немає"
            line = reader.document.line("event-repeat")
            fix = "перевірте дату або приберіть її"
            reader.problems.append(warning(reader.path, line, "event-repeat-except", message, fix))
