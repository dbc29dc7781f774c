"""Writes into the output folder: atomically, and only files whose bytes differ."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path, PurePath, PurePosixPath

from msgspec import Struct, field

from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import read_error, write_error
from hromada.system.regular_files import NotRegular, RegularFile, entries_below, folder_of, is_plain_name
from hromada.system.scan import Stamp, stamp_from


class OutputConflict(Exception):
    """Two parts of the build write one file: a bug, since a page would be lost."""


class Output(Struct):
    """One process's writes into `folder`: the stamp of every file written or found to be equal."""

    folder: Path
    stamps: dict[str, Stamp] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)

    def write(self, name: str, data: bytes) -> str:
        """Write `data` to `name` (relative, `/`), unless the file has these bytes already; return its path.

        DiskError if it can't be written.
        """
        if not is_plain_name(name):
            name = str(PurePosixPath(name))
            if not _is_inside(name):
                raise OutputConflict(f"outside the output folder: {name}")
        if name in self.stamps:
            raise OutputConflict(f"two pages for one file: {name}")
        file = RegularFile(str(self.folder), name)
        if not _has_content(file, data):
            try:
                atomic_write(file, data)
            except OSError as error:
                raise write_error(file.path, error) from error
            self.changed.append(name)
        self.record(name)
        return os.path.join(*file)

    def write_all(self, files: Iterable[tuple[str, bytes | RegularFile]]) -> None:
        """Write files by name: bytes, or a file to copy."""
        for name, data in files:
            self.write(name, _read_copy(data) if isinstance(data, RegularFile) else data)

    def record(self, name: str) -> None:
        """Record a file as it is now: its stamp."""
        self.stamps[name] = stamp_of(f"{self.folder}/{name}") or (0, 0, 0, 0)


def _read_copy(file: RegularFile) -> bytes:
    try:
        return file.read()
    except OSError as error:
        raise read_error(file.path, error) from error


def stamp_of(path: str) -> Stamp | None:
    """A file's stamp (of a link its own), or None if there is no such file."""
    try:
        return stamp_from(os.lstat(path))
    except (OSError, ValueError):  # ValueError for a NUL in a name from an untrusted cache
        return None


def remove(folder: Path, name: str) -> bool:
    """Remove a file and the folders that it leaves empty; return whether it existed. Nothing behind a link is removed.

    The name comes from the untrusted cache: one that leads out of the folder is ignored.
    """
    if not _is_inside(name):
        return False
    file, was_there = RegularFile(str(folder), name), True
    try:
        folder_of(file)
        file.path.unlink()
    except NotRegular:
        return False
    except (OSError, ValueError):  # it is gone, or is a folder by now
        was_there = False
    for parent in file.path.parents:
        if parent == folder:
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return was_there


def remove_irregular(folder: Path) -> frozenset[str]:
    """Remove every link, pipe and device from a folder that only we write, and return its files; targets of links stay."""
    if not folder.is_dir():
        return frozenset()
    entries = [entry for entry in entries_below(folder) if not entry.is_folder]
    for entry in entries:
        if not entry.is_regular:
            remove(folder, entry.name)
    return frozenset(entry.name for entry in entries if entry.is_regular)


def _is_inside(name: str) -> bool:
    """Whether a name joined to a folder stays inside it, by this system's rules."""
    path = PurePath(name)
    return bool(path.parts) and not path.anchor and ".." not in path.parts and "\0" not in name


def _has_content(file: RegularFile, data: bytes) -> bool:
    with contextlib.suppress(OSError):
        return file.state().st_size == len(data) and file.read() == data
    return False
