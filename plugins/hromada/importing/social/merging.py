"""Merges an export with the register: which publications it has already, which are new, none twice, none lost."""

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
from hromada.importing.social.existing_rows import KnownRows
from hromada.importing.social.new_rows import NewRow, derive_id
from hromada.importing.social.publication import ExportedPost
from hromada.importing.social.titles import post_title


@dataclass(frozen=True, slots=True)
class MergeResult:
    """New rows in date order; how many publications the register has, how many the export itself repeats.

    `doubtful`: new rows with a row of the register that may be the same publication. `shared`: new rows with the id of
    another account that has the publication too: one video on two pages is two publications.
    """

    new: tuple[NewRow, ...]
    present: int
    repeated: int
    doubtful: tuple[tuple[NewRow, Entry], ...] = ()
    shared: tuple[tuple[NewRow, str], ...] = ()


def merge(posts: Iterable[AttributedPost], existing: Iterable[Entry]) -> MergeResult:
    """Compare by the network's own id and by canonical link; where either side has neither, by time and title.

    Certain matches are made first, so a second run of the same export matches everything, in any order.
    """
    register = KnownRows(existing)
    rows: list[NewRow] = []
    seen: dict[str, set[str]] = defaultdict(set)  # keys by account
    pages: dict[str, NewRow] = {}  # the first row with a key
    shared: list[tuple[NewRow, str]] = []
    repeated = present = 0
    for row, keys in _rows(posts, register):
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
    named, others = (sorted((row for row in rows if row.is_named is wanted), key=_sort_key) for wanted in (True, False))
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
    return MergeResult(tuple(sorted(new, key=_sort_key)), present, repeated, tuple(doubtful), tuple(shared))


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


def _sort_key(row: NewRow) -> tuple[datetime, str, str]:
    return row.when, row.title, row.id


def _rows(posts: Iterable[AttributedPost], register: KnownRows) -> Iterable[tuple[NewRow, set[str]]]:
    """Each publication as a row, with the keys that identify it."""
    all_posts = list(posts)
    seconds = _contents_by_second(all_posts)
    links = _telegram_names(all_posts, register)
    for account, post in all_posts:
        id = f"{post.network}:{post.id}" if post.id else ""
        url = post.url
        if post.network == "telegram" and (name := links.get((account.id, post.channel))):
            url = f"https://t.me/{name}/{post.numbers[0]}"
        if not id and not url:
            id = derive_id(account, post, len(seconds[_second(account, post)]) > 1)
        keys = publication_keys(post.network, url, id)
        for number in post.numbers:
            keys |= publication_keys(post.network, "", f"telegram:{post.channel}/{number}")
            if url:
                keys |= publication_keys(post.network, f"{url.rsplit('/', 1)[0]}/{number}", "")
        title = post_title(post.text, post.kind)
        yield NewRow(account, post.network, post.when, post.kind, title, url, id), keys


def _second(account: Account, publication: ExportedPost) -> tuple[str, str, datetime]:
    return account.id, publication.network, publication.when


def _contents_by_second(posts: Iterable[AttributedPost]) -> Mapping[tuple[str, str, datetime], set[str]]:
    contents: dict[tuple[str, str, datetime], set[str]] = defaultdict(set)
    for account, post in posts:
        contents[_second(account, post)].add(post.content)
    return contents


def _telegram_names(posts: Iterable[AttributedPost], register: KnownRows) -> Mapping[tuple[str, str], str]:
    """The public name of each channel: from accounts.toml (`also = ["@name"]`), else from the register's own links.

    Links count when at least one has the number and the day of a message, none another day, and one name remains.
    """
    days: dict[tuple[str, str], tuple[Account, dict[int, datetime]]] = {}
    for account, post in posts:
        if post.network == "telegram":
            channel_days = days.setdefault((account.id, post.channel), (account, {}))[1]
            channel_days.update(dict.fromkeys(post.numbers, post.when))
    names = {}
    for key, (account, moments) in days.items():
        public_names = {
            match[1]
            for name in account.also
            if (match := re.fullmatch(r"(?:@|(?:https?://)?t\.me/)(\w{4,32})/?", name))
        }
        if name := _single(public_names) if public_names else _single(register.channels_of(account.id, moments)):
            names[key] = name
    return names


def _single(names: set[str]) -> str:
    return next(iter(names)) if len(names) == 1 else ""
