"""The lock of a publication, and those of refs that a killed git has left behind: git itself never removes them, and they stop every publication."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from hromada.publish.repository import PublicationRefused
from hromada.system.file_lock import LockHeld, file_lock
from hromada.system.git import Git

WAITING = 10.0  # seconds; git holds such a lock for milliseconds
_LOOK = 0.1


@contextlib.contextmanager
def publication_lock(git: Git) -> Iterator[None]:
    """One publication at a time: all of a clone build in one folder."""
    try:
        with file_lock(Path(git.folder, git.run("rev-parse", "--git-common-dir"), "hromada-publish.lock")):
            remove_stale_locks(git)
            yield
    except LockHeld:
        raise PublicationRefused(
            "У цій теці вже триває інша публікація. Дочекайтеся її кінця.", "publication-running"
        ) from None


def remove_stale_locks(git: Git) -> None:
    """Remove the locks of refs that stay the same files for `WAITING`; a lock of the index is left to its owner.

    Git holds the index's lock while a person writes a commit's message, a ref's only while it renames a file.
    """
    folder = Path(git.folder, git.run("rev-parse", "--git-common-dir"))
    locks = dict(_locks(folder))
    until = time.monotonic() + WAITING
    while locks and time.monotonic() < until:
        time.sleep(_LOOK)
        locks = dict(locks.items() & dict(_locks(folder)).items())
    for path in locks:
        path.unlink(missing_ok=True)


def _locks(folder: Path) -> Iterator[tuple[Path, tuple[int, int]]]:
    """Each lock of a ref with what tells it from a later one of the same name."""
    for path in [folder / "packed-refs.lock", folder / "HEAD.lock", *(folder / "refs").rglob("*.lock")]:
        with contextlib.suppress(OSError):
            state = path.stat()
            yield path, (state.st_ino, state.st_mtime_ns)
