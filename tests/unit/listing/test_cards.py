"""What stands for an item in a list."""

import pytest

from hromada.listing.cards import summarise
from hromada.render.html import Markup
from tests.unit.making import item


@pytest.mark.parametrize(
    ("written", "summary"),
    [
        (
            "Надано 1 200 грн[^1] та 50 м²[^2] площі.\n\n[^1]: Без ПДВ.\n[^2]: За паспортом.\n",
            "Надано 1 200 грн та 50 м² площі.",
        ),
        ("[^1]\n\n[^1]: Лише примітка.\n", ""),
        ("Перший рядок<br>другий рядок", "Перший рядок другий рядок"),
        ("Рядок  \nдругий<br/>третій", "Рядок другий третій"),
        ("| День | Години |\n|---|---|\n| Пн | 8–12 |\n", ""),
        ("| День | Години |\n|---|---|\n| Пн | 8–12 |\n\nДалі.\n", "Далі."),
        ("<table><tr><td><p>а</p></td></tr></table>\n\nДалі.", "Далі."),
        ("## Розділ\n\nСлово **товсте**слово.", "Слово товстеслово."),
        ("- Освіта\n  - Ліцеї\n", "Освіта Ліцеї"),
        ("Ділянка 5 м<sup>2</sup>, CO<sub>2</sub>, 10<sup>-3</sup>.", "Ділянка 5 м², CO₂, 10⁻³."),
        ('Площа 50 га<sup>[1]</sup> і 5<a href="#n"><sup>2</sup></a>.', "Площа 50 га і 5."),
        ('Сума 7 грн<sup><a href="#n">3</a></sup> й ціна<sup>*</sup>.', "Сума 7 грн й ціна."),
        ("[TOC]\n\n## Розділ\n\nСлово.", "Слово."),
        ("Збори ~~15 січня~~ 16 січня.", "Збори 16 січня."),
        ("Збори ~~15 січня~~, далі.", "Збори, далі."),
        ("Слово ![вид](a.jpg)слово", "Слово слово"),
        ("<!-- уточнити -->\n\nСлово <!-- так --> далі.", "Слово далі."),
        ("\u200b\n\n* * *\n\n————\n\n🎄\n\nСлово.", "Слово."),
    ],
)
def test_a_summary_holds_the_words_of_running_text_alone(written, summary):
    assert Markup().text(item(), written).metadata.summary == summary


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
    assert summarise(rendered, 26) == summary
