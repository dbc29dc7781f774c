"""What of an export the register has already, and what is new: nothing is counted twice, nothing lost."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from hromada.domain.account import Account, PostKind, canonical_link
from hromada.domain.alphabet import same_name
from hromada.domain.calendar import KYIV
from hromada.domain.entry import Entry, Place
from hromada.domain.post_link import facebook_number, telegram_message
from hromada.importing.social.attribution import Owned
from hromada.importing.social.publication import Publication
from hromada.importing.social.titles import SHORTEST, title_of

_MADE = re.compile(r"[a-z]+:[a-z0-9-]+@\d+(?:-[0-9a-f]{8})?")  # an id of ours, by account and second


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row to be written; `id` begins with its network, so that Excel takes it for no number and rounds nothing."""

    account: Account
    network: str
    when: datetime
    kind: PostKind
    title: str
    url: str
    id: str


@dataclass(frozen=True, slots=True)
class Merged:
    """New rows in date order; how many publications the register has, how many the export itself repeats.

    `doubtful` are new rows beside which a row of the register stands that may be the same publication.
    """

    new: tuple[NewRow, ...]
    present: int
    repeated: int
    doubtful: tuple[tuple[NewRow, Entry], ...] = ()


def merge(owned: Iterable[Owned], existing: Iterable[Entry]) -> Merged:
    """Compare by the network's own id and by canonical link; where either side has neither, by time and title.

    Rows that are surely the publication are matched first, so a second run of the same export finds everything, in
    whatever order it comes.
    """
    register = _Register(existing)
    rows: list[NewRow] = []
    keys_seen: set[str] = set()
    repeated = present = 0
    for row, keys in _rows(owned, register):
        if keys & keys_seen:
            repeated += 1
        elif register.has(row, keys):
            present += 1
        else:
            rows.append(row)
        keys_seen |= keys
    new: list[NewRow] = []
    doubtful: list[tuple[NewRow, Entry]] = []
    named, others = (sorted((row for row in rows if _is_named(row) is wanted), key=_order) for wanted in (True, False))
    for row in named:
        if register.resembles(row):
            present += 1
        else:
            new.append(row)
            doubtful += [(row, entry)] if (entry := register.suspect(row)) else []
    fresh = _Register(map(_entry, new))
    for row in others:
        if register.resembles(row):
            present += 1
        elif fresh.resembles(row):
            repeated += 1
        else:
            new.append(row)
            doubtful += [(row, entry)] if (entry := register.suspect(row)) else []
    return Merged(tuple(sorted(new, key=_order)), present, repeated, tuple(doubtful))


def _entry(row: NewRow) -> Entry:
    traits = {"account": row.account.id, "network": row.network}
    return Entry(
        "register:social", "registers/social", row.when, row.title, row.url, Place(""), traits=traits, id=row.id
    )


def _order(row: NewRow) -> tuple[datetime, str, str]:
    return row.when, row.title, row.id


def _rows(owned: Iterable[Owned], register: _Register) -> Iterable[tuple[NewRow, set[str]]]:
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
            id = _made_id(account, one, len(seconds[_second(account, one)]) > 1)
        keys = keys_of(one.network, url, id)
        for number in one.numbers:
            keys |= keys_of(one.network, "", f"telegram:{one.channel}/{number}")
            if url:
                keys |= keys_of(one.network, f"{url.rsplit('/', 1)[0]}/{number}", "")
        title = title_of(one.text, one.kind)
        yield NewRow(account, one.network, one.when, one.kind, title, url, id), keys


def keys_of(network: str, url: str, id: str) -> set[str]:
    """The keys of a publication: equal ones are one publication. Ids as `page_post` and `facebook:post` are the same."""
    keys = set()
    if id:
        keys.add(f"{network}:id:{_plain_id(network, id)}")
    if link := canonical_link(url):
        keys.add(f"{network}:link:{link}")
    if number := facebook_number(url):
        keys.add(f"facebook:id:{number}")
    return keys


def _plain_id(network: str, id: str) -> str:
    """Meta's API writes a post as page_post on Facebook and as post_account on Instagram."""
    plain = id.strip().removeprefix(f"{network}:")
    if found := re.fullmatch(r"(\d+)_(\d+)", plain, re.ASCII):
        return found[2] if network == "facebook" else found[1]
    return plain


def _second(account: Account, one: Publication) -> tuple[str, str, datetime]:
    return account.id, one.network, one.when


def _contents_by_second(owned: Iterable[Owned]) -> Mapping[tuple[str, str, datetime], set[str]]:
    found: dict[tuple[str, str, datetime], set[str]] = defaultdict(set)
    for account, one in owned:
        found[_second(account, one)].add(one.content)
    return found


def _made_id(account: Account, one: Publication, is_shared: bool) -> str:
    """An id for a publication that the export gives none: its account and second; and its words, where two share one.

    The second stays when the text is edited, so an edited post is not counted anew.
    """
    seconds = int(one.when.replace(tzinfo=KYIV).timestamp())
    digest = hashlib.sha256(one.content.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{one.network}:{account.id}@{seconds}" + (f"-{digest}" if is_shared else "")


def _telegram_names(owned: Iterable[Owned], register: _Register) -> Mapping[tuple[str, str], str]:
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


class _Register:
    """The register's rows. Each is taken by one publication at most, of those that the network names and of the others.

    The same post may come from Business Suite, which names it, and from «your information», which does not.
    """

    def __init__(self, existing: Iterable[Entry]) -> None:
        self._entries: list[Entry] = []
        self._by_key: dict[str, int] = {}
        self._by_day: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._taken: dict[bool, set[int]] = {True: set(), False: set()}
        for entry in existing:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        for key in keys_of(entry.traits.get("network", ""), entry.url, entry.id):
            self._by_key.setdefault(key, number)
        self._by_day[_day(entry)].append(number)

    def has(self, row: NewRow, keys: set[str]) -> bool:
        """Whether a row is surely this publication."""
        found = next((self._by_key[key] for key in sorted(keys) if key in self._by_key), None)
        if found is not None:
            self._taken[_is_named(row)].add(found)
        return found is not None

    def resembles(self, row: NewRow) -> bool:
        """Whether a free row is the same by time and title, where not both are named by the network."""
        found = next((number for number in self._free(row) if _is_alike(row, self._entries[number])), None)
        if found is not None:
            self._taken[_is_named(row)].add(found)
        return found is not None

    def suspect(self, row: NewRow) -> Entry | None:
        """A free row that may be the same publication: of the same minute, or of the same day with the same title."""
        free = (self._entries[number] for number in self._free(row))
        return next((entry for entry in free if _same_minute(row, entry) or _same_title(row, entry)), None)

    def _free(self, row: NewRow) -> list[int]:
        same_day = self._by_day.get((row.account.id, row.network, str(row.when.date())), [])
        taken = self._taken[_is_named(row)]
        return [number for number in same_day if number not in taken]

    def channels_of(self, account: str, moments: Mapping[int, datetime]) -> set[str]:
        """Names of Telegram channels in the account's links that agree with the days of these messages."""
        agree, differ = set[str](), set[str]()
        for entry in self._entries:
            if (entry.traits.get("account"), entry.traits.get("network")) != (account, "telegram"):
                continue
            if (found := telegram_message(entry.url)) and found[1] in moments:
                (agree if entry.day == moments[found[1]].date() else differ).add(found[0])
        return agree - differ


def _day(entry: Entry) -> tuple[str, str, str]:
    return entry.traits.get("account", ""), entry.traits.get("network", ""), str(entry.day)


def _is_named(row: NewRow) -> bool:
    return _has_name(row.id, row.url)


def _is_alike(row: NewRow, entry: Entry) -> bool:
    if _is_named(row) and _has_name(entry.id, entry.url):
        return False
    if _has_time(entry):
        return _same_minute(row, entry) and _same_title(row, entry)
    return _same_title(row, entry)


def _has_name(id: str, url: str) -> bool:
    """Whether the network's own id or address is known: an id that we made and a `/share/` link, which hides it, are none."""
    link = canonical_link(url)
    return bool(link and not link.startswith("facebook.com/share/")) or bool(id and not _MADE.fullmatch(id))


def _has_time(entry: Entry) -> bool:
    return entry.when is not None and entry.when.time() != time.min


def _same_minute(row: NewRow, entry: Entry) -> bool:
    return _has_time(entry) and entry.when is not None and row.when.replace(second=0) == entry.when.replace(second=0)


def _same_title(row: NewRow, entry: Entry) -> bool:
    """Equal, or one is the other's beginning up to the end of a sentence or the cut: who writes by hand stops elsewhere."""
    if same_name(row.title) == same_name(entry.title):
        return True
    short, long = sorted((row.title, entry.title), key=len)
    begins = same_name(long).startswith(same_name(short.rstrip("…")))
    return len(short) >= SHORTEST and short.endswith((".", "!", "?", "…")) and begins
