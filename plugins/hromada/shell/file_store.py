"""Files that take long to make, kept by a digest of what they are made of; the ones longest unused may be given up."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from hromada.shell.whole_files import write_whole

_LIST = "sums.json"


@dataclass(frozen=True, slots=True)
class FileStore:
    """A folder with a folder for each set of files; a list of sums, written last, says what is whole there."""

    folder: Path
    room: int = 0  # sets that are kept at most; 0: all

    def get(self, inputs: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """The files made of just these inputs (their digest, a file name): the kept ones, or new ones."""
        place = self.folder / inputs
        kept = _read(place)
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
        places = sorted(filter(Path.is_dir, self.folder.iterdir()), key=lambda place: place.stat().st_mtime_ns)
        for place in places[: max(0, len(places) - self.room)]:
            shutil.rmtree(place)


def _read(place: Path) -> dict[str, bytes] | None:
    try:
        sums = json.loads((place / _LIST).read_bytes())
        files = {name: (place / name).read_bytes() for name in sums}
        whole = bool(sums) and all(_sum(data) == sums[name] for name, data in files.items())
    except (OSError, ValueError, TypeError):
        return None
    return files if whole else None


def _keep(place: Path, files: Mapping[str, bytes]) -> None:
    shutil.rmtree(place, ignore_errors=True)  # with what a killed build has left there
    for name, data in files.items():
        write_whole(place / name, data)
    write_whole(place / _LIST, json.dumps({name: _sum(data) for name, data in files.items()}).encode())
    os.utime(place)


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
