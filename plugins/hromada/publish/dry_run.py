"""`make publish DRY_RUN=1`: what a publication would change and what would stop it; only the cache is written."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from hromada.domain.refusal import Refusal
from hromada.online.foreign_changes import ForeignFiles, sort_foreign_files
from hromada.online.site_changes import SiteChanges
from hromada.online.site_location import RequestedLocation, choose_location
from hromada.publish.commit_coordinates import CommitScanner, online_lines, refuse_coordinates
from hromada.publish.host_publishing import HostTarget
from hromada.publish.hosts.host import site_of_folder
from hromada.publish.moved_addresses import with_rows
from hromada.publish.online_diff import compare_with_online, refusals_of, theme_note
from hromada.publish.pages_branch import PagesBranch, inspect_pages
from hromada.publish.publication_lock import publication_lock
from hromada.publish.publication_memory import OnlinePublication, PublicationMemory, state_of
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
from hromada.publish.site_tree import PublicBuild, SiteFiles, read_site
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
    location: RequestedLocation = RequestedLocation(),  # noqa: B008  # frozen
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
    findings = _Findings()
    with collector.collecting(), publication_lock(git) if repository else contextlib.nullcontext():
        if repository:
            repository = _inspect(repository, collector, is_branch=target is None)
            if memory and not collector.refusals and (known := _known_online(repository, memory)):
                return DryRun(
                    SiteChanges(bytes=known.size), (), _comparison_note(repository), known.notes, known.warnings
                )
            findings.notes += _commits_checked(repository, scanner or CommitScanner(git), collector)
            findings.notes += side_branch_notes(repository)
        branch = _what_is_online(repository, target)
        choice = choose_location(location, branch.location)
        collector.refusals += choice.refusals
        findings.notes += [*branch.changes.as_lines(pages), *choice.notes]
        built = build(output, choice.location.address)
        findings.warnings = built.warnings
        for problem in built.errors:
            collector.add(problem.code, str(problem))
        if not built.errors:
            domain, forced = choice.location.domain, location.forced
            comparison = _Comparison(git, repository, target, branch, output, pages, domain, forced)
            comparison.compare(built, missing_pictures, collector, findings)
    return DryRun(
        findings.changes,
        tuple(sorted(set(collector.refusals))),
        findings.compared,
        tuple(findings.notes),
        findings.warnings,
    )


class _Findings(Struct):
    """What a dry run has found so far, whatever stops it."""

    changes: SiteChanges = SiteChanges()
    compared: str = ""
    notes: list[str] = field(default_factory=list)
    warnings: tuple[str, ...] = ()


class _Comparison(Struct, frozen=True):
    """What the built site is compared with: the published branch or a host."""

    git: Git
    repository: Repository | None
    target: HostTarget | None
    branch: PagesBranch
    output: Path
    pages: str
    domain: str
    forced: Collection[str]

    def compare(
        self,
        built: PublicBuild,
        missing_pictures: Callable[[PublicBuild], Sequence[str]],
        collector: _RefusalCollector,
        findings: _Findings,
    ) -> None:
        """Note the changes, and collect the refusals of the built site."""
        collector.refusals += built.refusals
        files = built.files or read_site(self.output)
        for fault in files.faults():
            collector.add("unpublishable", fault.strip())
        ids = self._ids(files)
        foreign = sort_foreign_files(self.branch.changes, ids)
        collector.refusals += foreign.refusals(self.branch.changes, self.pages, self.forced)
        findings.notes += foreign.notes()
        with collector.collecting():
            findings.notes += missing_pictures(built)
        now = {**ids, **foreign.kept}
        findings.changes = compare_with_online(self._reader(), files, self.branch.changes.online, now, built.moved)
        if not _OUTDATED & {refusal.code for refusal in collector.refusals}:
            collector.refusals += self._guarded(findings.changes, foreign, built, ids)
        findings.compared = (
            f"Порівняно з тим, що там: {self.target.host.name}." if self.target else _comparison_note(self.repository)
        )
        if self.repository and not self.target and (head := self.git.commit_of("HEAD")):
            findings.notes += theme_note(self.repository, head)

    def _ids(self, files: SiteFiles) -> Mapping[str, str]:
        """The digests of the built files as the branch or the host has them."""
        if self.target:
            return self.target.host.ids_of(site_of_folder(self.output, files.digests()))
        return files.blobs(self.domain, self.repository.published if self.repository else "")

    def _reader(self) -> Callable[[Collection[str]], Mapping[str, bytes]] | None:
        """Reads files that are online by their digests."""
        if self.target:
            return self.target.reader(self.branch.changes.online)
        return self.repository.git.blobs if self.repository else None

    def _guarded(
        self, changes: SiteChanges, foreign: ForeignFiles, built: PublicBuild, ids: Mapping[str, str]
    ) -> list[Refusal]:
        """What a person would have to confirm."""
        online = self.branch.changes.online
        refusals = with_rows(refusals_of(changes, online, foreign, built, self.forced), changes.gone, self.git)
        if self.repository and not self.target:
            texts = returning_texts(self.git, self.repository.published, str(self.output), ids, online)
            refusals += withdrawn_refusals(texts, self.forced)
        return refusals


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
        refuse_coordinates(repository, head, scanner)
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
