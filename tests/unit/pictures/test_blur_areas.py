"""Areas to blur as an editor writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.pictures.blur_areas import AreasRefused, BlurArea, parse_areas


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("a.jpg:10,20,5,5", {"a.jpg": [(10, 20, 5, 5)]}),
        (" a.jpg : 10 , 20 , 5.5 , 5 ", {"a.jpg": [(10, 20, 5.5, 5)]}),
        ("a.jpg:10%,20%,5%,5%", {"a.jpg": [(10, 20, 5, 5)]}),
        ("a.jpg:10,20,5,5 b.jpg:1,2,3,4", {"a.jpg": [(10, 20, 5, 5)], "b.jpg": [(1, 2, 3, 4)]}),
        ("a.jpg:10,20,5,5; a.jpg:1,2,3,4;", {"a.jpg": [(10, 20, 5, 5), (1, 2, 3, 4)]}),
        ("content/images/Алея 1.jpg:0,0,50,100", {"content/images/Алея 1.jpg": [(0, 0, 50, 100)]}),
        (r"C:\Фото\a.jpg:0,0,50,50", {r"C:\Фото\a.jpg": [(0, 0, 50, 50)]}),
        ("a.jpg:99.7,0,0.6,100", {"a.jpg": [(99.7, 0, 0.6, 100)]}),  # rounded numbers
    ],
)
def test_areas_are_read_as_people_write_them(written, read):
    assert parse_areas(written) == {name: tuple(BlurArea(*one) for one in own) for name, own in read.items()}


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("a.jpg", "незрозуміло"),
        ("a.jpg:10,20,5", "незрозуміло"),
        ("a.jpg:10,20,5,5,", "незрозуміло"),
        ("a.jpg:-1,20,5,5", "незрозуміло"),
        ("a.jpg:1,2,3,4 b", "BLUR=«b» незрозуміло"),
        ("a.jpg:10,20,0,5", "більші за нуль"),
        ("a.jpg:60,0,50,5", "за край"),
        ("a.jpg:0,0,100,100", "майже всю"),
    ],
)
def test_an_area_that_is_none_is_refused_with_its_reason(written, words):
    with pytest.raises(AreasRefused, match=words):
        parse_areas(written)


def test_all_faulty_areas_are_named_at_once():
    with pytest.raises(AreasRefused) as refused:
        parse_areas("a.jpg:60,0,50,5; b.jpg:0,0,0,5")

    assert len(str(refused.value).split("\n")) == 2


@given(st.text())
def test_any_text_is_read_or_refused(text):
    try:
        parse_areas(text)
    except AreasRefused as refused:
        assert str(refused)


@given(
    st.floats(0, 99.9), st.floats(0, 99.9), st.floats(0.1, 100), st.floats(0.1, 100), st.integers(1, 9000), st.integers(1, 9000)
)  # fmt: skip
def test_an_area_in_pixels_lies_in_the_picture_and_has_one(x, y, width, height, across, down):
    left, upper, right, lower = BlurArea(x, y, width, height).in_pixels(across, down)

    assert 0 <= left < right <= across
    assert 0 <= upper < lower <= down
