"""The entry: which environment is good enough, what is said when it can't be made."""

import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

import tasks


@pytest.fixture
def venv(tmp_path, monkeypatch):
    monkeypatch.setattr(tasks, "VENV", tmp_path)
    tasks.venv_python().parent.mkdir()
    tasks.venv_python().write_text("")
    monkeypatch.setattr(tasks, "STAMP", tmp_path / "stamp")
    return tmp_path


@pytest.mark.parametrize(
    ("made", "wanted", "ready"),
    [
        ("runtime", "runtime", True),
        ("dev", "runtime", True),
        ("runtime", "dev", False),
        ("bench", "runtime", True),
        ("bench", "dev", True),
        ("dev", "bench", False),
    ],
)
def test_an_environment_serves_its_level_and_those_below(venv, made, wanted, ready):
    tasks.STAMP.write_text(tasks.stamp_text(made), "utf-8")

    assert tasks.is_ready(wanted) is ready


@pytest.mark.parametrize("stamp", ["", "runtime abc", "runtime abc def"])
def test_a_stale_environment_is_made_anew(venv, stamp):
    tasks.STAMP.write_text(stamp, "utf-8")

    assert not tasks.is_ready("runtime")


def test_an_interrupted_set_up_leaves_no_stamp(venv, monkeypatch):
    def fail(*_):
        raise tasks.SetupFailed("немає мережі")

    monkeypatch.setattr(tasks, "_run", fail)
    monkeypatch.setattr(tasks, "_installs_here", lambda: False)
    tasks.STAMP.write_text("runtime old", "utf-8")
    with pytest.raises(tasks.SetupFailed):
        tasks._make("runtime")

    assert not tasks.STAMP.exists()


@pytest.fixture
def steps(venv, monkeypatch):
    """The commands of a set-up, written down instead of run."""
    told = []
    monkeypatch.setattr(tasks, "_run", lambda command, failure: told.append([str(word) for word in command]))
    monkeypatch.setattr(tasks, "_installs_here", lambda: True)
    return told


@pytest.mark.parametrize(
    ("old", "wanted", "made"),
    [
        (None, "runtime", "runtime"),
        (None, "dev", "dev"),
        ("dev", "runtime", "dev"),
        ("runtime", "dev", "dev"),
        ("dev", "bench", "bench"),
        ("bench", "dev", "bench"),
    ],
)
def test_new_locks_never_take_the_tests_libraries_away(steps, old, wanted, made):
    if old:
        tasks.STAMP.write_text(f"{tasks.stamp_text(old)[:-1]}?", "utf-8")
    tasks._make(wanted)

    sync, remove = steps
    assert sync[-1] == str(tasks.ROOT / "requirements" / f"{made}.txt")
    assert remove[-3:] == [str(tasks.venv_python()), "pip", "setuptools"]
    assert tasks.STAMP.read_text("utf-8") == tasks.stamp_text(made)


@pytest.mark.parametrize("name", tasks.SEEDS)
def test_the_environment_holds_no_installer_that_came_with_python(name):
    assert importlib.util.find_spec(name) is None


def test_a_copied_clone_makes_its_environment_from_scratch(steps):
    tasks.STAMP.write_text(f"runtime elsewhere {tasks.stamp_text('runtime').split()[-1]}", "utf-8")
    tasks._make("runtime")

    assert "--clear" in steps[0]


@pytest.fixture
def other(tmp_path, monkeypatch):
    """Another project's environment, whole and of our own making; ours is not there yet, and no command is run."""
    root, place = tmp_path / "project", tmp_path / "other"
    root.mkdir()
    monkeypatch.setattr(tasks, "ROOT", root)
    (root / "requirements").symlink_to(Path(tasks.__file__).parent / "requirements")
    monkeypatch.setattr(tasks, "VENV", root / ".venv")
    monkeypatch.setattr(tasks, "STAMP", root / ".venv" / "stamp")
    (place / "bin").mkdir(parents=True)
    (place / "lib" / "python3" / "site-packages" / "pelican").mkdir(parents=True)
    (place / "bin" / "python").write_text("")
    (place / "stamp").write_text(tasks.stamp_text("bench"), "utf-8")
    return place


@pytest.fixture
def told(other, monkeypatch):
    """The commands of a set-up; the first one makes the folder."""
    commands = []

    def run(command, failure):
        commands.append([str(word) for word in command])
        tasks.VENV.mkdir(exist_ok=True)

    monkeypatch.setattr(tasks, "_run", run)
    return commands


def everything(folder):
    return {one: one.read_bytes() if one.is_file() else b"" for one in folder.rglob("*")}


@pytest.mark.parametrize("target", ["other", "other/bin/python", "nothing", "other/nothing", ".venv"])
def test_an_environment_that_is_a_link_is_replaced_and_its_target_stays(other, told, capfd, target):
    tasks.VENV.symlink_to(tasks.VENV if target == ".venv" else other.parent / target)
    before = everything(other)
    tasks.ensure_environment("runtime")

    assert not tasks.VENV.is_symlink()
    assert tasks.VENV.is_dir()
    assert "--clear" in told[0]
    assert everything(other) == before
    assert ".venv був посиланням на «" in capfd.readouterr().err


@pytest.mark.parametrize("inner", ["bin", "lib", "lib/python3", "lib/python3/site-packages/pelican", "pycache"])
def test_an_environment_with_a_link_inside_is_made_from_scratch(other, told, monkeypatch, inner):
    monkeypatch.setattr(tasks, "_installs_here", lambda: True)
    shutil.copytree(other, tasks.VENV)
    (other / "pycache").mkdir()
    shutil.rmtree(tasks.VENV / inner, ignore_errors=True)
    (tasks.VENV / inner).symlink_to(other / inner)
    tasks.STAMP.write_text("runtime old", "utf-8")
    tasks.ensure_environment("runtime")

    assert "--clear" in told[0]


def test_a_link_from_one_folder_of_an_environment_to_another_is_its_own(other, told, monkeypatch):
    monkeypatch.setattr(tasks, "_installs_here", lambda: True)
    shutil.copytree(other, tasks.VENV)
    (tasks.VENV / "lib64").symlink_to("lib")
    tasks.STAMP.write_text("runtime old", "utf-8")
    tasks.ensure_environment("runtime")

    assert "--clear" not in told[0]


def test_a_finished_environment_with_a_link_inside_is_not_ready(other):
    shutil.copytree(other, tasks.VENV)
    assert tasks.is_ready("runtime")

    (tasks.VENV / "pycache").symlink_to(other)
    assert not tasks.is_ready("runtime")


def test_making_an_environment_anew_takes_links_away_and_not_what_they_lead_to(other, capfd):
    tasks.VENV.mkdir()
    (tasks.VENV / "lib").symlink_to(other / "lib")
    (tasks.VENV / "share").mkdir()
    (tasks.VENV / "share" / "other").symlink_to(other)
    before = everything(other)
    tasks._run([sys.executable, "-m", "venv", "--without-pip", "--clear", tasks.VENV], "")

    assert everything(other) == before
    assert not (tasks.VENV / "lib").is_symlink()


def test_a_file_in_the_place_of_the_environment_is_left_to_a_person(other, told):
    tasks.VENV.write_text("rada")
    with pytest.raises(tasks.SetupFailed, match=r"файл, а тут має бути тека\. Приберіть"):
        tasks.ensure_environment("runtime")

    assert tasks.VENV.read_text() == "rada"
    assert not told


def test_a_python_that_belongs_to_no_environment_installs_nothing(other):
    tasks.VENV.mkdir()
    (tasks.VENV / "bin").mkdir()
    (tasks.VENV / "bin" / "python").symlink_to(sys.executable)  # without pyvenv.cfg beside it

    assert not tasks._installs_here()


def test_the_projects_own_python_installs_into_its_environment():
    assert tasks._installs_here()


def test_an_update_of_the_kernel_keeps_the_environment(monkeypatch):
    before = tasks.stamp_text("dev")
    monkeypatch.setattr("platform.platform", lambda: "Linux-99.0")
    monkeypatch.setattr("platform.release", lambda: "99.0")

    assert tasks.stamp_text("dev") == before


def test_a_disk_that_refuses_is_said_without_a_traceback(venv, monkeypatch):
    def refuse(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tasks, "_make", refuse)
    with pytest.raises(tasks.SetupFailed, match="No space left"):
        tasks.ensure_environment("runtime")


def test_the_lock_of_windows_waits_longer_than_its_ten_seconds(monkeypatch):
    busy = [OSError(errno.EDEADLK, "busy"), OSError(errno.EDEADLK, "busy")]

    def locking(*_):
        if busy:
            raise busy.pop()

    monkeypatch.setitem(sys.modules, "msvcrt", types.SimpleNamespace(locking=locking, LK_LOCK=1))
    tasks._lock_on_windows(0)

    assert not busy


FOLLOW = "import sys, tasks; sys.exit(tasks._follow([sys.executable, '-c', sys.argv[1]]))"


@pytest.mark.parametrize(
    ("code", "status"),
    [("exit(0)", 0), ("exit(2)", 2), ("exit(1)", 1), ("import os; os.kill(os.getpid(), 9)", -9)],
)
def test_the_exit_status_is_the_commands(code, status):
    assert subprocess.run([sys.executable, "-c", FOLLOW, code], cwd=tasks.ROOT, check=False).returncode == status


def test_a_call_is_looked_at_by_a_python_without_any_library():
    code = "import tasks; print(tasks._accept('check', ['CONTENT=x', 'DRYRUN=1', 'what']))"
    python = str(getattr(sys, "_base_executable", sys.executable))

    done = subprocess.run(
        [python, "-S", "-E", "-X", "utf8", "-c", code], cwd=tasks.ROOT, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "DRYRUN" in done.stdout
    assert "what" in done.stdout


def test_an_unknown_command_is_named_with_the_list(capsys):
    assert tasks.main(["buld"]) == 1
    assert "Немає команди «buld»" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["--help"], ["--list"]])
def test_help_lists_every_command(capsys, arguments):
    assert tasks.main(arguments) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in tasks.COMMANDS)


@pytest.fixture
def never_made(monkeypatch):
    """No environment is made, no command performed: what is refused is refused before."""

    def fail(*_):
        raise AssertionError("too late")

    for step in ("ensure_environment", "_follow", "_perform"):
        monkeypatch.setattr(tasks, step, fail)


@pytest.mark.parametrize(
    ("command", "settings", "said"),
    [
        ("html", ["today"], "Незрозуміло: «today»"),
        ("publish", ["--dry-run"], "Незрозуміло: «--dry-run»"),
        ("publish", ["DRY_RUN"], "Незрозуміло: «DRY_RUN»"),
        ("html", ["TODAI=2022-01-15"], "make html не має налаштування «TODAI», можливо, «TODAY»?"),
        ("publish", ["DRYRUN=1"], "make publish не має налаштування «DRYRUN», можливо, «DRY_RUN»?"),
        ("html", ["=x"], "make html не має налаштування «»"),
        ("publish", ["TODAY=2027-01-01"], "make publish не має налаштування TODAY: публікують те, що належить"),
        ("check", ["PATH=/nowhere"], "make check не має налаштування «PATH»"),
    ],
)
def test_a_setting_that_is_none_is_refused_before_anything_is_done(never_made, capsys, command, settings, said):
    before = dict(os.environ)

    assert tasks.main([command, *settings]) == 2
    assert said in capsys.readouterr().err
    assert dict(os.environ) == before


def test_every_setting_of_a_call_is_refused_at_once(never_made, capsys, monkeypatch):
    monkeypatch.setenv("OUTPUT", "x")
    monkeypatch.setenv(tasks.GIVEN, " DRYRUN   CONTENT ")
    monkeypatch.setenv("CONTENT", "demo/content")

    assert tasks.main(["publish", "TODAY=2027-01-01", "--now"]) == 2
    said = capsys.readouterr().err
    assert [word for word in ("OUTPUT", "«DRYRUN»", "CONTENT", "TODAY", "--now") if word not in said] == []


def test_a_command_finds_its_own_settings_in_the_environment_and_no_other(monkeypatch):
    told = {"PORT": "abc", "TITLE": "x", "FORMAT": " ", "MAKEFLAGS": " -- ALL=1", tasks.GIVEN: "ALL", "ALL": "1"}
    monkeypatch.setattr(os, "environ", dict(told))

    assert tasks._accept("check", ["CONTENT=зміст"]) == []
    assert os.environ == {"ALL": "1", "CONTENT": "зміст"}


def test_a_python_that_is_too_old_is_named(never_made, capsys, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))

    assert tasks.main(["check"]) == 1
    assert "Потрібен Python 3.11" in capsys.readouterr().err


@pytest.fixture
def failing(monkeypatch, tmp_path):
    """`html` that ends with an error; what its call remembers lies in a folder of its own."""
    from hromada.commands import dispatch as commands

    def perform(error):
        def fail(call):
            raise error

        monkeypatch.setattr(commands, "html", fail)
        monkeypatch.setattr("gc.disable", lambda: None)
        monkeypatch.setattr(sys, "path", [*sys.path])
        monkeypatch.setenv("CACHE", str(tmp_path / "cache"))
        return tasks._content_command("html")

    return perform


def test_a_place_that_the_disk_keeps_from_us_is_named(failing, capsys):
    assert failing(PermissionError(errno.EACCES, "Permission denied", "content/news")) == 1
    assert capsys.readouterr().err == "content/news: немає прав. Перевірте права та диск.\n"


@pytest.mark.parametrize("error", [FileNotFoundError(errno.ENOENT, "No such file", "x"), KeyError("x")])
def test_a_fault_of_ours_leaves_its_traceback_in_a_file(failing, capsys, tmp_path, error):
    assert failing(error) == 1
    assert capsys.readouterr().err.startswith("Внутрішня помилка програми. Передайте розробникам файл ")
    assert type(error).__name__ in (tmp_path / "cache/traceback.txt").read_text("utf-8")


def test_a_fault_of_ours_is_told_where_its_file_cannot_be_written(failing, capsys, tmp_path):
    (tmp_path / "cache").write_text("a file")
    assert failing(KeyError("x")) == 1
    assert capsys.readouterr().err.startswith("Внутрішня помилка програми. Передайте розробникам ці рядки:\n")


def test_settings_that_are_refused_are_said(failing, capsys):
    from hromada.domain.settings import SettingsRefused

    assert failing(SettingsRefused("pelicanconf.py: HROMADA.name: is missing")) == 2
    assert capsys.readouterr().err == "pelicanconf.py: HROMADA.name: is missing\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('HROMADA = LOCAL | {"address": "x", "picture_store": {"bucket": "b"}}', True),
        ('HROMADA["picture_store"] = STORE', True),
        ('# HROMADA["picture_store"] = STORE', False),
        ('HROMADA = LOCAL | {"address": "picture_store.example"}', False),
        ("import nothing_of_this_name\nHROMADA = {'picture_store': {}}", True),
        ("HROMADA = {", False),
        ("", False),
    ],
)
def test_the_library_of_a_store_is_wanted_where_publishconf_has_one(tmp_path, monkeypatch, text, wanted):
    monkeypatch.setattr(tasks, "ROOT", tmp_path)
    assert not tasks.needs_store()

    (tmp_path / "publishconf.py").write_text(text, "utf-8")

    assert tasks.needs_store() is wanted


def test_a_publication_into_a_store_and_its_cleanup_ask_for_the_level_that_has_its_library():
    libraries = {name: (tasks.ROOT / f"requirements/{name}.txt").read_text("utf-8") for name in tasks.LEVELS}

    assert [name for name, text in libraries.items() if "\nobstore==" in text] == ["store", "dev", "bench"]
    assert tasks.COMMANDS["photos-gc"].level == "store"
    assert tasks.COMMANDS["publish"].level == "runtime"
