"""Names of photos that come in."""

import pytest

from hromada.pictures.photo_names import existing_photos, folder_of_item, is_original, photo_name, photo_stem

DIGEST = "3fa9c2d1" + "0" * 56


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
    assert photo_stem(folder) == stem


def test_a_photo_is_known_again_by_its_name():
    name = photo_name("zustrich", 1, DIGEST)

    assert name == "zustrich-01-3fa9c2d1.jpg"
    assert existing_photos([name, photo_name("x", 112, "ab" * 32), "інша.jpg", "a-1-3fa9c2d1.jpg"]) == (
        {"3fa9c2d1": name, "abababab": "x-112-abababab.jpg"}, 112
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "taken"),
    [("a.JPG", True), ("a.heic", True), ("a.HEIF", True), ("a.tiff", True), ("a.webp", True), ("a.avif", True), ("a.png", True), ("a.gif", False), ("a.mov", False), ("a.aae", False), ("jpg", False)],
)  # fmt: skip
def test_photos_are_taken_and_the_rest_of_a_card_is_left(name, taken):
    assert is_original(name) is taken
