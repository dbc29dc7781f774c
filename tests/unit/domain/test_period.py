from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.numerals import Case
from hromada.domain.period import PeriodRefused, enclosing_period, file_stem, parse_period


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


@pytest.mark.parametrize(
    ("id", "texts"),
    [
        ("2021-H2", ["ІІ півріччя 2021", "II півріччя 2021 року", "Ⅱ півріччя 2021", "ІI ПІВРІЧЧЯ 2021 РОКУ", "2 півріччя 2021 р.",
                     "2 півріччя 2021р.", "друге півріччя 2021", "Друге  півріччя\u00a02021 року", "2-ге півріччя 2021", "за II півріччя 2021 року",
                     "у другому півріччі 2021 року", "II пiврiччя 2021", "2021-н2", "2021-Н2", "2021–H2", "за 2021-H2", "II півр. 2021",
                     "II півріччя 2021-го року", "протягом другого півріччя 2021 року"]),
        ("2021-H1", ["2021-Н1", "I півріччя 2021", "І півріччя 2021", "1-ше півріччя 2021 р.", "перше півріччя 2021"]),
        ("2021-Q4", ["IV квартал 2021", "ІV квартал 2021", "ІУ квартал 2021", "Ⅳ кв. 2021", "4 кв. 2021", "4 кв 2021 р.", "четвертий квартал 2021",
                     "4-й квартал 2021 року", "у IV кварталі 2021 року"]),
        ("2021-Q3", ["третій квартал 2021 року", "ІІІ квартал 2021", "IІI кварталу 2021", "2021-q3"]),
        ("2021-07", ["липень 2021", "Липень 2021 року", "липня 2021", "за липень 2021 р.", "у липні 2021 року"]),
        ("2021-02", ["лютий 2021", "лютого 2021 року", "у лютому 2021 року"]),
        ("2021-9M", ["9 місяців 2021", "9 мiсяцiв 2021 року", "дев'ять місяців 2021 року", "дев’ять місяців 2021", "девʼять місяців 2021", "девять місяців 2021",
                     "Дев`яти місяців 2021", "2021-9М", "2021-9м", "9 міс. 2021"]),
        ("2021", ["2021 рік", "2021 р.", "2021р.", "2021 року", "за 2021 рік", "у 2021 році", "у 2021-му році", "за 12 місяців 2021", "за 12 місяців 2021 року",
                  "дванадцять місяців 2021 року"]),
        ("2021-W31", ["тиждень 31 2021", "31 тиждень 2021", "31-й тиждень 2021 року", "тиждень №31 2021", "тиждень з 02.08.2021 по 08.08.2021",
                      "тиждень 02.08.2021 – 08.08.2021", "за тиждень з 2 серпня 2021 року по 8 серпня 2021 року"]),
        ("2021-W05", ["5 тиждень 2021", "тиждень 05 2021"]),
        ("2020-W53", ["тиждень з 28.12.2020 по 03.01.2021"]),
        ("2020-07-01..2021-12-31", ["з 01.07.2020 по 31.12.2021", "із 01.07.2020 по 31.12.2021 року", "01.07.2020–31.12.2021", "01.07.2020 - 31.12.2021",
                                    "01.07.2020-31.12.2021", "період з 01.07.2020 по 31.12.2021", "за період з 01.07.2020 р. по 31.12.2021 р.",
                                    "періоді з 01.07.2020 по 31.12.2021", "з 1 липня 2020 року по 31 грудня 2021 року", "2020-07-01 – 2021-12-31",
                                    "01.07.2020..31.12.2021"]),
        ("2021-H2", ["з 01.07.2021 по 31.12.2021", "липень–грудень 2021 року", "липень - грудень 2021", "01.07.2021–31.12.2021",
                     "2021-07-01..2021-12-31"]),
        ("2021-08-01..2021-12-31", ["з 01.08.2021 по 31.12.2021", "серпень–грудень 2021 року"]),
        ("2020-01-01..2020-02-29", ["січень–лютий 2020 року"]),
    ],
)  # fmt: skip
def test_a_period_is_read_as_editors_type_it(id, texts):
    assert {text: parse_period(text).id for text in texts} == dict.fromkeys(texts, id)


@pytest.mark.parametrize(
    "text",
    ["II півріччя", "півріччя 2021", "III півріччя 2021", "5 півріччя 2021", "V квартал 2021", "0 квартал 2021", "IІIІ квартал 2021",
     "квартал 2021", "ll півріччя 2021", "1-2 квартал 2021", "I, II квартал 2021", "3 місяці 2021", "6 місяців 2021", "11 місяців 2021",
     "07.2021", "липень", "липень 21", "липень 2021 2022", "12/03/21", "рік 2021", "2021 місяць", "12 місяців", "54 тиждень 2021",
     "тиждень 0 2021", "тиждень з 03.08.2021 по 09.08.2021", "тиждень з 02.08.2021 по 06.08.2021", "тиждень з 31.02.2021 по 06.03.2021",
     "з 31.12.2021 по 01.07.2020", "з 01.07 по 31.12.2021", "з 1 по 31 липня 2021", "з 01.07.2020 до 31.12.2021", "з 31.02.2021 по 01.03.2021",
     "31.12.2021–01.07.2020", "грудень–липень 2021", "з 07/01/2020 по 12/31/2021", "за", "у", "1821 рік", "II півріччя 1821", "II півріччя 3021",
     "зима 2021", "2021-Т1", "2021-К3", "II півріччя 2021 - I півріччя 2022", "2021/2022 рік", "2021-2022", "2021-2022 роки", "0000 рік",
     "0001", "0001-H1", "1899-W52", "3000", "9999", "9999-H2", "9999-W53", "1899-12-31..2021-12-31", "2021-01-01..3000-01-01", "2999-12-30..3000-01-05",
     "0001-01-01..9999-12-31", "1900-01-01..2000-01-03", "2000-01-01..2999-12-31"],
)  # fmt: skip
def test_what_could_mean_two_things_is_refused(text):
    with pytest.raises(PeriodRefused):
        parse_period(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("колись", "період «колись» незрозумілий"),
        (" III півріччя 2021", "періоду «III півріччя 2021» не існує"),
        ("з 31.12.2021 по 01.07.2020", "період «з 31.12.2021 по 01.07.2020» закінчується раніше, ніж починається"),
        ("з 31.02.2021 по 01.03.2021", "період «з 31.02.2021 по 01.03.2021»: дати «2021-02-31» не існує"),
        ("тиждень з 02.08.2021 по 06.08.2021", "«тиждень з 02.08.2021 по 06.08.2021» триває не з понеділка по неділю"),
    ],
)
def test_a_refusal_quotes_what_was_typed(text, message):
    with pytest.raises(PeriodRefused) as refused:
        parse_period(text)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("2021-01-01..2021-06-30", "2021-H1"),
        ("2021-10-01..2021-12-31", "2021-Q4"),
        ("2020-02-01..2020-02-29", "2020-02"),
        ("2021-01-01..2021-09-30", "2021-9M"),
        ("01.01.2021–31.12.2021", "2021"),
        ("2020-12-28..2021-01-03", "2020-W53"),
        ("2018-12-31..2019-01-06", "2019-W01"),
        ("2020-02-01..2020-02-28", "2020-02-01..2020-02-28"),
        ("2021-01-01..2022-12-31", "2021-01-01..2022-12-31"),
        ("2021-07-02..2021-12-31", "2021-07-02..2021-12-31"),
        ("2021-08-03..2021-08-09", "2021-08-03..2021-08-09"),
        ("2999-12-30..2999-12-31", "2999-12-30..2999-12-31"),
        ("1900-01-01..2000-01-01", "1900-01-01..2000-01-01"),
    ],
)
def test_the_same_days_have_one_id(text, id):
    assert parse_period(text).id == id


@pytest.mark.parametrize(
    ("ids", "covering_id"),
    [
        (["2021-H2"], "2021-H2"),
        (["2021-Q3", "2021-Q4"], "2021-H2"),
        (["2021-H2", "2020-07-01..2021-06-30"], "2020-07-01..2021-12-31"),
    ],
)
def test_a_covering_period_holds_all(ids, covering_id):
    assert enclosing_period(map(parse_period, ids)).id == covering_id


DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
PARTS = ["", "-H1", "-H2", "-9M", *(f"-Q{n}" for n in range(1, 5)), *(f"-{n:02d}" for n in range(1, 13))]
CALENDAR = st.builds(lambda year, part: parse_period(f"{year}{part}"), st.integers(1900, 2999), st.sampled_from(PARTS))
WEEKS = st.builds(
    lambda day: parse_period(f"{day.isocalendar()[0]}-W{day.isocalendar()[1]:02d}"),
    DAYS.filter(lambda day: day.year < 2999),
)
RANGES = st.builds(
    lambda day, length: parse_period(f"{day}..{min(day + timedelta(length), date(2999, 12, 31))}"),
    DAYS,
    st.integers(0, 36_525),
)
PERIODS = CALENDAR | WEEKS | RANGES


@given(
    PERIODS, st.sampled_from(Case), st.sampled_from([str, str.upper, str.casefold]), st.sampled_from(["", "за ", "у "])
)
def test_every_printed_name_is_read_back_in_every_case(period, case, typed, before):
    assert parse_period(period.id) == period
    assert parse_period(before + typed(period.in_case(case))) == period
    assert parse_period(typed(period.title).replace("I", "І").replace(" ", "\u00a0")) == period


@given(CALENDAR | WEEKS)
def test_a_calendar_period_is_known_by_its_days(period):
    assert parse_period(f"{period.first}..{period.last}") == period


@pytest.mark.parametrize(
    ("id", "previous", "year_before"),
    [
        ("2021-H2", "2021-H1", "2020-H2"),
        ("2021-H1", "2020-H2", "2020-H1"),
        ("2021-Q1", "2020-Q4", "2020-Q1"),
        ("2021-Q4", "2021-Q3", "2020-Q4"),
        ("2021-01", "2020-12", "2020-01"),
        ("2021-12", "2021-11", "2020-12"),
        ("2020-03", "2020-02", "2019-03"),
        ("2021", "2020", "2020"),
        ("2021-9M", "2020-9M", "2020-9M"),
        ("2021-W31", "2021-W30", "2020-W31"),
        ("2021-W01", "2020-W53", "2020-W01"),
        ("2020-W53", "2020-W52", None),
        ("2020-07-01..2021-12-31", "2019-01-01..2020-06-30", "2019-07-01..2020-12-31"),
        ("2021-11-01..2022-01-31", "2021-08-01..2021-10-31", "2020-11-01..2021-01-31"),
        ("2021-02-01..2021-02-28", "2021-01", "2020-02"),
        ("2020-02-29..2020-02-29", "2020-02-28..2020-02-28", "2019-02-28..2019-02-28"),
        ("2020-02-29..2020-03-29", "2020-01-30..2020-02-28", "2019-02-28..2019-03-29"),
        ("2020-02-10..2020-02-28", "2020-01-22..2020-02-09", "2019-02-10..2019-02-28"),
        ("2021-02-10..2021-02-28", "2021-01-22..2021-02-09", "2020-02-10..2020-02-29"),
        ("2021-07-01..2021-07-30", "2021-06", "2020-07-01..2020-07-30"),
        ("1900-H2", "1900-H1", None),
        ("1900-H1", None, None),
        ("1900-W01", None, None),
        ("1900-9M", None, None),
        ("1900-03-01..1901-12-31", None, None),
        ("1900-01-02..1999-12-31", None, None),
        ("1900-01-02..1900-01-02", "1900-01-01..1900-01-01", None),
    ],
)
def test_a_period_knows_the_one_before_and_the_same_a_year_earlier(id, previous, year_before):
    period = parse_period(id)

    assert (period.previous and period.previous.id, period.year_before and period.year_before.id) == (
        previous,
        year_before,
    )


@given(PERIODS)
def test_the_previous_period_ends_where_this_one_begins(period):
    before = period.previous
    touching = before is not None and period.kind != "nine"

    assert before is None or parse_period(before.id) == before
    assert before is None or before.kind == period.kind or period.kind == "range"  # the same days have one name
    assert not touching or before.last + timedelta(days=1) == period.first
    assert (
        before is not None or period.first.year < 1901 or period.first - (period.last - period.first) < date(1901, 1, 1)
    )


@given(PERIODS)
def test_the_previous_period_is_as_long_in_its_own_unit(period):
    before = period.previous or period
    days = [(one.last - one.first).days for one in (period, before)]

    assert days[0] == days[1] or len(before.months) == len(period.months)


@given(PERIODS)
def test_the_same_period_a_year_earlier(period):
    before = period.year_before or period
    moved = period.year_before is not None

    assert before.kind == period.kind or period.kind == "range"
    assert parse_period(before.id) == before
    assert abs((period.first - before.first).days - 365 * moved) <= 6
    assert abs((period.last - before.last).days - 365 * moved) <= 6
    assert len(before.months) == len(period.months) or period.kind == "week"


@given(st.integers(1901, 2999))
def test_years_and_nine_months_have_one_predecessor(year):
    for id in (f"{year}", f"{year}-9M"):
        period = parse_period(id)

        assert period.previous == period.year_before
        assert period.previous.first.year == year - 1


@pytest.mark.parametrize(
    ("id", "stem"),
    [
        ("2021-H2", "2021-h2"),
        ("2021", "2021"),
        ("2021-9M", "2021-9m"),
        ("2020-07-01..2021-12-31", "2020-07-01_2021-12-31"),
    ],
)
def test_a_reports_file_is_named_after_its_period(id, stem):
    assert file_stem(parse_period(id)) == stem


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1900-01-01..2021-12-31", "період «1900-01-01..2021-12-31» довший за 100 років"),
        (" 2021-12-31..2021-07-01 ", "період «2021-12-31..2021-07-01» закінчується раніше, ніж починається"),
        ("2021-W60", "періоду «2021-W60» не існує"),
        ("колись", "період «колись» незрозумілий"),
    ],
)
def test_what_is_no_period_is_refused_word_by_word(text, words):
    with pytest.raises(PeriodRefused) as refused:
        parse_period(text)

    assert str(refused.value) == words


def test_a_range_with_two_signs_between_its_days_says_which_day_it_cannot_read():
    with pytest.raises(
        PeriodRefused, match=r"^період «2021-07-01\.\.2021-08-01\.\.2021-09-01»: .*«2021-08-01\.\.2021-09-01»"
    ):
        parse_period("2021-07-01..2021-08-01..2021-09-01")
