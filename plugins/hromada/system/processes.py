"""Programs that may hang: they run as long as they print something, and end with everything that they have started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

_LOOK = 0.05  # seconds between two looks at a running program, at most
_REST = 1.0  # seconds in which what an ended program has printed arrives
_PIECE = 1 << 16


def output_while_active(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], silence: float
) -> tuple[subprocess.CompletedProcess[bytes], bool]:
    """Run a program without input; its output, and whether it ended by itself.

    After `silence` seconds in which it printed nothing, it is killed with its descendants. They stay in our process
    group, so that a program can ask at the terminal for a key's password, and Ctrl-C reaches them all.
    """
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, env=environ, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        readers = [_StreamReader(process.stdout), _StreamReader(process.stderr)]
        is_over = False
        try:
            is_over = _ends(process, readers, silence)
        finally:
            if not is_over:
                kill_tree(process.pid)
        for reader in readers:
            reader.join(_REST)
        output, errors = (bytes(reader.output) for reader in readers)
        return subprocess.CompletedProcess(command, process.wait(), output, errors), is_over


class _StreamReader(threading.Thread):
    """Reads a stream to its end and notes when something came."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self.output = bytearray()
        self.active = time.monotonic()
        self.start()

    def run(self) -> None:
        with contextlib.suppress(OSError, ValueError):  # nobody waits for the rest any more, and the stream was closed
            while piece := os.read(self._stream.fileno(), _PIECE):
                self.output += piece
                self.active = time.monotonic()
        self.active = time.monotonic()


def _ends(process: subprocess.Popen[bytes], readers: Sequence[_StreamReader], silence: float) -> bool:
    """Whether the program ends before the silence is too long."""
    while any(reader.is_alive() for reader in readers) or process.poll() is None:
        quiet = time.monotonic() - max(reader.active for reader in readers)
        if quiet > _REST and process.poll() is not None:
            return True  # what it has left in the background, as ssh does for its next call, holds the output open
        if quiet > silence:
            return False
        for reader in readers:
            reader.join(_LOOK)
        if not any(reader.is_alive() for reader in readers):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK)
    return True


def kill_tree(process: int) -> None:
    """Kill a process with all that it has started and they have started."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process)], capture_output=True, check=False)
        return
    for descendant in [process, *_descendants(process)]:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(descendant, signal.SIGKILL)


def _descendants(ancestor: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for process, parent in _parents():
        children.setdefault(parent, []).append(process)
    found = [ancestor]
    for process in found:
        found += children.get(process, [])
    return found[1:]


def _parents() -> list[tuple[int, int]]:
    """Each running process with its parent."""
    if sys.platform == "linux":
        pairs = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                # A name may hold anything: half of a letter, too, since it is cut off.
                state = (folder / "stat").read_bytes().rpartition(b")")[2].split()
                pairs.append((int(folder.name), int(state[1])))
        return pairs
    listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=False).stdout
    return [(int(process), int(parent)) for process, parent in (line.split() for line in listed.splitlines())]
