"""The register's rows as an import looks for its publications among them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time

from hromada.domain.alphabet import normalize_name
from hromada.domain.entry import Entry
from hromada.domain.post_link import publication_keys, telegram_message
from hromada.importing.social.post_identity import NewRow, names_of
from hromada.importing.social.titles import SHORTEST, is_wordless


class KnownRows:
    """The register's rows. Each is taken by one publication at most, of those that the network names and of the others.

    The same post may come from Business Suite, which names it, and from «your information», which does not.
    """

    def __init__(self, existing: Iterable[Entry]) -> None:
        self._entries: list[Entry] = []
        self._by_key: dict[tuple[str, str], int] = {}  # account and key
        self._account_by_key: dict[str, str] = {}
        self._by_day: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        self._taken: dict[bool, set[int]] = {True: set(), False: set()}
        for entry in existing:
            self.add(entry)

    def add(self, entry: Entry) -> None:
        number = len(self._entries)
        self._entries.append(entry)
        for key in publication_keys(entry.traits.get("network", ""), entry.url, entry.id):
            account = entry.traits.get("account", "")
            self._by_key.setdefault((account, key), number)
            self._account_by_key.setdefault(key, account)
        self._by_day[_day(entry)].append(number)

    def has(self, row: NewRow, keys: set[str]) -> bool:
        """Whether a row is surely this publication."""
        numbers = (self._by_key.get((row.account.id, key)) for key in sorted(keys))
        found = next((number for number in numbers if number is not None), None)
        if found is not None:
            self._taken[row.is_named].add(found)
        return found is not None

    def account_with(self, row: NewRow, keys: set[str]) -> str:
        """Another account that has a publication of the same name in its network; empty without one."""
        accounts = (self._account_by_key.get(key, "") for key in sorted(keys))
        return next((account for account in accounts if account not in ("", row.account.id)), "")

    def resembles(self, row: NewRow) -> bool:
        """Whether a free row is the same by time and title, where their names can't be compared."""
        found = next((number for number in self._free(row) if _is_alike(row, self._entries[number])), None)
        if found is not None:
            self._taken[row.is_named].add(found)
        return found is not None

    def suspect(self, row: NewRow) -> Entry | None:
        """A free row that may be the same publication: of the same minute, or of the same day with the same title."""
        free = (self._entries[number] for number in self._free(row))
        return next((entry for entry in free if _same_minute(row, entry) or _same_title(row, entry)), None)

    def _free(self, row: NewRow) -> list[int]:
        same_day = self._by_day.get((row.account.id, row.network, str(row.when.date())), [])
        taken = self._taken[row.is_named]
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


def _is_alike(row: NewRow, entry: Entry) -> bool:
    if names_of(row.url, row.id) & names_of(entry.url, entry.id):
        return False  # comparable, and not the same: else it would have been found by its name
    if _has_time(entry):
        are_wordless = is_wordless(row.title) and is_wordless(entry.title)
        return _same_minute(row, entry) and (are_wordless or _same_title(row, entry))
    return _same_title(row, entry)


def _has_time(entry: Entry) -> bool:
    return entry.when is not None and entry.when.time() != time.min


def _same_minute(row: NewRow, entry: Entry) -> bool:
    return _has_time(entry) and entry.when is not None and row.when.replace(second=0) == entry.when.replace(second=0)


def _same_title(row: NewRow, entry: Entry) -> bool:
    """Equal, or one is the other's beginning up to the end of a sentence or the cut: who writes by hand stops elsewhere."""
    if normalize_name(row.title) == normalize_name(entry.title):
        return True
    short, long = sorted((row.title, entry.title), key=len)
    begins = normalize_name(long).startswith(normalize_name(short.rstrip("…")))
    return len(short) >= SHORTEST and short.endswith((".", "!", "?", "…")) and begins
