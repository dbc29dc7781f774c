from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.dates import Clock, month_end_after
from hromada.domain.item import Kind, ReportDetails, Status
from hromada.domain.law import CHAPTERS, POINTS
from hromada.domain.law_coverage import MIN_TEXT_LENGTH, Claim, Flaw, LawCoverage
from hromada.domain.period import parse_period
from tests.properties import examples
from tests.unit.making import item, site, unit

PATH = "content/pages/x.md"
TERMED = "request-reports"  # the one point with a term


def page(when=None, **changes):
    values = {"kind": Kind.PAGE, "section": "pages", "address": "/x/", "path": PATH} | changes
    return item(when, **values)


def report(period, **changes):
    name = period.casefold()
    return item(
        None, kind=Kind.REPORT, section="reports", slug=name, address=f"/reports/{name}/",
        report=ReportDetails(name, parse_period(period)), **changes,
    )  # fmt: skip


def covered(items, *names, id="acts", today="2022-01-15", letters=None):
    coverage = LawCoverage.of({id: Claim(names)}, items)
    return coverage.at(Clock.parse(today), letters or {})[id]


def only(*arguments, **options):
    (cover,) = covered(*arguments, **options).pages
    return cover


def renewed(*arguments, **options):
    found = only(*arguments, **options).renewed
    return found and (found.moment.date().isoformat(), found.about)


def test_the_points_are_told_apart_by_their_ids():
    ids = [point.id for chapter in CHAPTERS for point in chapter.points]

    assert len(ids) == len(set(ids))
    assert "language" in ids
    assert "language" not in POINTS


@pytest.mark.parametrize("name", [PATH, "/x/"])
def test_a_page_is_named_by_its_file_or_by_its_address(name):
    assert only([page(title="Т")], name)[1:3] == ("Т", "/x/")


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({}, Flaw.NONE),
        ({"status": Status.DRAFT}, Flaw.DRAFT),
        ({"status": Status.HIDDEN}, Flaw.HIDDEN),
        ({"lang": "en"}, Flaw.TRANSLATION),
    ],
)
def test_what_readers_do_not_see_covers_nothing(changes, flaw):
    one = covered([page(**changes)], PATH)

    assert [cover.flaw for cover in one.pages] == [flaw]
    assert bool(one.shown) is (flaw is Flaw.NONE)


def test_a_unit_page_that_is_not_open_yet_covers_nothing():
    opening = item(
        "2022-02-01", kind=Kind.UNIT, section="units/a", path="content/units/a/index.md", address="/units/a/"
    )

    assert only([opening], "/units/a/").flaw is Flaw.SCHEDULED
    assert only([opening], "/units/a/", today="2022-02-01").flaw is Flaw.NONE


@pytest.mark.parametrize(
    ("letters", "flaw"), [(0, Flaw.EMPTY), (MIN_TEXT_LENGTH - 1, Flaw.EMPTY), (MIN_TEXT_LENGTH, Flaw.NONE)]
)
def test_a_page_with_a_line_of_promises_is_empty(letters, flaw):
    assert only([page()], PATH, letters={PATH: letters}).flaw is flaw


def test_a_list_is_as_new_as_its_newest_listed_item():
    some = [item("2021-07-05"), item("2021-09-09", slug="b", status=Status.HIDDEN), item("2022-02-01", slug="c")]

    assert renewed(some, "/news/") == ("2021-07-05", "")
    assert renewed(some, "/news/", today="2022-02-01") == ("2022-02-01", "")


def test_a_list_without_items_is_empty_and_a_category_without_items_does_not_exist():
    some = [item(category="Події")]

    assert only(some, "/units/").flaw is Flaw.EMPTY
    assert only(some, "/news/category/podii/")[:3] == (
        "/news/category/podii/",
        "Новини: Події",
        "/news/category/podii/",
    )
    assert only(some, "/news/category/osvita/").flaw is Flaw.UNKNOWN


def test_a_unit_page_is_as_new_as_its_newest_message():
    some = [unit("a"), item("2021-07-10", section="units/a"), item("2021-10-10", section="units/b")]

    assert renewed(some, "/units/a/") == ("2021-07-10", "")


def test_a_modified_page_is_new_from_that_day_on():
    one = page("2020-01-01", modified=datetime(2021, 5, 6))

    assert renewed([one], PATH, today="2021-05-05") == ("2020-01-01", "")
    assert renewed([one], PATH, today="2021-05-06") == ("2021-05-06", "")


def test_a_page_without_dates_says_nothing_of_its_age():
    one = covered([page()], PATH, id=TERMED)

    assert (one.pages[0].renewed, one.is_undated, one.is_stale) == (None, True, False)
    assert not covered([page()], PATH, id="acts").is_undated


def test_a_report_is_as_new_as_its_period_and_only_when_that_has_ended():
    some = [report("2021-H1"), report("2021-H2")]

    assert renewed(some, "/reports/", today="2021-12-31") == ("2021-07-01", "I півріччя 2021 року")
    assert renewed(some, "/reports/", today="2022-01-01") == ("2022-01-01", "II півріччя 2021 року")


@pytest.mark.parametrize(("today", "is_stale"), [("2022-07-31", False), ("2022-08-01", True)])
def test_a_half_years_report_is_fresh_until_the_next_one_has_had_a_month(today, is_stale):
    assert covered([report("2021-H2")], "/reports/2021-h2/", id=TERMED, today=today).is_stale is is_stale


@pytest.mark.parametrize(("today", "is_stale"), [("2022-07-31", False), ("2022-08-01", True)])
def test_a_page_is_fresh_to_the_end_of_the_month_in_which_its_term_runs_out(today, is_stale):
    assert covered([page(modified=datetime(2022, 1, 15))], PATH, id=TERMED, today=today).is_stale is is_stale


def test_a_point_without_a_term_is_never_stale():
    assert not covered([page(modified=datetime(2001, 1, 1))], PATH).is_stale


def test_a_page_of_another_site_is_believed():
    one = covered([], "https://e.example/x", id=TERMED)

    assert [cover.title for cover in one.shown] == ["https://e.example/x"]
    assert (one.is_stale, one.is_undated) == (False, False)


@pytest.mark.parametrize(
    ("day", "end"), [("2021-12-31", "2022-06-30"), ("2022-08-31", "2023-02-28"), ("2999-12-01", "3000-06-30")]
)
def test_months_end_on_their_last_day(day, end):
    assert month_end_after(date.fromisoformat(day), 6).isoformat() == end


days = st.dates(date(2020, 1, 1), date(2023, 12, 31))
parts = st.lists(
    st.one_of(
        st.builds(lambda day: page(modified=datetime(day.year, day.month, day.day)), days),
        st.builds(lambda day: page(datetime(day.year, day.month, day.day, 14)), days),
        st.builds(lambda day, where: item(datetime(day.year, day.month, day.day, 9), section=where), days,
                  st.sampled_from(["news", "units/a"])),
        st.builds(report, st.sampled_from(["2020-H2", "2021-H1", "2021-H2", "2022-H1"])),
        st.just(unit("a")),
    ),
    max_size=8,
)  # fmt: skip
names = st.lists(
    st.sampled_from([PATH, "/units/a/", "/units/", "/news/", "/reports/", "/reports/2021-h1/"]), max_size=3
)


@examples(3)
@given(parts, names, st.sampled_from(["acts", TERMED]), days, days)
def test_nothing_changes_between_the_moments_at_which_something_falls_due(some, named, id, one, other):
    place = site(some, law={id: Claim(tuple(named))})
    now = Clock(datetime.combine(one, datetime.min.time()).replace(hour=12))
    since, until = place.valid_between(now)
    later = min(max(datetime.combine(other, datetime.max.time()), since), until.replace(microsecond=0))
    later = later if later < until else now.moment

    assert place.law_coverage.at(now, {}) == place.law_coverage.at(Clock(later), {})


@pytest.mark.parametrize(
    ("name", "waiting"),
    [
        ("/news/", item("2022-02-01", slug="w", modified=datetime(2022, 1, 14))),
        ("/units/x/", item("2022-02-01", section="units/x", slug="w", modified=datetime(2022, 1, 14))),
        ("/reports/", report("2021-H1", modified=datetime(2022, 1, 14))._replace(when=datetime(2022, 2, 1))),
    ],
)
def test_what_is_not_due_renews_no_list_though_it_was_changed_already(name, waiting):
    out = [item("2021-07-05"), unit("x"), item("2021-07-05", section="units/x"), report("2020-H2")]

    assert renewed([*out, waiting], name) == renewed(out, name)
