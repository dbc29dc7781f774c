"""Grouped bars and the heatmap of activity."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.period import Period
from hromada.report.charts import account_chart, activity_heatmap, paired_chart
from hromada.report.charts.activity_heatmap import month_labels, weeks
from hromada.report.charts.bars import text_width

LONG = "Відділ інформаційної роботи та роботи із засобами масової інформації виконавчого комітету міської ради"
NETWORKS = st.dictionaries(
    st.sampled_from(["Facebook", "Instagram", "YouTube", "X", "мережа Facebook"]), st.integers(0, 10**7)
)
H2 = date(2021, 7, 1), date(2021, 12, 31)
AFTER = date(2022, 1, 15)


def check_inside(chart):
    bars = [bar for group in chart.groups for bar in group.bars]
    assert all(bar.text_x + text_width(bar.text) <= chart.width for bar in bars)
    assert all(0 <= bar.bar_y < bar.bar_y + bar.bar_height <= chart.height for bar in bars)
    assert all(end.bar_y >= start.bar_y + start.bar_height for start, end in pairwise(bars))
    words = [line for owner in (*chart.legend, *chart.groups, *bars) for line in owner.lines]
    assert all(line.x + text_width(line.text) <= chart.width and 0 < line.y <= chart.height for line in words)
    beside = [line for bar in bars for line in bar.lines]
    assert all(line.x + text_width(line.text) < bars[0].bar_x for line in beside)


@given(st.lists(st.tuples(st.sampled_from(["ДМР", LONG]), NETWORKS), max_size=20))
def test_bars_of_accounts_stay_inside_and_keep_proportion(rows):
    chart = account_chart("Публікації", [(account, tuple(parts.items())) for account, parts in rows])

    check_inside(chart)
    bars = [bar for group in chart.groups for bar in group.bars]
    assert [bar.value for bar in bars] == [value for _, parts in rows for value in parts.values()]
    largest, full = max((bar.value for bar in bars), default=0), max((bar.bar_width for bar in bars), default=0)
    assert all(abs(bar.bar_width * largest - full * bar.value) <= 0.2 * max(largest, 1) for bar in bars)


def test_each_network_has_its_tone_and_its_name_beside_the_bar():
    chart = account_chart(
        "Публікації", [("Рада", (("Facebook", 259), ("Instagram", 122))), ("Округ", (("Instagram", 1),))]
    )

    assert [line.text for group in chart.groups for line in group.lines] == ["Рада:\u00a0381", "Округ"]
    assert [(bar.tone, bar.lines[0].text) for group in chart.groups for bar in group.bars] == [
        (1, "Facebook"), (2, "Instagram"), (2, "Instagram"),
    ]  # fmt: skip
    assert chart.description == "Публікації. Рада: Facebook – 259, Instagram – 122; Округ: Instagram – 1."
    assert [row.cells for row in chart.table.rows] == [("259", "122", "381"), ("–", "1", "1")]
    assert chart.table.total == ("Разом", "259", "123", "382")


def test_what_the_archive_lacks_is_not_a_zero():
    chart = paired_chart(
        "Новини", "II півріччя", "I півріччя", [("липень", 98, 87), ("серпень", 0, None), ("вересень", 5, 0)]
    )

    check_inside(chart)
    assert [[bar.text for bar in group.bars] for group in chart.groups] == [
        ["98", "87"],
        ["0", "немає даних"],
        ["5", "0"],
    ]
    assert [[bar.value for bar in group.bars] for group in chart.groups] == [[98, 87], [0, None], [5, 0]]
    assert chart.description == (
        "Новини: II півріччя, у дужках I півріччя: липень – 98 (87), серпень – 0 (немає даних), вересень – 5 (0)."
    )
    assert chart.table.rows[1].cells == ("0", "немає даних")


@given(st.lists(st.tuples(st.sampled_from(["липень", LONG]), st.integers(0, 10**7), st.none() | st.integers(0, 10**7))))
def test_pairs_stay_inside(values):
    check_inside(paired_chart("Новини", LONG, "I півріччя 2021 року", values))


@pytest.mark.parametrize(
    ("first", "last", "ends", "number"),
    [
        (*H2, (4, 5), 27),  # 1 July 2021 is a Thursday, 31 December a Friday
        (date(2021, 1, 1), date(2021, 6, 30), (3, 3), 27),
        (date(2020, 1, 1), date(2020, 12, 31), (5, 4), 53),
        (date(2020, 12, 28), date(2021, 1, 3), (7, 7), 1),  # ISO week 53 of 2020
        (date(2020, 7, 1), date(2021, 12, 31), (5, 5), 79),
        (date(2021, 7, 31), date(2021, 7, 31), (1, 1), 1),
    ],
)
def test_weeks_are_clipped_by_the_period(first, last, ends, number):
    every = weeks(first, last)

    assert (every[0].first, every[-1].last, len(every)) == (first, last, number)
    assert (every[0].days, every[-1].days) == ends
    assert sum(week.days for week in every) == (last - first).days + 1


@given(st.lists(st.dates(*H2)))
def test_every_message_is_in_one_month_and_its_week_is_not_silent(days):
    (row,) = activity_heatmap("Тижні", *H2, [("Музей", "/units/muzei/", days)], AFTER).rows

    assert sum(row.months) == row.total == len(days)
    charts = sum(path.count("M") for _, path in row.columns)
    assert charts == len({day.isocalendar()[:2] for day in days})
    assert charts + row.silence <= 27


def with_silence(number):
    """A message in every week of H2 2021 but so many full ones, which begin on 5 July."""
    begin = date(2021, 7, 5)
    silence_span = begin, begin + timedelta(weeks=number)
    return [week.first for week in weeks(*H2) if not silence_span[0] <= week.first < silence_span[1]]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "без перерв"),
        (1, "перерва 1\u00a0тиждень"),
        (2, "перерва 2\u00a0тижні"),
        (5, "перерва 5\u00a0тижнів"),
        (11, "перерва 11\u00a0тижнів"),
        (21, "перерва 21\u00a0тиждень"),
    ],
)
def test_silence_is_counted_in_full_weeks(number, words):
    (row,) = activity_heatmap("Тижні", *H2, [("Музей", "", with_silence(number))], AFTER).rows

    assert (row.silence, row.silence_words) == (number, words)
    assert (row.silence_span is not None) == bool(number)


def test_a_unit_without_messages_is_silent_all_the_full_weeks():
    made = activity_heatmap("Тижні", *H2, [("Музей", "", []), ("Ліцей", "", [H2[0]])], AFTER)

    assert [(row.total, row.silence) for row in made.rows] == [(0, 25), (1, 25)]
    assert made.rows[0].description == made.rows[0].silence_words == "жодного повідомлення за період"
    assert made.rows[0].total_words == ""
    assert made.rows[1].description == "1\u00a0повідомлення, перерва 25\u00a0тижнів з 05.07.2021 по 26.12.2021"
    assert made.summary == "Сторінок без жодного повідомлення: 1\u00a0із\u00a02. Найдовша перерва: 25\u00a0тижнів."


def test_weeks_that_have_not_come_are_no_silence():
    made = activity_heatmap("Тижні", *H2, [("Музей", "", [])], date(2021, 7, 14))

    assert (made.rows[0].silence, made.rows[0].ahead.count("M"), made.ahead) == (1, 24, "ще не настав")
    assert activity_heatmap("Тижні", *H2, [("Музей", "", [])], AFTER).ahead == ""
    assert activity_heatmap("Тижні", *H2, [("Музей", "", [])], date(2021, 6, 1)).rows[0].silence_words == ""


def test_a_page_is_not_silent_before_it_opens_or_after_it_closes():
    active_periods = {"А": (date(2021, 12, 1), None), "Б": (None, date(2021, 7, 18))}
    made = activity_heatmap("Тижні", *H2, [("А", "/a/", []), ("Б", "/b/", [])], AFTER, active_periods)

    assert [row.silence for row in made.rows] == [3, 2]
    assert made.ahead == "ще не настав або сторінки не було"


def test_columns_grow_with_the_number_of_messages():
    days = [date(2021, 7, 5), *[date(2021, 7, 12)] * 3, *[date(2021, 7, 19)] * 4]
    (row,) = activity_heatmap("Тижні", *H2, [("Музей", "", days)], AFTER).rows

    assert [(state, path) for state, path in row.columns] == [
        ("one", "M4 5.5h6.3v4.5h-6.3z"), ("few", "M11 3h6.3v7h-6.3z"), ("many", "M18 0h6.3v10h-6.3z"),
    ]  # fmt: skip


def test_the_table_has_every_month_the_total_and_the_silence():
    made = activity_heatmap("Тижні", *H2, [("Музей", "/m/", [H2[0], H2[1], H2[1]]), ("Ліцей", "", [])], AFTER)

    assert made.table.head == (
        "Сторінка", "липень", "серпень", "вересень", "жовтень", "листопад", "грудень", "Разом", "Найдовша перерва, тижнів",
    )  # fmt: skip
    assert (made.table.rows[0].path, made.table.rows[0].cells) == ("/m/", ("1", "0", "0", "0", "0", "2", "3", "25"))
    assert made.table.total == ("Разом", "1", "0", "0", "0", "0", "2", "3", "")


@given(st.dates(date(2019, 1, 1), date(2022, 1, 1)), st.integers(0, 560))
def test_names_of_months_stand_beside_each_other(first, days):
    marks = month_labels(Period("", "range", first, first + timedelta(days)))

    left = [mark.x * 2.88 for mark in marks]
    right = [start + text_width(mark.text) for start, mark in zip(left, marks, strict=True)]
    assert marks
    assert left == sorted(left)
    assert all(end <= start for end, start in zip(right, left[1:], strict=False))


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (*H2, ["лип.", "серп.", "вер.", "жовт.", "лист.", "груд."]),
        (date(2021, 6, 30), date(2021, 8, 31), ["лип.", "серп."]),  # a single day of June has no room for its name
        (date(2021, 1, 1), date(2021, 12, 31), ["січ.", "бер.", "трав.", "лип.", "вер.", "лист."]),
        (date(2020, 7, 1), date(2021, 12, 31), ["лип. 2020", "січ. 2021", "черв.", "вер."]),
    ],
)
def test_a_longer_period_names_fewer_months_and_the_years(first, last, names):
    assert [mark.text for mark in month_labels(Period("", "range", first, last))] == names
