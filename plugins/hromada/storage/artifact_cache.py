"""A cache of files that take long to make, by a digest of their inputs; the sets longest unused are removed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from msgspec import Struct

from hromada.storage.sqlite_store import CacheCodec
from hromada.system.atomic_files import atomic_write, read_bounded

_DAY = 24 * 3600  # seconds
# A photo's sizes are kept while a site shows it, and a month longer: a branch, a draft or a withdrawn item may need them
# again. A month of photos is 400 files of 40 MB, a minute's work.
_KEPT = 30 * _DAY
_PRUNED = "pruned.txt"
_CHECKSUM_FILE = "sums.json"
_CHECKSUMS = CacheCodec(dict[str, str])
_LARGEST = 256_000_000  # bytes of a cached file: far more than any document or picture has


class FileStore(Struct, frozen=True):
    """A folder with a folder for each set of files; a list of checksums, written last, marks a complete set."""

    folder: Path
    capacity: int = 0  # sets that are kept at most; 0: all

    def get(self, inputs: str, names: Collection[str], make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """The files of these names made from `inputs` (a digest, used as the folder's name), from the cache or from `make`.

        The list of checksums is untrusted: a set that names other files than `names` is not read.
        """
        folder = self.folder / inputs
        cached = _read(folder, names)
        if cached is not None:
            with contextlib.suppress(OSError):
                os.utime(folder)
            return cached
        files = make()
        with contextlib.suppress(OSError):  # a cache that can't be written costs the next build time, nothing else
            _store(folder, files)
            if self.capacity:
                self._evict()
        return files

    def prune(self, needed: Callable[[], Collection[str]]) -> None:
        """Once a day: mark the sets that a site needs as used, and remove those that were not used for a month."""
        with contextlib.suppress(OSError):
            note, now = self.folder / _PRUNED, time.time()
            if not self.folder.is_dir() or (note.exists() and 0 <= now - note.stat().st_mtime < _DAY):
                return
            used = needed()
            for folder in filter(Path.is_dir, self.folder.iterdir()):
                if folder.name in used:
                    os.utime(folder)
                elif folder.lstat().st_mtime < now - _KEPT:
                    _remove(folder)
            atomic_write(note, b"")

    def _evict(self) -> None:
        """Remove the sets longest unused, down to `capacity`."""
        folders = sorted(filter(Path.is_dir, self.folder.iterdir()), key=lambda folder: folder.lstat().st_mtime_ns)
        for folder in folders[: max(0, len(folders) - self.capacity)]:
            _remove(folder)


def _read(folder: Path, names: Collection[str]) -> dict[str, bytes] | None:
    try:
        checksums = _CHECKSUMS.decode(read_bounded(folder / _CHECKSUM_FILE, _LARGEST))
        if checksums is None or checksums.keys() != set(names):
            return None
        files = {name: read_bounded(folder / name, _LARGEST) for name in names}
    except OSError:
        return None
    return files if all(_checksum(data) == checksums[name] for name, data in files.items()) else None


def _store(folder: Path, files: Mapping[str, bytes]) -> None:
    with contextlib.suppress(OSError):
        _remove(folder)  # an incomplete set of a killed build
    for name, data in files.items():
        atomic_write(folder / name, data)
    atomic_write(folder / _CHECKSUM_FILE, _CHECKSUMS.encode({name: _checksum(data) for name, data in files.items()}))
    os.utime(folder)


def _remove(folder: Path) -> None:
    """Remove a folder, or a link without its target."""
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
