"""Lexemes: any form leads to all the others, however it is spelled."""

import pytest

from hromada.search.morphology import UNKNOWN, partition_of
from hromada.search.tables import BOUNDS, COMMON_ENDINGS
from hromada.search.words import filing_key, normalized
from hromada.storage.lexeme_store import load_dictionary

DICTIONARY = load_dictionary()


def lexemes(word):
    return {lexeme[:2] for lexeme in DICTIONARY.lexemes(normalized(word))}


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("громада", "громадою"), ("року", "рік"), ("сім'я", "сімей"), ("сімя", "сім’ями"), ("ґанок", "ганку"), ("ганок", "ґанками"),
        ("обєднання", "об'єднаннями"), ("дні", "день"), ("людина", "людиною"), ("ЦНАП", "цнапи"),
        ("Дергачів", "Дергачами"), ("двері", "дверима"),
    ],
)  # fmt: skip
def test_forms_of_a_word_share_a_lexeme(text, query):
    assert lexemes(text) & lexemes(query)


@pytest.mark.parametrize(("one", "other"), [("школа", "школяр"), ("ліс", "лис"), ("вода", "водій")])
def test_other_words_share_none(one, other):
    assert not lexemes(one) & lexemes(other)


@pytest.mark.parametrize("word", ["кракозяброво", "12/01-05", "2021", "facebook"])
def test_a_word_that_no_dictionary_has_is_filed_by_its_stem(word):
    (lexeme,) = DICTIONARY.lexemes(word)

    assert lexeme.endings == UNKNOWN
    assert word.startswith(lexeme.base)


@pytest.mark.parametrize("word", ["року", "громадою", "йти", "сімя", "дергачами", "людей"])
def test_a_form_is_sought_where_its_lexeme_is_named(word):
    for lexeme in DICTIONARY.lexemes(word):
        partitions = {lexeme.partition, *lexeme.others}

        assert word.startswith(lexeme.base)
        assert word[len(lexeme.base) :] in lexeme.endings.split(",")
        assert all(partition_of(lexeme.base + ending) in partitions for ending in lexeme.endings.split(","))


def test_the_tables_are_in_order():
    assert list(BOUNDS) == sorted(set(BOUNDS))
    assert all(filing_key(bound) == bound for bound in BOUNDS)
    assert len(set(COMMON_ENDINGS)) == len(COMMON_ENDINGS)
