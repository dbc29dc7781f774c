"""What a clone remembers of the files that it verified, in `.cache`: a summary of the site, and the facts of each file.

The summary is read each time; the facts of a file only when they are asked for, so a publication after an edit need not
read those of 15,000 pages. All are written in one transaction. A file's facts that are lost or damaged make the summary
worthless: then everything is verified anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.verification.facts import FileFacts

STORE = "verified.sqlite"
_SUMMARY = ("summary", "site")
_KIND = "facts"
_COMMON_SHARE = 2  # targets on more than a half of the pages are kept once
_NOTHING = FileFacts()


class SiteSummary(NamedTuple):
    """The summary: digests of the files that say something and of the others, and what was found in all of them.

    `mailboxes` and `stored` are those that the facts name, perhaps with some that have gone; `phrases` were searched for
    in every text. `is_sound`: no file has a fault, and what they refer to is there.
    """

    context: str = ""
    common: tuple[str, ...] = ()  # targets
    files: dict[str, str] = {}  # noqa: RUF012  # never changed
    silent: dict[str, str] = {}  # noqa: RUF012
    phrases: tuple[str, ...] = ()
    mailboxes: tuple[str, ...] = ()
    stored: tuple[str, ...] = ()
    is_sound: bool = False

    def digest_of(self, name: str) -> str | None:
        return self.files.get(name) or self.silent.get(name)

    def names(self) -> Iterator[str]:
        yield from self.files
        yield from self.silent


class _StoredFacts(NamedTuple):
    """The facts of a file of these bytes; `has_common`: its targets are these and all of the common ones."""

    digest: str
    facts: FileFacts
    has_common: bool = False


_SITE, _FACTS = CacheCodec(SiteSummary), CacheCodec(_StoredFacts)


class VerifiedFiles:
    """The memory of one clone; `version` is the program's, `context` what facts depend on beside the file's bytes."""

    def __init__(self, cache: Path, version: str, context: str) -> None:
        self._store = Store(cache / STORE, version)
        site = _SITE.decode(self._store.get(*_SUMMARY))
        self.site = site if site and site.context == context else SiteSummary(context)

    def close(self) -> None:
        self._store.close()

    def facts(self, name: str) -> FileFacts | None:
        """The facts of a file as it was verified; None if they are lost, or if there was no such file."""
        if name in self.site.silent:
            return _NOTHING
        return self._whole(name, self._store.get(_KIND, name))

    def all_facts(self) -> dict[str, FileFacts] | None:
        """The facts of all files that say something; None if some are lost."""
        entries = self._store.all(_KIND)
        facts = {name: found for name in self.site.files if (found := self._whole(name, entries.get(name)))}
        return facts if len(facts) == len(self.site.files) else None

    def forget(self) -> None:
        """Start from nothing."""
        self.site = SiteSummary(self.site.context)

    def keep(self, site: SiteSummary, facts: Mapping[str, FileFacts]) -> None:
        """Remember a site of which the files in `facts` are new; when most are, what all refer to is chosen anew."""
        if len(facts) * _COMMON_SHARE >= len(site.files):
            facts = {**(self.all_facts() or {}), **facts}
            site = site._replace(common=_common([found for found in facts.values() if found.ids]))
        common = frozenset(site.common)
        blobs = {
            (_KIND, name): _FACTS.encode(_stored(digest, found, common))
            for name, found in facts.items()
            if (digest := site.files.get(name))
        }
        gone = [(_KIND, name) for name in self.site.files.keys() - site.files.keys()]
        self._store.put(blobs | {_SUMMARY: _SITE.encode(site)}, gone)
        self.site = site

    def _whole(self, name: str, entry: bytes | None) -> FileFacts | None:
        stored = _FACTS.decode(entry)
        if stored is None or stored.digest != self.site.files.get(name):
            return None
        facts = stored.facts
        return facts._replace(targets=(*facts.targets, *self.site.common)) if stored.has_common else facts


def _stored(digest: str, facts: FileFacts, common: frozenset[str]) -> _StoredFacts:
    if not common or not common.issubset(facts.targets):
        return _StoredFacts(digest, facts)
    own = tuple(target for target in facts.targets if target not in common)
    return _StoredFacts(digest, facts._replace(targets=own), True)


def _common(pages: Sequence[FileFacts]) -> tuple[str, ...]:
    """The targets of more than a half of the pages."""
    counts: dict[str, int] = {}
    for page in pages:
        for target in page.targets:
            counts[target] = counts.get(target, 0) + 1
    return tuple(sorted(target for target, count in counts.items() if count * _COMMON_SHARE > len(pages)))
