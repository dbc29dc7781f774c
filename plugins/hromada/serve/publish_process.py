"""The publication that the editor's page starts: `make publish` in a process of its own, its messages and its questions."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from hromada.console.questions import DIALOGUE, RECORD
from hromada.serve.git_api import RequestRefused

_OF_SERVE = ("CONTENT", "OUTPUT", "TODAY", "PORT", "HROMADA_GIVEN")  # settings of the call that make publish refuses
_LONGEST_ANSWER = 500


def publish_command(root: Path) -> list[str]:
    return [sys.executable, "-X", "utf8", str(root / "tasks.py"), "publish"]


def publish_environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment of the publication: that of `make serve` without its own settings."""
    return {name: value for name, value in environ.items() if name not in _OF_SERVE} | {DIALOGUE: "json"}


class PublishProcess:
    """The last publication of this run, which goes on or has ended; for several threads.

    `obstacle` is why none can be started, in Ukrainian; empty if it can.
    """

    def __init__(self, root: Path, obstacle: str = "") -> None:
        self._root, self.obstacle = root, obstacle
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._lines: list[str] = []
        self._question: dict[str, Any] | None = None
        self._asked = 0
        self._steps: list[str] = []  # what has begun, in words
        self._end: dict[str, Any] | None = None  # how it has ended, as it has said itself
        self._number = 0  # of this run's publications
        self._status: int | None = None

    def start(self) -> None:
        """Start one; RequestRefused while another one goes on."""
        with self._lock:
            if self.obstacle:
                raise RequestRefused(HTTPStatus.CONFLICT, self.obstacle)
            if self._is_running:
                raise RequestRefused(HTTPStatus.CONFLICT, "Публікація вже триває. Дочекайтеся її кінця.")
            self._lines, self._question, self._status, self._steps, self._end = [], None, None, [], None
            self._number += 1
            # A session (on Windows a group) of its own: Ctrl-C in the terminal of `make serve` must not stop it midway.
            self._process = subprocess.Popen(
                publish_command(self._root), cwd=self._root, env=publish_environment(os.environ), text=True, encoding="utf-8",
                errors="replace", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                start_new_session=True, creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )  # fmt: skip
            threading.Thread(target=self._follow, args=(self._process,), daemon=True).start()

    @property
    def _is_running(self) -> bool:
        return self._process is not None and self._status is None

    def _follow(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self._take(line.rstrip("\n"))
        status = process.wait()
        assert process.stdin is not None
        with self._lock, contextlib.suppress(OSError):
            self._status, self._question = status, None
            process.stdin.close()

    def _take(self, line: str) -> None:
        with self._lock:
            record = json.loads(line[1:]) if line.startswith(RECORD) else {}
            if "words" in record:
                self._asked += 1
                self._question = record | {"number": self._asked}
            elif "step" in record:
                self._steps.append(record["step"])
            elif "end" in record:
                self._end = record
            else:
                self._lines.append(line)

    def state(self, since: int) -> dict[str, Any]:
        """What has become of it: `steps` in words, the terminal's `lines` from a number on, the open question, the end."""
        with self._lock:
            return {
                "number": self._number, "running": self._is_running, "status": self._status, "question": self._question,
                "lines": self._lines[max(0, since) :], "steps": self._steps, "end": self._end, "obstacle": self.obstacle,
            }  # fmt: skip

    def answer(self, number: object, answer: object) -> None:
        """Answer the open question; None: the person has left. RequestRefused for another question than that."""
        with self._lock:
            process, question = self._process, self._question
            if process is None or question is None or question["number"] != number:
                raise RequestRefused(HTTPStatus.CONFLICT, "На це запитання вже відповіли.")
            if answer is not None and not (isinstance(answer, str) and len(answer) <= _LONGEST_ANSWER):
                raise RequestRefused(HTTPStatus.BAD_REQUEST, f"Відповідь – до {_LONGEST_ANSWER} знаків.")
            self._question = None
            assert process.stdin is not None
            with contextlib.suppress(OSError):  # it has ended meanwhile
                if answer is None:
                    process.stdin.close()
                else:
                    process.stdin.write(f"{json.dumps(answer)}\n")
                    process.stdin.flush()

    def close(self) -> None:
        """Wait for the end of a publication; an open question is answered by leaving."""
        with self._lock:
            process = self._process if self._is_running else None
        if process is None:
            return
        assert process.stdin is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        print("Публікація ще триває: дочекайтеся її кінця (Ctrl+C – перервати).", flush=True)
        try:
            process.wait()
        except KeyboardInterrupt:
            process.terminate()
            process.wait()
