"""What lies in a cache: names of ours, and the stores of folders that are gone, which are removed.

If such a folder comes back, its next build takes longer, and pages of items deleted in between stay, as after removing the
cache. A removable disk may be absent for a while, so a store stays for a week after its last use.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from hromada.domain.lazy_regex import lazy_compile
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.file_lock import LockHeld, file_lock

_FOLDER = ".folder"
_NOTE_NAME = lazy_compile(r"(?:files|output)-[0-9a-f]{16}\.folder")
_FILES = (".sqlite", ".sqlite-journal", ".damaged", ".names", _FOLDER)  # of a store, beside its lock
_LONGEST_PATH = 40_000  # bytes: Windows has paths of 32,767 characters
_UNUSED = 7 * 24 * 3600  # seconds
# The names directly in a cache. In its folders files that are not ours count as leftovers and are removed.
_CACHED = lazy_compile(
    r"documents|pictures|templates|public|preview|previews\.git|committed|pycache|traceback\.txt|commits\.json|freshness\.json|(?:published|verified)\..*|photos|import\.lock|lexemes\..*|(?:files|output)-[0-9a-f]{16}\..*|\..*"
)


def foreign_file(cache: Path) -> str:
    """The first name in a folder that no cache of ours has; empty for a cache and for a new folder."""
    try:
        names = sorted(path.name for path in cache.iterdir())
    except OSError:  # it doesn't exist yet; another fault is reported when the cache is used
        return ""
    return next((name for name in names if not _CACHED.fullmatch(name)), "")


def note_folder(store: Path, folder: Path) -> None:
    """Write the path of a store's folder beside it; nothing if the cache can't be written."""
    note, path = store.with_suffix(_FOLDER), os.fsencode(os.path.realpath(folder))
    with contextlib.suppress(OSError):
        if _read_note(note) != path:
            atomic_write(note, path)


def delete_orphans(cache: Path) -> None:
    """Remove the stores of missing folders that were not used for a week; a store whose lock is held stays."""
    with contextlib.suppress(OSError):
        for note in [path for path in cache.iterdir() if _NOTE_NAME.fullmatch(path.name)]:
            if _is_orphan(note) and max(_times_of_use(note)) < time.time() - _UNUSED:
                with contextlib.suppress(OSError, LockHeld):
                    _delete_store(note)


def _delete_store(note: Path) -> None:
    lock = note.with_suffix(".lock")
    with file_lock(lock):
        if _is_orphan(note):  # again, under the lock: a build may have made the folder
            for suffix in _FILES:
                note.with_suffix(suffix).unlink(missing_ok=True)
            lock.unlink()


def _is_orphan(note: Path) -> bool:
    folder = _read_note(note)
    try:
        return bool(folder) and not Path(os.fsdecode(folder)).exists()
    except OSError:  # an invalid path
        return False


def _read_note(note: Path) -> bytes:
    """The path of a store's folder; empty if it can't be read."""
    with contextlib.suppress(OSError):
        return read_bounded(note, _LONGEST_PATH)
    return b""


def _times_of_use(note: Path) -> Iterator[float]:
    for suffix in (*_FILES, ".lock"):
        with contextlib.suppress(FileNotFoundError):
            yield note.with_suffix(suffix).stat().st_mtime
