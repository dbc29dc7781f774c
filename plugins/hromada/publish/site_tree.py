"""The built folder as git will hold it: what a static host can't take, and every file's name and content."""

from __future__ import annotations

import hashlib
import os
import stat
from pathlib import Path

from hromada.domain.file_names import LARGEST_FILE, LARGEST_SITE, is_unpublishable, printable_name
from hromada.domain.file_types import is_published_type, type_of
from hromada.domain.sniffing import SNIFFED, sniff_disguised
from hromada.system.regular_files import RegularFile, entries_below, oddity_of

_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def faults(folder: Path) -> list[str]:
    """Why the folder can't be published, in Ukrainian; links are never followed."""
    found = []
    for name, state in _entries(folder):
        if words := _fault(RegularFile(str(folder), name), state):
            found.append(f"  {printable_name(name)}: {words}")
    if not RegularFile(str(folder), "index.html").is_there():
        found.append("  немає головної сторінки index.html")
    total = size_of(folder)
    if total >= LARGEST_SITE:
        found.append(f"  сайт завеликий: {total // 1_000_000} МБ із {LARGEST_SITE // 1_000_000} МБ")
    return found


def size_of(folder: Path) -> int:
    """The bytes of all files."""
    return sum(state.st_size for _, state in _entries(folder) if stat.S_ISREG(state.st_mode))


def _fault(file: RegularFile, state: os.stat_result) -> str:
    if is_unpublishable(file.name):
        return "такого файлу на сайті бути не може"
    if oddity := oddity_of(state):
        return oddity.words
    if stat.S_ISDIR(state.st_mode):
        return ""
    if state.st_size >= LARGEST_FILE:
        return f"файл понад {LARGEST_FILE // 1_000_000} МБ"
    if not is_published_type(file.name):
        return "файли такого типу сайт не публікує"
    found = sniff_disguised(file.name, _head(file)) if type_of(file.name) else None
    return f"насправді це {found}" if found else ""


def _head(file: RegularFile) -> bytes:
    with file.open() as stream:
        return stream.read(SNIFFED)


def _entries(folder: Path) -> list[tuple[str, os.stat_result]]:
    found = [(one.name, one.state) for one in entries_below(folder)] if folder.is_dir() else []
    return sorted(found, key=lambda one: one[0])


def blobs_of_folder(folder: Path, domain: str, commit: str) -> dict[str, str]:
    """Git's ids of the regular files, `.nojekyll` and the domain, as the repository of a commit counts them.

    Counted here, since git's own filters and line ends, set by an editor for other work, would change them on their way.
    """
    algorithm = "sha256" if len(commit) == 64 else "sha1"
    names = [name for name, state in _entries(folder) if stat.S_ISREG(state.st_mode)]
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
