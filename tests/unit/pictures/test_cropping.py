import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.pictures.cropping import window_start


@pytest.mark.parametrize("at", [0, 3, 10, 16])
def test_the_window_holds_the_rows_with_detail(at):
    detail = [0] * 20
    detail[at : at + 4] = [1000] * 4

    start = window_start(detail, 6, is_down=True)

    assert start <= at
    assert at + 4 <= start + 6


def test_of_a_plain_picture_the_part_above_the_middle_is_shown():
    assert 0 < window_start([5] * 64, 30, is_down=True) < (64 - 30) / 2


def test_of_a_plain_panorama_the_middle_is_shown():
    assert window_start([5] * 64, 30, is_down=False) == 17


def test_heads_count_more_than_the_floor():
    """As much detail above as below."""
    assert window_start([0, 9, 9, 0, 0, 0, 0, 0, 9, 9], 3, is_down=True) <= 1


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=64), st.integers(1, 80), st.booleans())
def test_the_window_lies_inside_of_the_picture(detail, length, is_down):
    start = window_start(detail, length, is_down=is_down)

    assert 0 <= start <= max(0, len(detail) - length)
