"""Words of unpublished texts: which are searched for, and where they are found."""

import pytest

from hromada.verification.phrases import PhraseSearch, phrases_in, phrases_of

LONG = "Одне два три чотири п’ять шість сім вісім дев’ять"


@pytest.mark.parametrize("title", ["", "Оголошення", "Оголошення про засідання сесії"])
def test_a_short_title_is_no_phrase(title):
    assert list(phrases_of(title, "")) == []


def test_a_long_title_and_the_first_long_runs_are_phrases():
    body = f"{LONG}.\n\n" * 3 + "коротко\n"

    assert list(phrases_of("Про бюджет громади на 2022 рік", body))[:2] == [
        "Про бюджет громади на 2022 рік", "Одне два три чотири п ять шість сім вісім дев ять",
    ]  # fmt: skip
    assert len(list(phrases_of("", f"{LONG}.\n" * 30))) == 4


@pytest.mark.parametrize(
    "body",
    [
        "[x](../2021/2021-12-31-zrazok-u-malykh-prokhodakh-proishov-maister-klas.md)",
        "https://rada.example/novyny/u-malykh-prokhodakh-proishov-maister-klas-iz-lipky",
        "одне два три *чотири* п'ять шість сім",
    ],
)
def test_addresses_and_words_around_markup_are_no_phrases(body):
    assert list(phrases_of("", body)) == []


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("<p>Одне два, три\nчотири п&#39;ять</p>", True),
        ("<p>Одне два&nbsp;три чотири п’ять</p>", True),
        ("<p>два три чотири п’ять</p>", False),
        ("<p>ЙОдне два три чотири п’ять</p>", False),
        ("чотири", False),
    ],
)
def test_a_phrase_is_found_whatever_stands_between_its_words(text, is_found):
    assert PhraseSearch(["Одне два три чотири п ять"]).found_in(text) == ["Одне два три чотири п ять"] * is_found


def test_texts_are_read_until_all_phrases_are_found():
    texts = iter(["а б в", "г ґ д", "е"])

    assert phrases_in({"а б", "ґ д"}, texts) == {"а б", "ґ д"}
    assert list(texts) == ["е"]
