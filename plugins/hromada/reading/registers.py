"""Reads files of registers: entries, and the problems of their rows.

Valid rows are read column by column, in blocks, which takes a third of the time of row by row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import repeat, starmap
from typing import NamedTuple

from hromada.domain.account import Accounts
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import is_story, network_of_link
from hromada.domain.private_address import find_address_fault
from hromada.domain.problem import Problem, warning
from hromada.reading.columns import COLUMNS, shown
from hromada.reading.register_rows import (
    NEWSPAPER,
    NO_ACCOUNT,
    SOCIAL,
    RowReader,
    opens_program,
    plain_traits,
    row_entry,
)
from hromada.reading.table_files import read_tables
from hromada.reading.tables import COUNT, Block, DataRow, RegisterTable, rows_of

_FEW_LINES = 3


def read_register_file(register: str, path: str, raw: bytes, accounts: Accounts) -> tuple[list[Entry], list[Problem]]:
    """The entries of a register's file and the problems of its rows; a refused row gives no entry."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet, table, problems_of_table in read_tables(path, raw):
        problems += problems_of_table
        if table is not None:
            naming = tuple(spec.key for spec in COLUMNS.values() if spec.is_folder and spec.key in table.columns)
            is_plain = register not in (SOCIAL, NEWSPAPER) and "kind" not in table.columns
            traits = plain_traits("") if is_plain else None
            reader = RowReader(register, path, sheet, accounts, "count" in table.columns, naming, traits)
            entries += _entries(reader, table)
            problems += reader.problems
    return entries, problems


def _entries(reader: RowReader, table: RegisterTable) -> list[Entry]:
    file = reader.place().file
    reader.problems += [warning(file, *remark) for remark in table.remarks]
    reader.problems += [Problem(file, fault.line, fault.code, str(fault), fault.fix) for fault in table.unread]
    if missing := _missing_column(reader.register, table):
        message = f"немає стовпця «{missing}»: є {_named(table.columns)}"
        reader.problems.append(Problem(file, 1, "register-header", message, "додайте його до рядка з назвами"))
        return []
    entries: list[Entry] = []
    for part in table.parts:
        together = entries_of_block(reader, part) if isinstance(part, Block) else None
        if together is None:
            together = [entry for row in rows_of([part]) if (entry := row_entry(reader, row)) is not None]
        entries += together
    reader.problems = list(_each_account_once(reader.problems))
    return entries


def _each_account_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, with one for each account that is not listed or lacks a network, however many rows have it."""
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


def _missing_column(register: str, table: RegisterTable) -> str:
    if register == SOCIAL and "account" not in table.columns:
        return shown("account")
    return ""


_TRAIT_COLUMNS = ("account", "network", "kind", "newspaper", "issue")  # the columns that traits are read from
_ANY_DAY = "2021-07-05"


class _RowClass(NamedTuple):
    """Visibility and traits of all rows with the same values in the trait columns."""

    visibility: Visibility
    traits: Mapping[str, str]


def entries_of_block(reader: RowReader, block: Block) -> list[Entry] | None:
    """The entries of a block's rows; None if any row has a problem, so that each must be read by itself."""
    columns = block.columns
    counts = columns.get("count", ())
    if not all(map(COUNT.fullmatch, counts)) or not all(map(_is_plain, columns.get("url", ()))):
        return None
    if reader.register == SOCIAL and any(map(is_story, columns.get("url", ()))):
        return None
    try:
        moments = {date: parse_moment(date) for date in set(columns["date"])}
    except DateRefused:
        return None
    classes = _classes(reader, columns)
    if classes is None:
        return None
    cells = zip(
        repeat(reader.source),
        repeat(reader.section),
        [moments[date] for date in columns["date"]],
        _titles(columns),
        columns.get("url", repeat("")),
        starmap(SourceLocation, zip(repeat(reader.path), block.lines, repeat(reader.sheet), strict=False)),
        [row_class.visibility for row_class in classes],
        map(int, counts) if counts else repeat(1),
        [row_class.traits for row_class in classes],
        columns.get("id", repeat("")),
        strict=False,  # what is repeated has no end
    )
    return list(starmap(Entry, cells))


def _is_plain(url: str) -> bool:
    return not url or (find_address_fault(url) is None and not opens_program(url))


def _titles(columns: Mapping[str, Sequence[str]]) -> Iterable[str]:
    titles = columns.get("title", ())
    if titles and all(titles):
        return titles
    rows = zip(*(columns[name] for name in ("title", "issue", "kind") if name in columns), strict=True)
    return [next(filter(None, row), "") for row in rows] or repeat("")


def _classes(reader: RowReader, columns: Mapping[str, Sequence[str]]) -> list[_RowClass] | None:
    """The class of each row: one row of each class is read in full; None if that gives a problem."""
    size = len(columns["date"])
    classifying = {name: columns[name] for name in _TRAIT_COLUMNS if name in columns}
    if reader.register == SOCIAL:
        networks = columns.get("network", [""] * size)
        urls = columns.get("url", [""] * size)
        classifying["network"] = [network or network_of_link(url) for network, url in zip(networks, urls, strict=True)]
    rows = list(zip(*classifying.values(), strict=True)) or [()] * size
    trial = replace(reader, problems=[])
    classes: dict[tuple[str, ...], _RowClass] = {}
    for cells in set(rows):
        row = {"date": _ANY_DAY, "count": "0", **dict(zip(classifying, cells, strict=True))}
        entry = row_entry(trial, DataRow(0, row))
        if entry is None or trial.problems:
            return None
        classes[cells] = _RowClass(entry.visibility, entry.traits)
    return [classes[cells] for cells in rows]
