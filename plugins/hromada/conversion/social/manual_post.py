"""A publication that a person has just made by hand: whose page its link leads to, and its row in the register's file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from hromada.conversion.social.merging import FOLDER, NewRow
from hromada.conversion.social.publication import ExportedPost, ImportRefused, refusal
from hromada.domain.account import NETWORK_TITLES, Account, Accounts, PostKind
from hromada.domain.entry import Entry
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import is_publication, is_story, network_of_link, page_name
from hromada.domain.table_text import escape_formula

SETTING = "POSTED"  # the setting with the link, in the place of a file's name
_DOTTED = lazy_compile(r"\d{2}\.\d{2}\.\d{4}(?P<time> \d{2}:\d{2}(?::\d{2})?)?", re.ASCII)


def refuse_link(link: str) -> None:
    """ImportRefused for what is no link to a publication in a network that we know."""
    if not link.startswith(("https://", "http://")):
        raise refusal(
            SETTING, 1, "import-format", f"«{link}» – не посилання", "скопіюйте адресу допису цілком, із https://"
        )
    if not network_of_link(link):
        networks = ", ".join(title for id, title in NETWORK_TITLES.items() if id not in ("viber", "whatsapp"))
        raise refusal(SETTING, 1, "import-format", f"«{link}» – не з відомої соцмережі", f"відомі: {networks}")
    if not is_publication(link):
        raise refusal(
            SETTING,
            1,
            "import-format",
            f"«{link}» веде на сторінку, а не на допис",
            "відкрийте сам допис і скопіюйте його адресу",
        )


def publication_of(link: str, title: str, when: datetime, account: Account | None) -> ExportedPost:
    """The publication as an export would have it: now, with the item's title."""
    kind = PostKind.STORY if is_story(link) else PostKind.POST
    pages = (account.id,) if account else ()
    return ExportedPost(network_of_link(link), when, kind, title, SETTING, SETTING, pages, link)


def account_of(link: str, accounts: Accounts, register: Iterable[Entry]) -> Account | None:
    """The account whose page a link names; None where that is unknown.

    It is known by the name in the link, else by a row of the register with a link to the same page, else because only
    one account is on the network.
    """
    network, name = network_of_link(link), page_name(link)
    for spelling in (name, f"@{name}", f"t.me/{name}", f"https://t.me/{name}") if name else ():
        if account := accounts.find(spelling):
            return account
    owners = {
        entry.traits.get("account", "")
        for entry in register
        if name and entry.traits.get("network") == network and entry.url and page_name(entry.url) == name
    }
    by_id = {account.id: account for account in accounts.all}
    if len(owners) == 1:
        return by_id.get(next(iter(owners)))
    on_network = [account for account in accounts.all if network in account.networks]
    return on_network[0] if len(on_network) == 1 and not owners else None


def unknown_account(link: str, accounts: Accounts) -> ImportRefused:
    """The refusal of a link that does not say whose page it is."""
    ids = ", ".join(account.id for account in accounts.all) or "id сторінки з accounts.toml"
    name = page_name(link)
    lasting = f"; щоб надалі було видно, допишіть «{name}» до also цієї сторінки в accounts.toml" if name else ""
    return refusal(
        SETTING,
        1,
        "import-account",
        "за посиланням не видно, на чиїй це сторінці",
        f"допишіть ACCOUNT=…: {ids}{lasting}",
    )


def files_of_row(row: NewRow, register: Iterable[Entry], present: Iterable[str]) -> Iterator[str]:
    """The CSV files to which the row may belong, the likeliest first.

    That of the page's last row in the half-year, then that of anybody's, then the one that is named after the half-year.
    """
    half = (row.when.year, row.when.month > 6)
    rows = [
        entry
        for entry in register
        if entry.when and (entry.when.year, entry.when.month > 6) == half and entry.place.path.endswith(".csv")
    ]
    own = [
        entry
        for entry in rows
        if (entry.traits.get("account"), entry.traits.get("network")) == (row.account.id, row.network)
    ]
    named = f"{FOLDER}/{row.when.year}-h{1 + half[1]}.csv"
    latest = (max(some, key=lambda entry: (entry.when, entry.place)).place.path for some in (own, rows) if some)
    yield from dict.fromkeys([*latest, *(path for path in present if path.casefold() == named)])


def row_of_table(row: NewRow, columns: Mapping[int, str], width: int, last: Sequence[str]) -> list[str]:
    """The row's cells in the columns of a table, the date as its last row has it."""
    dates = [last[column] for column, name in columns.items() if name == "date" and column < len(last)]
    values = {
        "date": _date_like(row, *dates[:1]),
        "account": row.account.name, "network": row.network, "kind": row.kind.value, "title": row.title, "url": row.url,
        "id": row.id,
    }  # fmt: skip
    return [escape_formula(values.get(columns.get(column, ""), "")) for column in range(width)]


def _date_like(row: NewRow, example: str = "") -> str:
    match = _DOTTED.fullmatch(example.strip())
    if match is None:
        return f"{row.when:%Y-%m-%d %H:%M:%S}"
    return f"{row.when:%d.%m.%Y %H:%M}" if match["time"] else f"{row.when:%d.%m.%Y}"


def with_row(raw: bytes, cells: Sequence[str], separator: str) -> bytes:
    """The file with one more row at its end, in its own encoding and ends of lines; UnicodeEncodeError where it can't hold it."""
    try:
        raw.decode("utf-8-sig")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1251"
    line_end = "\r\n" if b"\r\n" in raw else "\n"
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerow(cells)
    gap = "" if raw.endswith(b"\n") or not raw else line_end
    return raw + (gap + out.getvalue()).encode(encoding)
