"""A CPU time limit for one text, in case the limits of reading/complexity.py have missed something."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

DEFAULT_LIMIT = 30.0  # seconds of this process's own CPU time, so a busy machine does not shorten it


class CpuTimeExceeded(Exception):
    """The work took more CPU time than any text written by a person needs."""


@contextmanager
def cpu_time_limit(seconds: float = DEFAULT_LIMIT) -> Iterator[None]:
    """Raise CpuTimeExceeded in the block after so much CPU time; no limit on Windows and outside the main thread."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _raise)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _raise(_signal: int, _frame: FrameType | None) -> None:
    raise CpuTimeExceeded
