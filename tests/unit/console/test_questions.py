"""A command's question reaches whoever can answer it, and nobody else."""

import io
import json

import pytest

from hromada.commands.publish import confirm_by
from hromada.console.questions import DIALOGUE, RECORD, Question, page, person
from hromada.domain.refusal import Refusal


def test_a_page_gets_a_question_as_a_record_and_its_answer_is_read_as_one():
    messages = io.StringIO()
    ask = person({DIALOGUE: "json"}, io.StringIO('"моє\\nдруге"\n'), messages)
    choices = (("1", "Моє"), ("2", "Колеги"))
    answer = ask(Question("> ", choices=choices, default="1", label="Чий текст?", details=["«Зустріч»"]))

    assert answer == "моє\nдруге"
    assert messages.getvalue()[0] == RECORD
    assert json.loads(messages.getvalue()[1:]) == {
        "words": "Чий текст?",
        "details": ["«Зустріч»"],
        "choices": [["1", "Моє"], ["2", "Колеги"]],
        "default": "1",
    }


def test_a_page_is_told_what_begins_and_a_terminal_is_not():
    messages = io.StringIO()
    page({DIALOGUE: "json"}, messages)({"step": "Будую сайт"})
    page({}, messages)({"step": "Надсилаю"})

    assert messages.getvalue() == f"{RECORD}{json.dumps({'step': 'Будую сайт'})}\n"


def test_the_page_asks_about_a_refusal_in_its_own_words():
    asked = []
    confirm_by(lambda question: asked.append(question) or "ні")(
        Refusal("many-gone", "Причина. Якщо треба: make publish FORCE=1.", "Причина.\n/news/")
    )

    assert asked[0].choices == (("ні", "Не публікувати"), ("так", "Так, прибрати стільки сторінок"))
    assert asked[0].details == ("Причина.", "/news/")


def test_a_page_that_is_left_is_a_person_who_has_left():
    with pytest.raises(EOFError):
        person({DIALOGUE: "json"}, io.StringIO(""), io.StringIO())(Question("Ім’я: ", label="Ім’я:"))


def test_where_nobody_can_answer_nobody_is_asked():
    assert person({}, io.StringIO("так\n"), io.StringIO()) is None


@pytest.mark.parametrize(
    ("answer", "goes_on"), [("так", True), (" ТАК ", True), ("ні", False), ("", False), ("yes", False)]
)
def test_a_refusal_is_overridden_by_one_word_alone(answer, goes_on):
    assert confirm_by(lambda _: answer)(Refusal("many-gone", "Зникне багато сторінок.")) is goes_on


def test_whoever_leaves_does_not_override_a_refusal():
    def leave(_):
        raise EOFError

    assert confirm_by(leave)(Refusal("many-gone", "Зникне багато сторінок.")) is False
