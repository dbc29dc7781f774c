"""Events: their occurrences, when each is over, what falls due, the window of the calendar file."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.event import Event, EventMoment, Occurrence, calendar_begin, due_moments
from hromada.domain.recurrence import Frequency, Recurrence


def at(*when):
    return EventMoment(datetime(*when), has_time=len(when) > 3)


@pytest.mark.parametrize(
    ("start", "end", "last_day", "over"),
    [
        (at(2022, 1, 22), None, date(2022, 1, 22), "2022-01-23T00:00:00+02:00"),
        (at(2022, 1, 22, 11), None, date(2022, 1, 22), "2022-01-23T00:00:00+02:00"),
        (at(2022, 1, 22, 11), at(2022, 1, 22, 15), date(2022, 1, 22), "2022-01-22T15:00:00+02:00"),
        (at(2022, 1, 22, 11), at(2022, 1, 22), date(2022, 1, 22), "2022-01-23T00:00:00+02:00"),
        (at(2022, 1, 22, 22), at(2022, 1, 23, 0), date(2022, 1, 22), "2022-01-23T00:00:00+02:00"),
        (at(2022, 1, 22, 22), at(2022, 1, 23, 1), date(2022, 1, 23), "2022-01-23T01:00:00+02:00"),
        (at(2022, 1, 22), at(2022, 1, 24), date(2022, 1, 24), "2022-01-25T00:00:00+02:00"),
        (at(2021, 6, 30, 23, 59), None, date(2021, 6, 30), "2021-07-01T00:00:00+03:00"),
        (at(2022, 3, 27, 1), at(2022, 3, 27, 5), date(2022, 3, 27), "2022-03-27T05:00:00+03:00"),
        (at(2022, 10, 30, 1), at(2022, 10, 30, 5), date(2022, 10, 30), "2022-10-30T05:00:00+02:00"),
    ],
)
def test_an_occurrence_is_over_at_its_end_else_with_its_day(start, end, last_day, over):
    one = Occurrence(start, end)

    assert (one.last_day, one.over_aware.isoformat()) == (last_day, over)


def test_the_minute_of_the_end_is_over():
    one = Occurrence(at(2022, 1, 22, 11), at(2022, 1, 22, 15))

    assert not one.is_over(datetime(2022, 1, 22, 14, 59))
    assert one.is_over(datetime(2022, 1, 22, 15))


def test_the_later_one_of_a_doubled_hour_keeps_its_offset():
    later = EventMoment.of(datetime(2022, 10, 30, 3, 30, fold=1), has_time=True)

    assert later.aware.isoformat() == "2022-10-30T03:30:00+02:00"
    assert at(2022, 10, 30, 3, 30).aware.isoformat() == "2022-10-30T03:30:00+03:00"


def test_occurrences_keep_hour_and_length_over_the_change_of_the_clock():
    weekly = Recurrence(Frequency.WEEKLY, datetime(2022, 4, 2, 23, 59), (date(2022, 3, 19),))
    event = Event(at(2022, 3, 19, 11), at(2022, 3, 19, 15), recurrence=weekly)

    assert [(one.start.aware.isoformat(), one.over_aware.isoformat()) for one in event.occurrences()] == [
        ("2022-03-26T11:00:00+02:00", "2022-03-26T15:00:00+02:00"),
        ("2022-04-02T11:00:00+03:00", "2022-04-02T15:00:00+03:00"),
    ]
    assert event.last_day == date(2022, 4, 2)


def test_a_slip_in_the_year_of_the_end_makes_no_list_of_centuries():
    event = Event(at(2022, 1, 22), at(2202, 1, 22))

    assert len(event.days()) == 366


@pytest.mark.parametrize(
    ("today", "begin"),
    [(date(2022, 1, 15), date(2021, 1, 1)), (date(2024, 2, 29), date(2023, 2, 1)), (date(2021, 12, 31), date(2020, 12, 1))],
)  # fmt: skip
def test_the_calendar_file_goes_a_year_back(today, begin):
    assert calendar_begin(today) == begin


MOMENTS = st.datetimes(datetime(2019, 1, 1), datetime(2023, 12, 31))


@given(MOMENTS, st.booleans(), st.none() | st.tuples(st.integers(0, 100), st.booleans()), MOMENTS, MOMENTS)
def test_lists_change_only_at_due_moments(start, has_time, length, one, other):
    """Between two moments without a due one, nothing that lists show of an event changes."""
    begin = EventMoment(start if has_time else datetime.combine(start.date(), datetime.min.time()), has_time)
    end = EventMoment(datetime.fromordinal(start.toordinal() + length[0] + 1), length[1]) if length else None
    event = Event(begin, end)
    before, after = sorted((one, other))

    def shown(moment):
        occurrence = event.next_occurrence(moment)
        going_on = occurrence is not None and occurrence.start.day < moment.date()
        went_on = going_on and occurrence.last_day > occurrence.start.day
        return occurrence, went_on, event.last_day >= calendar_begin(moment.date())

    if not any(before < due <= after for due in due_moments(event)):
        assert shown(before) == shown(after)
