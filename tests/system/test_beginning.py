"""`make new`: a file in its place, from settings or from a talk; nothing is ever overwritten."""

import json
import os
import pty
import subprocess
import sys

import pytest

from hromada.commands import dispatch as commands
from hromada.commands import new
from tests.conftest import ROOT


class Person:
    """Somebody at the terminal who answers in turn and then leaves."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def __call__(self, question):
        self.asked.append(question)
        if not self.answers:
            raise EOFError
        return self.answers.pop(0)


def talk(site, *answers, **settings):
    """What comes of a talk, and what was asked."""
    person = Person(*answers)
    return *site.run(lambda options: new.create(options, person), **settings), person.asked


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"kind": "news"}, "news/2022/2022-01-15-yizha.md"),
        ({"kind": "Подія"}, "news/2022/2022-01-15-yizha.md"),
        ({"kind": "message", "unit": "okruh"}, "units/okruh/2022-01-15-yizha.md"),
        ({"kind": "message", "unit": "їжакевицький округ"}, "units/okruh/2022-01-15-yizha.md"),
        ({"kind": "page"}, "pages/yizha.md"),
    ],
)
def test_a_new_file_stands_in_its_place_and_passes_the_check(golden, settings, path):
    status, out, err = golden.run(commands.new, title="Їжа", **settings)

    assert (status, err) == (0, "")
    assert out.startswith(f"Створено {golden.content / path}\nДалі: ")
    assert "Заголовок: Їжа" in (golden.content / path).read_text("utf-8")
    assert golden.run(commands.check)[:2] == (0, "Зауважень немає.\n")


def test_a_draft_changes_no_figure(golden):
    def counted():
        found = json.loads(golden.run(commands.figures, period="2022-01", format="json")[1])
        return found["figures"], found["reconciliation"]["draft"]

    figures, drafts = counted()
    golden.run(commands.new, kind="news", title="Їжа")

    assert counted() == (figures, drafts + 1)


def test_a_report_is_begun_by_its_own_command(golden):
    status, out, _ = golden.run(commands.new, kind="звіт", period="2022-H1", title="Мій звіт")

    assert (status, "за зразком content/reports/2021-h2.md" in out, "TITLE не використано" in out) == (0, True, True)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "не вказано KIND, можна: news, message, event, page, report, service"),
        ({"kind": "nevs"}, "KIND=«nevs» незрозуміло, можливо, «news»?"),
        ({"kind": "news"}, "не вказано TITLE"),
        ({"kind": "news", "title": "…"}, "не виходить адреси"),
        ({"kind": "news", "title": "x", "unit": "okruh"}, "UNIT пишуть лише для повідомлення"),
        ({"kind": "message", "title": "x"}, "не вказано UNIT, можна: partner, zakryto, okruh"),
        ({"kind": "message", "title": "x", "unit": "okrug"}, "UNIT=«okrug» незрозуміло, можливо, «okruh»?"),
        ({"kind": "page", "title": "News"}, "адресу /news/ займає сам сайт"),
        ({"kind": "report"}, "не вказано PERIOD"),
        ({"kind": "report", "period": "колись"}, "PERIOD: період «колись» незрозумілий"),
    ],
)
def test_where_nobody_can_answer_it_says_what_to_write(golden, settings, words):
    before = sorted(golden.content.rglob("*"))
    status, out, err = golden.run(commands.new, **settings)

    assert (status, out, sorted(golden.content.rglob("*"))) == (2, "", before)
    assert err.startswith("Нічого не створено: ")
    assert words in err


def test_a_message_needs_a_published_page_of_its_unit(golden):
    golden.write("units/maibutnii/index.md", "title: Майбутній\ndate: 2022-03-01\n\n")
    golden.write("units/skhovanyi/index.md", "title: Схований\nstatus: hidden\n\n")

    assert "ще не відкрита" in golden.run(commands.new, kind="message", title="x", unit="maibutnii")[2]
    assert "не опубліковано" in golden.run(commands.new, kind="message", title="x", unit="Схований")[2]


def test_nothing_is_overwritten_whatever_the_case_of_its_name(golden):
    golden.write("news/2022/2022-01-15-YIZHA.md", "title: x\ndate: 2022-01-15\nstatus: draft\n\n")
    status, _, err = golden.run(commands.new, kind="news", title="Їжа")
    assert (status, "2022-01-15-YIZHA.md уже є" in err) == (2, True)

    golden.run(commands.new, kind="page", title="Їжа")
    file = golden.content / "pages/yizha.md"
    file.write_text("моє", "utf-8")
    assert "content/pages/yizha.md уже є" in golden.run(commands.new, kind="page", title="Їжа")[2]
    assert file.read_text("utf-8") == "моє"


def test_an_address_that_another_file_has_is_refused(golden):
    golden.write("news/x.md", "title: x\ndate: 2022-01-15\nslug: yizha\n\n")

    assert "уже зайнята: content/news/x.md" in golden.run(commands.new, kind="news", title="Їжа")[2]


def test_a_missing_content_folder_is_said(site):
    assert "перевірте CONTENT" in site.run(commands.new, kind="news", title="x")[2]


def test_broken_content_elsewhere_stops_nobody_from_writing(golden):
    golden.write("news/broken.md", "titel: x\n\n")

    assert golden.run(commands.new, kind="news", title="Їжа")[0] == 0


def test_a_talk_asks_again_until_it_understands(golden):
    status, out, _, asked = talk(golden, "9", "повідомленя", "2", "", "3", "…", "Графік")

    assert status == 0
    assert "  2. повідомлення (message)" in out
    assert "  3. Їжакевицький округ (okruh)" in out
    assert "можливо, «повідомлення»?" in out
    assert asked == ["Номер або назва: "] * 5 + ["Назва: "] * 2
    assert (golden.content / "units/okruh/2022-01-15-hrafik.md").exists()


def test_a_talk_offers_another_name_for_one_that_is_taken(golden):
    golden.run(commands.new, kind="page", title="Їжа")
    status, out, _, _ = talk(golden, "Їжа", "Їжа й напої", kind="page")

    assert (status, "уже є" in out) == (0, True)
    assert (golden.content / "pages/yizha-y-napoi.md").exists()


def test_a_talk_corrects_a_setting_that_was_not_understood(golden):
    assert talk(golden, "page", "Їжа", kind="сторинка")[0] == 0


def test_a_talk_about_a_report_asks_for_its_period(golden):
    status, out, _, asked = talk(golden, "5", "колись", "2022-H1")

    assert (status, len(asked), "період «колись» незрозумілий" in out) == (0, 3, True)


def test_who_leaves_midway_leaves_nothing(golden):
    before = sorted(golden.content.rglob("*"))
    status, _, err, _ = talk(golden, "1")

    assert (status, "нічого не створено" in err, sorted(golden.content.rglob("*"))) == (1, True, before)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pseudo-terminals")
def test_on_a_terminal_the_command_asks(golden):
    ours, theirs = pty.openpty()
    command = [sys.executable, str(ROOT / "tasks.py"), "new", f"CONTENT={golden.content}", "TODAY=2022-01-15"]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    os.write(ours, "4\nЇжа\n".encode())

    assert process.wait(timeout=60) == 0
    os.close(ours)
    assert (golden.content / "pages/yizha.md").exists()


def test_make_takes_a_title_as_it_is(golden):
    title = "Ціна $5, $(shell touch x) і \"лапки\" з 'апострофом' `x`"
    command = ["make", "-s", "-C", str(ROOT), "new", "KIND=page", f"TITLE={title}", f"CONTENT={golden.content}"]
    subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    made = golden.content / "pages/tsina-5-shell-touch-x-i-lapky-z-apostrofom-x.md"
    assert f"Заголовок: {title}\n" in made.read_text("utf-8")
