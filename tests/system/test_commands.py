"""The commands as an editor runs them: a process of its own, odd consoles, odd paths, CRLF."""

import json
import os
import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.system.plain import plain_pelican, tree


def run(*arguments, stdout=subprocess.PIPE, **environ):
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8")}
    return subprocess.run(
        [sys.executable, str(ROOT / "tasks.py"), *arguments], env=clean | environ, capture_output=True, check=False
    )


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "Тека з пробілом" / "зміст"
    (folder / "news").mkdir(parents=True)
    (folder / "news/2021-07-05-x.md").write_bytes(
        "---\r\ntitle: Їжа\r\ndate: 05.07.2021\r\n---\r\n\r\nТекст.\r\n".encode()
    )
    (folder / "registers/requests").mkdir(parents=True)
    (folder / "registers/requests/a.csv").write_bytes("Дата;Канал;Кількість\r\n05.07.2021;пошта;3\r\n".encode("cp1251"))
    return folder


@pytest.mark.parametrize("console", [{"PYTHONIOENCODING": "cp1251"}, {"LC_ALL": "C", "LANG": "C"}])
def test_figures_speak_utf8_on_any_console(content, console):
    done = run("figures", CONTENT=str(content), PERIOD="2021-H2", FORMAT="json", TODAY="2022-01-15", **console)
    values = {one["id"]: one["value"] for one in json.loads(done.stdout.decode("utf-8"))["figures"]}

    assert (done.returncode, values["news"], values["requests"]) == (0, 1, 3)


def test_html_builds_in_a_path_with_spaces_and_cyrillic_letters(content):
    output = content.parent / "готовий сайт"
    done = run("html", CONTENT=str(content), OUTPUT=str(output), TODAY="2022-01-15")

    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert "Їжа" in (output / "news/x-2021-07-05/index.html").read_text("utf-8")


def test_make_passes_its_variables_on_and_keeps_stdout_pure(content):
    command = [
        "make",
        "-C",
        str(ROOT),
        "figures",
        "PERIOD=2021-H2",
        f"CONTENT={content}",
        "FORMAT=json",
        "TODAY=2022-01-15",
    ]
    done = subprocess.run([*command, "--no-print-directory"], capture_output=True, check=False)

    assert json.loads(done.stdout)["period"]["id"] == "2021-H2"


@pytest.mark.parametrize(
    ("command", "environ", "status"),
    [
        ("check", {"TODAY": "вчора"}, 2),
        ("figures", {"PERIOD": "2021-H9"}, 2),
        ("figures", {}, 2),
        ("check", {"FORMAT": "xml"}, 2),
    ],
)
def test_a_refused_value_gives_status_2_and_no_traceback(content, command, environ, status):
    done = run(command, CONTENT=str(content), **environ)

    assert done.returncode == status
    assert b"Traceback" not in done.stderr


PYTHON, INVOKE = [sys.executable, str(ROOT / "tasks.py")], [str(ROOT / ".venv/bin/invoke")]
MAKE = ["make", "--no-print-directory", "-C", str(ROOT)]


# FORMAT=xml would stop each of these calls, too: not one may publish, whatever the code under test does.
@pytest.mark.parametrize(
    ("command", "environ", "said", "status"),
    [
        ([*PYTHON, "publish"], {"CONTENT": "demo/content", "TODAY": "2027-01-01"}, ["CONTENT: публікують", "TODAY: публікують"], 2),
        ([*PYTHON, "publish", "TODAY=2027-01-01"], {"OUTPUT": "x"}, ["TODAY: публікують", "OUTPUT: сайт"], 2),
        ([*INVOKE, "publish"], {"CONTENT": "demo/content"}, ["CONTENT: публікують"], 2),
        ([*MAKE, "publish", "CONTENT=demo/content"], {"TODAY": "2027-01-01"}, ["CONTENT: публікують", "TODAY: публікують"], 2),
        ([*MAKE, "publish", "DRYRUN=1"], {}, ["«DRYRUN», можливо, «DRY_RUN»?"], 2),
        ([*MAKE, "publish", "DRY-RUN=1"], {}, ["«DRY-RUN», можливо, «DRY_RUN»?"], 2),
        ([*MAKE, "publish", "DRY_RUN=yes2", "TITLE=x"], {}, ["make publish не має налаштування TITLE"], 2),
        ([*MAKE, "publish", "DRY_RUN=yes2"], {}, ["DRY_RUN=«yes2» незрозуміло"], 2),
        ([*MAKE, "publish", "DRY_RUN"], {}, ["Немає команди: DRY_RUN."], 2),
        ([*MAKE, "publish"], {"MAKEFLAGS": "-- DRYRUN=1"}, ["«DRYRUN»"], 2),
        ([*PYTHON, "publish"], {"DRYRUN": "1"}, ["незрозуміла змінна середовища «DRYRUN»"], 2),
    ],
)  # fmt: skip
def test_a_publication_of_something_else_is_refused_through_every_entry(command, environ, said, status):
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONUTF8")}
    done = subprocess.run(command, cwd=ROOT, env=clean | {"FORMAT": "xml"} | environ, capture_output=True, check=False)
    told = done.stderr.decode()

    assert (done.returncode, [words for words in said if words not in told]) == (status, []), told
    assert done.stdout == b""


def test_a_make_inside_a_command_has_settings_of_its_own():
    """`make test ARGS=…` starts tests that start make."""
    inner = ["make", "-s", "publish", "TITLE=x", "FORMAT=xml"]
    code = f"import subprocess, tasks; assert tasks._accept('test') == []; raise SystemExit(subprocess.run({inner}).returncode)"
    environ = os.environ | {"MAKEFLAGS": " -- ARGS=x", "ARGS": "x", "HROMADA_GIVEN": "ARGS", "PYTHONPATH": "plugins"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, check=False)

    assert [name for name in ("TITLE", "ARGS") if f"налаштування {name}" in done.stderr.decode()] == ["TITLE"]


def test_plain_pelican_gives_the_same_bytes(content):
    ours = content.parent / "наш"
    run("html", CONTENT=str(content), OUTPUT=str(ours), TODAY="2022-01-15")

    assert tree(ours) == plain_pelican(content, content.parent / "пелікан")


def test_plain_pelican_refuses_what_the_check_refuses(content):
    (content / "news/y.md").write_text("title: y\n\n", "utf-8")
    command = [sys.executable, "-m", "pelican", str(content), "-s", "pelicanconf.py", "-o", str(content.parent / "o")]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": ""}, capture_output=True, check=False)

    assert done.returncode == 2
    assert not (content.parent / "o").exists()


def test_a_build_says_how_much_room_there_is_and_one_without_changes_costs_nothing(golden):
    status, said, _ = golden.html()
    assert status == 0
    assert re.search(r"^Світлини займають .* МБ, увесь сайт – .* МБ із 1\u00a0000 МБ; .*\.$", said, re.MULTILINE)

    status, said, _ = golden.html()
    assert status == 0
    assert "МБ" not in said
