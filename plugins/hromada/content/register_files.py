"""The registers' files and their rows, cached by each file's bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Annotated, NamedTuple

from msgspec import Meta

from hromada.content.file_cache import FileCache
from hromada.domain.account import Accounts
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.figure import BUILT_IN_IDS, RESERVED_IDS
from hromada.domain.file_names import name_in_content
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.registers import find_duplicates, read_register_file
from hromada.reading.table_files import TYPES
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.regular_files import digest_of

ACCOUNTS = "content/registers/accounts.toml"
_CACHE_NAME = "rows"
_Number = Annotated[int, Meta(ge=0)]


class SharedValues(NamedTuple):
    """Values that many rows share, stored once: decoded, each row would have its own copy."""

    source: str
    section: str
    path: str
    sheet: str
    visibility: Visibility
    traits: dict[str, str]


class ReadTable(NamedTuple):
    """A parsed table: each row is the index of its shared values and its own values."""

    digest: str
    shared: tuple[SharedValues, ...]
    rows: tuple[tuple[_Number, int, datetime | None, str, str, int, str], ...]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, digest: str, entries: Iterable[Entry], problems: Iterable[Problem]) -> ReadTable:
        indexes: dict[tuple[object, ...], int] = {}
        shared: list[SharedValues] = []
        rows = []
        for entry in entries:
            path, line, sheet = entry.location
            key = entry.source, entry.section, path, sheet, entry.visibility, tuple(entry.traits.items())
            index = indexes.setdefault(key, len(shared))
            if index == len(shared):
                shared.append(
                    SharedValues(entry.source, entry.section, path, sheet, entry.visibility, dict(entry.traits))
                )
            rows.append((index, line, entry.when, entry.title, entry.url, entry.count, entry.id))
        return cls(digest, tuple(shared), tuple(rows), tuple(problems))

    @property
    def is_sound(self) -> bool:
        """Whether each row's index is valid: a cache entry is untrusted."""
        return max(map(itemgetter(0), self.rows), default=-1) < len(self.shared)

    def entries(self) -> Iterator[Entry]:
        for index, line, when, title, url, count, id in self.rows:
            source, section, path, sheet, visibility, traits = self.shared[index]
            yield Entry(
                source, section, when, title, url, SourceLocation(path, line, sheet), visibility, count, traits, id
            )


_TABLES = CacheCodec(dict[str, ReadTable])


def register_of(path: str) -> str | None:
    """The register to which the table at a content path belongs; None for any other file."""
    parts = name_in_content(path).split("/")
    is_table = parts[0] == "registers" and len(parts) > 2 and path.casefold().endswith(TYPES)
    return parts[1] if is_table else None


def misplaced(path: str) -> Iterator[Problem]:
    """Problems of a file's name and folder under content/registers."""
    parts = path.split("/")
    if path == ACCOUNTS:
        return
    if len(parts) < 4:
        near = did_you_mean(parts[-1], ["accounts.toml"])
        yield Problem(path, 1, "register-file", "файл лежить поза журналами", near or "перенесіть його до теки журналу")
        return
    if register_of(path) is None:
        yield Problem(path, 1, "register-file", "це не таблиця журналу", f"тут можуть лежати лише {', '.join(TYPES)}")
    register = parts[2]
    is_figure = register in BUILT_IN_IDS and register not in ("social", "newspaper")
    # «report.json» would stand where the report's own file is, and a dot in a placeholder parts the figure from its field.
    if is_figure or register.casefold() in RESERVED_IDS or "." in register:
        fix = f"перейменуйте теку, наприклад content/registers/{register}-own" if is_figure else "перейменуйте теку"
        yield Problem(path, 1, "register-name", f"журнал не може зватися «{register}»", fix)


def read_rows(
    raw: Mapping[str, bytes], accounts: Accounts, accounts_raw: bytes, file_cache: FileCache
) -> tuple[list[Entry], list[Problem], str]:
    """The rows of all tables, their problems, and a digest of their inputs.

    A file is parsed again only when its bytes or the accounts have changed.
    """
    accounts_digest = digest_of(accounts_raw)
    digests = {path: digest_of(f"{digest_of(data)}\0{accounts_digest}".encode()) for path, data in raw.items()}
    cached = file_cache.value(_CACHE_NAME, _TABLES) or {}
    tables: dict[str, ReadTable] = {}
    for path, digest in digests.items():
        table = cached.get(path)
        is_same = table is not None and table.digest == digest and table.is_sound
        tables[path] = table if table and is_same else _read(path, raw[path], accounts, digest)
    if any(cached.get(path) is not table for path, table in tables.items()) or cached.keys() != tables.keys():
        file_cache.keep_value(_CACHE_NAME, _TABLES, tables)
    rows = [row for table in tables.values() for row in table.entries()]
    problems = [problem for table in tables.values() for problem in table.problems]
    inputs = "".join(f"{path}\0{digest}\0" for path, digest in digests.items()) + accounts_digest
    return rows, [*problems, *find_duplicates(rows)], digest_of(inputs.encode())


def _read(path: str, data: bytes, accounts: Accounts, digest: str) -> ReadTable:
    register = register_of(path)
    assert register is not None
    return ReadTable.of(digest, *read_register_file(register, path, data, accounts))
