"""A progress bar for long builds, on a terminal only; a build of less than a second shows nothing."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

ProgressCallback = Callable[[str, int, int], None]  # the label of the work, how much is done, of how much

_DELAY = 1.0  # seconds before anything is shown


def no_progress(label: str, done: int, total: int) -> None:
    """The callback that shows nothing."""


class ProgressBar:
    """Shows progress on the terminal by rich, which comes with Pelican."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._progress: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._is_terminal = sys.stderr.isatty()

    def update(self, label: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if not self._is_terminal or time.monotonic() - self._start < _DELAY:
            return
        if self._progress is None:
            from rich.console import Console
            from rich.progress import Progress

            # Without auto_refresh, which starts a thread: the build forks, and a fork of threads may wait for ever.
            self._progress = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._progress.start()
        if label not in self._tasks:
            self._tasks[label] = self._progress.add_task(label, total=total)
        self._progress.update(self._tasks[label], completed=done, total=total)
        if done == total or done % 100 == 0:
            self._progress.refresh()

    def close(self) -> None:
        if self._progress is not None:
            self._progress.stop()
