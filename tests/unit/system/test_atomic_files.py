import itertools
import os
import stat
from pathlib import Path

import pytest

from hromada.system import atomic_files
from hromada.system.atomic_files import atomic_write, write_new


def test_a_file_is_put_with_its_folders_and_can_be_read_by_a_web_server(tmp_path):
    path = tmp_path / "a" / "b.txt"
    atomic_write(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_write_that_fails_leaves_the_former_file_and_no_stray(tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    path.write_bytes(b"former")

    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        atomic_write(path, b"new")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("b.txt", b"former")]


def test_a_file_is_whole_though_the_system_writes_a_part_at_a_time(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:3]))
    atomic_write(tmp_path / "b.txt", b"0123456789")

    assert (tmp_path / "b.txt").read_bytes() == b"0123456789"


def test_no_room_for_the_rest_leaves_the_former_file_and_no_stray(tmp_path, monkeypatch):
    (tmp_path / "b.txt").write_bytes(b"former")
    write, rooms = os.write, [3]

    def full(handle, data):
        if not rooms:
            raise OSError("no space")
        return write(handle, data[: rooms.pop()])

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(OSError, match="no space"):
        atomic_write(tmp_path / "b.txt", b"0123456789")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("b.txt", b"former")]


def test_what_a_killed_process_of_the_same_id_has_left_is_in_nobodys_way(tmp_path, monkeypatch):
    numbers = itertools.count()
    monkeypatch.setattr(atomic_files, "_numbers", numbers)
    left = tmp_path / f".new-{os.getpid()}-0"
    left.write_bytes(b"half")
    atomic_write(tmp_path / "b.txt", b"new")

    assert (tmp_path / "b.txt").read_bytes() == b"new"
    assert left.read_bytes() == b"half"


def test_a_new_file_is_never_put_over_another(tmp_path):
    path = tmp_path / "a" / "b.txt"
    write_new(path, b"first")
    with pytest.raises(FileExistsError):
        write_new(path, b"second")

    assert path.read_bytes() == b"first"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full disk is a device of Linux")
def test_a_new_file_for_which_there_is_no_room_is_not_left_empty(tmp_path, monkeypatch):
    plain_open = type(tmp_path).open
    monkeypatch.setattr(
        type(tmp_path), "open", lambda path, mode: (plain_open(path, mode).close(), plain_open("/dev/full", "wb"))[1]
    )
    with pytest.raises(OSError, match="No space left"):
        write_new(tmp_path / "b.txt", b"x")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("put", [atomic_write, write_new])
def test_a_file_in_a_folders_place_is_no_file_that_exists_already(tmp_path, put):
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(NotADirectoryError):
        put(tmp_path / "a" / "b.txt", b"x")
