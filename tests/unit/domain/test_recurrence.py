"""Repeated events: what editors write, and the days that it means, held against dateutil's rules of RFC 5545."""

from datetime import date, datetime, timedelta

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.recurrence import Frequency, Recurrence, RecurrenceRefused, parse_recurrence

END_OF_MARCH_26 = datetime(2022, 3, 26, 23, 59, 59, 999999)
RULES = {
    Frequency.DAILY: {"freq": rrule.DAILY},
    Frequency.WEEKLY: {"freq": rrule.WEEKLY},
    Frequency.FORTNIGHTLY: {"freq": rrule.WEEKLY, "interval": 2},
    Frequency.MONTHLY: {"freq": rrule.MONTHLY},
    Frequency.YEARLY: {"freq": rrule.YEARLY},
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("щодня до 26.03.2022", Recurrence(Frequency.DAILY, END_OF_MARCH_26)),
        ("daily until 2022-03-26", Recurrence(Frequency.DAILY, END_OF_MARCH_26)),
        ("Щотижня до 26 березня 2022 року", Recurrence(Frequency.WEEKLY, END_OF_MARCH_26)),
        ("WEEKLY UNTIL 26.03.2022", Recurrence(Frequency.WEEKLY, END_OF_MARCH_26)),
        ("що  два тижні, до субота, 26 березня 2022", Recurrence(Frequency.FORTNIGHTLY, END_OF_MARCH_26)),
        ("every two weeks until 26.03.2022", Recurrence(Frequency.FORTNIGHTLY, END_OF_MARCH_26)),
        ("щомісяця до 26.03.2022", Recurrence(Frequency.MONTHLY, END_OF_MARCH_26)),
        ("monthly until 26.03.2022", Recurrence(Frequency.MONTHLY, END_OF_MARCH_26)),
        ("щороку до 26.03.2022", Recurrence(Frequency.YEARLY, END_OF_MARCH_26)),
        ("yearly until 26.03.2022", Recurrence(Frequency.YEARLY, END_OF_MARCH_26)),
        ("щодня до 26.03.2022 14:30", Recurrence(Frequency.DAILY, datetime(2022, 3, 26, 14, 30))),
        ("щодня до 2022-03-26T12:30:00Z", Recurrence(Frequency.DAILY, datetime(2022, 3, 26, 14, 30))),
        ("щодня до 26.03.2022 00:00", Recurrence(Frequency.DAILY, datetime(2022, 3, 26))),
        (
            "щотижня до 26.03.2022, крім 12.03.2022, 05.03.2022",
            Recurrence(Frequency.WEEKLY, END_OF_MARCH_26, (date(2022, 3, 5), date(2022, 3, 12))),
        ),
        (
            "weekly until 2022-03-26 except 2022-03-05; 2022-03-05",
            Recurrence(Frequency.WEEKLY, END_OF_MARCH_26, (date(2022, 3, 5),)),
        ),
        (
            "щотижня до 26.03.2022, крім субота, 5 березня 2022, 14:30, 12 березня 2022 р.",
            Recurrence(Frequency.WEEKLY, END_OF_MARCH_26, (date(2022, 3, 5), date(2022, 3, 12))),
        ),
        (
            "щотижня крім 05.03.2022 до 26.03.2022",
            Recurrence(Frequency.WEEKLY, END_OF_MARCH_26, (date(2022, 3, 5),)),
        ),
    ],
)
def test_it_is_read_in_both_languages_with_dates_in_every_form(text, expected):
    assert parse_recurrence(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("щотижня", "event-repeat-endless", "до якого дня"),
        ("weekly", "event-repeat-endless", "до якого дня"),
        ("щотижня до", "event-repeat-endless", "до якого дня"),
        ("щотижня, крім 05.03.2022", "event-repeat-endless", "до якого дня"),
        ("щотижні до 26.03.2022", "event-repeat-format", "як часто: «щотижні»"),
        ("раз на рік до 26.03.2022", "event-repeat-format", "як часто"),
        ("до 26.03.2022", "event-repeat-format", "не сказано, як часто"),
        ("щотижня до 31.02.2022", "date-format", "не існує"),
        ("щотижня до весни", "date-format", "незрозуміла"),
        ("щотижня до 26.03.2022 до 27.03.2022", "event-repeat-format", "двічі"),
        ("щотижня до 26.03.2022, крім", "event-repeat-format", "після «крім» немає дат"),
        ("щотижня до 26.03.2022, крім 12/03/22", "date-format", "12/03/22"),
        ("щотижня до понеділок, 26 березня 2022", "date-weekday", "не той день тижня"),
    ],
)
def test_what_is_wrong_is_said(text, code, said):
    with pytest.raises(RecurrenceRefused) as refused:
        parse_recurrence(text)
    assert refused.value.code == code
    assert said in str(refused.value)
    assert refused.value.fix


def test_a_slip_is_answered_by_the_right_word():
    with pytest.raises(RecurrenceRefused) as refused:
        parse_recurrence("щотиждня до 26.03.2022")
    assert refused.value.fix == "можливо, «щотижня»?"


def days(frequency, first, until, *excepted):
    return Recurrence(frequency, until, excepted).days(first)


def test_a_month_without_the_day_is_skipped():
    assert days(Frequency.MONTHLY, datetime(2022, 1, 31), datetime(2022, 6, 30, 23, 59)) == (
        date(2022, 1, 31), date(2022, 3, 31), date(2022, 5, 31),
    )  # fmt: skip


def test_a_year_without_the_29th_of_february_is_skipped():
    assert days(Frequency.YEARLY, datetime(2024, 2, 29), datetime(2025, 2, 28, 23, 59)) == (date(2024, 2, 29),)


def test_the_last_day_counts_unless_a_time_ends_it_earlier():
    first = datetime(2022, 3, 12, 14)
    assert days(Frequency.WEEKLY, first, END_OF_MARCH_26)[-1] == date(2022, 3, 26)
    assert days(Frequency.WEEKLY, first, datetime(2022, 3, 26, 14))[-1] == date(2022, 3, 26)
    assert days(Frequency.WEEKLY, first, datetime(2022, 3, 26, 13, 59))[-1] == date(2022, 3, 19)


def test_an_excepted_day_that_is_none_anyway_is_known():
    weekly = Recurrence(Frequency.WEEKLY, END_OF_MARCH_26, (date(2022, 3, 5), date(2022, 3, 6), date(2022, 4, 2)))
    assert weekly.not_days(datetime(2022, 3, 5)) == (date(2022, 3, 6), date(2022, 4, 2))


def test_the_words_are_the_editors_own_form():
    text = "щотижня до 26.03.2022, крім 05.03.2022"
    assert parse_recurrence(parse_recurrence(text).words) == parse_recurrence(text)


MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2080, 12, 31)).map(
    lambda when: when.replace(second=0, microsecond=0)
)


@given(st.sampled_from(Frequency), MOMENTS, st.integers(0, 366), st.sets(st.integers(0, 366), max_size=8))
def test_the_days_are_those_of_rfc_5545(frequency, first, length, offsets):
    until = datetime.combine(first.date() + timedelta(days=length), datetime.max.time())
    excepted = tuple(sorted(first.date() + timedelta(days=offset) for offset in offsets))
    expected = [
        when.date()
        for when in rrule.rrule(dtstart=first, until=until, **RULES[frequency])
        if when.date() not in excepted
    ]

    assert list(Recurrence(frequency, until, excepted).days(first)) == expected


@given(st.text(max_size=60) | st.sampled_from(["щодня до ", "until until", "крім крім", "щодня до 1, крім ,;,"]))
def test_any_text_is_read_or_refused(text):
    try:
        parse_recurrence(text)
    except RecurrenceRefused as refused:
        assert refused.code
        assert refused.fix
