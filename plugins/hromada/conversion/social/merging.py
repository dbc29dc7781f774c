"""Merges an export with the register: which publications it has already, which rows are new, none twice, none lost.

One file for an account, a network and a half-year, appended to, never rewritten: it is short enough to be read in Excel,
an import of another page touches another file, and a closed half-year does not change, so git diffs are lines at the end.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, time

from msgspec import Struct

from hromada.conversion.social.attribution import AttributedPost
from hromada.conversion.social.publication import MIN_TITLE, ExportedPost, is_wordless, post_title
from hromada.domain.account import Account, PostKind
from hromada.domain.alphabet import normalize_name
from hromada.domain.calendar import KYIV
from hromada.domain.entry import Entry, SourceLocation
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.post_link import canonical_link, facebook_number, publication_keys, telegram_message
from hromada.domain.table_text import escape_formula

_DERIVED_ID = lazy_compile(r"[a-z]+:[a-z0-9-]+@\d+(?:-[0-9a-f]{8})?")


class NewRow(Struct, frozen=True):
    """A row to be written; `id` begins with its network, so that Excel takes it for no number and rounds nothing."""

    account: Account
    network: str
    when: datetime
    kind: PostKind
    title: str
    url: str
    id: str

    @property
    def is_named(self) -> bool:
        """Whether the network itself names the publication."""
        return bool(naming_ways(self.url, self.id))


def derive_id(account: Account, publication: ExportedPost, is_shared: bool) -> str:
    """An id for a publication without one in the export: its account and second, and a digest of its content where two share a second.

    The second stays when the text is edited, so an edited post is not counted again.
    """
    seconds = int(publication.when.replace(tzinfo=KYIV).timestamp())
    digest = hashlib.sha256(publication.content.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{publication.network}:{account.id}@{seconds}" + (f"-{digest}" if is_shared else "")


def naming_ways(url: str, id: str) -> frozenset[str]:
    """The kinds of ids by which the network names the publication: «number», «pfbid», «link».

    Two publications without a common kind can't be compared by id. An id that we derived and a `/share/` link, which
    hides its post, give none. Facebook's numbers and `pfbid…` names can't be converted into each other.
    """
    link = canonical_link(url)
    ways = set()
    if (id and not _DERIVED_ID.fullmatch(id)) or facebook_number(url):
        ways.add("number")
    if link and not facebook_number(url) and not link.startswith("facebook.com/share/"):
        ways.add("pfbid" if "pfbid" in link else "link")
    return frozenset(ways)


FOLDER = "content/registers/social"
_HEADER = ("Дата", "Сторінка", "Мережа", "Вид", "Назва", "Посилання", "Ідентифікатор")
_BOM = b"\xef\xbb\xbf"  # without it Excel takes UTF-8 for Windows-1251


def group_by_file(rows: Iterable[NewRow]) -> dict[str, list[NewRow]]:
    """Rows by the file they belong to (`content/…`), in date order."""
    files: dict[str, list[NewRow]] = defaultdict(list)
    for row in rows:
        half = 1 if row.when.month <= 6 else 2
        files[f"{FOLDER}/{row.account.id}-{row.network}-{row.when.year}-h{half}.csv"].append(row)
    return {name: sorted(files[name], key=lambda row: (row.when, row.title, row.id)) for name in sorted(files)}


def append_rows(name: str, rows: Iterable[NewRow], existing: Mapping[str, bytes]) -> tuple[str, bytes]:
    """The name and all bytes of the file with the rows appended; its former bytes stay as they are.

    `existing` are the register's files by name in lower case, since Windows ignores case. A file of that name in
    another form (Excel's Windows-1251, other columns) stays untouched: the rows go to `…-2.csv` beside it.
    """
    stem = name.removesuffix(".csv")
    number = 1
    while (before := existing.get(name)) is not None and not _has_our_header(before):
        number += 1
        name = f"{stem}-{number}.csv"
    if before is None:
        return name, _BOM + _lines([_HEADER, *map(_row_cells, rows)], "\n")
    line_end = "\r\n" if b"\r\n" in before else "\n"
    gap = b"" if before.endswith(b"\n") else line_end.encode()
    return name, before + gap + _lines(map(_row_cells, rows), line_end)


def _has_our_header(raw: bytes) -> bool:
    try:
        first = raw.decode("utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except UnicodeDecodeError:
        return False
    return first == ";".join(_HEADER)


def _lines(rows: Iterable[Iterable[str]], line_end: str) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=line_end).writerows(rows)
    return out.getvalue().encode()


def _row_cells(row: NewRow) -> list[str]:
    cells = (f"{row.when:%Y-%m-%d %H:%M:%S}", row.account.name, row.network, row.kind.value, row.title, row.url, row.id)
    return [escape_formula(" ".join(cell.split())) for cell in cells]


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


class MergeResult(Struct, frozen=True):
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
        if post.network == "telegram" and post.numbers and (name := links.get((account.id, post.channel))):
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
