"""What a clone remembers of the files that it verified, in `.cache`: a summary of the site, and the facts of each file.

The summary is read each time; the facts of a file only when they are asked for, so a publication after an edit need not
read those of 15,000 pages. All are written in one transaction. Where facts of a file are lost or damaged, or belong to
another summary, the caller is told and verifies everything anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.regular_files import digest_of
from hromada.verification.facts import FileFacts

STORE = "verified.sqlite"
_SUMMARY = ("summary", "site")
_KIND = "facts"
_COMMON_SHARE = 2  # targets on more than a half of the pages are kept once
_NOTHING = FileFacts()


class SiteSummary(NamedTuple):
    """The digests of the files that have facts and of those that have none, and what was found in all of them.

    `mailboxes` and `pictures` (of the store) may have some that have gone from the site: then the facts of all files
    are looked at for nothing. `phrases` were searched for in every text. `is_sound`: no file has a fault, and what they
    refer to is there.
    """

    context: str = ""
    common: tuple[str, ...] = ()  # targets
    with_facts: dict[str, str] = {}  # noqa: RUF012  # never changed
    without_facts: dict[str, str] = {}  # noqa: RUF012
    phrases: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    is_sound: bool = False

    def digest_of(self, name: str) -> str | None:
        return self.with_facts.get(name) or self.without_facts.get(name)

    def names(self) -> Iterator[str]:
        yield from self.with_facts
        yield from self.without_facts


class _FactsRow(NamedTuple):
    """The facts of a file of these bytes; with a digest of the common targets, these are its targets, too."""

    digest: str
    facts: FileFacts
    common: str = ""


_SITE, _FACTS = CacheCodec(SiteSummary), CacheCodec(_FactsRow)


class VerifiedFiles:
    """The memory of one clone; `version` is the program's, `context` what facts depend on beside the file's bytes."""

    def __init__(self, cache: Path, version: str, context: str) -> None:
        self._store = Store(cache / STORE, version)
        self._left_over: Collection[str] = ()  # files whose rows no summary names any more
        site = _SITE.decode(self._store.get(*_SUMMARY))
        self.site = site or SiteSummary(context)
        if self.site.context != context:
            self.site = SiteSummary(context)
            self.forget()

    def close(self) -> None:
        self._store.close()

    def facts(self, name: str) -> FileFacts | None:
        """The facts of a file as it was verified; None if they are lost, or if there was no such file."""
        if name in self.site.without_facts:
            return _NOTHING
        return self._read(name, self._store.get(_KIND, name), _digest_of_targets(self.site.common))

    def all_facts(self) -> dict[str, FileFacts] | None:
        """The facts of all files that have any; None if some are lost."""
        rows, common = self._store.all(_KIND), _digest_of_targets(self.site.common)
        facts = {name: found for name in self.site.with_facts if (found := self._read(name, rows.get(name), common))}
        return facts if len(facts) == len(self.site.with_facts) else None

    def forget(self) -> None:
        """Start from nothing."""
        self._left_over = self._store.all(_KIND).keys()
        self.site = SiteSummary(self.site.context)

    def keep(self, site: SiteSummary, new: Mapping[str, FileFacts], whole: Mapping[str, FileFacts] | None) -> None:
        """Remember a site: facts of new files, and those of all where they are known.

        When most are new, the common targets are chosen anew, and so all rows are written.
        """
        rows = new
        if whole is not None and len(new) * _COMMON_SHARE >= len(site.with_facts):
            rows, site = whole, site._replace(common=_common_targets(whole))
        common, digest = frozenset(site.common), _digest_of_targets(site.common)
        blobs = {
            (_KIND, name): _FACTS.encode(_row(site.with_facts[name], found, common, digest))
            for name, found in rows.items()
            if name in site.with_facts
        }
        gone = {*self.site.with_facts, *self._left_over} - site.with_facts.keys()
        self._store.put(blobs | {_SUMMARY: _SITE.encode(site)}, [(_KIND, name) for name in gone])
        self.site, self._left_over = site, ()

    def _read(self, name: str, entry: bytes | None, common: str) -> FileFacts | None:
        row = _FACTS.decode(entry)
        if row is None or row.digest != self.site.with_facts.get(name) or row.common not in ("", common):
            return None
        return row.facts._replace(targets=(*row.facts.targets, *self.site.common)) if row.common else row.facts


def _digest_of_targets(targets: Collection[str]) -> str:
    """What ties a row to the common targets that it leaves out."""
    return digest_of("\0".join(targets).encode("utf-8", "surrogateescape"))[:16]


def _row(digest: str, facts: FileFacts, common: frozenset[str], digest_of_common: str) -> _FactsRow:
    if not common or not common.issubset(facts.targets):
        return _FactsRow(digest, facts)
    own = tuple(target for target in facts.targets if target not in common)
    return _FactsRow(digest, facts._replace(targets=own), digest_of_common)


def _common_targets(facts: Mapping[str, FileFacts]) -> tuple[str, ...]:
    """The targets of more than a half of the pages."""
    pages = [found for found in facts.values() if found.ids]
    counts: dict[str, int] = {}
    for page in pages:
        for target in page.targets:
            counts[target] = counts.get(target, 0) + 1
    return tuple(sorted(target for target, count in counts.items() if count * _COMMON_SHARE > len(pages)))
