"""The dictionary is read as its library reads it; a word is looked up once, whatever is built later."""

import pytest
from pymorphy3 import MorphAnalyzer

from hromada.search.morphology import Dictionary
from hromada.storage import lexeme_store
from hromada.storage.lexeme_store import LexemeStore, load_dictionary

WORDS = ["громадою", "року", "12/01-05", "кракозяброво"]


@pytest.fixture
def looked_up(monkeypatch):
    """The words that were looked up in the dictionary."""
    words = []
    dictionary = load_dictionary()
    monkeypatch.setattr(lexeme_store, "load_dictionary", lambda: dictionary)
    monkeypatch.setattr(
        dictionary, "lexemes", lambda word: (words.append(word), Dictionary.lexemes(dictionary, word))[1]
    )
    return words


def test_the_dictionary_is_that_of_its_library():
    theirs = MorphAnalyzer(lang="uk").dictionary
    library = Dictionary(theirs.words, theirs.suffixes, theirs.paradigms)
    ours = load_dictionary()
    words = [
        form.replace("ґ", "г").replace("'", "")
        for start in ("гро", "ґа", "об'", "най", "щ")
        for form in ours.forms(start)
    ]

    assert list(map(list, ours.paradigms)) == list(map(list, theirs.paradigms))
    assert ours.suffixes == theirs.suffixes
    assert len(words) > 10_000
    assert [word for word in words[::20] if ours.lexemes(word) != library.lexemes(word)] == []


def test_a_word_is_looked_up_once(tmp_path, looked_up):
    first = LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)
    second = LexemeStore(tmp_path / "lexemes.sqlite").of([*WORDS, "рік"], 1)

    assert sorted(looked_up) == sorted([*WORDS, "рік"])
    assert first.items() < second.items()
    assert {lexeme.base for lexeme in second["рік"]} & {lexeme.base for lexeme in second["року"]}


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_lost_or_damaged_store_costs_a_look_into_the_dictionary(tmp_path, looked_up, damage):
    path = tmp_path / "lexemes.sqlite"
    first = LexemeStore(path).of(WORDS, 1)
    path.unlink() if damage is None else path.write_bytes(damage)

    assert LexemeStore(path).of(WORDS, 1) == first
    assert len(looked_up) == 2 * len(WORDS)


def test_lexemes_by_other_rules_are_forgotten(tmp_path, looked_up, monkeypatch):
    LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)
    monkeypatch.setattr(lexeme_store, "_RULES", lexeme_store._RULES[1:])
    LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)

    assert len(looked_up) == 2 * len(WORDS)


def test_nothing_is_written_without_a_path(looked_up):
    store = LexemeStore(None)

    assert set(store.of(WORDS, 1)) == set(WORDS)
    assert set(store.of([], 1)) == set()
