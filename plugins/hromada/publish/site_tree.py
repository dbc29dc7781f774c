"""The built folder as git will store it: what a static host can't take, the digest and git's id of every file."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from hromada.domain.file_names import LARGEST_FILE, LARGEST_SITE, is_unpublishable, printable_name
from hromada.domain.file_types import SNIFFED, is_published_type, sniff_disguised, type_of
from hromada.domain.problem import Problem
from hromada.listing.site_changes import Refusal
from hromada.system.atomic_files import atomic_write
from hromada.system.regular_files import RegularFile, entries_below, type_fault_of


class PictureFiles(NamedTuple):
    """The files made of one picture for a store: their names, and what makes or remembers them all."""

    names: tuple[str, ...]
    make: Callable[[], Mapping[str, bytes | RegularFile]]


@dataclass(frozen=True, slots=True)
class PublicBuild:
    """The built site as it would be published, or what is wrong with the content: then nothing was built."""

    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    refusals: tuple[Refusal, ...] = ()  # what the verification of the built files has found
    moved: Mapping[str, str] = field(default_factory=dict)  # pages that only lead on: file, where to
    status: int = 0  # the exit status of a build that failed and has printed why
    pictures: tuple[PictureFiles, ...] = ()  # which the pages expect in the store
    valid_between: tuple[datetime, datetime] | None = None  # moments between which a build makes the same site


VERSION_FILE = "version.json"


def file_digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of each regular file's bytes by its path in the folder, sorted; without VERSION_FILE."""
    names = (name for name, state in _entries(folder) if stat.S_ISREG(state.st_mode) and name != VERSION_FILE)
    return {name: hashlib.sha256(RegularFile(str(folder), name).read()).hexdigest() for name in names}


def write_version(folder: Path, digests: Mapping[str, str]) -> str:
    """Write the site's version to VERSION_FILE and return it.

    It is the SHA-256 of one line for each other file, sorted by path: the path, a NUL, the SHA-256 of the bytes.
    """
    lines = "".join(f"{name}\0{digests[name]}\n" for name in sorted(digests))
    version = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
    atomic_write(RegularFile(str(folder), VERSION_FILE), b'{"version": "%b"}\n' % version.encode())
    return version


_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def faults(folder: Path) -> list[str]:
    """Why the folder can't be published, in Ukrainian; links are never followed."""
    problems = []
    for name, state in _entries(folder):
        if fault := _fault(RegularFile(str(folder), name), state):
            problems.append(f"  {printable_name(name)}: {fault}")
    if not RegularFile(str(folder), "index.html").is_there():
        problems.append("  немає головної сторінки index.html")
    total = size_of(folder)
    if total >= LARGEST_SITE:
        problems.append(f"  сайт завеликий: {total // 1_000_000} МБ із {LARGEST_SITE // 1_000_000} МБ")
    return problems


def size_of(folder: Path) -> int:
    """The bytes of all files."""
    return sum(state.st_size for _, state in _entries(folder) if stat.S_ISREG(state.st_mode))


def _fault(file: RegularFile, state: os.stat_result) -> str:
    if is_unpublishable(file.name):
        return "такого файлу на сайті бути не може"
    if type_fault := type_fault_of(state):
        return type_fault.message
    if stat.S_ISDIR(state.st_mode):
        return ""
    if state.st_size >= LARGEST_FILE:
        return f"файл понад {LARGEST_FILE // 1_000_000} МБ"
    if not is_published_type(file.name):
        return "файли такого типу сайт не публікує"
    actual_type = sniff_disguised(file.name, _first_bytes(file)) if type_of(file.name) else None
    return f"насправді це {actual_type}" if actual_type else ""


def _first_bytes(file: RegularFile) -> bytes:
    with file.open() as stream:
        return stream.read(SNIFFED)


def _entries(folder: Path) -> list[tuple[str, os.stat_result]]:
    entries = [(entry.name, entry.state) for entry in entries_below(folder)] if folder.is_dir() else []
    return sorted(entries, key=itemgetter(0))


def blobs_of_folder(folder: Path, domain: str, commit: str) -> dict[str, str]:
    """Git's blob ids of the regular files, `.nojekyll` and CNAME, with the hash algorithm of a commit's repository.

    Computed here, since `git hash-object` applies the filters and line ends that an editor may have configured.
    """
    algorithm = "sha256" if len(commit) == 64 else "sha1"
    names = [name for name, state in _entries(folder) if stat.S_ISREG(state.st_mode)]
    blobs = {name: _blob(RegularFile(str(folder), name).read(), algorithm) for name in names}
    blobs[".nojekyll"] = _blob(b"", algorithm)
    if domain:
        blobs["CNAME"] = _blob(domain.encode(), algorithm)
    return blobs


def blobs_of_listing(listing: str) -> dict[str, str]:
    """The same from `git ls-tree -r -z`; anything but a regular file gets a value that equals no id."""
    blobs = {}
    for line in filter(None, listing.split("\0")):
        columns, _, name = line.partition("\t")
        mode, _, blob = columns.split(" ")
        blobs[name] = blob if mode in _REGULAR else mode
    return blobs


def _blob(data: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
