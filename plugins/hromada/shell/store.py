"""A store of blobs in one SQLite file: what one build leaves for the next. Losing it costs time, never a page.

Every blob carries the sum of its bytes and of the version that made it. A store that is damaged or foreign is set
aside, one of another version emptied, and the build goes on as if nothing had been remembered. Writers wait for each other; what a killed one had begun is
rolled back by SQLite.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
# The disk or another build is at fault, not the file.
_ELSEWHERE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL,
              sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)  # fmt: skip
_PATIENCE = 30  # seconds to wait for another build's writing
_TABLES = """
CREATE TABLE IF NOT EXISTS blobs (kind TEXT, name TEXT, sum BLOB, data BLOB, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS version (words TEXT);
"""


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
        found = self._try(lambda db: db.execute(
            "SELECT sum, data FROM blobs WHERE kind = ? AND name = ?", (kind, name)).fetchone())  # fmt: skip
        return found[1] if found and self._is_whole(*found) else None

    def all(self, kind: str) -> dict[str, bytes]:
        """Every whole blob of a kind by its name."""
        rows = self._try(lambda db: db.execute(
            "SELECT name, sum, data FROM blobs WHERE kind = ?", (kind,)).fetchall()) or []  # fmt: skip
        return {name: data for name, sum, data in rows if self._is_whole(sum, data)}

    def put(self, blobs: Mapping[tuple[str, str], bytes], gone: Iterable[tuple[str, str]] = ()) -> None:
        """Keep blobs by kind and name and forget others, all at once or not at all; a full disk is no fault."""
        rows = ((kind, name, self._sum(data), data) for (kind, name), data in blobs.items())

        def write(db: sqlite3.Connection) -> None:
            with _transaction(db):
                db.executemany("INSERT OR REPLACE INTO blobs VALUES (?, ?, ?, ?)", rows)
                db.executemany("DELETE FROM blobs WHERE kind = ? AND name = ?", gone)

        self._try(write)

    def close(self) -> None:
        if self._connection is not None and self._owner == os.getpid():
            self._connection.close()
        self._connection = None

    def _try(self, use: Callable[[sqlite3.Connection], T]) -> T | None:
        """What `use` gives, or nothing; a damaged file is set aside for the next time."""
        try:
            return use(self._open())
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF not in _ELSEWHERE:
                self._set_aside()
            return None

    def _open(self) -> sqlite3.Connection:
        if self._connection is None or self._owner != os.getpid():
            if self._path is not None:
                with contextlib.suppress(OSError):
                    self._path.parent.mkdir(parents=True, exist_ok=True)
            place = self._path or ":memory:"
            self._connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None)
            self._owner = os.getpid()
            self._prepare(self._connection)
        return self._connection

    def _prepare(self, db: sqlite3.Connection) -> None:
        """The kernel outlives a killed build, so nothing waits for the disk; a power cut is found by the sums."""
        db.execute("PRAGMA synchronous = OFF")
        if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] < 2:
            db.executescript(_TABLES)
        if db.execute("SELECT words FROM version").fetchall() != [(self._version,)]:
            with _transaction(db):
                db.execute("DELETE FROM blobs")
                db.execute("DELETE FROM version")
                db.execute("INSERT INTO version VALUES (?)", (self._version,))

    def _sum(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, digest_size=16, key=self._key).digest()

    def _is_whole(self, sum: object, data: object) -> bool:
        return isinstance(data, bytes) and self._sum(data) == sum

    def _set_aside(self) -> None:
        self.close()
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            os.replace(self._path, self._path.with_suffix(".damaged"))
        with contextlib.suppress(OSError):
            self._path.with_name(f"{self._path.name}-journal").unlink(missing_ok=True)


@contextlib.contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
