"""Verifies a built folder before it is published; what is known of files by their digests is remembered in `.cache`.

Files are parsed when their bytes are new. Whether a target or an anchor exists depends on other files: after a change
that removed no file and no anchor, only the changed files can have broken references; after any other it is decided from
the remembered facts of all files. Phrases of unpublished texts are searched in new files, and new phrases in all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from hromada.console.messages import ProgressCallback, no_progress
from hromada.domain.file_names import printable_name
from hromada.domain.numerals import NOUNS
from hromada.domain.refusal import REASONS, Refusal
from hromada.publish.verified_files import SiteSummary, VerifiedFiles
from hromada.system.regular_files import RegularFile, digest_of
from hromada.system.workers import NO_STEPS, parallel_map, worker_count
from hromada.verification.facts import BROKEN_REFERENCE, LEAKED_DATA, FileFacts, FileFault
from hromada.verification.phrases import PhraseSearch
from hromada.verification.site_address import SiteAddress
from hromada.verification.site_faults import SiteFault, grouped, missing_targets, reference_fault

_SHOWN = 20  # faults; a fault of the menu is one, on however many pages it is
# Changed files whose former facts are asked for one by one: of more it is faster to read those of all files.
_MOST_CHANGED = 1_000


class Leak(NamedTuple):
    """What must not be on the site: a phrase or a mailbox, in a file of the site."""

    text: str
    file: str


class VerificationRules(Struct, frozen=True):
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

    @property
    def context(self) -> str:
        """A digest of what the facts of a file depend on beside its bytes and name."""
        return digest_of(repr((self.site, self.paths)).encode())


def verify(
    folder: Path, digests: Mapping[str, str], rules: VerificationRules, cache_folder: Path, version: str, jobs: int = 1,
    on_progress: ProgressCallback = no_progress, meanwhile: Iterator[object] = NO_STEPS,
) -> tuple[Refusal, ...]:  # fmt: skip
    """The reasons not to publish the folder, whose files have these digests; `version` is the program's.

    The steps of `meanwhile` are taken while other processes read files, or between a few files read here.
    """
    files = VerifiedFiles(cache_folder, version, rules.context)
    try:
        faults = _verified(files, folder, digests, rules, jobs, on_progress, meanwhile)
        if faults is None:
            files.forget()
            faults = _verified(files, folder, digests, rules, jobs, on_progress, meanwhile)
    finally:
        files.close()
    assert faults is not None, "an empty summary names no facts that could be lost"
    return _refusals(faults, rules.sources)


def _verified(
    files: VerifiedFiles, folder: Path, digests: Mapping[str, str], rules: VerificationRules,
    jobs: int, on_progress: ProgressCallback, meanwhile: Iterator[object],
) -> list[tuple[str, FileFault]] | None:  # fmt: skip
    """The faults of the folder, which is remembered; None if facts that are needed have been lost."""
    before = files.site
    new = [name for name, digest in digests.items() if before.digest_of(name) != digest]
    searched = set(before.phrases) & rules.phrases.keys()
    facts, leaks = _read(folder, digests, new, rules, searched, jobs, on_progress, meanwhile)
    mailboxes = {*before.mailboxes, *(box for found in facts.values() for box in found.mailboxes)}
    pictures = {*before.pictures, *(picture for found in facts.values() for picture in found.stored)}
    leaked = _of_editors(mailboxes, rules)
    faults: list[tuple[str, FileFault]] = []
    whole: dict[str, FileFacts] | None = None
    if leaked or not pictures.issubset(rules.stored) or not _stays_sound(files, digests, facts):
        known = files.all_facts()
        if known is None:
            return None
        whole = {name: found for name in digests if (found := facts.get(name) or known.get(name))}
        mailboxes = {box for found in whole.values() for box in found.mailboxes}
        pictures = {picture for found in whole.values() for picture in found.stored}
        faults = _faults(whole, digests, rules)
        leaks += [Leak(box, name) for name, found in whole.items() for box in found.mailboxes if box in leaked]
    is_sound = not faults
    leaks = [leak for leak in leaks if leak.file not in _own_pages(leak, rules)]
    leaks = _without(leaks, rules.allowed(leaks) if leaks else ())
    site = _summary(before, digests, facts)._replace(
        phrases=() if leaks else tuple(rules.phrases),
        mailboxes=tuple(sorted(mailboxes)), pictures=tuple(sorted(pictures)), is_sound=is_sound,
    )  # fmt: skip
    if site != before:
        files.keep(site, facts, whole)
    return faults + [(leak.file, _leak_fault(leak, rules)) for leak in leaks]


def _stays_sound(files: VerifiedFiles, digests: Mapping[str, str], facts: Mapping[str, FileFacts]) -> bool:
    """Whether a sound site is sound after a change, as far as the changed files alone can tell.

    It does if they have no faults, what they refer to is there, and no file or anchor has gone that others may refer to.
    """
    before = files.site
    if not before.is_sound or len(facts) > _MOST_CHANGED or any(found.faults for found in facts.values()):
        return False
    if any(name not in digests for name in before.names()):
        return False
    for name, found in facts.items():
        if before.digest_of(name) and not ((old := files.facts(name)) and set(old.ids) <= set(found.ids)):
            return False
    targets = {target for found in facts.values() for target in found.targets}

    @cache
    def anchors_of(name: str) -> Collection[str]:
        found = facts.get(name) or files.facts(name)
        return frozenset(found.ids) if found else ()

    return not missing_targets(targets, digests.keys(), anchors_of)


def _summary(before: SiteSummary, digests: Mapping[str, str], facts: Mapping[str, FileFacts]) -> SiteSummary:
    """The digests of the files as they are now."""
    have_facts = {name: found != FileFacts() for name, found in facts.items()}
    with_facts = {name: digest for name, digest in digests.items() if have_facts.get(name, name in before.with_facts)}
    without = {name: digest for name, digest in digests.items() if name not in with_facts}
    return before._replace(with_facts=with_facts, without_facts=without)


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


def _faults(
    facts: Mapping[str, FileFacts], digests: Mapping[str, str], rules: VerificationRules
) -> list[tuple[str, FileFault]]:
    """Every file's own faults, and its references that lead nowhere."""
    faults = [(name, fault) for name, found in facts.items() for fault in found.faults]
    targets = set[str]().union(*(found.targets for found in facts.values()))
    if missing := missing_targets(targets, digests.keys(), lambda name: facts.get(name, FileFacts()).ids):
        reasons = {target: reference_fault(target, digests.keys(), rules.site) for target in missing}
        for name, found in facts.items():
            faults += [(name, reasons[target]) for target in missing.intersection(found.targets)]
    for name, found in facts.items():
        faults += [
            (name, FileFault(BROKEN_REFERENCE, f"у сховищі немає світлини {rules.site.store}/{picture}"))
            for picture in found.stored
            if picture not in rules.stored
        ]
    return faults


def _of_editors(mailboxes: Collection[str], rules: VerificationRules) -> set[str]:
    """The mailboxes that are an editor's."""
    editors = {mailbox.casefold() for mailbox in rules.editors()} if mailboxes else set()
    return {mailbox for mailbox in mailboxes if mailbox.casefold() in editors}


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
