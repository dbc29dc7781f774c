"""The content folder as the disk has it: every file's name, place, kind and stamp, in one pass."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from hromada.domain.alphabet import to_nfc
from hromada.domain.file_names import is_leftover
from hromada.system.regular_files import LINK, Oddity, RegularFile, entries_below, oddity_of

# ns: two savings of a file within this time may leave the same stamp (FAT has the coarsest clock in use).
MTIME_GRANULARITY_NS = 2_000_000_000
_REPOSITORY = ".git"  # directly in the folder: of content that is a repository of its own, or a submodule
_LOCK = ".#"  # of Emacs: a link to nothing, while somebody edits the file
Stamp = tuple[int, int, int, int]  # size, times of content and inode in ns, inode: as git's index has them


class ScannedFile(NamedTuple):
    """What the walk met: where it lies, its stamp (none when it can't even be looked at, or is no file), what it is instead."""

    file: str
    stamp: Stamp | None
    root: str = ""  # the folder that was walked
    oddity: Oddity | None = None

    @property
    def source(self) -> RegularFile:
        """The file, to be opened."""
        return RegularFile(self.root, self.file.removeprefix(self.root).lstrip(os.sep).replace(os.sep, "/"))


def walk(folder: Path, shown: str = "content") -> dict[str, ScannedFile]:
    """Everything below the content (or another folder, `shown` as that) but real folders, by its name (NFC, `/`), in order.

    Links are not followed; they and other odd things stand among the files as what they are. What editors' programs and
    systems leave behind is no content, nor is the folder's own repository, unless it is a link: nobody knows what lies
    behind one. A folder that can't be listed raises OSError: its items would be lost.
    """
    raw: list[tuple[str, ScannedFile]] = []
    root = os.fspath(folder)
    for name, entry, is_folder in entries_below(folder, closed=(_REPOSITORY,)):
        if is_folder:
            continue
        seen = _seen(entry, root)
        is_aside = is_leftover(name) or name == _REPOSITORY
        if not is_aside or (seen.oddity is LINK and not entry.name.startswith(_LOCK)):
            raw.append((f"{shown}/{name}", seen))
    found = {name: seen for name, seen in raw if to_nfc(name) == name}
    for name, seen in sorted(raw):
        if name not in found:  # of two spellings of one name each stays what it is
            found[to_nfc(name) if to_nfc(name) not in found else name] = seen
    return dict(sorted(found.items()))


def scan_folder(content: Path) -> dict[str, ScannedFile]:
    """The content folder; nothing where there is none."""
    return walk(content) if content.is_dir() else {}


def rescan(seen: dict[str, ScannedFile], folder: Path, saved: Iterable[Path]) -> dict[str, ScannedFile] | None:
    """What a walk would find, when since the last one nothing has happened but the saving of these files.

    None when one of them was not met before, or is no file now: then names have changed too.
    """
    found = dict(seen)
    for path in saved:
        try:
            name = to_nfc(f"content/{path.relative_to(folder).as_posix()}")
        except ValueError:  # it lies elsewhere
            return None
        before, now = found.get(name), _seen(path, os.fspath(folder))
        if before is None or before.file != now.file or now.stamp is None:
            return None
        found[name] = now
    return found


def _seen(entry: os.DirEntry[str] | Path, root: str) -> ScannedFile:
    file = os.fspath(entry)
    try:
        state = entry.stat(follow_symlinks=False)
    except OSError:
        return ScannedFile(file, None, root)
    oddity = oddity_of(state)
    if oddity or not stat.S_ISREG(state.st_mode):
        return ScannedFile(file, None, root, oddity)
    return ScannedFile(file, stamp_from(state), root)


def stamp_from(state: os.stat_result) -> Stamp:
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino
