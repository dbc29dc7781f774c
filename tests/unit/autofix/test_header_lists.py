"""A list of a header gets entries, and nothing else of the file changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.autofix.header_lists import HeaderUnclear, list_entries, with_list_entries
from hromada.domain.header_fields import KEYS
from hromada.reading.items import read_item

NEW = ["x/x-01-3fa9c2d1.jpg |", "x/x-02-00000000.jpg |"]
ADDED = "  - x/x-01-3fa9c2d1.jpg |\n  - x/x-02-00000000.jpg |\n"


def added(text):
    return with_list_entries(text, "gallery", NEW, KEYS)


@pytest.mark.parametrize(
    ("before", "after"),
    {
        "no gallery": ("---\ntitle: x\n---\n\nТекст.\n", f"---\ntitle: x\ngallery:\n{ADDED}---\n\nТекст.\n"),
        "Ukrainian keys": ("---\nЗаголовок: x\n---\n\nТекст.\n", f"---\nЗаголовок: x\nГалерея:\n{ADDED}---\n\nТекст.\n"),
        "a block": ("---\ngallery:\n  - a.jpg | Алея | Підпис\ntitle: x\n---\n", f"---\ngallery:\n  - a.jpg | Алея | Підпис\n{ADDED}title: x\n---\n"),
        "a block without an indent": ("---\ngallery:\n- a.jpg\ntitle: x\n---\n", f"---\ngallery:\n- a.jpg\n{ADDED.replace('  - ', '- ')}title: x\n---\n"),
        "a comment in it": ("---\nгалерея:\n  - a.jpg\n  # сад\n  - b.jpg\n---\n", f"---\nгалерея:\n  - a.jpg\n  # сад\n  - b.jpg\n{ADDED}---\n"),
        "a list in brackets": ("---\ngallery: [a.jpg, b.jpg]\ntitle: x\n---\n", f"---\ngallery:\n  - a.jpg\n  - b.jpg\n{ADDED}title: x\n---\n"),
        "an empty field": ("---\ngallery:\ntitle: x\n---\n", f"---\ngallery:\n{ADDED}title: x\n---\n"),
        "an empty list": ("---\ngallery: []\ntitle: x\n---\n", f"---\ngallery:\n{ADDED}title: x\n---\n"),
        "a header without fences": ("title: x\ndate: 2021-07-05\n\nТекст.\n", f'---\ntitle: x\ndate: "2021-07-05"\ngallery:\n{ADDED}---\n\nТекст.\n'),
        "a header alone": ("title: x\ndate: 2021-07-05", f'---\ntitle: x\ndate: "2021-07-05"\ngallery:\n{ADDED}---\n'),
    }.values(),
)  # fmt: skip
def test_entries_come_to_the_end_of_the_list(before, after):
    assert added(before) == after
    assert list_entries(after, "gallery", KEYS)[-2:] == NEW


@pytest.mark.parametrize(
    "text", ["", "---\ntitle: x\n", "---\n---\n", "---\ngallery: a.jpg\nГалерея: b.jpg\n---\n", "\n\n"]
)
def test_what_is_no_clear_header_is_refused(text):
    with pytest.raises(HeaderUnclear):
        added(text)


def test_the_reader_finds_the_photos_with_descriptions_to_be_filled_in():
    text = "---\ntitle: x\ndate: 2021-07-05\n---\n\nТекст.\n"
    item, _, _ = read_item("content/news/x.md", added(text).encode())

    assert [(one.target, one.alt) for one in item.gallery] == [("x/x-01-3fa9c2d1.jpg", ""), ("x/x-02-00000000.jpg", "")]


@given(st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1).filter(lambda one: one.strip() == one), min_size=1, max_size=4))  # fmt: skip
def test_any_entries_are_read_again_as_they_were(entries):
    text = with_list_entries("---\ntitle: x\n---\n\nТекст.\n", "gallery", entries, KEYS)

    assert list_entries(text, "gallery", KEYS) == entries
    assert text.endswith("---\n\nТекст.\n")
