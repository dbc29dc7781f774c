"""The light stemmer for words that no dictionary has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.search.stemmer import SHORTEST, stem


@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["боратині", "боратином", "боратину"], "боратин"),
        (["зеленський", "зеленського", "зеленському", "зеленським", "зеленська"], "зеленськ"),
        (["іваненко", "іваненка", "іваненком", "іваненкові"], "іваненк"),
        (["жкг", "днк"], None),
        (["facebook", "12/01-05", "2021", ""], None),
        (["дія", "яма"], None),
    ],
)
def test_forms_of_a_name_have_one_stem(forms, expected):
    assert [stem(form) for form in forms] == ([expected] * len(forms) if expected else forms)


@given(st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", max_size=20))
def test_a_stem_begins_the_word_and_stays_long_enough(word):
    assert word.startswith(stem(word))
    assert len(stem(word)) >= min(len(word), SHORTEST)
