"""What stands for an item in a list."""

import pytest

from hromada.listing.cards import summary_of


@pytest.mark.parametrize(
    ("rendered", "summary"),
    [
        ("<p>Коротко.</p>", "Коротко."),
        ("<p> </p><p>Перші слова</p>", "Перші слова"),
        ("<p>Рада ухвалила рішення. Далі про інше</p>", "Рада ухвалила рішення…"),
        ("<p>Рада ухвалила рішення, яке чекали всі</p>", "Рада ухвалила рішення…"),
        ("<p>Рада ухвалила рішення – його чекали всі</p>", "Рада ухвалила рішення…"),
    ],
)
def test_a_summary_is_the_first_words_cut_at_a_word_without_its_punctuation(rendered, summary):
    assert summary_of(rendered, 26) == summary
