"""Reads files of registers: entries, the problems of their rows, and duplicates (publications listed twice, copied tables).

Valid rows are read column by column, in blocks, which takes a third of the time of row by row.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby, repeat, starmap
from operator import attrgetter
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.account import Accounts
from hromada.domain.alphabet import normalize_name, normalize_names
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import canonical_link, is_publication, is_story, network_of_link, publication_keys
from hromada.domain.private_address import find_address_fault
from hromada.domain.problem import Problem, warning
from hromada.reading.columns import COLUMNS, NUMBER, shown
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

_MIN_ROWS_OF_COPY = 3  # fewer rows may be equal by chance
# Suffixes and prefixes of copies' names.
_COPY = lazy_compile(
    r"(?:[ _–-]*(?:\(\d+\)|копія|копия|copy))+(?: \d+)?$|^(?:копія|копия|copy of|copy) +", re.IGNORECASE
)


def find_duplicates(entries: Iterable[Entry]) -> Iterator[Problem]:
    """Problems of publications listed twice in a register, by account, network, and the id or the link.

    A copied table gives one problem instead of one for each row.
    """
    rows = sorted(entries, key=attrgetter("source", "place"))
    copies = dict(_copied_tables(rows))
    for copy, other in copies.items():
        yield Problem(copy, 1, "register-twin", f"усі рядки цієї таблиці є і в {other}", "лишіть одну з двох")
    if copies:
        rows = [row for row in rows if row.place.file not in copies]
    nameless: dict[tuple[str, Hashable], Entry] = {}
    index = _NameIndex()
    for entry, names in _sharing(rows):
        if not (entry.url or entry.id):
            (same,) = names
            if (first := nameless.setdefault((entry.source, same), entry)) is not entry:
                yield warning(
                    entry.place.file, entry.place.line, "duplicate-suspected",
                    f"такий самий рядок уже є: {first.place}", "якщо це дві публікації, додайте посилання",
                )  # fmt: skip
            continue
        own, strange = index.take(entry, names)
        if own is not None:
            message, fix = f"ця публікація вже є: {own.place}", "приберіть один із двох рядків"
            if not entry.id and network_of_link(entry.url) and not is_publication(entry.url):  # of the page itself
                message = f"посилання веде не на допис, а на сторінку мережі, і таке саме вже є: {own.place}"
                fix = "впишіть посилання на сам допис"
            yield Problem(entry.place.file, entry.place.line, "duplicate-publication", message, fix)
        elif strange is not None:
            yield warning(
                entry.place.file, entry.place.line, "same-number-two-accounts",
                f"публікація з таким самим номером є на іншій сторінці: {strange.place}",
                "якщо розміщено лише на одній, приберіть зайвий рядок",
            )  # fmt: skip


def _sharing(rows: Iterable[Entry]) -> Iterator[tuple[Entry, Collection[Hashable]]]:
    """The rows that share a key with another row of their register, with their keys: nearly always none."""
    for _, group in groupby(rows, attrgetter("source")):
        register = list(group)
        names = _names(register)
        all_names: set[Hashable] = set()
        if len(all_names.union(*names)) == sum(map(len, names)):
            continue
        shared = {name for name, times in Counter(chain.from_iterable(names)).items() if times > 1}
        yield from ((row, own) for row, own in zip(register, names, strict=True) if not shared.isdisjoint(own))


def _names(rows: Sequence[Entry]) -> list[Collection[Hashable]]:
    """The keys of each row: its id and link in their network, else all its values."""
    names: list[Collection[Hashable]] = []
    traits: Mapping[str, str] = {}
    account = network = kind = ""
    titles = iter(normalize_names([row.title for row in rows if not (row.url or row.id)]))
    for row in rows:
        if row.traits is not traits:  # rows share them
            traits = row.traits
            account, network, kind = traits.get("account", ""), traits.get("network", ""), traits.get("kind", "")
        if row.url or row.id:
            names.append(publication_keys(network, row.url, row.id))
        else:
            names.append(((account, network, kind, row.day, next(titles)),))
    return names


class _SharedName(Struct):
    """The entries that share a key: the first of each account, and the first publication on an account of ours."""

    accounts: dict[str, Entry] = field(default_factory=dict)
    published: Entry | None = None


class _NameIndex(Struct):
    """Entries by their keys, in the order of their locations."""

    by_key: defaultdict[tuple[str, Hashable], _SharedName] = field(default_factory=lambda: defaultdict(_SharedName))

    def take(self, entry: Entry, names: Iterable[Hashable]) -> tuple[Entry | None, Entry | None]:
        """Add an entry; return the first earlier ones that share a key: on the same account, and on any account."""
        account = entry.traits.get("account", "")
        # A repost may have the link of the original.
        is_of_page = bool(account) and entry.visibility is Visibility.PUBLISHED
        own, others = [], []
        for name in names:
            shared = self.by_key[entry.source, name]
            own += [shared.accounts[account]] if account in shared.accounts else []
            others += [shared.published] if shared.published and is_of_page else []
            shared.accounts.setdefault(account, entry)
            if shared.published is None and is_of_page:
                shared.published = entry
        by_place = attrgetter("place")
        return min(own, key=by_place, default=None), min(others, key=by_place, default=None)


def _copied_tables(rows: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Pairs of a table and another one of the same register that contains all its rows: the same file saved twice."""
    tables: dict[str, dict[str, list[Entry]]] = {}
    for (source, path, sheet), rows_of_table in groupby(rows, attrgetter("source", "place.path", "place.sheet")):
        file = SourceLocation(path, sheet=sheet).file
        tables.setdefault(source, {}).setdefault(file, []).extend(rows_of_table)
    for files in tables.values():
        if len(files) > 1:
            yield from _copies(files)


def _copies(files: Mapping[str, list[Entry]]) -> Iterator[tuple[str, str]]:
    moments = {file: {row.when for row in rows} for file, rows in files.items()}
    copies: set[str] = set()
    for file, rows in reversed(list(files.items())):
        for other, others in files.items():
            if (
                other != file and other not in copies and len(rows) <= len(others)
                and moments[file] <= moments[other]
                and (len(rows) >= _MIN_ROWS_OF_COPY or _stem(file) == _stem(other))
                and not Counter(map(_content, rows)) - Counter(map(_content, others))
            ):  # fmt: skip
                copies.add(file)
                yield file, other
                break


def _stem(file: str) -> str:
    """A file's name without extension, sheet, and the suffixes of copies."""
    name = file.rpartition("#")[0] or file
    return _COPY.sub("", name.rpartition("/")[2].rpartition(".")[0].casefold())


def _content(row: Entry) -> tuple[object, ...]:
    return row.when, normalize_name(row.title), canonical_link(row.url), row.id, row.count, tuple(row.traits.items())


_FEW_LINES = 3


def read_register_file(register: str, path: str, raw: bytes, accounts: Accounts) -> tuple[list[Entry], list[Problem]]:
    """The entries of a register's file and the problems of its rows; a refused row gives no entry."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet, table, problems_of_table in read_tables(path, raw):
        problems += problems_of_table
        if table is not None:
            naming = tuple(spec.key for spec in COLUMNS.values() if spec.is_folder and spec.key in table.columns)
            is_plain = register not in (SOCIAL, NEWSPAPER) and not set(_TRAIT_COLUMNS) & set(table.columns)
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
            first = first._replace(message=f"{first.message} (ще в рядках {lines}{more})")
        yield first


def _named(columns: Iterable[str]) -> str:
    return ", ".join(f"«{shown(column)}»" for column in columns)


def _missing_column(register: str, table: RegisterTable) -> str:
    if register == SOCIAL and "account" not in table.columns:
        return shown("account")
    return ""


_TRAIT_COLUMNS = tuple(spec.key for spec in COLUMNS.values() if spec.is_trait)
# A column that is none of these is read row by row, so that one added to COLUMNS can't be lost here.
_BLOCK_COLUMNS = frozenset({"date", "title", "url", "id", "count", NUMBER, *_TRAIT_COLUMNS})
_ANY_DAY = "2021-07-05"


class _RowClass(NamedTuple):
    """Visibility and traits of all rows with the same values in the trait columns."""

    visibility: Visibility
    traits: Mapping[str, str]


def entries_of_block(reader: RowReader, block: Block) -> list[Entry] | None:
    """The entries of a block's rows; None if any row has a problem, so that each must be read by itself."""
    columns = block.columns
    if not columns.keys() <= _BLOCK_COLUMNS:
        return None
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
    trial = reader.without_problems()
    classes: dict[tuple[str, ...], _RowClass] = {}
    for cells in set(rows):
        row = {"date": _ANY_DAY, "count": "0", **dict(zip(classifying, cells, strict=True))}
        entry = row_entry(trial, DataRow(0, row))
        if entry is None or trial.problems:
            return None
        classes[cells] = _RowClass(entry.visibility, entry.traits)
    return [classes[cells] for cells in rows]
