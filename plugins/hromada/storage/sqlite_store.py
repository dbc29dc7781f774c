"""A store of blobs in one SQLite file: what one build leaves for the next. Losing it costs time, never a page.

Every blob carries the sum of its bytes and of the version that made it. A store that is damaged or foreign is set
aside, one of another version emptied, and the build goes on as if nothing had been remembered. Writers wait for each other; what a killed one had begun is
rolled back by SQLite.

The file may be anyone's: just our two tables may stand in it, since SQLite evaluates what a schema says (views, triggers,
computed columns), no blob and no answer is larger than a build's own, no journal may name another file, and all of it are files and no links.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
# The disk or another build is at fault, not the file.
_ELSEWHERE = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip
_PATIENCE = 30  # seconds to wait for another build's writing
_BLOBS = "CREATE TABLE blobs (kind TEXT, name BLOB, sum BLOB, data BLOB, PRIMARY KEY (kind, name))"
_WORDS = "CREATE TABLE version (words TEXT)"
_TABLES = ("DROP TABLE IF EXISTS blobs", "DROP TABLE IF EXISTS version", _BLOBS, _WORDS)
_SCHEMA = {("table", "blobs", _BLOBS), ("index", "sqlite_autoindex_blobs_1", None), ("table", "version", _WORDS)}
_LARGEST = 256_000_000  # bytes of a blob, and of all of a kind together: 15,000 items in one folder have 12 MB
_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # the end of a journal that names a file for SQLite to remove
_ONE = "SELECT sum, data FROM blobs WHERE kind = ? AND name = ?"
_ALL = "SELECT name, sum, data FROM blobs WHERE kind = ?"


class Store:
    """Blobs by kind and name; `version` says what shaped them, and nothing made by another one is given out.

    Without a path they are kept for this process alone.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._path, self._version = path, version
        self._key = hashlib.blake2b(version.encode(), digest_size=32).digest()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0  # the process that opened it: a fork must not touch its parent's connection

    def get(self, kind: str, name: str) -> bytes | None:
        """One blob, or nothing."""
        key = kind, _encoded(name)
        found = self._try(lambda db: db.execute(_ONE, key).fetchone())
        return found[1] if found and self._is_whole(*key, *found) else None

    def all(self, kind: str) -> dict[str, bytes]:
        """Every whole blob of a kind by its name."""

        def read(db: sqlite3.Connection) -> dict[str, bytes]:
            found, room = dict[str, bytes](), _LARGEST
            for name, sum, data in db.execute(_ALL, (kind,)):
                if self._is_whole(kind, name, sum, data):
                    room -= len(data)
                    if room < 0:
                        return {}
                    found[_decoded(name)] = data
            return found

        return self._try(read) or {}

    def put(self, blobs: Mapping[tuple[str, str], bytes], gone: Iterable[tuple[str, str]] = ()) -> None:
        """Keep blobs by kind and name and forget others, all at once or not at all; a full disk is no fault."""
        keyed = [(kind, _encoded(name), data) for (kind, name), data in blobs.items()]
        rows = [(kind, name, self._sum(kind, name, data), data) for kind, name, data in keyed if len(data) < _LARGEST]
        forgotten = [(kind, _encoded(name)) for kind, name in gone]

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?, ?, ?)", rows)
                db.executemany("DELETE FROM blobs WHERE kind = ? AND name = ?", forgotten)

        self._try(write)

    def close(self) -> None:
        if self._connection is not None and self._owner == os.getpid():
            self._connection.close()
        self._connection = None

    def _try(self, use: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `use` gives, or nothing; a damaged file is set aside for the next time."""
        try:
            return use(self._open())
        except (
            sqlite3.Error,
            ValueError,
            TypeError,
            AttributeError,
        ) as error:  # the module trips over flipped bytes, too
            code = getattr(error, "sqlite_errorcode", None)
            if code is None or code & 0xFF not in _ELSEWHERE:
                self._set_aside()
            return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():
            if self._path is not None:
                with contextlib.suppress(OSError):
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                if any(map(_is_no_file, self._files)) or _names_a_file(self._files[1]):
                    self._set_aside()
            opened = sqlite3.connect(self._path or ":memory:", timeout=_PATIENCE, isolation_level=None)
            self._prepare(opened)
            self._connection, self._owner = opened, os.getpid()
        return self._connection

    def _prepare(self, db: sqlite3.Connection) -> None:
        """The kernel outlives a killed build, so nothing waits for the disk; a power cut is found by the sums."""
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * _LARGEST)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA synchronous = OFF")
        if self._is_ours(db):
            return
        with _transaction(db):
            if self._is_ours(db):  # another process was quicker
                return
            for table in _TABLES:
                db.execute(table)
            db.execute("INSERT INTO version VALUES (?)", (self._version,))

    def _is_ours(self, db: sqlite3.Connection) -> bool:
        schema = db.execute("SELECT type, name, sql FROM sqlite_master LIMIT 4").fetchall()
        if schema and set(schema) != _SCHEMA:
            raise sqlite3.DatabaseError("not a store of ours")
        return bool(schema) and db.execute("SELECT words FROM version LIMIT 2").fetchall() == [(self._version,)]

    def _sum(self, kind: str, name: bytes, data: bytes) -> bytes:
        sum = hashlib.blake2b(b"%b\0%b\0" % (kind.encode(), name), digest_size=16, key=self._key)
        sum.update(data)
        return sum.digest()

    def _is_whole(self, kind: str, name: object, sum: object, data: object) -> bool:
        return isinstance(name, bytes) and isinstance(data, bytes) and self._sum(kind, name, data) == sum

    @property
    def _files(self) -> list[Path]:
        """The store's own and those that SQLite puts beside it."""
        assert self._path is not None
        return [self._path.with_name(f"{self._path.name}{suffix}") for suffix in ("", "-journal", "-wal", "-shm")]

    def _set_aside(self) -> None:
        self.close()
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            os.replace(self._path, self._path.with_suffix(".damaged"))
        for beside in self._files[1:]:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):  # on a full disk SQLite has rolled back already
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _is_no_file(path: Path) -> bool:
    """A link, a pipe, a device: what it leads to is no store of ours. A folder can't be opened, and somebody has put it there."""
    with contextlib.suppress(OSError):
        mode = os.lstat(path).st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False


def _names_a_file(journal: Path) -> bool:
    """Whether SQLite, rolling back, would remove a file that the journal names; none of ours does."""
    with contextlib.suppress(OSError), journal.open("rb") as file:
        file.seek(-len(_SUPER_JOURNAL), os.SEEK_END)
        return file.read() == _SUPER_JOURNAL
    return False


def _encoded(name: str) -> bytes:
    """A name as the disk has it: it need not be UTF-8."""
    return name.encode("utf-8", "surrogateescape")


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
