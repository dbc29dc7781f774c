"""Finds duplicates in registers: publications listed twice, and copied tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import attrgetter

from hromada.domain.alphabet import normalize_name, normalize_names
from hromada.domain.entry import Entry, SourceLocation, Visibility
from hromada.domain.post_link import canonical_link, publication_keys
from hromada.domain.problem import Problem, warning

_MIN_ROWS_OF_COPY = 3  # fewer rows may be equal by chance
# Suffixes and prefixes of copies' names.
_COPY = re.compile(r"(?:[ _–-]*(?:\(\d+\)|копія|копия|copy))+(?: \d+)?$|^(?:копія|копия|copy of|copy) +", re.IGNORECASE)


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


@dataclass(slots=True)
class _SharedName:
    """The entries that share a key: the first of each account, and the first publication on an account of ours."""

    accounts: dict[str, Entry] = field(default_factory=dict)
    published: Entry | None = None


@dataclass(slots=True)
class _NameIndex:
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
