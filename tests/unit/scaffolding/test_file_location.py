from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from hromada.domain.alphabet import slug as official_slug
from hromada.domain.file_names import LONGEST_FILE_NAME
from hromada.reading.items import kind_and_section_of, read_item
from hromada.scaffolding.new_file import DraftKind, DraftRefused, draft_path, tidy_title

DAY = date(2022, 1, 15)
PLACED = (DraftKind.NEWS, DraftKind.EVENT, DraftKind.MESSAGE, DraftKind.PAGE)


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        (DraftKind.NEWS, "content/news/2022/2022-01-15-zghurskyi-yarmarok.md"),
        (DraftKind.EVENT, "content/news/2022/2022-01-15-zghurskyi-yarmarok.md"),
        (DraftKind.MESSAGE, "content/units/okruh/2022-01-15-zghurskyi-yarmarok.md"),
        (DraftKind.PAGE, "content/pages/zghurskyi-yarmarok.md"),
    ],
)
def test_a_file_lies_where_its_kind_says_by_the_official_letters(kind, path):
    assert draft_path(kind, "Згурський ярмарок", DAY, "okruh") == path


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Рада:\n зустріч\t з \r\nмешканцями ", "Рада: зустріч з мешканцями"),
        ("Зуст\u00adріч\u200b\u202e", "Зустріч"),
        ("Дзвінок\x07\x00!", "Дзвінок !"),
        ("Їжа й мед".replace("Ї", "І\u0308"), "Їжа й мед"),
        ("../../etc/passwd", "../../etc/passwd"),
    ],
)
def test_a_title_is_one_clean_line(text, title):
    assert tidy_title(text) == title


@pytest.mark.parametrize("text", ["", " \n ", "…", "../..", "«»", "\u200b", "№"])
def test_a_title_without_an_address_is_refused(text):
    with pytest.raises(DraftRefused):
        tidy_title(text)


COUNCIL = (
    "Про внесення змін до рішення сесії міської ради від 24 грудня 2021 року про затвердження Програми "
    "соціально-економічного розвитку міської територіальної громади Харківського району Харківської області на 2022 рік"
)


@pytest.mark.parametrize("kind", PLACED)
@pytest.mark.parametrize("title", [COUNCIL, "слово " * 100, "Про " + "безпека-" * 30])
def test_a_long_name_is_cut_at_a_word(kind, title):
    name = draft_path(kind, title, DAY, "okruh").rpartition("/")[2]
    words = official_slug(title).split("-")
    kept = name.removesuffix(".md").removeprefix("2022-01-15-").split("-")

    assert len(name) <= LONGEST_FILE_NAME
    assert kept == words[: len(kept)]


def test_a_single_long_word_is_cut_where_the_room_ends():
    assert len(draft_path(DraftKind.NEWS, "а" * 400, DAY).rpartition("/")[2]) == LONGEST_FILE_NAME


def test_a_name_in_a_folder_too_long_for_windows_is_refused():
    with pytest.raises(DraftRefused, match="задовга"):
        draft_path(DraftKind.MESSAGE, COUNCIL, DAY, "a" * 120)


def test_a_name_that_windows_keeps_for_a_device_is_refused():
    with pytest.raises(DraftRefused, match="Windows"):
        draft_path(DraftKind.PAGE, "Con", DAY)


@given(st.text(max_size=300), st.sampled_from(PLACED))
def test_any_title_gives_a_place_in_the_content_or_a_reason(text, kind):
    try:
        path = draft_path(kind, tidy_title(text), DAY, "okruh")
    except DraftRefused as refused:
        assert str(refused)
        return
    name = path.rpartition("/")[2]

    assert path.isascii()
    assert len(name) <= LONGEST_FILE_NAME
    assert ".." not in path
    assert kind_and_section_of(path)
    assert name == name.lower()


@given(st.text(max_size=300))
def test_the_address_comes_from_the_name(text):
    try:
        path = draft_path(DraftKind.NEWS, tidy_title(text), DAY)
    except DraftRefused:
        assume(False)
    item, _, problems = read_item(path, b"title: x\ndate: 2022-01-15\n\n")

    assert problems == []
    assert item.address == f"/news/{path.removeprefix('content/news/2022/2022-01-15-').removesuffix('.md')}-2022-01-15/"
