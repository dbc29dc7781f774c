"""The entry as a new clone meets it: no environment yet, an odd path, an odd console, two calls at once."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.conftest import ROOT

PARTS = ("tasks.py", "pelicanconf.py", "publishconf.py", "plugins", "theme", "content", "requirements")
# Another project's Python and an office's console: neither may disturb the set-up or the words.
ODD = {"PYTHONIOENCODING": "cp1251", "PYTHONPATH": "/nowhere", "VIRTUAL_ENV": "/nowhere", "TODAY": "2022-01-15"}


@pytest.fixture
def clone(tmp_path):
    folder = tmp_path / "Мій клон сайту"
    folder.mkdir()
    for part in PARTS:
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy
        copy(ROOT / part, folder / part)
    return folder


def start(clone, *arguments):
    command = [getattr(sys, "_base_executable", sys.executable), str(clone / "tasks.py"), *arguments]
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONUTF8"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=clone.parent, env=clean | ODD, start_new_session=True, **pipes)


def finish(process):
    said, told = process.communicate(timeout=300)
    return process.returncode, said.decode("utf-8"), told.decode("utf-8")


@pytest.mark.slow
def test_two_first_calls_at_once_make_one_environment(clone):
    first, second = (finish(process) for process in [start(clone, "check"), start(clone, "check")])
    third = finish(start(clone, "figures", "PERIOD=2021-H2"))

    assert [first[0], second[0], third[0]] == [0, 0, 0], (first, second, third)
    assert "II півріччя 2021 року" in third[1]
    assert (first[2] + second[2]).count("Середовище готове") == 1
    assert third[2] == ""


@pytest.mark.slow
def test_a_killed_set_up_is_healed_by_the_next_call(clone):
    killed = start(clone, "check")
    while not (clone / ".venv/pyvenv.cfg").exists() and killed.poll() is None:
        time.sleep(0.01)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert not (clone / ".venv/hromada-stamp.txt").exists()

    status, _, told = finish(start(clone, "check"))

    assert (status, "Середовище готове" in told) == (0, True), told
