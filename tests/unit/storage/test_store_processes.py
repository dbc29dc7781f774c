"""More than one process with one file."""

import contextlib
import signal

import pytest

from hromada.storage.sqlite_store import Store
from tests.unit.storage.separate_processes import ended, run_together, started

WRITER = """
import sys
from pathlib import Path
from hromada.storage.sqlite_store import Store

input()
store = Store(Path(sys.argv[1].rpartition(":")[0]), "1")
who = sys.argv[1].rpartition(":")[2]
for number in range(60):
    store.put({(who, str(number)): who.encode() * number, ("common", str(number)): who.encode()})
    assert store.get(who, str(number)) == who.encode() * number
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from hromada.storage.sqlite_store import Store

class Killing(dict):
    def items(self):
        yield from super().items()
        os.kill(os.getpid(), signal.SIGKILL)

big = b"new" * int(sys.argv[2])
Store(Path(sys.argv[1]), "1").put(Killing({("note", str(number)): big for number in range(20)}), [("note", "20")])
"""


def test_two_that_write_at_once_lose_nothing(tmp_path):
    place = tmp_path / "store.sqlite"
    with contextlib.closing(Store(place, "1")) as store:
        store.put({("note", "before"): b"both"})
    results = run_together(WRITER, [f"{place}:x", f"{place}:y"])

    assert results == [(0, "", ""), (0, "", "")]
    store = Store(place, "1")
    for who in "xy":
        assert store.all(who) == {str(number): who.encode() * number for number in range(60)}
    assert store.all("common").keys() == {str(number) for number in range(60)}
    assert store.get("note", "before") == b"both"
    store.close()


@pytest.mark.parametrize("size", [1, 100_000])  # in memory alone; more than SQLite holds back, so half on the disk
def test_a_writer_killed_midway_leaves_the_former_blobs(tmp_path, size):
    place = tmp_path / "store.sqlite"
    former = {("note", str(number)): b"former" * 1000 for number in range(21)}
    with contextlib.closing(Store(place, "1")) as store:
        store.put(former)
    status, _, err = ended(started(KILLED, place, size))

    assert (status, err) == (-signal.SIGKILL, "")
    with contextlib.closing(Store(place, "1")) as store:
        assert {("note", name): data for name, data in store.all("note").items()} == former
        store.put({("note", "0"): b"next"})
    with contextlib.closing(Store(place, "1")) as store:
        assert store.get("note", "0") == b"next"


def test_a_fork_opens_the_file_for_itself(tmp_path, monkeypatch):
    place = tmp_path / "store.sqlite"
    store = Store(place, "1")
    store.put({("note", "a"): b"1"})
    parents = store._connection
    monkeypatch.setattr("os.getpid", lambda: -1)

    assert store.get("note", "a") == b"1"
    assert store._connection is not parents
    store.close()
    assert parents.execute("SELECT name FROM blobs").fetchall() == [(b"a",)]
    parents.close()
