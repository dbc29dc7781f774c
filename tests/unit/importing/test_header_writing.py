import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.importing.site.header import header, scalar
from hromada.reading.header import parse_document
from hromada.reading.items import ITEM_KEYS

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"), min_size=1)
ODD = st.text(st.sampled_from(list("\"'\\|>-:[],;# аb")), min_size=1)


def read(text):
    return parse_document("content/news/x.md", text, ITEM_KEYS)


@given(st.one_of(WORDS, ODD))
def test_a_title_is_read_back_just_as_it_was(title):
    document = read(header([("title", title), ("date", "2021-07-05")]) + "Текст\n")
    kept = title.strip()

    assert document.problems == []
    assert document.text("title") == kept
    assert (document.text("date"), document.body) == ("2021-07-05", "\nТекст\n")


@given(st.lists(st.one_of(WORDS, ODD), max_size=4))
def test_tags_are_read_back_just_as_they_were(tags):
    document = read(header([("title", "x"), ("tags", tags)]))
    kept = [tag.strip() for tag in tags if tag.strip()]

    assert document.problems == []
    assert document.list("tags") == kept


@pytest.mark.parametrize(
    ("value", "line"),
    [("Рада: звіт", "Рада: звіт"), ("«Свято»", "«Свято»"), ('"Свято"', '"\\"Свято\\""'), ("'", "'"), ("|", '"|"'), ("a\nb", "a b")],
)  # fmt: skip
def test_only_what_would_lose_something_is_quoted(value, line):
    assert scalar(value) == line


def test_empty_fields_are_left_out():
    assert header([("title", "x"), ("summary", ""), ("tags", ())]) == "---\ntitle: x\n---\n\n"
