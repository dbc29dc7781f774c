"""A limit of processor time for one text: the net below the limits that are counted (reading/complexity.py)."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

PATIENCE = 30.0  # seconds of this process's own work: a busy machine takes none of them


class CpuTimeExceeded(Exception):
    """The work took more processor time than any text of people needs."""


@contextmanager
def cpu_time_limit(seconds: float = PATIENCE) -> Iterator[None]:
    """Ends what runs inside by OutOfPatience; where there are no such timers (Windows, threads) it runs to its end."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _give_up)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise CpuTimeExceeded
