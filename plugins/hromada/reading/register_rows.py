"""Reads rows of registers as entries: a row is one publication, or a tally where there is a count column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.account import Account, Accounts, PostKind, parse_network
from hromada.domain.alphabet import LONGEST_NAME, fits_in_folder_name, slug
from hromada.domain.calendar import DateRefused, parse_moment
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import is_story, network_of_link
from hromada.domain.private_address import find_address_fault
from hromada.domain.problem import Problem, did_you_mean, shorten, warning
from hromada.domain.web_address import scheme_of
from hromada.reading.columns import COLUMNS
from hromada.reading.tables import COUNT, DataRow, is_label

SOCIAL = "social"
NEWSPAPER = "newspaper"
NO_ACCOUNT = "не вказано сторінку"


class RowReader(Struct):
    """The state of reading one table: settings, problems, caches."""

    register: str
    path: str
    sheet: str
    accounts: Accounts
    has_count: bool = False
    naming: tuple[str, ...] = ()  # its columns that name folders of the site
    traits: Mapping[str, str] | None = None  # of every row, where no column gives traits
    problems: list[Problem] = field(default_factory=list)
    refusals: int = 0
    source: str = ""  # one text for all rows
    section: str = ""
    account_cache: dict[str, Account | None] = field(default_factory=dict)  # cache: accounts by the names in the cells

    def __post_init__(self) -> None:
        self.source, self.section = f"register:{self.register}", f"registers/{self.register}"

    def without_problems(self) -> RowReader:
        """A reader with the same settings that has found nothing yet."""
        return replace(self, problems=[])

    def place(self, line: int = 1) -> SourceLocation:
        return SourceLocation(self.path, line, self.sheet)

    def refuse(self, row: DataRow, code: str, message: str, fix: str = "") -> None:
        self.problems.append(Problem(self.place().file, row.line, code, message, fix))
        self.refusals += 1

    def warn(self, row: DataRow, code: str, message: str, fix: str) -> None:
        self.problems.append(warning(self.place().file, row.line, code, message, fix))


def row_entry(reader: RowReader, row: DataRow) -> Entry | None:
    """The entry of a row; None for a refused one, whose faults are added to the reader's problems."""
    for fault in row.faults:
        reader.refuse(row, *fault)
    if row.faults:
        return None
    before = reader.refusals
    cell = row.cells.get
    when = _moment(reader, row, cell("date", ""))
    count = _count(reader, row) if reader.has_count else 1
    traits, visibility = (reader.traits, Visibility.PUBLISHED) if reader.traits else row_traits(reader, row)
    if reader.naming:
        _names_fit(reader, row)
    if url := cell("url", ""):
        if private := find_address_fault(url):
            reader.refuse(row, "link-private", *private)
        elif (scheme := scheme_of(url)) and scheme not in ("http", "https"):
            reader.refuse(row, "link-scheme", f"посилання «{scheme}:» не веде на сторінку", "впишіть адресу з https://")
    if reader.refusals > before or when is None:
        return None
    title = cell("title") or cell("issue") or cell("kind", "")
    location = SourceLocation(reader.path, row.line, reader.sheet)
    return Entry(reader.source, reader.section, when, title, url, location, visibility, count, traits, cell("id", ""))


def _names_fit(reader: RowReader, row: DataRow) -> None:
    """Refuse names of newspapers and kinds that are too long for the site's folders."""
    for column in reader.naming:
        if not fits_in_folder_name(row[column]):
            what = COLUMNS[column].names[0]
            reader.refuse(
                row, "name-too-long", f"назва задовга: {what}", f"скоротіть її до {LONGEST_NAME} латинських літер"
            )


def _moment(reader: RowReader, row: DataRow, date: str) -> datetime | None:
    if not date:
        reader.refuse(
            row,
            "date-missing",
            "у рядку немає дати",
            _AS_A_SUM if _is_like_a_sum(row) else "впишіть дату або приберіть рядок",
        )
        return None
    try:
        return parse_moment(date)
    except DateRefused as refused:
        reader.refuse(row, refused.code, str(refused), _AS_A_SUM if _is_like_a_sum(row) else refused.fix)
        return None


_AS_A_SUM = "якщо це підсумок, лишіть у рядку слово «Всього» (не під датою) і саме число (не під посиланням) або приберіть рядок"


def _is_like_a_sum(row: DataRow) -> bool:
    """Whether the row looks like a sum with more cells than a sum may have."""
    return any(is_label(cell) for cell in row.cells.values())


def _count(reader: RowReader, row: DataRow) -> int:
    if COUNT.fullmatch(row["count"]):
        return int(row["count"])
    message = f"кількість «{shorten(row['count'], 40)}» не є цілим числом" if row["count"] else "кількість не вказано"
    reader.refuse(row, "count-format", message, "впишіть ціле число: 0, 1, 2 …")
    return 0


def opens_program(url: str) -> bool:
    """Whether a link opens a program («tg://») and not a page."""
    return bool(url) and scheme_of(url) not in ("", "http", "https")


def row_traits(reader: RowReader, row: DataRow) -> tuple[dict[str, str], Visibility]:
    """The traits by which figures select the row, and whether it is a repost or a story, which are not counted."""
    if reader.register == SOCIAL:
        return _social(reader, row)
    if reader.register == NEWSPAPER:
        name = " ".join(row["newspaper"].strip("«»\"'").split())
        return _newspaper(name, row["issue"], row["kind"]), Visibility.PUBLISHED
    return plain_traits(row["kind"]), Visibility.PUBLISHED


@lru_cache(maxsize=4096)
def _newspaper(name: str, issue: str, kind: str) -> dict[str, str]:
    return {"newspaper": slug(name), "newspaper-title": name, "issue": issue, "kind": slug(kind)}


@lru_cache(maxsize=4096)
def plain_traits(kind: str) -> dict[str, str]:
    """The traits of a row of a register without accounts and newspapers."""
    return {"kind": slug(kind), "kind-title": kind}


@lru_cache(maxsize=4096)
def _publication(account: str, network: str, group: str, kind: str) -> dict[str, str]:
    """One shared mapping for all rows with the same traits: 100,000 separate ones take 20 MB."""
    return {"account": account, "network": network, "group": group, "kind": kind}


def _social(reader: RowReader, row: DataRow) -> tuple[dict[str, str], Visibility]:
    kind = PostKind.parse(row["kind"])
    if kind is None:
        kinds = [post_kind.value for post_kind in PostKind]
        advice = did_you_mean(row["kind"], kinds) or f"напишіть одне з: {', '.join(kinds)}"
        reader.refuse(row, "kind-unknown", f"невідомий вид «{row['kind']}»", advice)
        kind = PostKind.POST
    account = _account(reader, row)
    if account is None:
        return {}, Visibility.PUBLISHED
    if kind.is_counted and is_story(row["url"]):
        reader.warn(
            row, "story-counted", "посилання веде на сторіз, а рядок рахується як публікація", "напишіть у стовпці «Вид» «сторіз»"
        )  # fmt: skip
    traits = _publication(account.id, _network(reader, row, account), account.group, kind.value)
    return traits, Visibility.PUBLISHED if kind.is_counted else Visibility.EXCLUDED


def _account(reader: RowReader, row: DataRow) -> Account | None:
    name = row["account"]
    if name not in reader.account_cache:
        reader.account_cache[name] = reader.accounts.find(name)
    account = reader.account_cache[name]
    if account is None:
        message = f"сторінки «{name}» немає в accounts.toml" if name else NO_ACCOUNT
        names = [name for account in reader.accounts.all for name in account.names]
        advice = (
            did_you_mean(name, names)
            or f"{'додайте її до' if name else 'впишіть її назву з'} content/registers/accounts.toml"
        )
        reader.refuse(row, "account-unknown", message, advice)
    return account


def _network(reader: RowReader, row: DataRow, account: Account) -> str:
    """The network in the row, else of its link, else the account's only one."""
    only = account.networks[0] if len(account.networks) == 1 else ""
    network = parse_network(row["network"]) or network_of_link(row["url"]) or only
    if network and network in account.networks:
        return network
    if not network:
        if not opens_program(row["url"]):  # «tg://…» is another error, and the right link has the network
            reader.refuse(
                row, "network-missing", "незрозуміло, у якій мережі розміщено", "впишіть мережу: facebook, instagram …"
            )
    elif network not in reader.accounts.networks:
        advice = did_you_mean(network, reader.accounts.networks) or "впишіть facebook, instagram, telegram, youtube …"
        reader.refuse(row, "network-unknown", f"невідома мережа «{row['network']}»", advice)
    else:
        reader.warn(
            row, "network-not-listed", f"сторінка «{account.name}» не має мережі {network}",
            "виправте сторінку чи мережу в рядку або допишіть мережу до networks = […] в accounts.toml",
        )  # fmt: skip
    return network
