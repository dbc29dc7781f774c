"""The archive holds just as much as it was asked for, by a count that knows nothing of the recipe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import astuple

from hromada.demo.recipe import SOURCE_REPORT, Volumes, archive
from tests.properties import examples
from tests.unit.demo.counting import HALF_YEAR, count, header, is_counted, is_item, is_within, kyiv_day, rows
from tests.unit.making import replace

small = st.integers(0, 40)
volumes = st.builds(Volumes, small, st.integers(1, 30), small, small, small, small)


@pytest.fixture(scope="module")
def source():
    return dict(archive(SOURCE_REPORT))


def test_the_archive_holds_the_volumes_of_the_source_report(source):
    assert count(source) == astuple(SOURCE_REPORT)


@examples(0.4)
@given(volumes, st.integers(0, 9999))
def test_any_volumes_are_kept(asked, seed):
    assert count(dict(archive(asked, seed))) == astuple(asked)


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
def test_the_smallest_volumes_are_kept(number):
    asked = Volumes(number, 1, number, number, number, number)

    assert count(dict(archive(asked))) == astuple(asked)


def test_without_unit_pages_there_are_no_messages():
    asked = replace(SOURCE_REPORT, unit_pages=0)

    assert count(dict(archive(asked))) == astuple(replace(asked, unit_messages=0))


def test_a_scale_multiplies_everything_but_the_unit_pages():
    doubled = SOURCE_REPORT.times(2)
    changed = [new / old for new, old in zip(astuple(doubled), astuple(SOURCE_REPORT), strict=True)]

    assert count(dict(archive(doubled))) == astuple(doubled)
    assert changed == [2, 1, 2, 2, 2, 2]


def test_the_minutes_at_the_borders_are_inside_and_their_neighbours_outside(source):
    dates = {header(data)["date"]: is_counted(name, data) for name, data in source.items()
             if name.startswith("news/") and is_item(name) and "date" in header(data)}  # fmt: skip
    borders = ("2021-06-30 23:59", "2021-07-01 00:00", "2021-12-31 23:59", "2022-01-01 00:00")

    assert [dates[border] for border in borders] == [False, True, True, False]


def test_days_that_utc_would_misplace_stand_on_both_sides_of_the_border(source):
    items = [(name, data) for name, data in source.items() if is_item(name) and "date" in header(data)]
    misplaced = [is_counted(name, data) for name, data in items
                 if is_within(header(data)["date"][:10], HALF_YEAR) != is_within(kyiv_day(header(data)["date"]), HALF_YEAR)
                 and header(data)["date"].endswith("Z")]  # fmt: skip

    assert set(misplaced) == {True, False}


def test_some_units_stay_silent(source):
    wrote = {name.split("/")[1] for name, data in source.items() if name.startswith("units/") and is_item(name)}

    assert 0 < len(wrote) < SOURCE_REPORT.unit_pages


def test_the_newspaper_belongs_to_the_half_year_in_part(source):
    inside = sum(is_within(kyiv_day(row["Дата"]), HALF_YEAR) for row in rows(source, "newspaper"))

    assert 0 < inside < SOURCE_REPORT.newspaper
