"""The built folder as git will hold it: what a static host can't take, and every file's name and content."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

_LARGEST_FILE, _LARGEST_SITE = 100_000_000, 1_000_000_000  # limits of GitHub Pages
_GIT_FOLDERS = (".git", "git~1")  # in any case: a clone on Windows or macOS couldn't be checked out
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # control characters, bytes that are no UTF-8
_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def faults(folder: Path) -> list[str]:
    """Why the folder can't be published, in Ukrainian; links are never followed."""
    found = []
    for path, name in _entries(folder):
        if words := _fault(name, path.lstat()):
            found.append(f"  {_shown(name)}: {words}")
    if not (folder / "index.html").is_file():
        found.append("  немає головної сторінки index.html")
    total = size_of(folder)
    if total >= _LARGEST_SITE:
        found.append(f"  сайт завеликий: {total // 1_000_000} МБ із {_LARGEST_SITE // 1_000_000} МБ")
    return found


def size_of(folder: Path) -> int:
    """The bytes of all files."""
    states = (path.lstat() for path, _ in _entries(folder))
    return sum(state.st_size for state in states if stat.S_ISREG(state.st_mode))


def _fault(name: str, state: os.stat_result) -> str:
    last = name.rpartition("/")[2]
    # ghp-import writes names unquoted: fast-import stops at these.
    if last.casefold() in _GIT_FOLDERS or name.startswith('"') or _UNWRITABLE.search(name):
        return "такого файлу на сайті бути не може"
    if stat.S_ISLNK(state.st_mode):
        return "це посилання, а не файл"
    if not (stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode)):
        return "це не звичайний файл"
    if state.st_size >= _LARGEST_FILE:
        return f"файл понад {_LARGEST_FILE // 1_000_000} МБ"
    return ""


def _shown(name: str) -> str:
    return ascii(name) if _UNWRITABLE.search(name) else name


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted([*folders, *names]):
            path = Path(parent, name)
            yield path, path.relative_to(folder).as_posix()


def blobs_of_folder(folder: Path, domain: str, commit: str) -> dict[str, str]:
    """Git's ids of the files, `.nojekyll` and the domain, as the repository of a commit counts them.

    Counted here, since git's own filters and line ends, set by an editor for other work, would change them on their way.
    """
    algorithm = "sha256" if len(commit) == 64 else "sha1"
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
