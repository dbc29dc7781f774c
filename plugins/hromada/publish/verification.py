"""Verifies a built folder before it is published; what is known of files by their digests is remembered in `.cache`.

Files are parsed when their bytes are new. Whether a target or an anchor exists depends on other files, so it is decided
each time, from the remembered facts. Phrases of unpublished texts are searched in new files, and new phrases in all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from hromada.console.messages import ProgressCallback, no_progress
from hromada.domain.file_names import printable_name
from hromada.domain.numerals import NOUNS
from hromada.domain.refusal import REASONS, Refusal
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.workers import NO_STEPS, parallel_map, worker_count
from hromada.verification.facts import BROKEN_REFERENCE, LEAKED_DATA, FileFacts, FileFault
from hromada.verification.phrases import PhraseSearch
from hromada.verification.site_address import SiteAddress
from hromada.verification.site_faults import SiteFault, grouped, missing_targets, reference_fault

STORE = "verified.sqlite"
_KIND, _NAME = "verified", "site"
_SHOWN = 20  # faults; a fault of the menu is one, on however many pages it is
_COMMON_SHARE = 2  # targets on more than a half of the pages are kept once


class StoredFacts(NamedTuple):
    """The facts of a file of these bytes; `has_common`: its targets are these and all of the common ones."""

    digest: str
    facts: FileFacts
    has_common: bool = False


class VerifiedSite(NamedTuple):
    """What is remembered: facts of files that say something by name, digests of the others, the phrases searched for."""

    context: str = ""
    common: tuple[str, ...] = ()
    files: dict[str, StoredFacts] = {}  # noqa: RUF012  # never changed
    silent: dict[str, str] = {}  # noqa: RUF012
    phrases: tuple[str, ...] = ()


_SITE = CacheCodec(VerifiedSite)
_NOTHING = FileFacts()


class Leak(NamedTuple):
    """What must not be on the site: a phrase or a mailbox, in a file of the site."""

    text: str
    file: str


@dataclass(frozen=True, slots=True)
class VerificationRules:
    """What the site is verified against beside itself.

    `paths` are folders of this machine, `sources` the content's files by output file. `phrases` of unpublished texts
    lead to the text's path. `stored` are the pictures that the store has. `allowed` returns those of the leaks found
    that some published source has, too.
    """

    site: SiteAddress
    paths: tuple[str, ...] = ()
    sources: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    own_pages: Mapping[str, Collection[str]] = field(default_factory=dict)  # where a hidden text's phrases may stand
    stored: Collection[str] = ()
    editors: Callable[[], Collection[str]] = tuple  # their mailboxes
    allowed: Callable[[Collection[Leak]], Collection[Leak]] = lambda _leaks: ()


def verify(
    folder: Path, digests: Mapping[str, str], rules: VerificationRules, cache: Path, version: str, jobs: int = 1,
    on_progress: ProgressCallback = no_progress, meanwhile: Iterator[object] = NO_STEPS,
) -> tuple[Refusal, ...]:  # fmt: skip
    """The reasons not to publish the folder, whose files have these digests; `version` is the program's.

    The steps of `meanwhile` are taken while other processes read files.
    """
    context = digest_of(repr((rules.site, rules.paths)).encode())
    store = Store(cache / STORE, version)
    try:
        before = _SITE.decode(store.get(_KIND, _NAME)) or VerifiedSite()
        if before.context != context:
            before = VerifiedSite(context)
        new = [name for name, digest in digests.items() if not _is_known(before, name, digest)]
        searched = set(before.phrases) & rules.phrases.keys()
        facts, leaks = _read(folder, digests, new, rules, searched, jobs, on_progress, meanwhile)
        site = _merged(before, digests, facts)
        faults = _faults(site, digests, rules)
        forbidden = [leak for leak in (*leaks, *_mailboxes(site, rules)) if leak.file not in _own_pages(leak, rules)]
        forbidden = _without(forbidden, rules.allowed(forbidden) if forbidden else ())
        faults += [(leak.file, _leak_fault(leak, rules)) for leak in forbidden]
        remembered = site._replace(phrases=() if forbidden else tuple(rules.phrases))
        if remembered != before:
            store.put({(_KIND, _NAME): _SITE.encode(remembered)})
    finally:
        store.close()
    return _refusals(faults, rules.sources)


def _is_known(before: VerifiedSite, name: str, digest: str) -> bool:
    known = before.files.get(name)
    return known.digest == digest if known else before.silent.get(name) == digest


def _read(
    folder: Path, digests: Mapping[str, str], new: Sequence[str], rules: VerificationRules, searched: Collection[str],
    jobs: int, on_progress: ProgressCallback, meanwhile: Iterator[object],
) -> tuple[dict[str, FileFacts], list[Leak]]:  # fmt: skip
    """The facts of new files, and where phrases stand: all of them in new files, those not searched for in all files."""
    unsearched = [phrase for phrase in rules.phrases if phrase not in searched]
    if not new and not unsearched:
        return {}, []
    from hromada.verification.site_file import is_text, read_site_file

    is_new = set(new)
    everywhere, in_new = PhraseSearch(unsearched), PhraseSearch(rules.phrases)
    tasks = [name for name in digests if name in is_new or (everywhere and is_text(name))]

    def read(name: str) -> tuple[str, FileFacts | None, list[str]]:
        raw = RegularFile(str(folder), name).read()
        search = in_new if name in is_new else everywhere
        phrases = search.found_in(raw.decode("utf-8", "replace")) if search and is_text(name) else []
        return name, read_site_file(name, raw, rules.site, rules.paths) if name in is_new else None, phrases

    facts, leaks = dict[str, FileFacts](), list[Leak]()
    results = parallel_map(tasks, read, worker_count(jobs), named=str, meanwhile=meanwhile)
    for count, (name, found, phrases) in enumerate(results, 1):
        if found is not None:
            facts[name] = found
        leaks += [Leak(phrase, name) for phrase in phrases]
        on_progress("Перевіряю сторінки", count, len(tasks))
    return facts, leaks


def _merged(before: VerifiedSite, digests: Mapping[str, str], facts: Mapping[str, FileFacts]) -> VerifiedSite:
    """The facts of all files now: of the new ones, and of the others as they were."""
    if not facts and len(before.files) + len(before.silent) == len(digests):
        return before
    is_same_menu = bool(before.common) and _COMMON_SHARE * len(facts) < len(digests)
    common = before.common if is_same_menu else _common([found for found in facts.values() if found.ids])
    shared, files, silent = frozenset(common), dict[str, StoredFacts](), dict[str, str]()
    for name, digest in digests.items():
        stored = before.files.get(name)
        if name not in facts:
            if stored is None:
                silent[name] = digest
                continue
            if is_same_menu:
                files[name] = stored
                continue
            found = _whole(stored, before.common)
        else:
            found = facts[name]
        if found == _NOTHING:
            silent[name] = digest
        elif shared and shared.issubset(found.targets):
            own = tuple(target for target in found.targets if target not in shared)
            files[name] = StoredFacts(digest, found._replace(targets=own), True)
        else:
            files[name] = StoredFacts(digest, found)
    return before._replace(common=common, files=files, silent=silent)


def _whole(stored: StoredFacts, common: Sequence[str]) -> FileFacts:
    return stored.facts._replace(targets=(*stored.facts.targets, *common)) if stored.has_common else stored.facts


def _common(pages: Sequence[FileFacts]) -> tuple[str, ...]:
    """The targets of more than a half of the pages."""
    counts: dict[str, int] = {}
    for page in pages:
        for target in page.targets:
            counts[target] = counts.get(target, 0) + 1
    return tuple(sorted(target for target, count in counts.items() if count * _COMMON_SHARE > len(pages)))


def _faults(site: VerifiedSite, digests: Mapping[str, str], rules: VerificationRules) -> list[tuple[str, FileFault]]:
    """Every file's own faults, and its references that lead nowhere."""
    facts = {name: stored.facts for name, stored in site.files.items()}
    targets = set(site.common).union(*(found.targets for found in facts.values()))
    faults = [(name, fault) for name, found in facts.items() for fault in found.faults]
    if missing := missing_targets(targets, digests.keys(), facts):
        reasons = {target: reference_fault(target, digests.keys(), rules.site) for target in missing}
        common = missing.intersection(site.common)
        for name, stored in site.files.items():
            broken = missing.intersection(stored.facts.targets)
            faults += [(name, reasons[target]) for target in (broken | common if stored.has_common else broken)]
    for name, found in facts.items():
        faults += [
            (name, FileFault(BROKEN_REFERENCE, f"у сховищі немає світлини {rules.site.store}/{picture}"))
            for picture in found.stored
            if picture not in rules.stored
        ]
    return faults


def _mailboxes(site: VerifiedSite, rules: VerificationRules) -> list[Leak]:
    """Where a mailbox of an editor stands."""
    named = {mailbox for stored in site.files.values() for mailbox in stored.facts.mailboxes}
    if not named:
        return []
    editors = {mailbox.casefold() for mailbox in rules.editors()}
    if not (leaked := {mailbox for mailbox in named if mailbox.casefold() in editors}):
        return []
    return [
        Leak(mailbox, name)
        for name, stored in site.files.items()
        for mailbox in stored.facts.mailboxes
        if mailbox in leaked
    ]


def _own_pages(leak: Leak, rules: VerificationRules) -> Collection[str]:
    return rules.own_pages.get(rules.phrases.get(leak.text, ""), ())


def _without(leaks: Iterable[Leak], allowed: Collection[Leak]) -> list[Leak]:
    return [leak for leak in leaks if leak not in allowed]


def _leak_fault(leak: Leak, rules: VerificationRules) -> FileFault:
    if leak.text in rules.phrases:
        return FileFault(LEAKED_DATA, f"слова неопублікованого матеріалу {rules.phrases[leak.text]}: «{leak.text}»")
    return FileFault(LEAKED_DATA, f"адреса пошти редактора {leak.text}")


def _plainly(group: SiteFault, sources: Mapping[str, str]) -> str:
    """The window's words: what the code says, and the material that the page is made of; empty where it is made of none."""
    named = [sources[file] for file in group.files if file in sources]
    return f"{REASONS[group.fault.code].words} Ідеться про матеріал {printable_name(named[0])}." if named else ""


def _refusals(faults: Iterable[tuple[str, FileFault]], sources: Mapping[str, str]) -> tuple[Refusal, ...]:
    """Each fault once; of many the first ones and how many more there are."""
    groups = grouped(faults)
    refusals = [
        Refusal(group.fault.code, group.message(sources), _plainly(group, sources)) for group in groups[:_SHOWN]
    ]
    if rest := groups[_SHOWN:]:
        more = f"і ще {NOUNS['помилка'].counted(len(rest))} у побудованому сайті"
        refusals.append(Refusal(rest[0].fault.code, more))
    return tuple(refusals)
