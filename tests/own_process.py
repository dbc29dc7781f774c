"""Our code in processes of their own, forked from one that has loaded it all.

To start Python anew takes 0.3 s of the processor each time, with Pelican and a build's libraries 1.5 s (measured).
"""

from __future__ import annotations

import multiprocessing
import os
import pkgutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import hromada
from tests.needs import ROOT

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"  # Windows has no fork
_CONTEXT = multiprocessing.get_context(_METHOD)
_CONTEXT.set_forkserver_preload(
    [
        "tests.system.clones",
        "pelican",
        *sorted(module.name for module in pkgutil.walk_packages(hromada.__path__, "hromada.")),
    ]
)


class Finished(NamedTuple):
    """A process that has ended: its exit status (of one that was killed, minus the signal), what it wrote."""

    returncode: int
    stdout: str
    stderr: str


class OwnProcess:
    """A function that runs in a process of its own; what it returns is the exit status."""

    def __init__(
        self,
        function: Callable[..., int | None],
        *arguments: Any,
        cwd: Path = ROOT,
        environment: Mapping[str, str] = os.environ,
        leads_group: bool = False,
    ) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._outputs = [Path(self._folder.name) / name for name in ("stdout", "stderr")]
        for path in self._outputs:
            path.touch()
        self._process = _CONTEXT.Process(
            target=_perform, args=(function, arguments, cwd, dict(environment), self._outputs, leads_group)
        )
        self._process.start()
        self.pid = self._process.pid

    def wait(self, seconds: float) -> None:
        """Wait for the end, at most so long."""
        self._process.join(seconds)

    def finish(self) -> Finished:
        """Wait for the end."""
        self._process.join()
        status = self._process.exitcode
        self._process.close()
        said, errors = (path.read_text("utf-8", "replace") for path in self._outputs)
        self._folder.cleanup()
        return Finished(status, said, errors)


def run(function: Callable[..., int | None], *arguments: Any, **settings: Any) -> Finished:
    """The end of a function that ran in a process of its own."""
    return OwnProcess(function, *arguments, **settings).finish()


def _perform(
    function: Callable[..., int | None],
    arguments: tuple[Any, ...],
    cwd: Path,
    environment: dict[str, str],
    outputs: list[Path],
    leads_group: bool,
) -> None:
    if leads_group:
        os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    for number, (path, stream) in enumerate(zip(outputs, (sys.stdout, sys.stderr), strict=True), 1):
        file = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
        stream.reconfigure(encoding="utf-8")
    sys.exit(function(*arguments))
