"""A key-value store of blobs in one SQLite file, the cache between builds. Losing it costs time, never a page.

Every blob has a checksum over its bytes and the version that made it. A damaged or foreign store is moved aside, one of
another version emptied, and the build goes on with an empty cache. Writers wait for each other; SQLite rolls back what a
killed one had begun.

The file is untrusted: it may hold our two tables only, since SQLite evaluates a schema (views, triggers, computed
columns); blobs have a size limit; no journal may name another file; its files must be no links.

A cache may come from another machine, so an entry is data only: it names no class and no function, and decoding makes
values of each codec's declared types, none of which runs code when it is made (a test checks them all). A damaged or
foreign entry, or one of another type, decodes to None. The values themselves are believed: see decisions/0019.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from msgspec.json import Decoder, encode

T = TypeVar("T")


class CacheCodec(Generic[T]):
    """The codec of one type, from which no `Any` may be reachable, and no class that runs code when it is made."""

    def __init__(self, type: type[T]) -> None:
        self.type = type
        self._decoder: Decoder[T] | None = None

    def encode(self, value: T) -> bytes:
        """The entry; empty (decodes to None) for what JSON can't hold: a name that is no Unicode."""
        try:
            return encode(value)
        except UnicodeEncodeError:
            return b""

    def decode(self, entry: bytes | None) -> T | None:
        """The value; None for an invalid entry."""
        if self._decoder is None:
            self._decoder = Decoder(self.type)
        was_enabled = gc.isenabled()
        gc.disable()  # else a third of the time goes into searching the new values for garbage (measured)
        try:
            return self._decoder.decode(entry) if entry else None
        except Exception:  # a foreign entry may raise anything
            return None
        finally:
            if was_enabled:
                gc.enable()


Result = TypeVar("Result")
# Errors for which the disk or another build is at fault, not the file.
_NOT_DAMAGE = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN,
)  # fmt: skip
_TIMEOUT = 30  # seconds to wait for another build's writing
_BLOBS = "CREATE TABLE blobs (kind TEXT, name BLOB, sum BLOB, data BLOB, PRIMARY KEY (kind, name))"
_VERSION_TABLE = "CREATE TABLE version (words TEXT)"
_TABLES = ("DROP TABLE IF EXISTS blobs", "DROP TABLE IF EXISTS version", _BLOBS, _VERSION_TABLE)
_SCHEMA = {
    ("table", "blobs", _BLOBS),
    ("index", "sqlite_autoindex_blobs_1", None),
    ("table", "version", _VERSION_TABLE),
}
_LARGEST = 256_000_000  # bytes of a blob, and of all blobs of a kind: 15,000 items in one folder have 12 MB
_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")  # the end of a journal that names a file for SQLite to remove
_ONE = "SELECT sum, data FROM blobs WHERE kind = ? AND name = ?"
_ALL = "SELECT name, sum, data FROM blobs WHERE kind = ?"


class Store:
    """Blobs by kind and name; those written with another `version` are not returned.

    Without a path the store is in memory.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self._path, self._version = path, version
        self._key = hashlib.blake2b(version.encode(), digest_size=32).digest()
        self._connection: sqlite3.Connection | None = None
        self._owner = 0  # the id of the process that opened it: a fork must not use its parent's connection

    def get(self, kind: str, name: str) -> bytes | None:
        """The blob, or None."""
        key = kind, _encoded(name)
        row = self._try(lambda db: db.execute(_ONE, key).fetchone())
        return row[1] if row and self._is_valid(*key, *row) else None

    def all(self, kind: str) -> dict[str, bytes]:
        """Every valid blob of a kind by its name."""

        return self._blobs(kind, _ALL, ())

    def some(self, kind: str, names: Iterable[str]) -> dict[str, bytes]:
        """The valid blobs with these names, in half the time of asking for each (measured): a lock is taken once."""
        keys = [_encoded(name) for name in names]
        return self._blobs(kind, f"{_ALL} AND name IN ({', '.join('?' * len(keys))})", keys)

    def _blobs(self, kind: str, query: str, keys: Sequence[bytes]) -> dict[str, bytes]:
        def read(db: sqlite3.Connection) -> dict[str, bytes]:
            blobs, room = dict[str, bytes](), _LARGEST
            for name, checksum, data in db.execute(query, (kind, *keys)):
                if self._is_valid(kind, name, checksum, data):
                    room -= len(data)
                    if room < 0:
                        return {}
                    blobs[_decoded(name)] = data
            return blobs

        return self._try(read) or {}

    def names(self, kind: str) -> set[str]:
        """The names of a kind, of invalid blobs, too."""
        rows = self._try(lambda db: db.execute("SELECT name FROM blobs WHERE kind = ?", (kind,)).fetchall())
        return {_decoded(name) for (name,) in rows or () if isinstance(name, bytes)}

    def put(self, blobs: Mapping[tuple[str, str], bytes], deleted: Iterable[tuple[str, str]] = ()) -> None:
        """Write blobs by kind and name and delete others in one transaction; a full disk is no error."""
        keyed = [(kind, _encoded(name), data) for (kind, name), data in blobs.items()]
        rows = [
            (kind, name, self._checksum(kind, name, data), data) for kind, name, data in keyed if len(data) < _LARGEST
        ]
        deleted_keys = [(kind, _encoded(name)) for kind, name in deleted]

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?, ?, ?)", rows)
                db.executemany("DELETE FROM blobs WHERE kind = ? AND name = ?", deleted_keys)

        self._try(write)

    def close(self) -> None:
        if self._connection is not None and self._owner == os.getpid():
            self._connection.close()
        self._connection = None

    def _try(self, use: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """The result of `use`, or None on any error; a damaged file is moved aside."""
        try:
            return use(self._open())
        except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:  # the last three for flipped bytes
            code = getattr(error, "sqlite_errorcode", None)
            if code is None or code & 0xFF not in _NOT_DAMAGE:
                self._move_aside()
            return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():
            if self._path is not None:
                with contextlib.suppress(OSError):
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                if any(map(_is_irregular, self._files)) or _names_a_file(self._files[1]):
                    self._move_aside()
            opened = sqlite3.connect(self._path or ":memory:", timeout=_TIMEOUT, isolation_level=None)
            self._prepare(opened)
            self._connection, self._owner = opened, os.getpid()
        return self._connection

    def _prepare(self, db: sqlite3.Connection) -> None:
        """No sync: the kernel writes what a killed build has left; after a power cut the checksums find the damage."""
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 2 * _LARGEST)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA synchronous = OFF")
        if self._is_ours(db):
            return
        with _transaction(db):
            if self._is_ours(db):  # another process has just made them
                return
            for table in _TABLES:
                db.execute(table)
            db.execute("INSERT INTO version VALUES (?)", (self._version,))

    def _is_ours(self, db: sqlite3.Connection) -> bool:
        schema = db.execute("SELECT type, name, sql FROM sqlite_master LIMIT 4").fetchall()
        if schema and set(schema) != _SCHEMA:
            raise sqlite3.DatabaseError("not a store of ours")
        return bool(schema) and db.execute("SELECT words FROM version LIMIT 2").fetchall() == [(self._version,)]

    def _checksum(self, kind: str, name: bytes, data: bytes) -> bytes:
        checksum = hashlib.blake2b(b"%b\0%b\0" % (kind.encode(), name), digest_size=16, key=self._key)
        checksum.update(data)
        return checksum.digest()

    def _is_valid(self, kind: str, name: object, checksum: object, data: object) -> bool:
        return isinstance(name, bytes) and isinstance(data, bytes) and self._checksum(kind, name, data) == checksum

    @property
    def _files(self) -> list[Path]:
        """The store's file and those that SQLite puts beside it."""
        assert self._path is not None
        return [self._path.with_name(f"{self._path.name}{suffix}") for suffix in ("", "-journal", "-wal", "-shm")]

    def _move_aside(self) -> None:
        self.close()
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            os.replace(self._path, self._path.with_suffix(".damaged"))
        for journal in self._files[1:]:
            with contextlib.suppress(OSError):
                journal.unlink(missing_ok=True)


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


def _is_irregular(path: Path) -> bool:
    """Whether the path is a link, a pipe or a device. A folder can't be opened anyway, and it is somebody's."""
    with contextlib.suppress(OSError):
        mode = os.lstat(path).st_mode
        return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
    return False


def _names_a_file(journal: Path) -> bool:
    """Whether SQLite's rollback would delete a file that the journal names (a super-journal); ours never name one."""
    with contextlib.suppress(OSError), journal.open("rb") as file:
        file.seek(-len(_SUPER_JOURNAL), os.SEEK_END)
        return file.read() == _SUPER_JOURNAL
    return False


def _encoded(name: str) -> bytes:
    """The bytes of a file name, which need not be UTF-8."""
    return name.encode("utf-8", "surrogateescape")


def _decoded(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")
