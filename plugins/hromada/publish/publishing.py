"""`make publish`: pushes the editor's branch first, so that no item is lost, then the site, completely or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field

from hromada.domain.refusal import TRY_AGAIN, Refusal
from hromada.online.foreign_changes import ForeignChanges, ForeignFiles, encode_name, sort_foreign_files
from hromada.online.publication_guard import short_summary
from hromada.online.site_changes import SiteChanges
from hromada.online.site_location import LocationChoice, RequestedLocation, choose_location
from hromada.publish.commit_coordinates import CommitScanner, online_lines, refuse_coordinates
from hromada.publish.freshness import Freshness
from hromada.publish.host_publishing import HostTarget
from hromada.publish.hosts.host import VerifiedSite, site_of_folder
from hromada.publish.moved_addresses import with_rows
from hromada.publish.online_diff import compare_with_online, refusals_of, theme_note
from hromada.publish.pages_branch import files_digest, inspect_pages, same_tree, sweep
from hromada.publish.publication_lock import publication_lock
from hromada.publish.publication_memory import OnlinePublication, PublicationMemory, state_of
from hromada.publish.remote_push import push_branch, push_pages, update_local_branch
from hromada.publish.repository import (
    DIGEST_TRAILER,
    KEPT_TRAILER,
    PAGES_BRANCH,
    STAYS,
    TRAILER,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
    refuse_all,
    refuse_behind,
    refuse_older,
    refuse_unconfirmed,
    side_branch_notes,
)
from hromada.publish.site_import import BegunImport, ImportFailed
from hromada.publish.site_tree import PublicBuild, SiteFiles, read_site
from hromada.publish.withdrawals import returning_texts, withdrawn_refusals
from hromada.publish.working_tree import refuse_uncommitted
from hromada.system.background import BackgroundCall
from hromada.system.git import Git, GitFailed

_ROLLED_BACK = (
    "Сайт повернено до ранішої публікації (make rollback), тож сам він не оновлюється. Щоб знову публікувати нове: make publish"
    " у сховищі або запуск цієї дії вручну з RESUME=1."
)
_NOTHING_DUE = "Від останньої публікації нічого не змінилося і нічого не настало: будувати й публікувати нічого."
_ADVICE = "Щоб опублікувати сайт у мережі: git remote add origin <адреса>, потім ще раз make publish."


class PublicationOutcome(StrEnum):
    """How a publication has ended that nothing stopped."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    STORED = "stored"  # in this clone alone, which has no remote


class PublicationEnd(NamedTuple):
    """How it has ended, and where readers find the site; the address is empty where it is not known."""

    outcome: PublicationOutcome
    address: str


# Builds in a folder for an address; what the last argument gives for the built files is done while they are verified.
Build = Callable[[Path, str, Callable[[SiteFiles], Iterator[None]]], PublicBuild]


class PublicationRequest(Struct, frozen=True):
    """What a command asks for; the defaults are those of a publication to the published branch by nobody who answers."""

    build: Build
    output: Path  # the folder in which it builds
    print_lines: Callable[[str], None]
    print_warnings: Callable[[Sequence[str]], None] = lambda _lines: None
    on_end: Callable[[PublicationEnd], None] = lambda _end: None
    confirm: Callable[[Refusal], bool] = lambda _refusal: False  # asks a person about what `FORCE` could override
    load_build: Callable[[], None] = lambda: None  # called while git works
    refuse_unsaved: Callable[[Git], None] = refuse_uncommitted  # stops what would show what no commit has
    location: RequestedLocation = field(default_factory=RequestedLocation)
    pages: str = PAGES_BRANCH
    target: HostTarget | None = None  # the host that gets the site instead of the published branch
    # Entered before anything is pushed, left at the end.
    pictures: Callable[[Git, PublicBuild], AbstractContextManager[None]] = lambda *_: contextlib.nullcontext()
    memory: PublicationMemory = field(
        default_factory=PublicationMemory
    )  # what it knows to be online is not built again
    scanner: CommitScanner | None = None
    is_automatic: bool = False  # leaves a site alone that a person has rolled back
    freshness: Freshness | None = None  # while it says that nothing fell due, an automatic run builds nothing


class _Run(Struct, frozen=True):
    """The publication of one commit of a clone."""

    request: PublicationRequest
    repository: Repository
    head: str  # the commit

    def print_all(self, lines: Sequence[str]) -> None:
        for line in lines:
            self.request.print_lines(line)


class _Online(NamedTuple):
    """What is online before the build, and where the site will be."""

    tip: str  # of the published branch
    changes: ForeignChanges
    choice: LocationChoice
    notes: tuple[str, ...]


class _Built(NamedTuple):
    """The built site beside the one online; `ids` are the files' digests as the branch or the host has them."""

    site: PublicBuild
    files: SiteFiles
    verified: VerifiedSite | None  # for a host
    ids: Mapping[str, str]
    foreign: ForeignFiles
    changes: SiteChanges


def publish(root: Path, request: PublicationRequest) -> int:
    """Publish the clone in a folder for the site's address (empty: unknown, the sample address stays).

    Returns the build's non-zero exit status; any other stop is PublicationRefused.
    """
    git = Git(root)
    try:
        repository = open_clone(git, request.pages)
        with publication_lock(git):
            with (
                BackgroundCall(partial(request.refuse_unsaved, git)) as saved,
                BackgroundCall(partial(_fetch, repository)) as fetched,
            ):
                request.load_build()
            fetched.wait()
            if request.is_automatic and _is_rolled_back(request.target, repository):
                request.print_lines(_ROLLED_BACK)
                return 0
            saved.wait()
            if request.is_automatic and request.freshness and request.freshness.is_fresh(repository):
                request.print_lines(_NOTHING_DUE)
                return 0
            return _publish(_Run(request, repository, git.commit_of("HEAD")))
    except GitFailed as failed:
        raise PublicationRefused(
            lock_advice(failed)
            or "Команда git не вдалася. Повторіть: make publish; якщо не допоможе, передайте це розробникам."
            f"\n{indent(str(failed))}"
        ) from None


def _publish(run: _Run) -> int:
    """The steps of a publication, in their order."""
    request, git = run.request, run.repository.git
    if known := request.memory.online(state_of(run.repository, run.head)):
        _repeat(run, known)
        return 0
    _refuse_commits(run)
    online = _inspect_online(run)
    sweep(git)
    with BegunImport(git, request.output) as importing:
        site = request.build(request.output, online.choice.location.address, _idle_steps(run, online, importing))
        if site.status:
            request.print_lines(STAYS)
            return site.status
        built = _compare(run, online, site)
        run.print_all(_summary(run, built))
        refuse_unconfirmed(_refusals(run, online, built), request.confirm)
        with request.pictures(git, site):
            new = _put_online(run, online, built, importing)
    _remember(run, online, built, new)
    _end(run, _public_address(online), site.warnings, has_changed=new != online.tip)
    return 0


def _fetch(repository: Repository) -> None:
    if repository.remote:
        fetch(repository)


def _is_rolled_back(target: HostTarget | None, repository: Repository) -> bool:
    if target:
        return target.host.is_rolled_back()
    tip = repository.published
    newest = repository.newest_publication(tip) if tip else None
    return newest is not None and newest.is_rollback


def _repeat(run: _Run, known: OnlinePublication) -> None:
    """Say what a publication says that would only repeat one."""
    sweep(run.repository.git)
    if run.request.freshness:
        run.request.freshness.remember(run.repository, run.head, (known.since, known.until))
    run.print_all(known.notes)
    _print_unchanged(run)
    _end(run, known.address, known.warnings, has_changed=False)


def _refuse_commits(run: _Run) -> None:
    """Refuse a branch that lacks what is online, and commits with coordinates that are not; name those that are online."""
    if run.repository.remote:
        refuse_behind(run.repository)
    if run.request.target is None:
        refuse_older(run.repository, run.head)
    if run.repository.remote:
        scanner = run.request.scanner or CommitScanner(run.repository.git)
        refuse_coordinates(run.repository, run.head, scanner)
        run.print_all(online_lines(scanner.newly_named_online(run.repository.pages)))


def _inspect_online(run: _Run) -> _Online:
    """See what is online and choose the address; refuse one that may not be changed."""
    request, repository = run.request, run.repository
    tip = repository.published
    branch = request.target.inspect(repository) if request.target else inspect_pages(repository)
    choice = choose_location(request.location, branch.location)
    refuse_all(choice.refusals)
    notes = (*side_branch_notes(repository), *branch.changes.as_lines(repository.pages), *choice.notes)
    run.print_all(notes)
    return _Online(tip, branch.changes, choice, notes)


def _idle_steps(run: _Run, online: _Online, importing: BegunImport) -> Callable[[SiteFiles], Iterator[None]]:
    """The steps in which git takes the built files while they are verified; a host takes them later."""

    def steps(files: SiteFiles) -> Iterator[None]:
        if run.request.target is None:
            domain = online.choice.location.domain
            ids = files.blobs(domain, run.head)
            kept = sort_foreign_files(online.changes, ids).kept
            yield from importing.begin(online.tip, domain, online.changes.online, {**ids, **kept})

    return steps


def _compare(run: _Run, online: _Online, site: PublicBuild) -> _Built:
    """Compare the built files with those online; refuse what can't be published, and what was changed during the build."""
    request, repository, target = run.request, run.repository, run.request.target
    files = site.files or read_site(request.output)
    if problems := files.faults():
        raise PublicationRefused(
            "\n".join(["Побудований сайт не можна опублікувати:", *problems[:20], STAYS]), "unpublishable"
        )
    verified = site_of_folder(request.output, files.digests(), site.withdrawn) if target else None
    if target and verified:
        ids, read_online = target.host.ids_of(verified), target.reader(online.changes.online)
    else:
        ids, read_online = files.blobs(online.choice.location.domain, run.head), repository.git.blobs
    foreign = sort_foreign_files(online.changes, ids)
    with BackgroundCall(partial(request.refuse_unsaved, repository.git)) as saved:
        if target:
            saved.wait()  # the host may be asked in a process of its own
        changes = compare_with_online(read_online, files, online.changes.online, {**ids, **foreign.kept}, site.moved)
    saved.wait()
    if repository.git.commit_of("HEAD") != run.head:
        raise PublicationRefused(
            f"Поки будувався сайт, у сховищі з’явився новий коміт. Повторіть: make publish. {STAYS}",
            plain=f"Поки сайт готувався, на цьому комп’ютері збережено ще щось. {TRY_AGAIN}",
        )
    return _Built(site, files, verified, ids, foreign, changes)


def _summary(run: _Run, built: _Built) -> list[str]:
    """The lines about kept files of others and about the changes."""
    lines = built.foreign.notes()
    if not built.changes.is_empty:
        lines += built.changes.as_lines()
        lines += [] if run.request.target else theme_note(run.repository, run.head)
    return lines


def _refusals(run: _Run, online: _Online, built: _Built) -> list[Refusal]:
    """All that a person has to confirm."""
    repository, forced, files = run.repository, run.request.location.forced, online.changes.online
    refusals = built.foreign.refusals(online.changes, repository.pages, forced)
    changes = refusals_of(built.changes, files, built.foreign, built.site, forced)
    refusals += with_rows(changes, built.changes.gone, repository.git)
    if run.request.target is None:
        texts = returning_texts(repository.git, online.tip, str(run.request.output), built.ids, files)
        refusals += withdrawn_refusals(texts, forced)
    return refusals


def _put_online(run: _Run, online: _Online, built: _Built, importing: BegunImport) -> str:
    """Push the editor's branch and put the site online; the commit that is published now, empty with a host."""
    if run.request.target and built.verified:
        push_branch(run.repository, run.head)
        run.request.target.show(built.verified, online.changes.online, run.request.print_lines)
        return ""
    return _push_site(run, online, built, importing)


def _push_site(run: _Run, online: _Online, built: _Built, importing: BegunImport) -> str:
    """Import into a temporary branch and compare it with the folder, while the editor's branch is pushed; only when it
    has been, push and move the published branch. The commit that is published now."""
    repository, old, print_lines = run.repository, online.tip, run.request.print_lines
    with BackgroundCall(partial(push_branch, repository, run.head)) as sent:
        is_same = old and online.changes.online == {**built.ids, **built.foreign.kept}
        new = old if is_same else _commit(run, online, built, importing)
    sent.wait()
    if new == old:
        _print_unchanged(run)
    elif repository.remote:
        push_pages(repository, old, new)
        update_local_branch(repository, new)
        print_lines(f"Опубліковано: гілка {repository.pages}, коміт {new[:10]} з {run.head[:10]}.")
    else:
        repository.git.run("update-ref", f"refs/heads/{repository.pages}", new, old)
        print_lines(f"Сайт записано до гілки {repository.pages} цього сховища (коміт {new[:10]}).")
        print_lines(_ADVICE)
    return new


def _commit(run: _Run, online: _Online, built: _Built, importing: BegunImport) -> str:
    """The commit of the files, compared with them; no branch has it yet."""
    git, files = run.repository.git, {**built.ids, **built.foreign.kept}
    message = _message(run, built, files_digest(files))
    try:
        new = importing.commit(online.tip, online.choice.location.domain, online.changes.online, files, message)
    except ImportFailed as failed:
        raise PublicationRefused(f"Сайт не вдалося записати. {STAYS}\n{indent(str(failed))}") from None
    if not same_tree(git, new, files, online.tip, online.changes.online):
        raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть: make publish. {STAYS}")
    return new


def _message(run: _Run, built: _Built, digest: str) -> str:
    kept = (f"{KEPT_TRAILER}: {encode_name(name)}" for name in built.foreign.kept)
    trailers = [f"{TRAILER}: {run.head}", f"{DIGEST_TRAILER}: {digest}", *kept]
    subject = f"Сайт станом на {run.repository.git.run('rev-parse', '--short', run.head)}"
    return "\n".join([subject, "", short_summary(built.changes), "", *trailers, ""])


def _remember(run: _Run, online: _Online, built: _Built, new: str) -> None:
    """Keep what is online now for the next call that would only repeat this one."""
    request, repository, valid_between = run.request, run.repository, built.site.valid_between
    if new and valid_between and _is_online(run, new):
        notes = (*online.notes, *built.foreign.notes())
        publication = OnlinePublication(
            _public_address(online), notes, built.site.warnings, built.files.size, *valid_between
        )
        request.memory.keep_online(state_of(repository, run.head), publication)
    if request.freshness:
        request.freshness.remember(repository, run.head, valid_between)


def _is_online(run: _Run, new: str) -> bool:
    """Whether this clone has seen both branches where a publication leaves them."""
    repository = run.repository
    is_sent = not repository.remote or repository.remote_commit(repository.branch) == run.head
    return is_sent and repository.published == new


def _public_address(online: _Online) -> str:
    return online.choice.location.address if online.choice.is_public else ""


def _print_unchanged(run: _Run) -> None:
    run.request.print_lines("На сайті вже саме це: публікувати нічого.")
    if not run.repository.remote:
        run.request.print_lines(_ADVICE)


def _end(run: _Run, address: str, warnings: Sequence[str], *, has_changed: bool) -> None:
    """Say where readers find the site, if they can, and how the publication has ended."""
    request = run.request
    if request.target:
        end = PublicationEnd(PublicationOutcome.PUBLISHED, address)
    elif run.repository.remote:
        end = PublicationEnd(PublicationOutcome.PUBLISHED if has_changed else PublicationOutcome.UNCHANGED, address)
    else:
        end = PublicationEnd(PublicationOutcome.STORED, "")
    if end.address:
        request.print_lines(f"Адреса сайту: {end.address}/ (чи вона вже показує це: make online)")
    if warnings:
        request.print_warnings(warnings)
    request.on_end(end)
