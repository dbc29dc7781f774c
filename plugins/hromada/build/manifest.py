"""The manifest of an output folder: each file with the key of its inputs and its stamp after the build.

The names are in a text file, too, written before any new output: so no output is orphaned by a killed build or a lost
store. An output loses its key before it is rendered, so the next build completes a killed one.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, NamedTuple, TypeVar

from msgspec import Meta

from hromada.build.output_writer import stamp_of
from hromada.storage.cache_cleanup import note_folder
from hromada.storage.cache_codec import CacheCodec
from hromada.storage.sqlite_store import Store
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.disk_errors import write_error
from hromada.system.file_lock import file_lock
from hromada.system.scan import Stamp

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


_TURN = CacheCodec(str)
_FILES = CacheCodec(dict[str, tuple[str, int, int, int, int]])  # name: key and stamp
_DRAWING = CacheCodec(tuple[str, ...])
_GROUPS = CacheCodec(dict[str, OutputGroup])
_WHOLE = CacheCodec(CompletedBuild)


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
        self._turn = self._read("turn", _TURN)
        self.files = self._read("files", _FILES) or {}
        drawing = self._read("drawing", _DRAWING)
        self.drawing = frozenset(drawing or ())

    @property
    def is_latest(self) -> bool:
        """Whether no other process has written into the folder since this object was read or written."""
        return self._read("turn", _TURN) == self._turn

    def _take_turn(self) -> tuple[tuple[str, str], bytes]:
        """The blob that identifies the last writer."""
        self._turn = f"{os.getpid()} {time.time_ns()}"
        return ("manifest", "turn"), _TURN.encode(self._turn)

    @property
    def completed(self) -> CompletedBuild:
        """The last complete build; empty while a build is in progress."""
        return (None if self.drawing else self._read("completed", _WHOLE)) or CompletedBuild()

    @property
    def groups(self) -> dict[str, OutputGroup]:
        """The groups of the last complete build."""
        return self._read("groups", _GROUPS) or {}

    def names(self) -> set[str]:
        """Every file that our builds have written and not removed."""
        return {*self.files, *self.drawing, *self._read_list()}

    def _read_list(self) -> set[str]:
        with contextlib.suppress(OSError, ValueError):
            return set(filter(None, read_bounded(self._list, _LONGEST_LIST).decode().split("\0")))
        return set()

    def stale(self, keys: Mapping[str, str], changed_outputs: Collection[str]) -> list[str]:
        """The outputs whose key differs, and those that were modified since the last build."""
        files, drawing = self.files, self.drawing
        return [
            name
            for name, key in keys.items()
            if name not in files or files[name][0] != key or name in changed_outputs or name in drawing
        ]

    def changed_outputs(self) -> frozenset[str]:
        """The files that were modified or removed since the last build."""
        folder = str(self.folder)
        return frozenset(name for name, entry in self.files.items() if stamp_of(f"{folder}/{name}") != entry[1:])

    def begin(self, names: Iterable[str]) -> None:
        """Mark outputs as about to be rendered or removed, beside those of an interrupted build."""
        self.drawing |= frozenset(names)
        if not self.drawing <= self.files.keys() or not self._list.exists():
            self._write_list(self.names())
        blobs = dict([(("manifest", "drawing"), _DRAWING.encode(tuple(sorted(self.drawing)))), self._take_turn()])
        self._store.put(blobs, [("manifest", "completed")])  # the folder has no complete build any more

    def finish(
        self, keys: Mapping[str, str], stamps: Mapping[str, Stamp], groups: Mapping[str, OutputGroup], completed: CompletedBuild
    ) -> None:
        """Store a complete build: `keys` of all outputs, `stamps` of those rendered now."""
        before = self.files
        self.files = {name: (key, *stamps[name]) if name in stamps else before[name] for name, key in keys.items()}
        self.drawing = frozenset()
        blobs = {
            ("manifest", "files"): _FILES.encode(self.files),
            ("manifest", "groups"): _GROUPS.encode(dict(groups)),
            ("manifest", "completed"): _WHOLE.encode(completed),
        }
        blobs |= [self._take_turn()]
        self._store.put(blobs, [("manifest", "drawing")])
        if self._read_list() != keys.keys():
            self._write_list(keys)

    def _write_list(self, names: Iterable[str]) -> None:
        """Write the names. A read-only cache is no error; with another one (a full disk) no build begins."""
        try:
            atomic_write(self._list, "\0".join(sorted(names)).encode())
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise write_error(self._list, error) from error

    def _read(self, name: str, codec: CacheCodec[T]) -> T | None:
        return codec.decode(self._store.get("manifest", name))
