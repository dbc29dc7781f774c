"""How far a long build is, on a terminal alone; a build that takes less than a second shows nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

ProgressCallback = Callable[[str, int, int], None]  # what is done, how many of them, of how many

_PATIENCE = 1.0  # seconds


def no_progress(what: str, done: int, total: int) -> None:
    """For those whom nobody watches."""


class ProgressBar:
    """Tells a terminal how far the build is, by rich (it comes with Pelican)."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._is_watched = sys.stderr.isatty()

    def update(self, what: str, done: int, total: int) -> None:
        """So many of so many are done."""
        if not self._is_watched or time.monotonic() - self._began < _PATIENCE:
            return
        if self._shown is None:
            from rich.console import Console
            from rich.progress import Progress

            # No thread of its own: the build forks, and a fork of threads may wait for ever.
            self._shown = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._shown.start()
        if what not in self._tasks:
            self._tasks[what] = self._shown.add_task(what, total=total)
        self._shown.update(self._tasks[what], completed=done, total=total)
        if done == total or done % 100 == 0:
            self._shown.refresh()

    def close(self) -> None:
        if self._shown is not None:
            self._shown.stop()
