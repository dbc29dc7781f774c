"""The built folder as git will store it: what a static host can't take, the digest and git's id of every file.

Each file is read once: what it gives is remembered with its stamp (`publish.publication_memory`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.file_names import LARGEST_FILE, LARGEST_SITE, is_unpublishable, printable_name
from hromada.domain.file_types import SNIFFED, is_published_type, sniff_disguised, type_of
from hromada.domain.problem import Problem
from hromada.domain.refusal import Refusal
from hromada.publish.publication_memory import FileFacts, PublicationMemory
from hromada.system.atomic_files import atomic_write
from hromada.system.regular_files import RegularFile, entries_below, type_fault_of
from hromada.system.scan import STAMPS_SHOW_EVERY_WRITE, Stamp, is_settled, stamp_from
from hromada.system.workers import parallel_map, worker_count


class PictureFiles(NamedTuple):
    """The files made of one picture for a store: their names, and what makes or remembers them all."""

    names: tuple[str, ...]
    make: Callable[[], Mapping[str, bytes | RegularFile]]


class PublicBuild(Struct, frozen=True):
    """The built site as it would be published, or what is wrong with the content: then nothing was built."""

    problems: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    refusals: tuple[Refusal, ...] = ()  # what the verification of the built files has found
    moved: Mapping[str, str] = field(default_factory=dict)  # pages that only lead on: file, where to
    files: SiteFiles | None = None  # as the build has read them
    warnings: tuple[str, ...] = ()  # to be printed when the site is published
    status: int = 0  # the exit status of a build that failed and has printed why
    pictures: tuple[PictureFiles, ...] = ()  # which the pages expect in the store
    valid_between: tuple[datetime, datetime] | None = None  # moments between which a build makes the same site
    withdrawn: frozenset[str] = frozenset()  # files that withdrawals have taken away: they may stay nowhere
    notices: frozenset[str] = frozenset()  # addresses of withdrawn items; what lay below them went with their texts

    def explains(self, address: str) -> bool:
        """Whether a withdrawal is why a document or another file is gone; pages stay, as notices."""
        if address.endswith(("/", ".html")):
            return False
        return unquote(address)[1:] in self.withdrawn or any(address.startswith(notice) for notice in self.notices)


VERSION_FILE = "version.json"
_FEW = 200  # files that one process reads faster than two with their start


class SiteFiles(Struct, frozen=True):
    """The built folder as it was read: the facts of each regular file by path, sorted, and what else is wrong there."""

    folder: Path
    facts: Mapping[str, FileFacts]
    others: tuple[str, ...] = ()  # faults of what is no regular file

    @property
    def size(self) -> int:
        """The bytes of all files."""
        return sum(facts.stamp[0] for facts in self.facts.values())

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file's bytes by its path, sorted; without VERSION_FILE."""
        return {name: facts.digest for name, facts in self.facts.items() if name != VERSION_FILE}

    def read_again(self, name: str) -> SiteFiles:
        """The same with one file as it is now."""
        return replace(self, facts={**self.facts, name: _read_facts(self.folder, name)})

    def blobs(self, domain: str, commit: str) -> dict[str, str]:
        """Git's ids of the files, `.nojekyll` and CNAME, with the hash algorithm of a commit's repository."""
        algorithm = "sha256" if len(commit) == 64 else "sha1"
        if algorithm == "sha1":
            blobs = {name: facts.blob for name, facts in self.facts.items()}
        else:
            blobs = {name: _blob(RegularFile(str(self.folder), name).read(), algorithm) for name in self.facts}
        blobs[".nojekyll"] = _blob(b"", algorithm)
        if domain:
            blobs["CNAME"] = _blob(domain.encode(), algorithm)
        return blobs

    def faults(self) -> list[str]:
        """Why the folder can't be published, in Ukrainian."""
        problems = [*self.others]
        problems += [_named(name, facts.fault) for name, facts in self.facts.items() if facts.fault]
        if "index.html" not in self.facts:
            problems.append("  немає головної сторінки index.html")
        if self.size >= LARGEST_SITE:
            problems.append(f"  сайт завеликий: {self.size // 1_000_000} МБ із {LARGEST_SITE // 1_000_000} МБ")
        return problems


def read_site(
    folder: Path, memory: PublicationMemory | None = None, built: Mapping[str, Stamp] | None = None, jobs: int = 1
) -> SiteFiles:
    """Read the files below a folder whose facts `memory` does not have, and remember them; links are never followed.

    `built` are all files with their stamps where a build has just looked at each of them: then the folder is not listed
    again. Whatever happens to a file meanwhile, the published commit is compared with the facts that were read.
    """
    memory = memory if STAMPS_SHOW_EVERY_WRITE else None
    known = memory.files() if memory else {}
    begun = time.time_ns()
    stamps, others = _listed(folder) if built is None else (built, ())
    facts = {name: of for name, stamp in stamps.items() if (of := known.get(name)) is not None and of.stamp == stamp}
    unread = [name for name in stamps if name not in facts]

    def read(name: str) -> tuple[str, FileFacts]:
        return name, _read_facts(folder, name)

    facts |= parallel_map(unread, read, worker_count(jobs) if len(unread) > _FEW else 1, named=str)
    trusted = {name: of for name, of in facts.items() if is_settled(of.stamp, begun)}
    if memory and trusted != known:
        memory.keep_files(trusted)
    return SiteFiles(folder, dict(sorted(facts.items())), tuple(sorted(others)))


def _listed(folder: Path) -> tuple[dict[str, Stamp], list[str]]:
    """The regular files below a folder with their stamps, and what else is wrong there."""
    stamps, folders, others = dict[str, Stamp](), set[str](), list[str]()
    for entry in entries_below(folder) if folder.is_dir() else ():
        if entry.is_folder:
            folders.add(entry.name)
        elif type_fault := type_fault_of(state := entry.state):
            others.append(_named(entry.name, _IMPOSSIBLE if is_unpublishable(entry.name) else type_fault.message))
        else:
            stamps[entry.name] = stamp_from(state)
    folders -= _folders_of(stamps)  # a fault in the path of a file is said of the file
    others += [_named(name, _IMPOSSIBLE) for name in folders if is_unpublishable(name)]
    return stamps, others


def _folders_of(names: Iterable[str]) -> set[str]:
    """Every folder in the paths of these files."""
    folders = set[str]()
    for name in names:
        while (name := name.rpartition("/")[0]) and name not in folders:
            folders.add(name)
    return folders


def _read_facts(folder: Path, name: str) -> FileFacts:
    with RegularFile(str(folder), name).open() as file:
        stamp, data = stamp_from(os.fstat(file.fileno())), file.read()
    return FileFacts(stamp, hashlib.sha256(data).hexdigest(), _blob(data, "sha1"), _fault_of_file(name, data))


def file_digests(folder: Path, memory: PublicationMemory | None = None) -> dict[str, str]:
    """The SHA-256 of each regular file's bytes by its path in the folder, sorted; without VERSION_FILE."""
    return read_site(folder, memory).digests()


def version_of(digests: Mapping[str, str]) -> str:
    """The SHA-256 of one line for each file but VERSION_FILE, sorted by path: the path, a NUL, the SHA-256 of the bytes."""
    lines = "".join(f"{name}\0{digests[name]}\n" for name in sorted(digests))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


def write_version(folder: Path, digests: Mapping[str, str]) -> str:
    """Write the site's version to VERSION_FILE and return it."""
    version = version_of(digests)
    atomic_write(RegularFile(str(folder), VERSION_FILE), b'{"version": "%b"}\n' % version.encode())
    return version


_REGULAR = ("100644", "100755")  # the executable bit is not compared, Windows has none


def _named(name: str, fault: str) -> str:
    return f"  {printable_name(name)}: {fault}"


def _fault_of_file(name: str, data: bytes) -> str:
    if is_unpublishable(name):
        return _IMPOSSIBLE
    if len(data) >= LARGEST_FILE:
        return f"файл понад {LARGEST_FILE // 1_000_000} МБ"
    if not is_published_type(name):
        return "файли такого типу сайт не публікує"
    actual_type = sniff_disguised(name, data[:SNIFFED]) if type_of(name) else None
    return f"насправді це {actual_type}" if actual_type else ""


_IMPOSSIBLE = "такого файлу на сайті бути не може"


def blobs_of_listing(listing: str) -> dict[str, str]:
    """Git's ids of files by path, from `git ls-tree -r -z`; anything but a regular file gets a value that equals no id."""
    blobs = {}
    for line in filter(None, listing.split("\0")):
        columns, _, name = line.partition("\t")
        mode, _, blob = columns.split(" ")
        blobs[name] = blob_or_mode(mode, blob)
    return blobs


def blob_or_mode(mode: str, blob: str) -> str:
    """Git's id of a regular file; of anything else its mode, which equals no id."""
    return blob if mode in _REGULAR else mode


def _blob(data: bytes, algorithm: str) -> str:
    """Git's id of a file, which `git hash-object` would compute with the filters and line ends that an editor has set."""
    return hashlib.new(algorithm, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
