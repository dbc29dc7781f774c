"""Rows of a gallery."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.listing.cards import Picture
from hromada.listing.gallery_rows import LAYOUTS, gallery_view, opened_gallery, rows_of
from tests.unit.growth import is_in_proportion

SHAPES = [1.5, 0.75, 1.333, 1.778, 0.667, 1.0, 3.6, 0.5625, 1.5, 1.5, 0.75, 2.0, 0.334]
ratios = st.lists(st.floats(1 / 3, 3.6), min_size=1, max_size=40)


def pictures(shapes):
    return [Picture(f"{number}.webp", "", round(1000 * shape), 1000, "") for number, shape in enumerate(shapes)]


@given(ratios, st.sampled_from(LAYOUTS))
def test_every_picture_stands_in_one_row_in_its_order(shapes, layout):
    rows = rows_of(shapes, layout.width, layout.height)

    assert rows[0][0] == 0
    assert rows[-1][1] == len(shapes)
    assert all(end == start for (_, end), (start, _) in pairwise(rows))
    assert all(start < end for start, end in rows)


@pytest.mark.parametrize("count", range(3, 14))
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_no_row_of_a_mixed_gallery_is_far_from_the_height_that_rows_should_have(count, layout):
    shapes = SHAPES[:count]
    for start, end in rows_of(shapes, layout.width, layout.height):
        height = layout.width / sum(shapes[start:end])

        assert layout.height / 2.5 < height < layout.height * 2.5


@pytest.mark.parametrize(
    ("shapes", "rows"),
    [([1.5], [(0, 1)]), ([1.5, 1.5], [(0, 2)]), ([1.5] * 4, [(0, 2), (2, 4)]), ([0.75] * 4, [(0, 4)]), ([1.5, 0.75, 1.5], [(0, 3)])],
)  # fmt: skip
def test_rows_on_a_wide_screen_are_those_of_a_newspaper(shapes, rows):
    assert rows_of(shapes, 1050, 290) == rows


def test_a_row_ends_in_each_layout_after_its_last_picture_and_nothing_ends_after_the_whole():
    view = gallery_view(pictures([1.5] * 4))

    assert [picture.ends for picture in view.pictures] == [
        ("narrow",), ("narrow", "medium", "wide"), ("narrow",), (),
    ]  # fmt: skip
    assert [picture.number for picture in view.pictures] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("shapes", "size"), [([0.75], "small"), ([1.5], "large"), ([1.0], "middle"), ([0.334], "small"), ([1.5, 1.5], ""), ([2.0], ""), ([0.75, 0.75], "large")]
)  # fmt: skip
def test_a_gallery_of_a_few_high_pictures_takes_less_than_the_page(shapes, size):
    assert gallery_view(pictures(shapes)).size == size


def test_sizes_say_how_wide_a_picture_is_shown():
    view = gallery_view(pictures([1.5, 1.5]))

    assert view.pictures[0].sizes == "(min-width: 62rem) 34rem, (min-width: 40rem) 46vw, 92vw"


def test_no_pictures_make_no_gallery():
    assert gallery_view(()) == ((), "")
    assert opened_gallery(()) == (None, ((), ""))


def test_the_first_picture_opens_and_the_numbers_go_on_in_the_gallery():
    opening, gallery = opened_gallery(pictures([1.5] * 3))

    assert opening.number == 1
    assert [picture.number for picture in gallery.pictures] == [2, 3]
    assert opened_gallery(pictures([1.5]))[1] == gallery_view(())


@pytest.mark.long
def test_a_gallery_of_many_thousands_takes_time_in_proportion():
    assert is_in_proportion(lambda shapes: rows_of(shapes, 1050, 290), [1.5, 0.75] * 500, [1.5, 0.75] * 4000)
