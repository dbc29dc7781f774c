"""Index of the register's rows, to find imported publications among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry
from hromada.domain.post_link import publication_keys, telegram_message
from hromada.importing.social.new_rows import NewRow, naming_ways
from hromada.importing.social.titles import MIN_TITLE, is_wordless


class KnownRows:
    """The register's rows; each matches at most one publication that the network names and one that it doesn't.

    The same post may come from Business Suite, which gives its id, and from «your information», which does not.
    """

    def __init__(self, existing: Iterable[Entry]) -> None:
        self._entries: list[Entry] = []
        self._by_key: dict[tuple[str, str], int] = {}  # account and key
        self._account_by_key: dict[str, str] = {}
        self._by_day: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._matched: dict[bool, set[int]] = {True: set(), False: set()}
        for entry in existing:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        index = len(self._entries)
        self._entries.append(entry)
        for key in publication_keys(entry.traits.get("network", ""), entry.url, entry.id):
            account = entry.traits.get("account", "")
            self._by_key.setdefault((account, key), index)
            self._account_by_key.setdefault(key, account)
        self._by_day[_day(entry)].append(index)

    def has(self, row: NewRow, keys: set[str]) -> bool:
        """Whether a row has one of the keys of this publication."""
        indexes = (self._by_key.get((row.account.id, key)) for key in sorted(keys))
        index = next((index for index in indexes if index is not None), None)
        if index is not None:
            self._matched[row.is_named].add(index)
        return index is not None

    def account_with(self, row: NewRow, keys: set[str]) -> str:
        """Another account that has a publication of the same name in its network; empty without one."""
        accounts = (self._account_by_key.get(key, "") for key in sorted(keys))
        return next((account for account in accounts if account not in ("", row.account.id)), "")

    def resembles(self, row: NewRow) -> bool:
        """Whether an unmatched row has the same time and title, where their ids can't be compared."""
        index = next((index for index in self._free(row) if _is_alike(row, self._entries[index])), None)
        if index is not None:
            self._matched[row.is_named].add(index)
        return index is not None

    def suspect(self, row: NewRow) -> Entry | None:
        """An unmatched row that may be the same publication: of the same minute, or of the same day and title."""
        free = (self._entries[index] for index in self._free(row))
        return next((entry for entry in free if _same_minute(row, entry) or _same_title(row, entry)), None)

    def _free(self, row: NewRow) -> list[int]:
        same_day = self._by_day.get((row.account.id, row.network, str(row.when.date())), [])
        taken = self._matched[row.is_named]
        return [index for index in same_day if index not in taken]

    def channels_of(self, account: str, moments: Mapping[int, datetime]) -> set[str]:
        """Names of Telegram channels in the account's links that agree with the days of these messages."""
        agree, differ = set[str](), set[str]()
        for entry in self._entries:
            if (entry.traits.get("account"), entry.traits.get("network")) != (account, "telegram"):
                continue
            if (message := telegram_message(entry.url)) and message[1] in moments:
                (agree if entry.day == moments[message[1]].date() else differ).add(message[0])
        return agree - differ


def _day(entry: Entry) -> tuple[str, str, str]:
    return entry.traits.get("account", ""), entry.traits.get("network", ""), str(entry.day)


def _is_alike(row: NewRow, entry: Entry) -> bool:
    if naming_ways(row.url, row.id) & naming_ways(entry.url, entry.id):
        return False  # comparable and different: equal ids would have matched before
    if _has_time(entry):
        are_wordless = is_wordless(row.title) and is_wordless(entry.title)
        return _same_minute(row, entry) and (are_wordless or _same_title(row, entry))
    return _same_title(row, entry)


def _has_time(entry: Entry) -> bool:
    return entry.when is not None and entry.when.time() != time.min


def _same_minute(row: NewRow, entry: Entry) -> bool:
    return _has_time(entry) and entry.when is not None and row.when.replace(second=0) == entry.when.replace(second=0)


def _same_title(row: NewRow, entry: Entry) -> bool:
    """Equal, or one begins the other and ends with a sentence or a cut: titles typed by hand have other lengths."""
    if normalize_name(row.title) == normalize_name(entry.title):
        return True
    short, long = sorted((row.title, entry.title), key=len)
    begins = normalize_name(long).startswith(normalize_name(short.rstrip("…")))
    return len(short) >= MIN_TITLE and short.endswith((".", "!", "?", "…")) and begins
