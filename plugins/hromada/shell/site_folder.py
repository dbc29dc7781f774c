"""The built folder as git will hold it: what a static host can't take, and every file's name and content."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

from hromada.shell.regular_files import RegularFile, entries_below, oddity_of

_LARGEST_FILE, _LARGEST_SITE = 100_000_000, 1_000_000_000  # limits of GitHub Pages
_GIT_FOLDERS = (".git", "git~1")  # in any case: a clone on Windows or macOS couldn't be checked out
_UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")  # control characters, bytes that are no UTF-8
_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def faults(folder: Path) -> list[str]:
    """Why the folder can't be published, in Ukrainian; links are never followed."""
    found, total = [], 0
    for name, state in _entries(folder):
        if words := _fault(name, state):
            found.append(f"  {_shown(name)}: {words}")
        total += state.st_size if stat.S_ISREG(state.st_mode) else 0
    if not RegularFile(str(folder), "index.html").is_there():
        found.append("  немає головної сторінки index.html")
    if total >= _LARGEST_SITE:
        found.append(f"  сайт завеликий: {total // 1_000_000} МБ із {_LARGEST_SITE // 1_000_000} МБ")
    return found


def _fault(name: str, state: os.stat_result) -> str:
    last = name.rpartition("/")[2]
    # ghp-import writes names unquoted: fast-import stops at these.
    if last.casefold() in _GIT_FOLDERS or name.startswith('"') or _UNWRITABLE.search(name):
        return "такого файлу на сайті бути не може"
    if oddity := oddity_of(state):
        return oddity.words
    if state.st_size >= _LARGEST_FILE:
        return f"файл понад {_LARGEST_FILE // 1_000_000} МБ"
    return ""


def _shown(name: str) -> str:
    return ascii(name) if _UNWRITABLE.search(name) else name


def _entries(folder: Path) -> list[tuple[str, os.stat_result]]:
    found = [(one.name, one.state) for one in entries_below(folder)] if folder.is_dir() else []
    return sorted(found, key=lambda one: one[0])


def blobs_of_folder(folder: Path, domain: str, algorithm: str) -> dict[str, str]:
    """Git's ids of the files, `.nojekyll` and the domain; counted here, since git's own filters and line ends,
    set by an editor for other work, would change them on their way."""
    names = [name for name, state in _entries(folder) if not stat.S_ISDIR(state.st_mode)]
    found = {name: _blob(RegularFile(str(folder), name).read(), algorithm) for name in names}
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
