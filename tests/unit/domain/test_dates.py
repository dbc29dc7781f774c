from datetime import date, datetime, timedelta, timezone

import pytest

from hromada.domain.dates import Clock, DateRefused, parse_day, parse_moment, to_kyiv


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2021-07-05", datetime(2021, 7, 5)),
        ("2021-07-05 14:30", datetime(2021, 7, 5, 14, 30)),
        ("2021-07-05 14:30:15", datetime(2021, 7, 5, 14, 30, 15)),
        ("05.07.2021", datetime(2021, 7, 5)),
        ("05.07.2021 14:30", datetime(2021, 7, 5, 14, 30)),
        ("  05.07.2021  ", datetime(2021, 7, 5)),
        ("2021-07-05T14:30:00+03:00", datetime(2021, 7, 5, 14, 30)),
        ("2021-07-05T14:30:00Z", datetime(2021, 7, 5, 17, 30)),
        ("2021-12-05T14:30Z", datetime(2021, 12, 5, 16, 30)),
        ("2021-07-05T14:30:00.000Z", datetime(2021, 7, 5, 17, 30)),
        ("2021-07-05 14:30:00 +0300", datetime(2021, 7, 5, 14, 30)),
        ("2021-07-05T14:30:00+03", datetime(2021, 7, 5, 14, 30)),
    ],
)
def test_every_form_of_the_contract_is_read_as_kyiv_time(text, moment):
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "2021", "2021-09", "12/03/21", "31.02.2021", "5 липня", "12.03.25", "2021-13-01", "0000-01-01",
     "2021-7-5", "5.7.2021", "2021-07-05T14:30", "2021-07-05 25:00", "2021-07-05 14:60", "вчора", "2021-07-05 14",
     "2021-07-05 14:30 по обіді", "٢٠٢١-٠٧-٠٥", "2021-07-05T14:30+99:00"],
)  # fmt: skip
def test_anything_else_is_refused(text):
    with pytest.raises(DateRefused):
        parse_moment(text)


@pytest.mark.parametrize("text", ["1900-01-01", "2999-12-31 23:59:59", "2999-12-31T23:59:59+02:00"])
def test_a_year_from_1900_to_2999_is_possible(text):
    assert parse_moment(text)


@pytest.mark.parametrize(
    "text",
    ["0000-01-01", "0001-01-01", "01.01.1899", "1899-12-31 23:59:59", "1900-01-01T00:00:00+14:00", "2999-12-31T23:59:59Z",
     "3000-01-01", "31.12.9999", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"],
)  # fmt: skip
def test_a_year_before_or_after_is_not(text):
    with pytest.raises(DateRefused, match="неможливий"):
        parse_moment(text)


@pytest.mark.parametrize("moment", [datetime.min, datetime.max])
@pytest.mark.parametrize("hours", [-23, 0, 23])
def test_a_moment_with_a_zone_at_the_ends_of_all_time_is_refused(moment, hours):
    with pytest.raises(DateRefused, match="неможливий"):
        to_kyiv(moment.replace(tzinfo=timezone(timedelta(hours=hours))), "текст")


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31", "9999-12-31T23:59"])
def test_today_is_of_a_possible_year(text):
    with pytest.raises(DateRefused, match=f"^TODAY: рік у даті «{text[:10]}.*» неможливий, напишіть 2022-01-15"):
        Clock.parse(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-06-30T20:59:59Z", date(2021, 6, 30)),
        ("2021-06-30T21:00:00Z", date(2021, 7, 1)),
        ("2021-12-31T21:59:59Z", date(2021, 12, 31)),
        ("2021-12-31T22:00:00Z", date(2022, 1, 1)),
        ("2021-06-30 23:59", date(2021, 6, 30)),
        ("2021-07-01 00:00", date(2021, 7, 1)),
    ],
)
def test_the_kyiv_day_counts_at_the_half_years_border(text, day):
    assert parse_day(text) == day


@pytest.mark.parametrize("text", ["2021-03-28 03:30", "2021-10-31 03:30"])
def test_an_hour_that_the_clock_change_skips_or_doubles_keeps_its_day(text):
    assert parse_day(text) == date.fromisoformat(text[:10])


def test_today_is_the_end_of_its_day():
    clock = Clock.parse("2022-01-15")

    assert datetime(2022, 1, 15, 23, 59, 59) <= clock.moment < datetime(2022, 1, 16)


def test_today_may_name_a_minute():
    assert Clock.parse("2022-01-15T09:05").moment == datetime(2022, 1, 15, 9, 5)


@pytest.mark.parametrize("text", ["15.01.2022", "2022-01", "сьогодні", "2022-01-15 09:05", "2022-02-30"])
def test_an_unclear_today_is_refused(text):
    with pytest.raises(DateRefused):
        Clock.parse(text)
