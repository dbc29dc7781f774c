"""A command's question reaches whoever can answer it, and nobody else."""

import io
import json
import re

import pytest

from hromada.commands.publish import confirm_by
from hromada.console.questions import DIALOGUE, RECORD, Question, page, person, plain_lines
from hromada.listing.publication_guard import guard_refusals
from hromada.listing.site_changes import FORCEABLE, ForeignChanges, ForeignFiles, Refusal, SiteChanges
from hromada.publish.withdrawals import withdrawn_refusals


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


GONE = ("/news/a-2022-01-10/", "/files/zvit.pdf", *(f"/news/{number}/" for number in range(9)))
REFUSALS = {
    **{
        refusal.code: refusal.message
        for refusal in guard_refusals(SiteChanges(gone=GONE, bytes=990_000_000), GONE, (), ())
    },
    "withdrawn": withdrawn_refusals(["news/a/index.html"], ())[0].message,
    "changed by hand": ForeignFiles(undone=("index.html",)).refusals(ForeignChanges(), "gh-pages", ())[0].message,
    "git": "Команда git не вдалася. Повторіть: make publish.\n    fatal: unable to access 'https://git.example/': Could not resolve host",
    "behind": "У сховищі є новіші зміни, яких у вас немає. У терміналі make publish забере їх сам; деінде: git pull. Потім: make publish. Сайт лишився.",
}


@pytest.mark.parametrize("message", REFUSALS.values(), ids=REFUSALS)
def test_a_page_shows_no_command_of_the_terminal(message):
    assert not re.search(r"make |git |FORCE|термінал|fatal", "\n".join(plain_lines(message)))


def test_what_is_wrong_and_the_addresses_stay():
    assert plain_lines(REFUSALS["address-gone"])[:3] == [
        "Із сайту зникнуть 11\u00a0адрес, без переспрямування і без повідомлення:", "/news/a-2022-01-10/", "/files/zvit.pdf"
    ]  # fmt: skip
    assert plain_lines(REFUSALS["many-gone"])[0].startswith("Зникнуть 10\u00a0сторінок")
    assert plain_lines(REFUSALS["behind"]) == ["У сховищі є новіші зміни, яких у вас немає. Сайт лишився."]
    assert plain_lines("Збережено: «Новина», коміт 0123456789.") == ["Збережено: «Новина»."]
    assert plain_lines(REFUSALS["git"]) == []


@pytest.mark.parametrize("code", FORCEABLE)
def test_the_button_that_overrides_a_refusal_says_what_is_agreed_to(code):
    asked = []
    confirm_by(lambda question: asked.append(question) or "ні")(
        Refusal(code, "Причина. Якщо треба: make publish FORCE=1.")
    )

    assert [value for value, _ in asked[0].choices] == ["ні", "так"]
    assert dict(asked[0].choices)["так"].startswith("Так, ")
    assert asked[0].details == ("Причина.",)


def test_a_page_that_is_left_is_a_person_who_has_left():
    with pytest.raises(EOFError):
        person({DIALOGUE: "json"}, io.StringIO(""), io.StringIO())("Ім’я: ")


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
