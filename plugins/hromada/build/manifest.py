"""The manifest of an output folder: each file with the key of its inputs and its stamp; tells whether any input has changed.

The names are in a text file, too, written before any new output: so no output is orphaned by a killed build or a lost
store. An output loses its key before it is rendered, so the next build completes a killed one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import marshal
import os
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

from msgspec import Meta

from hromada.build.output_writer import stamp_of
from hromada.domain.dates import Clock
from hromada.storage.cache_cleanup import note_folder
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.disk_errors import write_error
from hromada.system.file_lock import file_lock
from hromada.system.scan import MTIME_GRANULARITY_NS, ScannedFile, Stamp, walk

T = TypeVar("T")
_Moment = Annotated[datetime, Meta(tz=False)]  # a foreign entry with a zone could not be compared
_LONGEST_LIST = 100_000_000  # bytes: a million names
_VERSION = "2"  # of the stored format


class CompletedBuild(NamedTuple):
    """The last complete build: the digest of its inputs, and the moments between which it is valid."""

    inputs: str = ""
    since: _Moment | None = None
    until: _Moment | None = None


class OutputGroup(NamedTuple):
    """Outputs with common inputs: the digest of these, and the key of each output."""

    inputs: str
    keys: dict[str, str]


# In the store `_WRITER` has the name "turn" and `_PENDING` the name "drawing".
_WRITER = CacheCodec(str)
_FILES = CacheCodec(dict[str, tuple[str, int, int, int, int]])  # name: key and stamp
_PENDING = CacheCodec(tuple[str, ...])
_GROUPS = CacheCodec(dict[str, OutputGroup])
_COMPLETED = CacheCodec(CompletedBuild)


def _cache_file(folder: Path, cache: Path, kind: str) -> Path:
    name = hashlib.sha256(os.path.realpath(folder).encode()).hexdigest()[:16]
    return cache / f"output-{name}.{kind}"


@contextlib.contextmanager
def output_lock(folder: Path, cache: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Lock the output folder; without a lock if the cache can't be written."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        lock_file = _cache_file(folder, cache, "lock")
        lock_file.open("a+b").close()
    except OSError:
        yield
        return
    with file_lock(lock_file, waiting):
        yield


class BuildManifest:
    """The manifest of one output folder; its files in the cache are named by a digest of the folder's path."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache = folder, cache
        self._store = Store(_cache_file(folder, cache, "sqlite"), _VERSION)
        self._list = _cache_file(folder, cache, "names")
        note_folder(self._list, folder)
        self._writer = self._read("turn", _WRITER)
        self.files = self._read("files", _FILES) or {}
        pending = self._read("drawing", _PENDING)
        self.pending = frozenset(pending or ())  # outputs that an interrupted build was about to render or remove

    @property
    def is_latest(self) -> bool:
        """Whether no other process has written into the folder since this object was read or written."""
        return self._read("turn", _WRITER) == self._writer

    def _new_writer(self) -> tuple[tuple[str, str], bytes]:
        """The blob that names this process as the folder's last writer."""
        self._writer = f"{os.getpid()} {time.time_ns()}"
        return ("manifest", "turn"), _WRITER.encode(self._writer)

    @property
    def completed(self) -> CompletedBuild:
        """The last complete build; empty while a build is in progress."""
        return (None if self.pending else self._read("completed", _COMPLETED)) or CompletedBuild()

    @property
    def groups(self) -> dict[str, OutputGroup]:
        """The groups of the last complete build."""
        return self._read("groups", _GROUPS) or {}

    def names(self) -> set[str]:
        """Every file that our builds have written and not removed."""
        return {*self.files, *self.pending, *self._read_list()}

    def _read_list(self) -> set[str]:
        with contextlib.suppress(OSError, ValueError):
            return set(filter(None, read_bounded(self._list, _LONGEST_LIST).decode().split("\0")))
        return set()

    def stale(self, keys: Mapping[str, str], changed_outputs: Collection[str]) -> list[str]:
        """The outputs whose key differs, and those that were modified since the last build."""
        files, pending = self.files, self.pending
        return [
            name
            for name, key in keys.items()
            if name not in files or files[name][0] != key or name in changed_outputs or name in pending
        ]

    def changed_outputs(self) -> frozenset[str]:
        """The files that were modified or removed since the last build."""
        folder = str(self.folder)
        return frozenset(name for name, entry in self.files.items() if stamp_of(f"{folder}/{name}") != entry[1:])

    def begin(self, names: Iterable[str]) -> None:
        """Mark outputs as about to be rendered or removed, beside those of an interrupted build."""
        self.pending |= frozenset(names)
        if not self.pending <= self.files.keys() or not self._list.exists():
            self._write_list(self.names())
        blobs = dict([(("manifest", "drawing"), _PENDING.encode(tuple(sorted(self.pending)))), self._new_writer()])
        self._store.put(blobs, [("manifest", "completed")])  # the folder has no complete build any more

    def finish(
        self,
        keys: Mapping[str, str],
        stamps: Mapping[str, Stamp],
        groups: Mapping[str, OutputGroup],
        completed: CompletedBuild,
    ) -> None:
        """Store a complete build: `keys` of all outputs, `stamps` of those rendered now."""
        before = self.files
        self.files = {name: (key, *stamps[name]) if name in stamps else before[name] for name, key in keys.items()}
        self.pending = frozenset()
        blobs = {
            ("manifest", "files"): _FILES.encode(self.files),
            ("manifest", "groups"): _GROUPS.encode(dict(groups)),
            ("manifest", "completed"): _COMPLETED.encode(completed),
        }
        blobs |= [self._new_writer()]
        self._store.put(blobs, [("manifest", "drawing")])
        if self._read_list() != keys.keys():
            self._write_list(keys)

    def forget(self) -> None:
        """Remove the manifest of a folder that was emptied."""
        self.files, self.pending = {}, frozenset()
        self._store.put({}, [("manifest", name) for name in ("files", "groups", "completed", "drawing")])
        self._list.unlink(missing_ok=True)

    def _write_list(self, names: Iterable[str]) -> None:
        """Write the names. A read-only cache is no error; with another one (a full disk) no build begins."""
        try:
            atomic_write(self._list, "\0".join(sorted(names)).encode())
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise write_error(self._list, error) from error

    def _read(self, name: str, codec: CacheCodec[T]) -> T | None:
        return codec.decode(self._store.get("manifest", name))


def code_digest(root: Path) -> str:
    """A digest of our code, of Python's version and of the libraries' lock file."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    paths = [
        *sorted((root / "plugins").rglob("*.py")),  # other plugins change pages, too
        *sorted((root / "requirements").glob("runtime.txt")),
    ]
    for path in paths:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def running_code(root: Path) -> str:
    """`code_digest` at the first call in this process: the code that runs was loaded then."""
    return code_digest(root)


def inputs_digest(scanned: Mapping[str, ScannedFile], theme: Path, code: str, settings: str) -> str:
    """A digest of all inputs of the site, files by their stamps; empty if a stamp can't be trusted yet."""
    now = time.time_ns()
    digest = hashlib.blake2b(f"{code}\0{settings}\0".encode(), digest_size=16)
    stamps = [file.stamp for file in scanned.values()]
    if None in stamps:
        return ""
    latest = max((max(stamp[1], stamp[2]) for stamp in stamps if stamp), default=0)
    # marshal format 2 gives equal values equal bytes, and is fast.
    digest.update(marshal.dumps([list(scanned), stamps], 2))
    for path, file in walk(theme, "theme").items():
        if file.stamp is None:  # the build reports it
            return ""
        digest.update(f"{path}\0".encode() + file.source.read() + b"\0")
    return digest.hexdigest() if latest < now - MTIME_GRANULARITY_NS else ""


def is_up_to_date(
    manifest: BuildManifest, inputs: str, clock: Clock, changed_outputs: Callable[[], frozenset[str]]
) -> bool:
    """Whether the last complete build had these inputs, its outputs are unmodified, and no scheduled item is due."""
    completed = manifest.completed
    if not inputs or completed.inputs != inputs or completed.since is None or completed.until is None:
        return False
    return completed.since <= clock.moment < completed.until and not changed_outputs()
