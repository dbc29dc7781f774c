"""Rows of registers to entries: one row is one publication, or a tally where there is a count column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from hromada.domain.account import Account, Accounts, PostKind, network_of
from hromada.domain.alphabet import same_name
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import canonical_link, is_story, keys_of, network_of_link
from hromada.domain.private_address import fault_of_address
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.shortening import shortened
from hromada.domain.transliteration import LONGEST_NAME, fits_in_folder_name, slug
from hromada.domain.web_address import scheme_of
from hromada.reading.columns import shown
from hromada.reading.table_files import tables_of
from hromada.reading.tables import COUNT, Row, Table
from hromada.reading.totals import is_label

SOCIAL = "social"
NEWSPAPER = "newspaper"
_NO_ACCOUNT = "не вказано сторінку"
_NAMING = {"newspaper": "видання", "kind": "вид"}
_FEW_LINES = 3
_FEWEST_TWINS = 3  # rows: fewer may be equal by chance where nothing names a publication
# What programs add to the name of a copy.
_COPY = re.compile(r"(?:[ _–-]*(?:\(\d+\)|копія|копия|copy))+(?: \d+)?$|^(?:копія|копия|copy of|copy) +", re.IGNORECASE)


@dataclass(slots=True)
class _Reading:
    """One table on its way to entries."""

    register: str
    path: str
    sheet: str
    accounts: Accounts
    has_count: bool = False
    naming: tuple[str, ...] = ()  # its columns that name folders of the site
    traits: Mapping[str, str] | None = None  # of every row, where no column tells rows apart
    problems: list[Problem] = field(default_factory=list)
    refusals: int = 0
    source: str = field(init=False)  # one text for all rows
    section: str = field(init=False)
    found: dict[str, Account | None] = field(default_factory=dict)  # accounts by the names in the cells

    def __post_init__(self) -> None:
        self.source, self.section = f"register:{self.register}", f"registers/{self.register}"

    def place(self, line: int = 1) -> SourceLocation:
        return SourceLocation(self.path, line, self.sheet)

    def refuse(self, row: Row, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.place().file, row.line, code, message, fix))
        self.refusals += 1

    def warn(self, row: Row, code: str, message: str, fix: str) -> None:
        self.problems.append(warning(self.place().file, row.line, code, message, fix))


def read_register_file(register: str, path: str, raw: bytes, accounts: Accounts) -> tuple[list[Entry], list[Problem]]:
    """The entries of one file of a register with the problems of its rows; a refused row is no entry."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for sheet, table, found in tables_of(path, raw):
        problems += found
        if table is not None:
            naming = tuple(name for name in _NAMING if name in table.columns)
            is_plain = register not in (SOCIAL, NEWSPAPER) and "kind" not in table.columns
            traits = _plain("") if is_plain else None
            reading = _Reading(register, path, sheet, accounts, "count" in table.columns, naming, traits)
            entries += _entries(reading, table)
            problems += reading.problems
    return entries, problems


def _entries(reading: _Reading, table: Table) -> list[Entry]:
    file = reading.place().file
    reading.problems += [warning(file, *remark) for remark in table.remarks]
    reading.problems += [Problem(file, one.line, one.code, str(one), one.fix) for one in table.unread]
    if missing := _missing_column(reading.register, table):
        words = f"немає стовпця «{missing}»: є {_named(table.columns)}"
        reading.problems.append(Problem(file, 1, "register-header", words, "додайте його до рядка з назвами"))
        return []
    entries = [entry for row in table.rows if (entry := _entry(reading, row)) is not None]
    reading.problems = list(_each_account_once(reading.problems))
    return entries


def _each_account_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """An account that is not listed, or lacks a network, is one fault of however many rows."""
    unknown: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code in ("account-unknown", "network-not-listed") and problem.message != _NO_ACCOUNT:
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


def _entry(reading: _Reading, row: Row) -> Entry | None:
    for fault in row.faults:
        reading.refuse(row, *fault)
    if row.faults:
        return None
    before = reading.refusals
    cell = row.cells.get
    when = _moment(reading, row, cell("date", ""))
    count = _count(reading, row) if reading.has_count else 1
    traits, visibility = (reading.traits, Visibility.PUBLISHED) if reading.traits else _traits(reading, row)
    if reading.naming:
        _names_fit(reading, row)
    if url := cell("url", ""):
        if private := fault_of_address(url):
            reading.refuse(row, "link-private", *private)
        elif (scheme := scheme_of(url)) and scheme not in ("http", "https"):
            reading.refuse(
                row, "link-scheme", f"посилання «{scheme}:» не веде на сторінку", "впишіть адресу з https://"
            )
    if reading.refusals > before or when is None:
        return None
    title = cell("title") or cell("issue") or cell("kind", "")
    place = SourceLocation(reading.path, row.line, reading.sheet)
    return Entry(reading.source, reading.section, when, title, url, place, visibility, count, traits, cell("id", ""))


def _names_fit(reading: _Reading, row: Row) -> None:
    """Newspapers and kinds name folders of the site."""
    for column in reading.naming:
        if not fits_in_folder_name(row[column]):
            what = _NAMING[column]
            reading.refuse(
                row, "name-too-long", f"назва задовга: {what}", f"скоротіть її до {LONGEST_NAME} латинських літер"
            )


def _moment(reading: _Reading, row: Row, date: str) -> datetime | None:
    if not date:
        reading.refuse(
            row,
            "date-missing",
            "у рядку немає дати",
            _AS_A_SUM if _is_like_a_sum(row) else "впишіть дату або приберіть рядок",
        )
        return None
    try:
        return parse_moment(date)
    except DateRefused as refused:
        reading.refuse(row, refused.code, str(refused), _AS_A_SUM if _is_like_a_sum(row) else refused.fix)
        return None


_AS_A_SUM = "якщо це підсумок, лишіть у рядку слово «Всього» (не під датою) і саме число (не під посиланням) або приберіть рядок"


def _is_like_a_sum(row: Row) -> bool:
    """A row of a sum that has more in it than a sum's row may have."""
    return any(is_label(cell) for cell in row.cells.values())


def _count(reading: _Reading, row: Row) -> int:
    if COUNT.fullmatch(row["count"]):
        return int(row["count"])
    shown = f"кількість «{shortened(row['count'], 40)}» не є цілим числом" if row["count"] else "кількість не вказано"
    reading.refuse(row, "count-format", shown, "впишіть ціле число: 0, 1, 2 …")
    return 0


def _is_of_a_program(url: str) -> bool:
    """Whether a link opens a program, as «tg://» does, and no page."""
    return bool(url) and scheme_of(url) not in ("", "http", "https")


def _traits(reading: _Reading, row: Row) -> tuple[dict[str, str], Visibility]:
    if reading.register == SOCIAL:
        return _social(reading, row)
    if reading.register == NEWSPAPER:
        name = " ".join(row["newspaper"].strip("«»\"'").split())
        return _newspaper(name, row["issue"], row["kind"]), Visibility.PUBLISHED
    return _plain(row["kind"]), Visibility.PUBLISHED


@lru_cache(maxsize=4096)
def _newspaper(name: str, issue: str, kind: str) -> dict[str, str]:
    return {"newspaper": slug(name), "newspaper-title": name, "issue": issue, "kind": slug(kind)}


@lru_cache(maxsize=4096)
def _plain(kind: str) -> dict[str, str]:
    return {"kind": slug(kind), "kind-title": kind}


@lru_cache(maxsize=4096)
def _publication(account: str, network: str, group: str, kind: str) -> dict[str, str]:
    """One mapping for all rows with the same traits: 100,000 rows would hold 20 MB of equal ones."""
    return {"account": account, "network": network, "group": group, "kind": kind}


def _social(reading: _Reading, row: Row) -> tuple[dict[str, str], Visibility]:
    kind = PostKind.parse(row["kind"])
    if kind is None:
        words = [one.value for one in PostKind]
        advice = did_you_mean(row["kind"], words) or f"напишіть одне з: {', '.join(words)}"
        reading.refuse(row, "kind-unknown", f"невідомий вид «{row['kind']}»", advice)
        kind = PostKind.POST
    account = _account(reading, row)
    if account is None:
        return {}, Visibility.PUBLISHED
    if kind.is_counted and is_story(row["url"]):
        reading.warn(
            row, "story-counted", "посилання веде на сторіз, а рядок рахується як публікація", "напишіть у стовпці «Вид» «сторіз»"
        )  # fmt: skip
    traits = _publication(account.id, _network(reading, row, account), account.group, kind.value)
    return traits, Visibility.PUBLISHED if kind.is_counted else Visibility.EXCLUDED


def _account(reading: _Reading, row: Row) -> Account | None:
    name = row["account"]
    if name not in reading.found:
        reading.found[name] = reading.accounts.find(name)
    account = reading.found[name]
    if account is None:
        message = f"сторінки «{name}» немає в accounts.toml" if name else _NO_ACCOUNT
        names = [name for account in reading.accounts.all for name in account.names]
        advice = (
            did_you_mean(name, names)
            or f"{'додайте її до' if name else 'впишіть її назву з'} content/registers/accounts.toml"
        )
        reading.refuse(row, "account-unknown", message, advice)
    return account


def _network(reading: _Reading, row: Row, account: Account) -> str:
    """The row's own word, else its link's network, else the account's only one."""
    only = account.networks[0] if len(account.networks) == 1 else ""
    network = network_of(row["network"]) or network_of_link(row["url"]) or only
    if network and network in account.networks:
        return network
    if not network:
        if not _is_of_a_program(row["url"]):  # «tg://…» is said by itself, and the right link has the network
            reading.refuse(
                row, "network-missing", "незрозуміло, у якій мережі розміщено", "впишіть мережу: facebook, instagram …"
            )
    elif network not in reading.accounts.networks:
        advice = did_you_mean(network, reading.accounts.networks) or "впишіть facebook, instagram, telegram, youtube …"
        reading.refuse(row, "network-unknown", f"невідома мережа «{row['network']}»", advice)
    else:
        reading.warn(
            row, "network-not-listed", f"сторінка «{account.name}» не має мережі {network}",
            "виправте сторінку чи мережу в рядку або допишіть мережу до networks = […] в accounts.toml",
        )  # fmt: skip
    return network


def repeated_publications(entries: Iterable[Entry]) -> Iterator[Problem]:
    """The same publication twice in a register: its account, its network, and its id or what its link calls it.

    Of two tables with the same rows one problem says so, and none each row.
    """
    rows = sorted(entries, key=attrgetter("source", "place"))
    twins = dict(_twin_tables(rows))
    for twin, other in twins.items():
        yield Problem(twin, 1, "register-twin", f"усі рядки цієї таблиці є і в {other}", "лишіть одну з двох")
    nameless: dict[tuple[object, ...], Entry] = {}
    named = _Named()
    traits: Mapping[str, str] = {}
    account = network = kind = ""
    for entry in rows:
        if twins and entry.place.file in twins:
            continue
        if entry.traits is not traits:  # rows share them
            traits = entry.traits
            account, network, kind = traits.get("account", ""), traits.get("network", ""), traits.get("kind", "")
        if not (entry.url or entry.id):
            same = (entry.source, account, network, kind, entry.day, same_name(entry.title))
            if (first := nameless.setdefault(same, entry)) is not entry:
                yield warning(
                    entry.place.file, entry.place.line, "duplicate-suspected",
                    f"такий самий рядок уже є: {first.place}", "якщо це дві публікації, додайте посилання",
                )  # fmt: skip
            continue
        # A repost may have the link of what it repeats.
        is_of_page = bool(account) and entry.visibility is Visibility.PUBLISHED
        own, strange = named.take(entry, account, keys_of(network, entry.url, entry.id), is_of_page)
        if own is not None:
            yield Problem(
                entry.place.file, entry.place.line, "duplicate-publication",
                f"ця публікація вже є: {own.place}", "приберіть один із двох рядків",
            )  # fmt: skip
        elif strange is not None:
            yield warning(
                entry.place.file, entry.place.line, "same-number-two-accounts",
                f"публікація з таким самим номером є на іншій сторінці: {strange.place}",
                "якщо розміщено лише на одній, приберіть зайвий рядок",
            )  # fmt: skip


@dataclass(slots=True)
class _Sharing:
    """The entries that share a name: the first of each account, and the first publication of a page of ours."""

    accounts: dict[str, Entry]
    published: Entry | None


@dataclass(slots=True)
class _Named:
    """Entries by their names, in the order of places; nearly every name has one, and that costs one look."""

    firsts: dict[str, dict[str, tuple[Entry, str, bool]]] = field(default_factory=dict)  # by source
    sharing: dict[tuple[str, str], _Sharing] = field(default_factory=dict)

    def take(self, entry: Entry, account: str, names: set[str], is_of_page: bool) -> tuple[Entry | None, Entry | None]:
        """The first entry of the same account with one of the names, and of any page; the entry is known from now on."""
        firsts = self.firsts.setdefault(entry.source, {})
        this = (entry, account, is_of_page)
        if firsts.keys().isdisjoint(names):
            firsts.update(dict.fromkeys(names, this))
            return None, None
        own, others = [], []
        for name in names:
            if (first := firsts.setdefault(name, this)) is this:
                continue
            shared = self.sharing.get((entry.source, name))
            if shared is None:
                shared = _Sharing({first[1]: first[0]}, first[0] if first[2] else None)
                self.sharing[entry.source, name] = shared
            own += [shared.accounts[account]] if account in shared.accounts else []
            others += [shared.published] if shared.published and is_of_page else []
            shared.accounts.setdefault(account, entry)
            if shared.published is None and is_of_page:
                shared.published = entry
        by_place = attrgetter("place")
        return min(own, key=by_place, default=None), min(others, key=by_place, default=None)


def _twin_tables(rows: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    """Tables all of whose rows another one of their register has too, and that one: the same file saved twice."""
    tables: dict[str, dict[str, list[Entry]]] = {}
    for (source, path, sheet), found in groupby(rows, lambda row: (row.source, row.place.path, row.place.sheet)):
        file = SourceLocation(path, sheet=sheet).file
        tables.setdefault(source, {}).setdefault(file, []).extend(found)
    for files in tables.values():
        if len(files) > 1:
            yield from _twins(files)


def _twins(files: Mapping[str, list[Entry]]) -> Iterator[tuple[str, str]]:
    moments = {file: {row.when for row in rows} for file, rows in files.items()}
    found: set[str] = set()
    for file, rows in reversed(list(files.items())):
        for other, others in files.items():
            if (
                other != file and other not in found and len(rows) <= len(others)
                and moments[file] <= moments[other]
                and (len(rows) >= _FEWEST_TWINS or _stem(file) == _stem(other))
                and not Counter(map(_content, rows)) - Counter(map(_content, others))
            ):  # fmt: skip
                found.add(file)
                yield file, other
                break


def _stem(file: str) -> str:
    """A file's name without its extension, sheet, and what programs add to that of a copy."""
    name = file.rpartition("#")[0] or file
    return _COPY.sub("", name.rpartition("/")[2].rpartition(".")[0].casefold())


def _content(row: Entry) -> tuple[object, ...]:
    return row.when, same_name(row.title), canonical_link(row.url), row.id, row.count, tuple(row.traits.items())
