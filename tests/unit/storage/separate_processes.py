"""Python in processes of its own: for what must fork, be killed, or run at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from tests.conftest import ROOT

_LIMIT = 60  # seconds: a process that hangs is a failure, not a wait


def started(code: str, *words: object) -> subprocess.Popen[str]:
    """A process that runs the code; `words` are its arguments."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip


def ended(process: subprocess.Popen[str], given: str = "") -> tuple[int, str, str]:
    """Exit status, standard output and standard error."""
    try:
        out, err = process.communicate(given, timeout=_LIMIT)
    finally:
        process.kill()
    return process.returncode, out, err


def run(code: str, *words: object) -> str:
    """What the code prints; it must succeed."""
    status, out, err = ended(started(code, *words))
    assert (status, err) == (0, "")
    return out


def run_together(code: str, words: Sequence[object]) -> list[tuple[int, str, str]]:
    """A process for each word, all let go at once: the code begins with input()."""
    processes = [started(code, word) for word in words]
    return [ended(process, "go\n") for process in _let_go(processes)]


def _let_go(processes: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
    for process in processes:
        assert process.stdin is not None
        process.stdin.flush()
    return processes
