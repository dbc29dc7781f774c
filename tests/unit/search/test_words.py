"""Words of texts: apostrophes, letters alike, numbers of documents, codes of places."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.search.words import LONGEST_WORD, count_words, filing_key, is_indexed, normalized, words_of


@pytest.mark.parametrize("written", ["сім'я", "сім’я", "сімʼя", "сім`я", "СІМ’Я", "сі\u0301м’я", "сім\u00ad’я", "сімя"])
def test_a_word_is_one_word_however_its_apostrophe_is_typed(written):
    assert words_of(normalized(written)) == ["сімя"]


def test_letters_that_are_alike_are_one_letter():
    assert normalized("Ґанок") == normalized("Ганок")
    assert normalized("громaдa") == normalized("громада")  # two Latin letters
    assert normalized("Facebook COVID-19 QR-код") == "facebook covid-19 qr-код"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("№ 345", ["345"]),
        ("№ 12/01-05 від", ["12", "01", "05", "від", "12/01-05"]),
        ("12/01–05", ["12", "01", "05", "12/01-05"]),
        ("05.07.2021", ["05", "07", "2021", "05.07.2021"]),
        ("віце-президент", ["віце", "президент"]),
        ("і/або", ["і", "або"]),
        ("2-га школа", ["2", "га", "школа", "2-га"]),
        ("_підкреслене_", ["підкреслене"]),
        ("", []),
    ],
)
def test_a_number_with_signs_inside_comes_as_a_whole_and_in_parts(text, words):
    assert words_of(normalized(text)) == words


@given(st.text(st.one_of(st.characters(), st.sampled_from("аі1 _/.-–\u0301²\n\x1c\u2007"))))
def test_words_are_the_longest_runs_of_letters_and_digits(text):
    text = normalized(text)

    assert [word for word in words_of(text) if word.isalnum()] == re.findall(r"[^\W_]+", text)


@pytest.mark.parametrize(
    ("word", "is_kept"), [("сміття", True), ("що", False), ("5", True), ("я", False), ("ок", True), ("ї", False)]
)
def test_words_without_a_subject_are_not_indexed(word, is_kept):
    assert is_indexed(word) is is_kept


def test_a_word_without_an_end_is_not_indexed():
    assert is_indexed("а" * LONGEST_WORD)
    assert not is_indexed("а" * (LONGEST_WORD + 1))


@pytest.mark.parametrize(
    ("one", "other"),
    [("київ", "киів"), ("сесія", "сєсія"), ("ідемо", "йдемо"), ("ырпінь", "ірпинь"), ("олексій", "олексіі")],
)
def test_slips_are_filed_alike(one, other):
    assert filing_key(one) == filing_key(other)


def test_a_code_says_where_a_word_stands_and_how_often():
    counted = count_words(
        "Ремонт школи", "Ремонт триває", "Ремонт триває. Школа, школа, школа, школа, школа, школа, школа."
    )

    assert counted.codes == {"ремонт": 22, "школи": 14, "триває": 8, "школа": 6}
    assert counted.length == 9


@given(st.text(), st.text(), st.text())
def test_every_code_is_a_sign(title, lead, text):
    counted = count_words(title, lead, text)

    assert all(0 < code < 28 for code in counted.codes.values())
    assert all(map(is_indexed, counted.codes))


@given(st.text(alphabet="абїґ'’ʼ`1/-. aАb\u0301"))
def test_normalising_twice_changes_nothing(text):
    assert normalized(normalized(text)) == normalized(text)
