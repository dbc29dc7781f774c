"""A lock between processes: two publications in one clone, or two builds into one folder, would spoil each other's work."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO


class LockHeld(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def file_lock(path: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock; the system releases it when its process ends in any way, so it is never stale.

    While another process holds it: LockHeld at once, or `waiting` is called once and the lock is waited for.
    """
    while True:
        with path.open("a+b") as file:
            try:
                _acquire(file)
            except OSError:
                if waiting is None:
                    raise LockHeld(str(path)) from None
                waiting()
                _acquire(file, wait=True)
            if _is_at(path, file):
                yield
                return


def _is_at(path: Path, file: IO[bytes]) -> bool:
    """Whether the open file is still the one at the path: its last holder may have deleted it (storage/cache_cleanup)."""
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _acquire(file: IO[bytes], *, wait: bool = False) -> None:
    try:
        import fcntl
    except ImportError:
        _acquire_on_windows(file, wait)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))


def _acquire_on_windows(file: IO[bytes], wait: bool) -> None:
    """`LK_LOCK` gives up after ten seconds (EDEADLK); a build may take longer."""
    import msvcrt

    while True:
        file.seek(0)
        try:
            getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_LOCK" if wait else "LK_NBLCK"), 1)  # noqa: B009  # absent on POSIX
            return
        except OSError as error:
            if not (wait and error.errno == errno.EDEADLK):
                raise
