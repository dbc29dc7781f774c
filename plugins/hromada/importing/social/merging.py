"""What of an export the register has already, and what is new: nothing is counted twice, nothing lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from hromada.domain.account import Account
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.post_link import publication_keys
from hromada.importing.social.attribution import AttributedPost
from hromada.importing.social.known_rows import KnownRows
from hromada.importing.social.post_identity import NewRow, made_id
from hromada.importing.social.publication import Publication
from hromada.importing.social.titles import title_of


@dataclass(frozen=True, slots=True)
class Merged:
    """New rows in date order; how many publications the register has, how many the export itself repeats.

    `doubtful` are new rows beside which a row of the register stands that may be the same publication, `shared` those that another account
    (by its id) has too: one video on two pages is two publications.
    """

    new: tuple[NewRow, ...]
    present: int
    repeated: int
    doubtful: tuple[tuple[NewRow, Entry], ...] = ()
    shared: tuple[tuple[NewRow, str], ...] = ()


def merge(owned: Iterable[AttributedPost], existing: Iterable[Entry]) -> Merged:
    """Compare by the network's own id and by canonical link; where either side has neither, by time and title.

    Rows that are surely the publication are matched first, so a second run of the same export finds everything, in
    whatever order it comes.
    """
    register = KnownRows(existing)
    rows: list[NewRow] = []
    seen: dict[str, set[str]] = defaultdict(set)  # keys by account
    pages: dict[str, NewRow] = {}  # the first row with a key
    shared: list[tuple[NewRow, str]] = []
    repeated = present = 0
    for row, keys in _rows(owned, register):
        other = register.account_with(row, keys) or next(
            (first.account.id for key in sorted(keys) if (first := pages.get(key)) and first.account != row.account),
            None,
        )
        if keys & seen[row.account.id]:
            repeated += 1
        elif register.has(row, keys):
            present += 1
        else:
            rows.append(row)
            shared += [(row, other)] if other else []
        seen[row.account.id] |= keys
        for key in keys:
            pages.setdefault(key, row)
    new: list[NewRow] = []
    doubtful: list[tuple[NewRow, Entry]] = []
    named, others = (sorted((row for row in rows if row.is_named is wanted), key=_order) for wanted in (True, False))
    for row in named:
        if register.resembles(row):
            present += 1
        else:
            new.append(row)
            doubtful += [(row, entry)] if (entry := register.suspect(row)) else []
    fresh = KnownRows(map(_entry, new))
    for row in others:
        if register.resembles(row):
            present += 1
        elif fresh.resembles(row):
            repeated += 1
        else:
            new.append(row)
            doubtful += [(row, entry)] if (entry := register.suspect(row)) else []
    return Merged(tuple(sorted(new, key=_order)), present, repeated, tuple(doubtful), tuple(shared))


def _entry(row: NewRow) -> Entry:
    traits = {"account": row.account.id, "network": row.network}
    return Entry(
        "register:social",
        "registers/social",
        row.when,
        row.title,
        row.url,
        SourceLocation(""),
        traits=traits,
        id=row.id,
    )


def _order(row: NewRow) -> tuple[datetime, str, str]:
    return row.when, row.title, row.id


def _rows(owned: Iterable[AttributedPost], register: KnownRows) -> Iterable[tuple[NewRow, set[str]]]:
    """Each publication as a row, with the keys by which it is surely known."""
    every = list(owned)
    seconds = _contents_by_second(every)
    links = _telegram_names(every, register)
    for account, one in every:
        id = f"{one.network}:{one.id}" if one.id else ""
        url = one.url
        if one.network == "telegram" and (name := links.get((account.id, one.channel))):
            url = f"https://t.me/{name}/{one.numbers[0]}"
        if not id and not url:
            id = made_id(account, one, len(seconds[_second(account, one)]) > 1)
        keys = publication_keys(one.network, url, id)
        for number in one.numbers:
            keys |= publication_keys(one.network, "", f"telegram:{one.channel}/{number}")
            if url:
                keys |= publication_keys(one.network, f"{url.rsplit('/', 1)[0]}/{number}", "")
        title = title_of(one.text, one.kind)
        yield NewRow(account, one.network, one.when, one.kind, title, url, id), keys


def _second(account: Account, publication: Publication) -> tuple[str, str, datetime]:
    return account.id, publication.network, publication.when


def _contents_by_second(owned: Iterable[AttributedPost]) -> Mapping[tuple[str, str, datetime], set[str]]:
    found: dict[tuple[str, str, datetime], set[str]] = defaultdict(set)
    for account, one in owned:
        found[_second(account, one)].add(one.content)
    return found


def _telegram_names(owned: Iterable[AttributedPost], register: KnownRows) -> Mapping[tuple[str, str], str]:
    """The public name of each channel: from accounts.toml (`also = ["@name"]`), else from the register's own links.

    Links tell when at least one has the number and the day of a message, none another day, and only one name is left.
    """
    days: dict[tuple[str, str], tuple[Account, dict[int, datetime]]] = {}
    for account, one in owned:
        if one.network == "telegram":
            known = days.setdefault((account.id, one.channel), (account, {}))[1]
            known.update(dict.fromkeys(one.numbers, one.when))
    names = {}
    for key, (account, moments) in days.items():
        said = {
            found[1]
            for name in account.also
            if (found := re.fullmatch(r"(?:@|(?:https?://)?t\.me/)(\w{4,32})/?", name))
        }
        if name := _only(said) if said else _only(register.channels_of(account.id, moments)):
            names[key] = name
    return names


def _only(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""
