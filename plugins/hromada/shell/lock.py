"""One publication at a time in one clone: two would build into the same folder and sweep each other's import."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class Taken(Exception):
    """Another process holds the lock."""


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock, or raise Taken at once; it goes with its process, however that ends, so it is never stale."""
    with path.open("a+b") as file:
        try:
            _take(file)
        except OSError:
            raise Taken(str(path)) from None
        yield


def _take(file: IO[bytes]) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        file.seek(0)
        getattr(msvcrt, "locking")(file.fileno(), getattr(msvcrt, "LK_NBLCK"), 1)  # noqa: B009  # absent on POSIX
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
