"""Stores of folders that are gone: each store has the path of its folder beside it, a build puts those away.

What is put away costs the next build of such a folder its time; pages of items deleted meanwhile then stay there, as after
removing the cache. A disk that is taken out for a while is no folder that is gone, so a store stays for a week after its last use.
"""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.file_lock import LockHeld, file_lock

_PLACE = ".folder"
_OURS = re.compile(r"(?:files|output)-[0-9a-f]{16}\.folder")
_FILES = (".sqlite", ".sqlite-journal", ".damaged", ".names", _PLACE)  # of a store, beside its lock
_LONGEST_PATH = 40_000  # bytes: Windows has paths of 32,767 characters
_UNUSED = 7 * 24 * 3600  # seconds
# All that stands directly in a cache. In its folders whatever is not ours is taken for a leftover and removed.
_CACHED = re.compile(
    r"documents|pictures|templates|public|pycache|traceback\.txt|import\.lock|(?:files|output)-[0-9a-f]{16}\..*|\..*"
)


def foreign_file(cache: Path) -> str:
    """What stands in a folder that is no cache of ours: the first such name, empty for a cache and for a new folder."""
    try:
        names = sorted(path.name for path in cache.iterdir())
    except OSError:  # it is not there yet; what else is wrong with it is said when it is used
        return ""
    return next((name for name in names if not _CACHED.fullmatch(name)), "")


def note_folder(store: Path, folder: Path) -> None:
    """Write down whose store it is; nothing where the cache can't be written."""
    place, words = store.with_suffix(_PLACE), os.fsencode(os.path.realpath(folder))
    with contextlib.suppress(OSError):
        if _noted(place) != words:
            atomic_write(place, words)


def delete_orphans(cache: Path) -> None:
    """Remove the stores of folders that are gone and that nobody has used for a week; who holds its lock keeps it."""
    with contextlib.suppress(OSError):
        for place in [path for path in cache.iterdir() if _OURS.fullmatch(path.name)]:
            if _is_gone(place) and max(_used(place)) < time.time() - _UNUSED:
                with contextlib.suppress(OSError, LockHeld):
                    _put_away(place)


def _put_away(place: Path) -> None:
    lock = place.with_suffix(".lock")
    with file_lock(lock):
        if _is_gone(place):  # nobody has built there while we looked
            for suffix in _FILES:
                place.with_suffix(suffix).unlink(missing_ok=True)
            lock.unlink()


def _is_gone(place: Path) -> bool:
    noted = _noted(place)
    try:
        return bool(noted) and not Path(os.fsdecode(noted)).exists()
    except OSError:  # a name that no disk takes
        return False


def _noted(place: Path) -> bytes:
    """The folder's path; nothing where no file says it."""
    with contextlib.suppress(OSError):
        return read_bounded(place, _LONGEST_PATH)
    return b""


def _used(place: Path) -> Iterator[float]:
    for suffix in (*_FILES, ".lock"):
        with contextlib.suppress(FileNotFoundError):
            yield place.with_suffix(suffix).stat().st_mtime
