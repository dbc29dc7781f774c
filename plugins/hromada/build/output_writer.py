"""Writing into the output folder: every file whole or not at all, equal bytes never rewritten."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePath, PurePosixPath

from hromada.system.disk_errors import write_error
from hromada.system.regular_files import NotRegular, RegularFile, folder_of, irregular_files
from hromada.system.scan import Stamp, stamp_from
from hromada.system.atomic_files import atomic_write


class OutputConflict(Exception):
    """Two parts of the build want one file: a fault of ours that would lose a page."""


@dataclass(slots=True)
class Output:
    """One process's writes into `folder`: the stamp of every file written or found to be equal."""

    folder: Path
    stamps: dict[str, Stamp] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def write(self, name: str, data: bytes) -> Path:
        """Put `data` under `name` (relative, `/`); an equal file is left alone. Hindered when the disk does not let us."""
        name = str(PurePosixPath(name))
        if name in self.stamps:
            raise OutputConflict(f"two pages for one file: {name}")
        if not _is_inside(name):
            raise OutputConflict(f"outside the output folder: {name}")
        file = RegularFile(str(self.folder), name)
        if not _holds(file, data):
            try:
                atomic_write(file, data)
            except OSError as error:
                raise write_error(file.path, error) from error
            self.changed.append(name)
        self.note(name)
        return file.path

    def note(self, name: str) -> None:
        """Take the file as it is now for what we have written."""
        self.stamps[name] = stamp_of(f"{self.folder}/{name}") or (0, 0, 0, 0)


def stamp_of(path: str) -> Stamp | None:
    """A file's stamp, or nothing when it is not there; a link has its own."""
    try:
        return stamp_from(os.lstat(path))
    except (OSError, ValueError):  # a list of the cache may be anyone's: no file has a NUL in its name
        return None


def remove(folder: Path, name: str) -> bool:
    """Remove a file of the folder with the folders that it leaves empty; whether it was there. Behind a link nothing is.

    The name comes from a list in the cache, which may be anyone's: one that leads out of the folder is no file of it.
    """
    if not _is_inside(name):
        return False
    file, was_there = RegularFile(str(folder), name), True
    try:
        folder_of(file)
        file.path.unlink()
    except NotRegular:
        return False
    except (OSError, ValueError):  # it is gone, or somebody has put a folder there
        was_there = False
    for parent in file.path.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return was_there


def remove_irregular(folder: Path) -> None:
    """Take every link, pipe and device out of a folder that is ours alone; what a link leads to stays as it is."""
    for name, _ in irregular_files(folder):
        remove(folder, name)


def _is_inside(name: str) -> bool:
    """Whether a name, joined to a folder, stays in it, as this system joins them."""
    path = PurePath(name)
    return bool(path.parts) and not path.anchor and ".." not in path.parts and "\0" not in name


def _holds(file: RegularFile, data: bytes) -> bool:
    with contextlib.suppress(OSError):
        return file.state().st_size == len(data) and file.read() == data
    return False
