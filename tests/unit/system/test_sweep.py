import os
import sys

import pytest

from hromada.system.atomic_files import atomic_write, sweep
from tests.unit.storage.separate_processes import ended, started


@pytest.fixture(scope="module")
def dead():
    """The number of a process that has ended."""
    process = started("")
    assert ended(process)[0] == 0
    return process.pid


def put(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_what_a_dead_process_left_goes_from_every_folder(tmp_path, dead):
    put(tmp_path, f".new-{dead}-abc", f"news/x/.new-{dead}-def", f".new-{dead}-")
    sweep(tmp_path)

    assert names(tmp_path) == []


def test_what_a_living_process_is_writing_stays(tmp_path):
    mine = f".new-{os.getpid()}-abc"
    put(tmp_path, mine)
    sweep(tmp_path)

    assert names(tmp_path) == [mine]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not tell")
def test_a_killed_process_that_nobody_has_asked_after_yet_is_no_living_one(tmp_path):
    process = started("input()")
    process.kill()
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
    put(tmp_path, f".new-{process.pid}-abc")
    sweep(tmp_path)
    ended(process)

    assert names(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["index.html", "new-{}-a", ".new-x{}-a", ".new--{}-a", ".new-", ".new-abc", "a.new-{}-b"]
)
def test_other_files_stay(tmp_path, dead, name):
    put(tmp_path, name.format(dead))
    sweep(tmp_path)

    assert names(tmp_path) == [name.format(dead)]


def test_a_process_of_somebody_else_is_a_living_one(tmp_path, monkeypatch, dead):
    def refused(*_):
        raise PermissionError

    put(tmp_path, f".new-{dead}-a")
    monkeypatch.setattr(os, "kill", refused)
    sweep(tmp_path)

    assert names(tmp_path) == [f".new-{dead}-a"]


def test_where_asking_would_end_a_process_nothing_is_asked(tmp_path, monkeypatch, dead):
    put(tmp_path, f".new-{dead}-a")
    monkeypatch.setattr("hromada.system.atomic_files.os", _Windows())
    sweep(tmp_path)

    assert names(tmp_path) == [f".new-{dead}-a"]


class _Windows:
    name = "nt"


KILLED = """
import os, signal, sys
from pathlib import Path
from hromada.system.atomic_files import atomic_write

os.fchmod = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
atomic_write(Path(sys.argv[1]) / "news/index.html", b"half")
"""


def test_what_a_killed_writer_leaves_is_what_is_swept(tmp_path):
    atomic_write(tmp_path / "news/index.html", b"former")
    ended(started(KILLED, tmp_path))
    left = names(tmp_path)
    sweep(tmp_path)

    assert len(left) == 2
    assert names(tmp_path) == ["news/index.html"]
    assert (tmp_path / "news/index.html").read_bytes() == b"former"
