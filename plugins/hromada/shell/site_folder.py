"""The built folder as git will hold it: what a static host can't take, and every file's name and content."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from hromada.domain.file_names import LARGEST_FILE, LARGEST_SITE, is_unpublishable, shown_name
from hromada.domain.file_types import is_published_type, type_of
from hromada.domain.sniffing import SNIFFED, disguised

_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def faults(folder: Path) -> list[str]:
    """Why the folder can't be published, in Ukrainian; links are never followed."""
    found, total = [], 0
    for path, name in _entries(folder):
        state = path.lstat()
        if words := _fault(path, name, state):
            found.append(f"  {shown_name(name)}: {words}")
        total += state.st_size if stat.S_ISREG(state.st_mode) else 0
    if not (folder / "index.html").is_file():
        found.append("  немає головної сторінки index.html")
    if total >= LARGEST_SITE:
        found.append(f"  сайт завеликий: {total // 1_000_000} МБ із {LARGEST_SITE // 1_000_000} МБ")
    return found


def _fault(path: Path, name: str, state: os.stat_result) -> str:
    if is_unpublishable(name):
        return "такого файлу на сайті бути не може"
    if stat.S_ISLNK(state.st_mode):
        return "це посилання, а не файл"
    if stat.S_ISDIR(state.st_mode):
        return ""
    if not stat.S_ISREG(state.st_mode):
        return "це не звичайний файл"
    if state.st_size >= LARGEST_FILE:
        return f"файл понад {LARGEST_FILE // 1_000_000} МБ"
    if not is_published_type(name):
        return "файли такого типу сайт не публікує"
    found = disguised(name, _head(path)) if type_of(name) else None
    return f"насправді це {found}" if found else ""


def _head(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(SNIFFED)


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(parent, name)
            yield path, path.relative_to(folder).as_posix()


def blobs_of_folder(folder: Path, domain: str, algorithm: str) -> dict[str, str]:
    """Git's ids of the files, `.nojekyll` and the domain; counted here, since git's own filters and line ends,
    set by an editor for other work, would change them on their way."""
    found = {name: _blob(path.read_bytes(), algorithm) for path, name in _entries(folder) if path.is_file()}
    found[".nojekyll"] = _blob(b"", algorithm)
    if domain:
        found["CNAME"] = _blob(domain.encode(), algorithm)
    return found


def blobs_of_listing(listing: str) -> dict[str, str]:
    """The same from `git ls-tree -r -z`; what is no regular file equals nothing."""
    found = {}
    for line in filter(None, listing.split("\0")):
        facts, _, name = line.partition("\t")
        mode, _, blob = facts.split(" ")
        found[name] = blob if mode in _REGULAR else mode
    return found


def _blob(data: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
