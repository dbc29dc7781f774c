"""One run of a command: how long it took, and how much memory all its processes held together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

_PAUSE = 0.05  # seconds between two looks at the memory
_KIB = 1024


class BenchFailed(SystemExit):
    """What was to be measured does not run, or does something else; the message goes to the terminal."""


@contextlib.contextmanager
def started(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], output: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """The command in a process group of its own: nothing of it is left behind, however this ends."""
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
    )
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def timed(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> float:
    """Seconds of the whole process; what others have written is brought to the disk first, it is not its burden."""
    os.sync()
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        with started(command, folder, environ, output) as process:
            status = process.wait()
            seconds = time.perf_counter() - start
        if status:
            output.seek(0)
            raise BenchFailed(f"{' '.join(command)}: {output.read().decode('utf-8', 'replace')}")
    return seconds


def peak_of(command: Sequence[str], folder: Path, environ: Mapping[str, str]) -> int | None:
    """The most MiB that the command's processes held at once; nothing where the system does not tell.

    A run of its own: looking costs what is looked at some time.
    """
    with tempfile.TemporaryFile() as output, started(command, folder, environ, output) as process:
        with Peak(process.pid) as peak:
            status = process.wait()
        if status:
            output.seek(0)
            raise BenchFailed(f"{' '.join(command)}: {output.read().decode('utf-8', 'replace')}")
    return peak.megabytes


class Peak:
    """Watches a process group: the largest sum of its proportional sizes (what processes share is counted once)."""

    def __init__(self, group: int) -> None:
        self._group, self._most = group, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        if sys.platform == "linux":
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    @property
    def megabytes(self) -> int | None:
        return self._most // _KIB or None

    def _watch(self) -> None:
        while not self._over.wait(_PAUSE):
            self._most = max(self._most, held_by(self._group))


def held_by(group: int) -> int:
    """KiB that the processes of a group hold now; one that ends meanwhile holds nothing."""
    held = 0
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[2]) == group:
                rollup = (process / "smaps_rollup").read_text()
                held += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return held
