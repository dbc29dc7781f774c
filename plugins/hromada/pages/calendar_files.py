"""Calendar files (iCalendar, RFC 5545): one event beside its page, all of them to subscribe to.

Nothing in them comes from the host or the clock: an event is known by its site path, its stamp is its last change. So
programs that subscribe update what they have, also of an event that was moved.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as CalendarEvent

from hromada.domain.dates import KYIV
from hromada.domain.event import Event, EventMoment, EventState, Occurrence
from hromada.domain.recurrence import Frequency, Recurrence
from hromada.pages.event_pages import CalendarEntry

_PRODUCT = "-//hromada//events//UK"
_ASKED_AGAIN = timedelta(hours=6)
_RULES: dict[Frequency, dict[str, object]] = {
    Frequency.DAILY: {"freq": "daily"},
    Frequency.WEEKLY: {"freq": "weekly"},
    Frequency.FORTNIGHTLY: {"freq": "weekly", "interval": 2},
    Frequency.MONTHLY: {"freq": "monthly"},  # a month without the day is skipped by this rule, too
    Frequency.YEARLY: {"freq": "yearly"},
}


def calendar_file(name: str, address: str, entries: Iterable[CalendarEntry]) -> bytes:
    """The calendar of these events; with a name it is one to subscribe to. `address` is the site's."""
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", _ASKED_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT6H")
    events = [_event(entry, address) for entry in entries]
    if name or any(entry.event.start.has_time for entry in entries):  # a calendar must not be empty
        calendar.add_component(_kyiv())
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, address: str) -> CalendarEvent:
    event, stamp = entry.event, datetime.fromisoformat(entry.stamp).astimezone(UTC)
    first = event.occurrences()[0]
    component = CalendarEvent()
    component.add("uid", f"{entry.id.strip('/')}@hromada")
    component.add("dtstamp", stamp)
    component.add("last-modified", stamp)
    component.add("sequence", entry.sequence)
    # Programs that know no status would show a cancelled event as any other.
    component.add("summary", f"Скасовано: {entry.title}" if event.is_cancelled else entry.title)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    for key, value in _when(first).items():
        component.add(key, value)
    if event.recurrence:
        _repeat(component, event.recurrence, event, first)
    if event.place:
        component.add("location", event.place)
    if words := _words(entry):
        component.add("description", words)
    component.add("url", f"{address}{entry.path}")
    if not first.start.has_time:
        component.add("transp", "TRANSPARENT")  # a whole day of the community does not make its people busy
    return component


def _when(occurrence: Occurrence) -> dict[str, date | datetime]:
    """Begin and end of one type; the end of whole days is the day after the last one. No end equals the begin (RFC 5545)."""
    start, end = occurrence.start, occurrence.end
    if not start.has_time:
        return {"dtstart": start.day, "dtend": occurrence.last_day + timedelta(days=1)}
    moments = {"dtstart": start.aware}
    if end is not None and occurrence.over_aware.timestamp() > start.aware.timestamp():
        moments["dtend"] = occurrence.over_aware
    if start.is_second or (end and end.is_second):  # only UTC tells the two hours of one name apart
        return {key: moment.astimezone(UTC) for key, moment in moments.items()}
    return dict(moments)


def _repeat(component: CalendarEvent, recurrence: Recurrence, event: Event, first: Occurrence) -> None:
    """The rule with its exceptions; excepted days before the first occurrence lie outside of the rule."""
    last = event.occurrences()[-1].start
    component.add("rrule", _RULES[recurrence.frequency] | {"until": _until(last)})
    begins = [
        EventMoment(datetime.combine(day, first.start.when.time()), first.start.has_time) for day in recurrence.excepted
    ]
    inside = [begin for begin in begins if first.start.when < begin.when < last.when]
    skipped = set(recurrence.not_days(event.start.when))
    excepted = [begin.aware if begin.has_time else begin.day for begin in inside if begin.day not in skipped]
    if excepted:
        component.add("exdate", excepted)


def _until(last: EventMoment) -> date | datetime:
    """The last beginning: as a day, or in UTC where the beginning has a zone."""
    return last.aware.astimezone(UTC) if last.has_time else last.day


def _words(entry: CalendarEntry) -> str:
    was = entry.event.was
    time = f"{was.when:%d.%m.%Y %H:%M}" if was and was.has_time else f"{was.day:%d.%m.%Y}" if was else ""
    state = f"Перенесено з {time}." if entry.event.state is EventState.MOVED and was else ""
    return "\n".join(filter(None, (state, entry.summary)))


def _kyiv() -> Timezone:
    """Kyiv's summer and winter time as they have been since 1997; a test compares them with the zone database."""
    zone = Timezone()
    zone.add("tzid", str(KYIV))
    winter, summer = timedelta(hours=2), timedelta(hours=3)
    for part, name, month, begin, before, after in (
        (TimezoneDaylight(), "EEST", 3, datetime(1997, 3, 30, 3), winter, summer),
        (TimezoneStandard(), "EET", 10, datetime(1997, 10, 26, 4), summer, winter),
    ):
        part.add("dtstart", begin)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone
