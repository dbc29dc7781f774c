import os
import stat

import pytest

from hromada.shell.whole_files import write_whole


def test_a_file_is_put_with_its_folders_and_can_be_read_by_a_web_server(tmp_path):
    path = tmp_path / "a" / "b.txt"
    write_whole(path, b"new")

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_write_that_fails_leaves_the_former_file_and_no_stray(tmp_path, monkeypatch):
    path = tmp_path / "b.txt"
    path.write_bytes(b"former")

    def full(*_):
        raise OSError("no space")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(path, b"new")

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("b.txt", b"former")]
