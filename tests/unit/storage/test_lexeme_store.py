"""The dictionary is read as its library reads it; a word is looked up once, whatever is built later."""

from itertools import islice

import pytest
from pymorphy3 import MorphAnalyzer

from hromada.search.morphology import Dictionary, partition_of
from hromada.search.words import normalized
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


@pytest.mark.parametrize("changed", ["rules", "dictionary"])
def test_lexemes_by_other_rules_or_of_another_dictionary_are_forgotten(tmp_path, looked_up, monkeypatch, changed):
    LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)
    if changed == "rules":
        monkeypatch.setattr(lexeme_store, "_RULES", lexeme_store._RULES[1:])
    else:
        (tmp_path / "meta.json").write_text("[]", "utf-8")
        monkeypatch.setattr(lexeme_store, "_dictionary_folder", lambda: tmp_path)
    LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)

    assert len(looked_up) == 2 * len(WORDS)


@pytest.mark.parametrize("wrong", [{"partition": -1}, {"partition": 512}, {"others": (0, 10**6)}])
def test_an_entry_with_a_partition_that_there_is_not_is_none(tmp_path, looked_up, wrong):
    first = LexemeStore(tmp_path / "lexemes.sqlite").of(WORDS, 1)
    store = LexemeStore(tmp_path / "lexemes.sqlite")
    store._store.put({
        ("lexemes", str(partition_of(word))): lexeme_store._LEXEMES.encode({word: (found[0]._replace(**wrong),)})
        for word, found in first.items()
    })  # fmt: skip

    assert store.of(WORDS, 1) == first


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_words_of_many_partitions_are_those_of_each(tmp_path, jobs):
    words = {
        normalized(form)
        for start in "абвгдежзиклмнопрстуфхцчшщюя"
        for form in islice(load_dictionary().forms(start), 0, 4000, 40)
    }
    expected = {word: load_dictionary().lexemes(word) for word in words}
    store = LexemeStore(tmp_path / "lexemes.sqlite")

    assert len({partition_of(word) for word in words}) > lexeme_store._MANY
    assert store.of(words, jobs) == expected
    assert LexemeStore(tmp_path / "lexemes.sqlite").of(words, jobs) == expected


def test_nothing_is_written_without_a_path(looked_up):
    store = LexemeStore(None)

    assert set(store.of(WORDS, 1)) == set(WORDS)
    assert set(store.of([], 1)) == set()
