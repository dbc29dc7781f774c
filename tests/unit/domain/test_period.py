from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.numerals import Case
from hromada.domain.period import PeriodRefused, parse_period


@pytest.mark.parametrize(
    ("text", "first", "last", "title"),
    [
        ("2021-H1", "2021-01-01", "2021-06-30", "I півріччя 2021 року"),
        ("2021-H2", "2021-07-01", "2021-12-31", "II півріччя 2021 року"),
        ("2021-h2", "2021-07-01", "2021-12-31", "II півріччя 2021 року"),
        ("2021-Q3", "2021-07-01", "2021-09-30", "III квартал 2021 року"),
        ("2021-Q4", "2021-10-01", "2021-12-31", "IV квартал 2021 року"),
        ("2021-07", "2021-07-01", "2021-07-31", "липень 2021 року"),
        ("2020-02", "2020-02-01", "2020-02-29", "лютий 2020 року"),
        ("2021-9M", "2021-01-01", "2021-09-30", "9 місяців 2021 року"),
        ("2021-W31", "2021-08-02", "2021-08-08", "тиждень з 02.08.2021 по 08.08.2021"),
        ("2020-W53", "2020-12-28", "2021-01-03", "тиждень з 28.12.2020 по 03.01.2021"),
        ("2021", "2021-01-01", "2021-12-31", "2021 рік"),
        ("2020-07-01..2021-12-31", "2020-07-01", "2021-12-31", "період з 01.07.2020 по 31.12.2021"),
    ],
)
def test_a_period_has_both_its_ends_and_its_official_name(text, first, last, title):
    period = parse_period(text)

    assert (period.first, period.last, period.title) == (date.fromisoformat(first), date.fromisoformat(last), title)


@pytest.mark.parametrize(
    "text",
    ["", "2021-H3", "2021-Q5", "2021-13", "2021-00", "2021-W54", "2021-W00", "21-H1", "2021-12-31..2020-07-01",
     "2021-02-30..2021-03-01", "0000", "літо 2021", "2021-H2 "*2],
)  # fmt: skip
def test_what_is_no_period_is_refused(text):
    with pytest.raises(PeriodRefused):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "case", "words"),
    [
        ("2021-H2", Case.LOCATIVE, "II півріччі 2021 року"),
        ("2021-07", Case.LOCATIVE, "липні 2021 року"),
        ("2021-02", Case.GENITIVE, "лютого 2021 року"),
        ("2021-11", Case.GENITIVE, "листопада 2021 року"),
        ("2021-Q1", Case.GENITIVE, "I кварталу 2021 року"),
        ("2021", Case.LOCATIVE, "2021 році"),
    ],
)
def test_a_periods_name_declines(text, case, words):
    assert parse_period(text).in_case(case) == words


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_lies_in_exactly_one_half_year_quarter_and_month(day):
    for kinds in (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), [f"{month:02d}" for month in range(1, 13)]):
        periods = [parse_period(f"{year}-{kind}") for year in (day.year - 1, day.year, day.year + 1) for kind in kinds]

        assert sum(day in period for period in periods) == 1


@given(st.integers(1950, 2100), st.sampled_from(["H1", "Q1", "Q2", "Q3", "03", "11"]))
def test_neighbouring_periods_touch_and_never_overlap(year, kind):
    period = parse_period(f"{year}-{kind}")
    following = f"{kind[0]}{int(kind[1]) + 1}" if kind[0] in "HQ" else f"{int(kind) + 1:02d}"
    after = parse_period(f"{year}-{following}")

    assert after.first - period.last == timedelta(days=1)


def test_months_of_a_window_over_years_are_all_there():
    months = parse_period("2020-07-01..2021-12-31").months

    assert [months[0].id, months[5].id, months[6].id, months[-1].id, len(months)] == [
        "2020-07", "2020-12", "2021-01", "2021-12", 18,
    ]  # fmt: skip
