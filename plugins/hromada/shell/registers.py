"""The registers' files: which there are, and their rows, remembered by what each was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from hromada.domain.account import Accounts
from hromada.domain.entry import Entry
from hromada.domain.figure import BUILT_IN_IDS, TAKEN_IDS
from hromada.domain.problem import Problem, did_you_mean
from hromada.reading.registers import read_register_file, repeated_publications
from hromada.reading.table_files import TYPES
from hromada.shell.blobs import digest_of
from hromada.shell.memory import Memory

ACCOUNTS = "content/registers/accounts.toml"
_NOTE = "rows"


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
    if is_figure or register.casefold() in TAKEN_IDS or "." in register:
        yield Problem(path, 1, "register-name", f"журнал не може зватися «{register}»", "перейменуйте теку")


def read_rows(
    raw: Mapping[str, bytes], accounts: Accounts, accounts_raw: bytes, memory: Memory
) -> tuple[list[Entry], list[Problem], str]:
    """The rows of all tables, their problems, and a digest of what they were read from.

    A file is parsed again only when its bytes or the accounts are others than the last time.
    """
    known = digest_of(accounts_raw)
    digests = {path: digest_of(f"{digest_of(data)}\0{known}".encode()) for path, data in raw.items()}
    note = memory.note(_NOTE)
    kept: Mapping[str, Any] = note if isinstance(note, dict) else {}
    files = {
        path: kept[path] if path in kept and kept[path][0] == digest else (digest, *_parsed(path, raw[path], accounts))
        for path, digest in digests.items()
    }
    if any(kept.get(path) is not one for path, one in files.items()) or kept.keys() != files.keys():
        memory.keep_note(_NOTE, files)
    rows = [Entry(*cells) for _, found, _ in files.values() for cells in found]
    problems = [problem for _, _, faults in files.values() for problem in faults]
    inputs = "".join(f"{path}\0{digest}\0" for path, digest in digests.items()) + known
    return rows, [*problems, *repeated_publications(rows)], digest_of(inputs.encode())


def _parsed(path: str, data: bytes, accounts: Accounts) -> tuple[list[tuple[Any, ...]], list[Problem]]:
    """The rows as plain cells, which are kept and recalled several times faster than entries."""
    register = register_of(path)
    assert register is not None
    rows, problems = read_register_file(register, path, data, accounts)
    cells = [
        (
            row.source, row.section, row.when, row.title, row.url, row.place, row.standing, row.count, row.traits, row.id,
        )
        for row in rows
    ]  # fmt: skip
    return cells, problems
