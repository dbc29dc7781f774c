"""When an alert begins and ends, as a person says it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.alert import alert_times, parse_begin, parse_end, written_moment
from hromada.domain.dates import DateRefused

NOON = datetime(2022, 1, 15, 12)


def at(day, hour=0, minute=0, month=1):
    return datetime(2022, month, day, hour, minute)


@pytest.mark.parametrize(
    ("now", "since", "until", "begin", "end"),
    [
        (NOON, "", "18:00", None, at(15, 18)),
        (NOON, "", "18.30", None, at(15, 18, 30)),
        (NOON, "", "о 18:00", None, at(15, 18)),
        (NOON, "", "12:00", None, at(16, 12)),  # this minute is over
        (NOON, "", "12:01", None, at(15, 12, 1)),
        (NOON, "", "6:00", None, at(16, 6)),
        (NOON, "", "24:00", None, at(16)),
        (NOON, "", "00:00", None, at(16)),
        (at(15, 23, 59), "", "23:59", None, at(16, 23, 59)),
        (at(15, 23, 59), "", "24:00", None, at(16)),
        (at(31, 22), "", "06:00", None, at(1, 6, month=2)),
        (NOON, "", "15.01.2022", None, at(16)),
        (NOON, "", "2022-01-16 09:30", None, at(16, 9, 30)),
        (NOON, "", "16 січня 2022 року, 9:30", None, at(16, 9, 30)),
        (NOON, "08:00", "16:00", at(15, 8), at(15, 16)),
        (NOON, "14:00", "16:00", at(15, 14), at(15, 16)),
        (at(15, 22), "06:00", "09:00", at(16, 6), at(16, 9)),
        (at(15, 7), "22:00", "06:00", at(15, 22), at(16, 6)),
        (NOON, "08:00", "17.01.2022 16:00", at(15, 8), at(17, 16)),
        (NOON, "з 14:00", "до 16:00", at(15, 14), at(15, 16)),
        (NOON, "16.01.2022", "18:00", at(16), at(16, 18)),
        (NOON, "16.01.2022 20:00", "06:00", at(16, 20), at(17, 6)),
        (NOON, "16.01.2022", "17.01.2022", at(16), at(18)),
    ],
)
def test_a_time_alone_is_the_next_one(now, since, until, begin, end):
    assert alert_times(since, until, now) == (begin, end)


@pytest.mark.parametrize("text", ["25:00", "24:30", "18", "18:60", "завтра", "1:2", "18:00:00", "-1:00", ""])
def test_a_time_that_is_none_is_refused(text):
    with pytest.raises(DateRefused):
        alert_times("", text, NOON)


clocks = st.times().map(lambda clock: f"{clock:%H:%M}")
moments = st.datetimes(datetime(2021, 1, 1), datetime(2031, 1, 1))


@given(moments, clocks)
def test_an_end_is_within_a_day_and_still_to_come(now, until):
    _, end = alert_times("", until, now)
    assert now < end <= now + timedelta(days=1)


@given(moments, clocks, clocks)
def test_times_alone_are_of_one_day_and_a_night(now, since, until):
    begin, end = alert_times(since, until, now)
    assert begin < end <= begin + timedelta(days=1)


@given(moments.map(lambda moment: moment.replace(microsecond=0)))
def test_what_is_written_is_read_as_the_same_moment(moment):
    assert parse_end(written_moment(moment, is_end=True)) == moment
    assert parse_begin(written_moment(moment)) == moment
