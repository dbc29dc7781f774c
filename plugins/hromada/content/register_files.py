"""The registers' files: which there are, and their rows, remembered by what each was read from."""

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
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.registers import read_register_file
from hromada.reading.repetitions import find_duplicates
from hromada.reading.table_files import TYPES
from hromada.storage.cache_codec import CacheCodec
from hromada.system.digest import digest_of

ACCOUNTS = "content/registers/accounts.toml"
_NOTE = "rows"
_Number = Annotated[int, Meta(ge=0)]


class Common(NamedTuple):
    """What rows have in common, kept once: recalled, each row would have a copy of its own."""

    source: str
    section: str
    path: str
    sheet: str
    visibility: Visibility
    traits: dict[str, str]


class ReadTable(NamedTuple):
    """What a table gave: each row as the number of what it has in common with others, and what is its own."""

    digest: str
    common: tuple[Common, ...]
    rows: tuple[tuple[_Number, int, datetime | None, str, str, int, str], ...]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, digest: str, entries: Iterable[Entry], problems: Iterable[Problem]) -> ReadTable:
        numbers: dict[tuple[object, ...], int] = {}
        common: list[Common] = []
        rows = []
        for entry in entries:
            path, line, sheet = entry.place
            key = entry.source, entry.section, path, sheet, entry.visibility, tuple(entry.traits.items())
            number = numbers.setdefault(key, len(common))
            if number == len(common):
                common.append(Common(entry.source, entry.section, path, sheet, entry.visibility, dict(entry.traits)))
            rows.append((number, line, entry.when, entry.title, entry.url, entry.count, entry.id))
        return cls(digest, tuple(common), tuple(rows), tuple(problems))

    @property
    def is_sound(self) -> bool:
        """Whether each row's number is one: an entry of the cache may be anyone's."""
        return max(map(itemgetter(0), self.rows), default=-1) < len(self.common)

    def entries(self) -> Iterator[Entry]:
        for number, line, when, title, url, count, id in self.rows:
            source, section, path, sheet, visibility, traits = self.common[number]
            yield Entry(
                source, section, when, title, url, SourceLocation(path, line, sheet), visibility, count, traits, id
            )


_TABLES = CacheCodec(dict[str, ReadTable])


def register_of(path: str) -> str | None:
    """The register whose table lies at a path under content/registers; None for what is no table of a register."""
    parts = path.split("/")
    return parts[2] if len(parts) > 3 and path.casefold().endswith(TYPES) else None


def misplaced(path: str) -> Iterator[Problem]:
    """What is wrong with a file's name and place under content/registers."""
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
        yield Problem(path, 1, "register-name", f"журнал не може зватися «{register}»", "перейменуйте теку")


def read_rows(
    raw: Mapping[str, bytes], accounts: Accounts, accounts_raw: bytes, file_cache: FileCache
) -> tuple[list[Entry], list[Problem], str]:
    """The rows of all tables, their problems, and a digest of what they were read from.

    A file is parsed again only when its bytes or the accounts are others than the last time.
    """
    written = digest_of(accounts_raw)
    digests = {path: digest_of(f"{digest_of(data)}\0{written}".encode()) for path, data in raw.items()}
    kept = file_cache.note(_NOTE, _TABLES) or {}
    tables: dict[str, ReadTable] = {}
    for path, digest in digests.items():
        known = kept.get(path)
        is_same = known is not None and known.digest == digest and known.is_sound
        tables[path] = known if known and is_same else _read(path, raw[path], accounts, digest)
    if any(kept.get(path) is not one for path, one in tables.items()) or kept.keys() != tables.keys():
        file_cache.keep_note(_NOTE, _TABLES, tables)
    rows = [row for table in tables.values() for row in table.entries()]
    problems = [problem for table in tables.values() for problem in table.problems]
    inputs = "".join(f"{path}\0{digest}\0" for path, digest in digests.items()) + written
    return rows, [*problems, *find_duplicates(rows)], digest_of(inputs.encode())


def _read(path: str, data: bytes, accounts: Accounts, digest: str) -> ReadTable:
    register = register_of(path)
    assert register is not None
    return ReadTable.of(digest, *read_register_file(register, path, data, accounts))
