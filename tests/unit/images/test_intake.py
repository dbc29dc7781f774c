"""Names of photos that come in, and areas to hide as an editor writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.images.intake import (
    Area,
    AreasRefused,
    folder_of_item,
    is_original,
    natural_order,
    parse_areas,
    photo_name,
    stem_of_photos,
    taken_in,
)

DIGEST = "3fa9c2d1" + "0" * 56


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
    assert parse_areas(written) == {name: tuple(Area(*one) for one in own) for name, own in read.items()}


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
    left, upper, right, lower = Area(x, y, width, height).in_pixels(across, down)

    assert 0 <= left < right <= across
    assert 0 <= upper < lower <= down


@pytest.mark.parametrize(
    ("path", "folder", "stem"),
    [
        ("content/news/2021/2021-07-05-zustrich.md", "content/news/2021/2021-07-05-zustrich", "zustrich"),
        (
            "content/news/2021/2021-07-05-Зустріч у парку.md",
            "content/news/2021/2021-07-05-Зустріч у парку",
            "zustrich-u-parku",
        ),
        ("content/news/x.en.md", "content/news/x", "x"),
        ("content/units/tsnap/index.md", "content/units/tsnap/index", "tsnap"),
        ("content/news/2021-07-05.md", "content/news/2021-07-05", "foto"),
    ],
)
def test_photos_lie_beside_the_item_under_its_name(path, folder, stem):
    assert folder_of_item(path) == folder
    assert stem_of_photos(folder) == stem


def test_a_photo_is_known_again_by_its_name():
    name = photo_name("zustrich", 1, DIGEST)

    assert name == "zustrich-01-3fa9c2d1.jpg"
    assert taken_in([name, photo_name("x", 112, "ab" * 32), "інша.jpg", "a-1-3fa9c2d1.jpg"]) == (
        {"3fa9c2d1": name, "abababab": "x-112-abababab.jpg"}, 112
    )  # fmt: skip


def test_photos_without_a_time_stand_as_a_person_counts():
    assert sorted(["IMG_10.jpg", "IMG_2.jpg", "img_1.JPG"], key=natural_order) == [
        "img_1.JPG",
        "IMG_2.jpg",
        "IMG_10.jpg",
    ]


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.JPG", True), ("a.heic", True), ("a.HEIF", True), ("a.tiff", True), ("a.webp", True), ("a.avif", True), ("a.png", True), ("a.gif", False), ("a.mov", False), ("a.aae", False), ("jpg", False)],
)  # fmt: skip
def test_photos_are_taken_and_the_rest_of_a_card_is_left(name, taken):
    assert is_original(name) is taken
