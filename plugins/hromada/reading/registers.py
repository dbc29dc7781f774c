"""Files of registers to entries, with the problems of their rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from hromada.domain.account import Accounts
from hromada.domain.entry import Entry
from hromada.domain.problem import Problem, warning
from hromada.reading.columns import COLUMNS, shown
from hromada.reading.register_blocks import entries_of_block
from hromada.reading.register_rows import NEWSPAPER, NO_ACCOUNT, SOCIAL, RowReader, entry_of, plain_traits
from hromada.reading.table_files import tables_of
from hromada.reading.tables import Block, Table, rows_of

_FEW_LINES = 3


def read_register_file(register: str, path: str, raw: bytes, accounts: Accounts) -> tuple[list[Entry], list[Problem]]:
    """The entries of one file of a register with the problems of its rows; a refused row is no entry."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet, table, found in tables_of(path, raw):
        problems += found
        if table is not None:
            naming = tuple(spec.key for spec in COLUMNS.values() if spec.is_folder and spec.key in table.columns)
            is_plain = register not in (SOCIAL, NEWSPAPER) and "kind" not in table.columns
            traits = plain_traits("") if is_plain else None
            reader = RowReader(register, path, sheet, accounts, "count" in table.columns, naming, traits)
            entries += _entries(reader, table)
            problems += reader.problems
    return entries, problems


def _entries(reader: RowReader, table: Table) -> list[Entry]:
    file = reader.place().file
    reader.problems += [warning(file, *remark) for remark in table.remarks]
    reader.problems += [Problem(file, one.line, one.code, str(one), one.fix) for one in table.unread]
    if missing := _missing_column(reader.register, table):
        words = f"немає стовпця «{missing}»: є {_named(table.columns)}"
        reader.problems.append(Problem(file, 1, "register-header", words, "додайте його до рядка з назвами"))
        return []
    entries: list[Entry] = []
    for part in table.parts:
        together = entries_of_block(reader, part) if isinstance(part, Block) else None
        if together is None:
            together = [entry for row in rows_of([part]) if (entry := entry_of(reader, row)) is not None]
        entries += together
    reader.problems = list(_each_account_once(reader.problems))
    return entries


def _each_account_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """An account that is not listed, or lacks a network, is one fault of however many rows."""
    unknown: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in ("account-unknown", "network-not-listed") and problem.message != NO_ACCOUNT:
            unknown.setdefault(problem.message, []).append(problem)
        else:
            yield problem
    for first, *others in unknown.values():
        if others:
            lines = ", ".join(str(problem.line) for problem in others[:_FEW_LINES])
            more = " …" if len(others) > _FEW_LINES else ""
            first = replace(first, message=f"{first.message} (ще в рядках {lines}{more})")
        yield first


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f"«{shown(column)}»" for column in columns)


def _missing_column(register: str, table: Table) -> str:
    if register == SOCIAL and "account" not in table.columns:
        return shown("account")
    return ""
