from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.dates import Clock
from hromada.domain.entry import Bucket
from hromada.domain.figure import Figures, FigureSpec
from hromada.domain.item import Status
from hromada.domain.period import parse_period
from hromada.report.count.counting import count_activity, sum_problems
from tests.properties import examples
from tests.unit.making import item, replace, row, site, unit

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")


def value(activity, id):
    return activity.get(id).value


def parts(activity, id):
    return {part.id: part.value for part in activity.get(id).parts}


@pytest.mark.parametrize(
    ("when", "counted"),
    [
        ("2021-06-30 23:59", 0), ("2021-07-01 00:00", 1), ("2021-12-31 23:59", 1), ("2022-01-01 00:00", 0),
    ],
)  # fmt: skip
def test_both_ends_of_the_half_year_are_included(when, counted):
    assert value(count_activity(site([item(when)]), H2, CLOCK), "news") == counted


@pytest.mark.parametrize(
    ("one", "bucket"),
    [
        (item(None, status=Status.DRAFT), Bucket.DRAFT),
        (item("2021-07-05", status=Status.DRAFT, lang="en"), Bucket.DRAFT),
        (item("2021-07-05", status=Status.HIDDEN), Bucket.HIDDEN),
        (item("2021-07-05", lang="en"), Bucket.TRANSLATION),
        (item("2023-07-05", lang="en"), Bucket.TRANSLATION),
        (item("2022-01-16"), Bucket.SCHEDULED),
        (item("2021-06-30"), Bucket.OUTSIDE),
        (item("2021-07-05"), Bucket.COUNTED),
    ],
)
def test_an_item_has_one_bucket_the_first_that_fits(one, bucket):
    activity = count_activity(site([one]), H2, CLOCK)

    assert {name: number for name, number in activity.reconciliation.items() if number} == {bucket: 1}


def test_nothing_happened_is_still_a_report():
    activity = count_activity(site(), H2, CLOCK)

    assert [count.value for count in activity.counts] == [0] * 9
    assert len(activity.get("news").months) == 6


def test_news_are_split_by_category():
    items = [item(category="Освіта", slug="a"), item(category="освіта", slug="b"), item(slug="c")]

    assert parts(count_activity(site(items), H2, CLOCK), "news") == {"osvita": 2, "bez-rubryky": 1}


def test_a_silent_unit_keeps_its_row():
    items = [unit("b", "Щит"), unit("a", "Їжа"), item(section="units/b")]

    assert list(parts(count_activity(site(items), H2, CLOCK), "unit-messages").items()) == [("a", 0), ("b", 1)]


@pytest.mark.parametrize(
    ("details", "pages", "listed"),
    [
        ({}, 1, True),
        ({"opened": datetime(2021, 12, 31).date()}, 1, True),
        ({"opened": datetime(2022, 1, 1).date()}, 0, False),
        ({"closed": datetime(2021, 12, 31).date()}, 1, True),
        ({"closed": datetime(2021, 12, 30).date()}, 0, True),
        ({"closed": datetime(2021, 7, 1).date()}, 0, True),
        ({"closed": datetime(2021, 6, 30).date()}, 0, False),
        ({"status": Status.HIDDEN}, 0, False),
    ],
)
def test_unit_pages_exist_on_the_periods_last_day(details, pages, listed):
    activity = count_activity(site([unit("a", **details)]), H2, CLOCK)

    assert (value(activity, "unit-pages"), "a" in parts(activity, "unit-messages")) == (pages, listed)


def test_in_an_unfinished_period_pages_are_counted_today():
    clock = Clock.parse("2021-08-01")
    late = unit("a", opened=datetime(2021, 9, 1).date())
    late = replace(late, when=datetime(2021, 9, 1))

    activity = count_activity(site([late, unit("b")]), H2, clock)

    assert (value(activity, "unit-pages"), str(activity.as_of)) == (1, "2021-08-01")


def test_social_is_the_sum_of_the_councils_page_and_the_others():
    rows = [
        row(line=1),
        row(line=2),
        row(account="okruh", line=3),
        row(kind="репост", line=4),
        row(kind="сторіз", line=5),
    ]

    activity = count_activity(site(rows=rows), H2, CLOCK)

    assert [value(activity, id) for id in ("social", "social-main", "social-other", "reposts")] == [3, 2, 1, 1]
    assert parts(activity, "social") == {"rada": 2, "okruh": 1, "likarnia": 0}
    assert parts(activity, "social-other") == {"okruh": 1, "likarnia": 0}
    line = next(line for line in activity.registers if line.id == "social")
    assert (line.rows, line.counted, line.excluded) == (5, 3, 2)


def test_a_figure_has_its_own_window():
    rows = [
        row("2020-07-01", register="newspaper"),
        row("2021-12-31", register="newspaper"),
        row("2020-06-30", register="newspaper"),
    ]
    windows = {"newspaper": parse_period("2020-07-01..2021-12-31")}

    activity = count_activity(site(rows=rows), H2, CLOCK, windows)

    count = activity.get("newspaper")
    assert (count.value, len(count.months)) == (2, 18)
    assert next(line for line in activity.registers if line.id == "newspaper").outside == 1


def test_a_sum_over_different_windows_holds_every_entry():
    place = site([item("2021-07-05")], [row("2020-07-01", register="newspaper")])
    total = FigureSpec("x", "Разом", total_of=("news", "newspaper"))
    place = replace(place, figures=Figures((*place.figures.specs, total)))
    windows = {"newspaper": parse_period("2020-07-01..2021-06-30")}

    activity = count_activity(place, H2, CLOCK, windows)
    count = activity.get("x")

    assert (count.value, sum(value for _, value in count.months), count.window.id) == (2, 2, "2020-07-01..2021-12-31")
    assert list(sum_problems(activity, "content/reports/x.md")) == []


def test_a_tally_counts_its_numbers():
    rows = [row(register="requests", count=12, line=2), row("2022-01-14", register="requests", count=5, line=3)]

    assert value(count_activity(site(rows=rows), H2, CLOCK), "requests") == 12


def test_a_declared_sum_and_a_selection_are_counted():
    specs = (
        FigureSpec("ads", "Оголошення", "news", where={"category": ("oholoshennia",)}),
        FigureSpec("news", "Новини", "news"),
        FigureSpec("all", "Разом", total_of=("ads", "news")),
    )
    items = [item(category="Оголошення", slug="a"), item(slug="b")]

    activity = count_activity(site(items, figures=Figures(specs)), H2, CLOCK)

    assert [value(activity, id) for id in ("ads", "news", "all")] == [1, 2, 3]


moments = st.datetimes(datetime(2020, 1, 1), datetime(2023, 1, 1))
items = st.builds(
    lambda when, status, lang, section, category, slug: item(
        when, status=status, lang=lang, section=section, category=category, slug=slug
    ),
    moments, st.sampled_from(Status), st.sampled_from(["uk", "uk", "uk", "en"]),
    st.sampled_from(["news", "units/a", "units/b"]), st.sampled_from(["", "Освіта", "Події"]), st.uuids().map(str),
)  # fmt: skip
rows = st.builds(
    lambda when, account, kind, line: row(when.isoformat(), account=account, kind=kind, line=line),
    moments, st.sampled_from(["rada", "okruh", "likarnia"]), st.sampled_from(["допис", "відео", "репост", "сторіз"]),
    st.integers(2, 10**6),
)  # fmt: skip
UNITS = [unit("a"), unit("b")]


@examples(0.6)
@given(st.lists(items, max_size=40), st.lists(rows, max_size=40), moments)
def test_every_entry_of_a_year_is_counted_in_exactly_one_half(some, some_rows, now):
    place = site(UNITS + some, some_rows)
    clock = Clock(now)
    halves = [count_activity(place, parse_period(f"2021-H{n}"), clock) for n in (1, 2)]
    year = count_activity(place, parse_period("2021"), clock)

    for id in ("news", "unit-messages", "social", "social-main", "social-other", "reposts"):
        whole = Counter(str(entry.location) for entry in year.get(id).entries)

        assert sum((Counter(str(e.location) for e in half.get(id).entries) for half in halves), Counter()) == whole
        assert value(year, id) == sum(value(half, id) for half in halves)


@examples(0.6)
@given(st.lists(items, max_size=30), st.lists(rows, max_size=30), st.randoms(), moments)
def test_order_is_irrelevant_and_everything_adds_up(some, some_rows, chance, now):
    clock = Clock(now)
    first = count_activity(site(UNITS + some, some_rows), H2, clock)
    shuffled, shuffled_rows = list(UNITS + some), list(some_rows)
    chance.shuffle(shuffled)
    chance.shuffle(shuffled_rows)
    second = count_activity(site(shuffled, shuffled_rows), H2, clock)

    assert [(c.id, c.value, {p.id: p.value for p in c.parts}, c.months) for c in first.counts] == [
        (c.id, c.value, {p.id: p.value for p in c.parts}, c.months) for c in second.counts
    ]
    assert first.found == len(some)
    for count in first.counts:
        assert sum(part.value for part in count.parts) == count.value == sum(entry.count for entry in count.entries)
    assert value(first, "social") == value(first, "social-main") + value(first, "social-other")


@examples(0.4)
@given(st.lists(items, max_size=20), st.lists(rows, max_size=20), moments, st.integers(0, 10**7))
def test_a_build_holds_until_something_falls_due(some, some_rows, now, seconds):
    place = site(UNITS + some, some_rows)
    since, until = place.valid_between(Clock(now))
    later = min(now + timedelta(seconds=seconds), until - timedelta(microseconds=1))

    assert since <= now < until
    first, second = (count_activity(place, parse_period("2020"), Clock(moment)) for moment in (now, later))
    assert [(c.id, c.value) for c in first.counts] == [(c.id, c.value) for c in second.counts]
    assert first.reconciliation == second.reconciliation
