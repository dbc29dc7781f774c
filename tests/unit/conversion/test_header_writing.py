from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.site.converted_file import header
from hromada.domain.header_fields import COMMON
from hromada.reading.header import parse_document

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85"), min_size=1)
ODD = st.text(st.sampled_from(list("\"'\\|>-:[],;# аb")), min_size=1)


def read(text):
    return parse_document("content/news/x.md", text, COMMON)


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


def test_controls_of_an_old_database_are_spaces():
    assert (
        header([("title", "а\x00\nб\x85в"), ("tags", ["\u2028", " г\x07"])])
        == "---\ntitle: а б в\ntags:\n  - г\n---\n\n"
    )


def test_empty_fields_are_left_out():
    assert header([("title", "x"), ("summary", ""), ("tags", ())]) == "---\ntitle: x\n---\n\n"
