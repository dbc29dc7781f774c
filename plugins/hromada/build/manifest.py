"""What lies in an output folder: every file with the key of what it was made of and the stamp it was left with.

The names stand in a text file too, written before any new file is: a build killed midway, or a lost store, leaves no
page that nobody owns. What is about to be drawn loses its key first, so the next build completes a killed one.
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

from hromada.storage.cache_codec import CacheCodec
from hromada.system.disk_errors import write_error
from hromada.system.file_lock import file_lock
from hromada.build.output_writer import stamp_of
from hromada.storage.cache_cleanup import note_folder
from hromada.storage.sqlite_store import Store
from hromada.system.scan import Stamp
from hromada.system.atomic_files import read_bounded, atomic_write

T = TypeVar("T")
_Moment = Annotated[datetime, Meta(tz=False)]  # a foreign one with a zone could not be compared
_LONGEST_LIST = 100_000_000  # bytes: a million names
_VERSION = "2"  # of the shape of what is written here; what shapes pages stands in their keys


class CompletedBuild(NamedTuple):
    """The last complete build: a digest of everything that shaped it, and the moments between which it holds."""

    inputs: str = ""
    since: _Moment | None = None
    until: _Moment | None = None


class Group(NamedTuple):
    """Outputs that are decided on together: what they are made of, and the key of each."""

    inputs: str
    keys: dict[str, str]


_TURN = CacheCodec(str)
_FILES = CacheCodec(dict[str, tuple[str, int, int, int, int]])  # the key of each, and its stamp
_DRAWING = CacheCodec(tuple[str, ...])
_GROUPS = CacheCodec(dict[str, Group])
_WHOLE = CacheCodec(CompletedBuild)


def _kept(folder: Path, cache: Path, kind: str) -> Path:
    name = hashlib.sha256(os.path.realpath(folder).encode()).hexdigest()[:16]
    return cache / f"output-{name}.{kind}"


@contextlib.contextmanager
def output_lock(folder: Path, cache: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Write into the output folder while no other process does; without a lock where none can be made."""
    try:
        cache.mkdir(parents=True, exist_ok=True)
        place = _kept(folder, cache, "lock")
        place.open("a+b").close()
    except OSError:  # a cache that can't be written: nothing is remembered either
        yield
        return
    with file_lock(place, waiting):
        yield


class BuildManifest:
    """The memory of one output folder; it lies in the cache, under a name made of the folder's place."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder, self.cache = folder, cache
        self._store = Store(_kept(folder, cache, "sqlite"), _VERSION)
        self._list = _kept(folder, cache, "names")
        note_folder(self._list, folder)
        self._turn = self._recall("turn", _TURN)
        self.files = self._recall("files", _FILES) or {}
        drawing = self._recall("drawing", _DRAWING)
        self.drawing = frozenset(drawing or ())

    @property
    def is_latest(self) -> bool:
        """Whether nobody else has written into the folder since this object last read or wrote."""
        return self._recall("turn", _TURN) == self._turn

    def _take_turn(self) -> tuple[tuple[str, str], bytes]:
        """A blob that says who wrote last."""
        self._turn = f"{os.getpid()} {time.time_ns()}"
        return ("ledger", "turn"), _TURN.encode(self._turn)

    @property
    def completed(self) -> CompletedBuild:
        """Nothing, as long as a build is under way."""
        return (None if self.drawing else self._recall("whole", _WHOLE)) or CompletedBuild()

    @property
    def groups(self) -> dict[str, Group]:
        """The groups of the last complete build."""
        return self._recall("groups", _GROUPS) or {}

    def names(self) -> set[str]:
        """Every file that our builds have made and not removed."""
        return {*self.files, *self.drawing, *self._listed()}

    def _listed(self) -> set[str]:
        with contextlib.suppress(OSError, ValueError):
            return set(filter(None, read_bounded(self._list, _LONGEST_LIST).decode().split("\0")))
        return set()

    def stale(self, keys: Mapping[str, str], changed_outputs: Collection[str]) -> list[str]:
        """The outputs that are not made of what they should be, or are among those `moved`."""
        files, drawing = self.files, self.drawing
        return [
            name
            for name, key in keys.items()
            if name not in files or files[name][0] != key or name in changed_outputs or name in drawing
        ]

    def changed_outputs(self) -> frozenset[str]:
        """The files that don't lie as they were left."""
        folder = str(self.folder)
        return frozenset(name for name, was in self.files.items() if stamp_of(f"{folder}/{name}") != was[1:])

    def begin(self, names: Iterable[str]) -> None:
        """Note what is about to be drawn or removed, beside what an earlier build has not come to the end of."""
        self.drawing |= frozenset(names)
        if not self.drawing <= self.files.keys() or not self._list.exists():
            self._write_list(self.names())
        blobs = dict([(("ledger", "drawing"), _DRAWING.encode(tuple(sorted(self.drawing)))), self._take_turn()])
        self._store.put(blobs, [("ledger", "whole")])  # the folder is no whole build any more

    def finish(
        self, keys: Mapping[str, str], stamps: Mapping[str, Stamp], groups: Mapping[str, Group], completed: CompletedBuild
    ) -> None:
        """Remember a complete build: `keys` of all outputs, `stamps` of those that were drawn now."""
        before = self.files
        self.files = {name: (key, *stamps[name]) if name in stamps else before[name] for name, key in keys.items()}
        self.drawing = frozenset()
        blobs = {
            ("ledger", "files"): _FILES.encode(self.files),
            ("ledger", "groups"): _GROUPS.encode(dict(groups)),
            ("ledger", "whole"): _WHOLE.encode(completed),
        }
        blobs |= [self._take_turn()]
        self._store.put(blobs, [("ledger", "drawing")])
        if self._listed() != keys.keys():
            self._write_list(keys)

    def _write_list(self, names: Iterable[str]) -> None:
        """A cache that may not be written remembers nothing, and its build goes on; no build begins on a full disk."""
        try:
            atomic_write(self._list, "\0".join(sorted(names)).encode())
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise write_error(self._list, error) from error

    def _recall(self, name: str, codec: CacheCodec[T]) -> T | None:
        return codec.decode(self._store.get("ledger", name))
