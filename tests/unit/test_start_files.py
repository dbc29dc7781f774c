"""The files that a double click starts: short, the same for every system, with all logic in tasks.py."""

import os
import re
import shutil
import stat
import subprocess
import sys

import pytest

from tests.conftest import ROOT

WINDOWS, SHELL, DESKTOP = ROOT / "start.cmd", ROOT / "start.command", ROOT / "start.desktop"


def test_the_windows_file_is_short_and_has_the_line_ends_and_letters_of_windows():
    raw = WINDOWS.read_bytes()
    lines = raw.decode("utf-8").split("\r\n")

    assert len(lines) <= 22
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert lines[0] == "@echo off"
    first_letter = next(number for number, line in enumerate(lines) if not line.isascii())
    assert "chcp 65001 >nul" in lines[:first_letter]
    assert "*.cmd text eol=crlf" in (ROOT / ".gitattributes").read_text("utf-8").splitlines()


def test_every_jump_of_the_windows_file_has_its_label_and_every_way_ends_with_a_reason_to_read():
    text = WINDOWS.read_text("utf-8")
    labels, jumps = re.findall(r"^:(\w+)$", text, re.MULTILINE), re.findall(r"\bgoto (\w+)", text)

    assert set(jumps) == set(labels)
    assert len(labels) == len(set(labels))
    assert text.index("pause\nexit /b 1\n:") < text.index("tasks.py serve")
    assert text.endswith("if errorlevel 1 pause\n")


def test_nothing_but_the_one_command_is_started():
    for file in (WINDOWS, SHELL):
        assert set(re.findall(r"tasks\.py (\w+)", file.read_text("utf-8"))) == {"serve"}
    assert "start.command" in DESKTOP.read_text("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a file of Unix")
def test_the_shell_file_may_be_started_and_starts_the_command_in_its_own_folder(tmp_path):
    assert SHELL.stat().st_mode & stat.S_IXUSR
    folder = tmp_path / "сайт громади"
    folder.mkdir()
    shutil.copy2(SHELL, folder)
    (folder / "tasks.py").write_text("import os, sys\nprint(os.path.basename(os.getcwd()), *sys.argv[1:])\n", "utf-8")
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python3").symlink_to(sys.executable)
    done = subprocess.run(
        [folder / SHELL.name], cwd="/", env={"PATH": f"{programs}:/usr/bin:/bin"}, capture_output=True, text=True, check=False
    )  # fmt: skip

    assert (done.returncode, done.stdout) == (0, "сайт громади serve\n")


@pytest.mark.skipif(os.name == "nt", reason="a file of Unix")
def test_without_python_the_shell_file_says_where_to_get_it(tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("sh", "dirname"):
        (programs / name).symlink_to(shutil.which(name))
    done = subprocess.run(
        ["sh", SHELL], env={"PATH": str(programs)}, input="\n", capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert "https://www.python.org/downloads/" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="a file of Unix")
def test_the_desktop_file_starts_the_shell_file_beside_it(tmp_path):
    folder = tmp_path / "сайт громади"
    folder.mkdir()
    (folder / "start.command").write_text('echo "started $0"\n', "utf-8")
    line = next(line for line in DESKTOP.read_text("utf-8").splitlines() if line.startswith("Exec="))
    # What a desktop makes of the line: one level of backslashes is the file's, one the quoted argument's.
    quoted = re.search(r'"(.*)"', line)[1].replace("\\\\", "\\")
    script = re.sub(r"\\(.)", r"\1", quoted)
    done = subprocess.run(
        ["sh", "-c", script, str(folder / "start.desktop")], capture_output=True, text=True, check=False
    )

    assert done.stdout == f"started {folder}/start.command\n"
