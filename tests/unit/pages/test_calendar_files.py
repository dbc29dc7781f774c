"""Calendar files against the icalendar library's reader, the zone database and our own occurrences."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.event import Event, EventMoment, EventState
from hromada.domain.recurrence import Frequency, Recurrence
from hromada.pages.calendar_files import calendar_file
from hromada.pages.event_pages import CalendarEntry
from hromada.verification.machine_files import read_calendar

KYIV = ZoneInfo("Europe/Kyiv")
ADDRESS = "https://rada.example/sait"


def at(*when):
    return EventMoment(datetime(*when), has_time=len(when) > 3)


def entry(event, **changes):
    base = CalendarEntry("/news/x-2022-01-10/", "Назва", "/news/x-2022-01-10/", "", event, date(2022, 1, 10),
                         "2022-01-10T14:30:00+02:00", 0)  # fmt: skip
    return base._replace(**changes)


def written(event, **changes):
    raw = calendar_file("", ADDRESS, [entry(event, **changes)])
    assert list(read_calendar(raw)) == [f"{ADDRESS}/news/x-2022-01-10/"]
    (one,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    return one


def test_the_zone_is_what_the_zone_database_says():
    calendar = icalendar.Calendar.from_ical(calendar_file("Рада", ADDRESS, []))
    (zone,) = calendar.walk("VTIMEZONE")
    ours = zone.to_tz(lookup_tzid=False)
    moments = [datetime(1998, 1, 1, 12) + timedelta(hours=5 * number) for number in range(60_000)]  # until 2032
    clear = [moment for moment in moments if moment.hour not in (3, 4)]

    assert clear[-1].year > 2031
    assert [moment for moment in clear if ours.utcoffset(moment.replace(tzinfo=ours)) != KYIV.utcoffset(moment)] == []


def test_an_hour_that_comes_twice_is_written_in_utc():
    event = Event(
        EventMoment(datetime(2022, 10, 30, 3, 30)), EventMoment(datetime(2022, 10, 30, 3, 10), is_second=True)
    )
    one = written(event)

    assert (one["DTSTART"].dt, one["DTEND"].dt) == (
        datetime(2022, 10, 30, 0, 30, tzinfo=UTC),
        datetime(2022, 10, 30, 1, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("event", "start", "end"),
    [
        (Event(at(2022, 1, 22)), date(2022, 1, 22), date(2022, 1, 23)),
        (Event(at(2022, 1, 22), at(2022, 1, 24)), date(2022, 1, 22), date(2022, 1, 25)),
        (Event(at(2022, 1, 22), at(2022, 1, 22, 15)), date(2022, 1, 22), date(2022, 1, 23)),
        (
            Event(at(2022, 1, 22, 11), at(2022, 1, 22)),
            datetime(2022, 1, 22, 11, tzinfo=KYIV),
            datetime(2022, 1, 23, tzinfo=KYIV),
        ),
        (Event(at(2022, 1, 22, 11), at(2022, 1, 22, 11)), datetime(2022, 1, 22, 11, tzinfo=KYIV), None),
        (Event(at(2022, 1, 22, 11)), datetime(2022, 1, 22, 11, tzinfo=KYIV), None),
    ],
)
def test_begin_and_end_are_of_one_type(event, start, end):
    one = written(event)

    assert one["DTSTART"].dt == start
    assert (one["DTEND"].dt if "DTEND" in one else None) == end


def test_a_cancelled_event_says_so_twice():
    one = written(Event(at(2022, 1, 22), state=EventState.CANCELLED))

    assert (str(one["SUMMARY"]), one["STATUS"]) == ("Скасовано: Назва", "CANCELLED")


def test_lines_are_folded_between_letters():
    title = "Зустріч, на якій говоритимуть про воду; дороги \\ світло " * 5
    raw = calendar_file("", ADDRESS, [entry(Event(at(2022, 1, 22)), title=title)])

    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert [line for line in raw.split(b"\r\n") if line.decode("utf-8") is None] == []
    assert str(icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]["SUMMARY"]) == title


def test_nothing_comes_from_the_clock_or_the_host():
    event = Event(at(2022, 1, 22, 11), at(2022, 1, 22, 15), "Площа")

    assert calendar_file("", ADDRESS, [entry(event)]) == calendar_file("", ADDRESS, [entry(event)])
    assert written(event)["UID"] == "news/x-2022-01-10@hromada"
    assert written(event)["DTSTAMP"].dt == datetime(2022, 1, 10, 12, 30, tzinfo=UTC)


STARTS = st.datetimes(datetime(2015, 1, 1), datetime(2030, 12, 31)).map(
    lambda when: when.replace(hour=when.hour if when.hour not in (3, 4) else 5, second=0, microsecond=0)
)


@given(st.sampled_from(Frequency), STARTS, st.booleans(), st.integers(0, 366), st.sets(st.integers(0, 366), max_size=6))
def test_a_program_that_reads_the_rule_finds_our_occurrences(frequency, start, has_time, length, offsets):
    begin = EventMoment(start if has_time else datetime.combine(start.date(), datetime.min.time()), has_time)
    until = datetime.combine(start.date() + timedelta(days=length), datetime.max.time())
    excepted = tuple(sorted(start.date() + timedelta(days=offset) for offset in offsets))
    event = Event(begin, recurrence=Recurrence(frequency, until, excepted))
    occurrences = event.occurrences()
    if not occurrences:
        return  # such a header is refused
    one = written(event)
    text = one["RRULE"].to_ical().decode()
    if has_time:  # dateutil wants a naive end for a naive begin
        last = datetime.strptime(text.partition("UNTIL=")[2].partition(";")[0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        text = text.replace(f"{last:%Y%m%dT%H%M%SZ}", f"{last.astimezone(KYIV):%Y%m%dT%H%M%S}")
    first = one["DTSTART"].dt
    naive = first.replace(tzinfo=None) if has_time else datetime.combine(first, datetime.min.time())
    days = [when.date() for when in rrule.rrulestr(text, dtstart=naive)]
    left_out = [part.dt for part in one["EXDATE"].dts] if "EXDATE" in one else []
    skipped = {day.date() if has_time else day for day in left_out}

    assert skipped <= set(days)
    assert [day for day in days if day not in skipped] == [found.start.day for found in occurrences]
