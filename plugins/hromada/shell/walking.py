"""The content folder as the disk has it: every file's name, place and stamp, in one pass."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

# ns: two savings of a file within this time may leave the same stamp (FAT has the coarsest clock in use).
SLACK = 2_000_000_000
Stamp = tuple[int, int, int, int]  # size, times of content and inode in ns, inode: as git's index has them


class Seen(NamedTuple):
    """A file as the walk met it: where it lies, and its stamp (none when it can't even be looked at, or is no file)."""

    file: str
    stamp: Stamp | None


def walk(folder: Path) -> dict[str, Seen]:
    """Every file of the content (or of another folder), by its name from `content/` on (NFC, `/`), in their order.

    What editors' programs and systems leave behind is no content. A folder that can't be listed raises OSError: its
    items would be lost.
    """
    raw: list[tuple[str, Seen]] = []
    waiting = [("content", os.fspath(folder))]
    while waiting:
        name, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                shown = f"{name}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):  # a link to a folder is not walked: shown as what it is
                    waiting.append((shown, entry.path))
                elif not is_leftover(entry.name):
                    raw.append((shown, Seen(entry.path, _stamp(entry))))
    found = {shown: seen for shown, seen in raw if _composed(shown) == shown}
    for shown, seen in sorted(raw):
        if shown not in found:  # of two spellings of one name each stays what it is
            found[_composed(shown) if _composed(shown) not in found else shown] = seen
    return dict(sorted(found.items()))


def seen_again(seen: dict[str, Seen], folder: Path, saved: Iterable[Path]) -> dict[str, Seen] | None:
    """What a walk would find, when since the last one nothing has happened but the saving of these files.

    None when one of them was not met before, or is no file now: then names have changed too.
    """
    found = dict(seen)
    for path in saved:
        try:
            name = _composed(f"content/{path.relative_to(folder).as_posix()}")
            stamp = _stamp(path)
        except ValueError:  # it lies elsewhere
            return None
        before = found.get(name)
        if before is None or before.file != str(path) or stamp is None:
            return None
        found[name] = Seen(before.file, stamp)
    return found


def _composed(name: str) -> str:
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def _stamp(entry: os.DirEntry[str] | Path) -> Stamp | None:
    try:
        state = entry.stat()
    except OSError:
        return None
    if not stat.S_ISREG(state.st_mode):  # a link to a folder, a pipe
        return None
    return state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino


def is_leftover(name: str) -> bool:
    """What editors' programs and systems leave behind."""
    if name.endswith("~") or name.startswith((".~lock", "~$")) or name in ("Thumbs.db", "desktop.ini"):
        return True
    return name.startswith(".") and not name.casefold().endswith(".md")
