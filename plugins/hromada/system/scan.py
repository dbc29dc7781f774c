"""The content folder as it is on the disk: every file's name, path, type and stamp, in one pass."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hromada.domain.alphabet import to_nfc
from hromada.domain.file_names import content_path, is_leftover
from hromada.system.regular_files import LINK, FileTypeFault, RegularFile, entries_below, type_fault_of

# ns: two writes of a file within this time may leave the same stamp (FAT has the coarsest clock in use).
MTIME_GRANULARITY_NS = 2_000_000_000
_SECOND_NS = 1_000_000_000
_TICK_NS = 100_000_000  # more than a tick of any clock that counts parts of a second: Windows 16 ms, Linux 10 ms
# Every write changes a file's ctime, whatever is done to its mtime; on Windows that field is the time of creation.
STAMPS_SHOW_EVERY_WRITE = os.name != "nt"
_REPOSITORY = ".git"  # directly in the folder: content that is a repository of its own, or a submodule
_LOCK = ".#"  # of Emacs: a dangling link while a file is being edited
Stamp = tuple[int, int, int, int]  # size, mtime and ctime in ns, inode: as in git's index


class ScannedFile(NamedTuple):
    """A scanned file: its path on the disk, its stamp (None if `lstat` fails or it is no regular file), its type's fault."""

    file: str
    stamp: Stamp | None
    root: str = ""  # the folder that was scanned
    type_fault: FileTypeFault | None = None

    @property
    def source(self) -> RegularFile:
        """The file for opening."""
        return RegularFile(self.root, self.file.removeprefix(self.root).lstrip(os.sep).replace(os.sep, "/"))


def is_settled(stamp: Stamp, moment: int) -> bool:
    """Whether a write after this moment (ns) leaves another stamp; for files of a local disk, whose clock is ours.

    Of a disk that keeps whole seconds both times of a file are whole; there the coarsest clock is assumed.
    """
    _, mtime, ctime, _ = stamp
    is_fine = mtime % _SECOND_NS and ctime % _SECOND_NS
    return max(mtime, ctime) < moment - (_TICK_NS if is_fine else MTIME_GRANULARITY_NS)


def walk(folder: Path, prefix: str = "content") -> dict[str, ScannedFile]:
    """Everything but real folders below the content (or another folder, named `prefix`) by its path (NFC, `/`), sorted.

    Links are not followed; they and other irregular files are listed with their type's fault. Leftovers of editors'
    programs and of systems are left out, as is the folder's own repository, unless it is a link: its target is unknown.
    A folder that can't be listed raises OSError: its items would be lost.
    """
    raw: list[tuple[str, ScannedFile]] = []
    root = os.fspath(folder)
    for name, entry, is_folder in entries_below(folder, closed=(_REPOSITORY,)):
        if is_folder:
            continue
        file = _scanned(entry, root)
        is_ignored = is_leftover(name) or name == _REPOSITORY
        if not is_ignored or (file.type_fault is LINK and not entry.name.startswith(_LOCK)):
            raw.append((f"{prefix}/{name}", file))
    files = {path: file for path, file in raw if to_nfc(path) == path}
    for path, file in sorted(raw):
        if path not in files:  # where both spellings (NFC and NFD) of a name exist, each keeps its own
            files[to_nfc(path) if to_nfc(path) not in files else path] = file
    return dict(sorted(files.items()))


def scan_folder(content: Path) -> dict[str, ScannedFile]:
    """The scanned content folder; empty if there is none."""
    return walk(content) if content.is_dir() else {}


def rescan(scanned: dict[str, ScannedFile], folder: Path, saved: Iterable[Path]) -> dict[str, ScannedFile] | None:
    """What `walk` would return if nothing has changed since `scanned` but these saved files.

    None when one of them is new, or no regular file any more: then names have changed, too.
    """
    files = dict(scanned)
    for file in saved:
        try:
            path = to_nfc(content_path(file.relative_to(folder).as_posix()))
        except ValueError:  # outside the folder
            return None
        before, now = files.get(path), _scanned(file, os.fspath(folder))
        if before is None or before.file != now.file or now.stamp is None:
            return None
        files[path] = now
    return files


def _scanned(entry: os.DirEntry[str] | Path, root: str) -> ScannedFile:
    file = os.fspath(entry)
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return ScannedFile(file, None, root)
    type_fault = type_fault_of(state)
    if type_fault or not stat.S_ISREG(state.st_mode):
        return ScannedFile(file, None, root, type_fault)
    return ScannedFile(file, stamp_from(state), root)


def stamp_from(state: os.stat_result) -> Stamp:
    """The stamp of a file by the result of its `lstat`."""
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
