"""Files that take long to make, kept by a digest of what they are made of; the ones longest unused may be given up."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from hromada.storage.cache_codec import CacheCodec
from hromada.system.atomic_files import atomic_write, read_bounded

_LIST = "sums.json"
_SUMS = CacheCodec(dict[str, str])
_LARGEST = 256_000_000  # bytes of a file that is kept: far more than any document or picture has


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder with a folder for each set of files; a list of sums, written last, says what is whole there."""

    folder: Path
    room: int = 0  # sets that are kept at most; 0: all

    def get(self, inputs: str, names: Collection[str], make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """The files of these names made of just these inputs (their digest, a file name): the kept ones, or new ones.

        The list may be anyone's: what it names beside them is no file that is looked for.
        """
        place = self.folder / inputs
        kept = _read(place, names)
        if kept is not None:
            with contextlib.suppress(OSError):
                os.utime(place)
            return kept
        files = make()
        with contextlib.suppress(OSError):  # a full disk costs the next build its time, not this one its result
            _keep(place, files)
            if self.room:
                self._give_up()
        return files

    def _give_up(self) -> None:
        """Remove the sets longest unused, down to `room`."""
        places = sorted(filter(Path.is_dir, self.folder.iterdir()), key=lambda place: place.lstat().st_mtime_ns)
        for place in places[: max(0, len(places) - self.room)]:
            _remove(place)


def _read(place: Path, names: Collection[str]) -> dict[str, bytes] | None:
    try:
        sums = _SUMS.decode(read_bounded(place / _LIST, _LARGEST))
        if sums is None or sums.keys() != set(names):
            return None
        files = {name: read_bounded(place / name, _LARGEST) for name in names}
    except OSError:
        return None
    return files if all(_sum(data) == sums[name] for name, data in files.items()) else None


def _keep(place: Path, files: Mapping[str, bytes]) -> None:
    with contextlib.suppress(OSError):
        _remove(place)  # with what a killed build has left there
    for name, data in files.items():
        atomic_write(place / name, data)
    atomic_write(place / _LIST, _SUMS.encode({name: _sum(data) for name, data in files.items()}))
    os.utime(place)


def _remove(place: Path) -> None:
    """A link goes, what it leads to stays."""
    if place.is_symlink():
        place.unlink()
    else:
        shutil.rmtree(place)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
