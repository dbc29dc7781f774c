"""`make publish DRY_RUN=1`: what a publication would change and what would stop it; only the cache is written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.refusal import Refusal
from hromada.listing.site_changes import SiteChanges, sort_foreign_files
from hromada.listing.site_location import RequestedLocation, choose_location
from hromada.publish.commit_places import CommitScanner, online_lines, refuse_places
from hromada.publish.host_publishing import HostTarget
from hromada.publish.hosts.site import site_of_folder
from hromada.publish.moved_addresses import with_rows
from hromada.publish.online_diff import compare_with_online, refusals_of, theme_note
from hromada.publish.pages_branch import PagesBranch, inspect_pages
from hromada.publish.publication_memory import OnlinePublication, PublicationMemory
from hromada.publish.publishing import publication_lock, state_of
from hromada.publish.repository import (
    PAGES_BRANCH,
    PublicationRefused,
    Repository,
    has_origin,
    own_branch,
    query_remote,
    refuse_behind,
    refuse_older,
    refuse_other_folders,
    side_branch_notes,
)
from hromada.publish.site_tree import PublicBuild, read_site
from hromada.publish.withdrawals import returning_texts, withdrawn_refusals
from hromada.publish.working_tree import refuse_uncommitted
from hromada.system.git import Git, GitFailed

# Refusals of a clone that lacks what is online: that addresses would vanish follows from them.
_OUTDATED = {"behind", "foreign-pages", "online-newer", "shallow-history"}


class DryRun(Struct, frozen=True):
    """The changes of a publication and the sorted refusals; `compared` names in Ukrainian what the site was compared with."""

    changes: SiteChanges
    refusals: tuple[Refusal, ...]
    compared: str = ""
    notes: tuple[str, ...] = ()  # of the site's address, of what others have committed to the published branch
    warnings: tuple[str, ...] = ()  # of the build

    def as_lines(self) -> list[str]:
        """The lines for the terminal; a site that could not be built has no changes."""
        changes = [self.compared, *self.changes.as_lines()] if self.compared else ["Сайт не побудовано."]
        return [*self.notes, *changes, "Це лише перегляд: нічого не опубліковано."]

    def refusal_lines(self) -> list[str]:
        lines = [refusal.message for refusal in self.refusals]
        return ["Опублікувати зараз не вийде:", *lines] if lines else []


class _RefusalCollector:
    """Collects all reasons not to publish instead of stopping at the first."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    @contextlib.contextmanager
    def collecting(self) -> Iterator[None]:
        try:
            yield
        except PublicationRefused as refused:
            self.refusals.append(refused.refusal)
        except GitFailed as failed:
            self.add("git-failed", str(failed))

    def add(self, code: str, message: str) -> None:
        self.refusals.append(Refusal(code, message))


def dry_run(
    root: Path,
    *,
    build: Callable[[Path, str], PublicBuild],
    output: Path,
    wanted: RequestedLocation = RequestedLocation(),  # noqa: B008  # frozen
    pages: str = PAGES_BRANCH,
    scanner: CommitScanner | None = None,
    missing_pictures: Callable[[PublicBuild], Sequence[str]] = lambda _: (),
    target: HostTarget | None = None,
    memory: PublicationMemory | None = None,
) -> DryRun:
    """Build into `output`, compare with what is online, and collect every reason that would stop a publication now.

    `missing_pictures` says in Ukrainian what would be sent to a store of pictures. With `target` that host is compared.
    With `memory`, what is known to be online is not built again.
    """
    git, collector = Git(root), _RefusalCollector()
    repository: Repository | None = None
    with collector.collecting():
        refuse_other_folders(git)
        repository = Repository(git, "", pages, has_origin(git))
    changes, compared, notes, warnings = SiteChanges(), "", list[str](), tuple[str, ...]()
    with collector.collecting(), publication_lock(git) if repository else contextlib.nullcontext():
        if repository:
            repository = _inspect(repository, collector, is_branch=target is None)
            if memory and not collector.refusals and (known := _known_online(repository, memory)):
                return DryRun(
                    SiteChanges(bytes=known.size), (), _comparison_note(repository), known.notes, known.warnings
                )
            notes += [
                *_commits_checked(repository, scanner or CommitScanner(git), collector),
                *side_branch_notes(repository),
            ]
        branch = _what_is_online(repository, target)
        choice = choose_location(wanted, branch.location)
        collector.refusals += choice.refusals
        notes += [*branch.changes.as_lines(pages), *choice.notes]
        built = build(output, choice.location.address)
        warnings = built.warnings
        for problem in built.errors:
            collector.add(problem.code, str(problem))
        if not built.errors:
            collector.refusals += built.refusals
            files = built.files or read_site(output)
            for fault in files.faults():
                collector.add("unpublishable", fault.strip())
            blobs: Callable[[Collection[str]], Mapping[str, bytes]] | None
            if target:
                now, blobs = (
                    target.host.ids_of(site_of_folder(output, files.digests())),
                    target.reader(branch.changes.online),
                )
            else:
                now = files.blobs(choice.location.domain, repository.published if repository else "")
                blobs = repository.git.blobs if repository else None
            foreign = sort_foreign_files(branch.changes, now)
            collector.refusals += foreign.refusals(branch.changes, pages, wanted.forced)
            notes += foreign.notes()
            with collector.collecting():
                notes += missing_pictures(built)
            online = branch.changes.online
            changes = compare_with_online(blobs, files, online, {**now, **foreign.kept}, built.moved)
            if not _OUTDATED & {refusal.code for refusal in collector.refusals}:
                refusals = refusals_of(changes, online, foreign, built, wanted.forced)
                collector.refusals += with_rows(refusals, changes.gone, git)
                if repository and not target:
                    texts = returning_texts(git, repository.published, str(output), now, online)
                    collector.refusals += withdrawn_refusals(texts, wanted.forced)
            compared = f"Порівняно з тим, що там: {target.host.name}." if target else _comparison_note(repository)
            if repository and not target and (head := repository.git.commit_of("HEAD")):
                notes += theme_note(repository, head)
    return DryRun(changes, tuple(sorted(set(collector.refusals))), compared, tuple(notes), warnings)


def _what_is_online(repository: Repository | None, target: HostTarget | None) -> PagesBranch:
    if target:
        return target.inspect(repository)
    return inspect_pages(repository) if repository else PagesBranch()


def _inspect(repository: Repository, collector: _RefusalCollector, *, is_branch: bool) -> Repository:
    """The clone with the state of its remote; collects every reason against publishing from it."""
    with collector.collecting():
        repository = replace(repository, branch=own_branch(repository.git, repository.pages))
    if repository.remote:
        with collector.collecting():
            repository = query_remote(repository)
    with collector.collecting():
        refuse_uncommitted(repository.git)
    if repository.remote and repository.branch:
        with collector.collecting():
            refuse_behind(repository)
    if is_branch and (head := repository.git.commit_of("HEAD")):
        with collector.collecting():
            refuse_older(repository, head)
    return repository


def _known_online(repository: Repository, memory: PublicationMemory) -> OnlinePublication | None:
    """The publication that this one would only repeat."""
    head = repository.git.commit_of("HEAD")
    return memory.online(state_of(repository, head)) if head else None


def _commits_checked(repository: Repository, scanner: CommitScanner, collector: _RefusalCollector) -> list[str]:
    """Notes of what is online; collects the refusal for coordinates in commits that are not."""
    head = repository.git.commit_of("HEAD")
    if not repository.remote or not head:
        return []
    with collector.collecting():
        refuse_places(repository, head, scanner)
    with collector.collecting():
        return online_lines(scanner.newly_named_online(repository.pages))
    return []


def _comparison_note(repository: Repository | None) -> str:
    if repository is None or not repository.published:
        return "Опублікованого сайту ще немає: усе нове."
    if not repository.remote:
        where = "у цьому сховищі"
    else:
        where = "востаннє бачили в мережі" if repository.remote_branches is None else "у мережі"
    return f"Порівняно з тим, що {where}: гілка {repository.pages}, коміт {repository.published[:10]}."
