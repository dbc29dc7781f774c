"""`make publish`: pushes the editor's branch first, so that no item is lost, then the site, completely or not at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import NamedTuple

from hromada.domain.refusal import FORCEABLE, REASONS, TRY_AGAIN, Refusal
from hromada.online.foreign_changes import ForeignFiles, encode_name, sort_foreign_files
from hromada.online.publication_guard import short_summary
from hromada.online.site_changes import SiteChanges
from hromada.online.site_location import RequestedLocation, choose_location
from hromada.publish.commit_places import CHECKED_COMMITS, CommitScanner, online_lines, refuse_places
from hromada.publish.freshness import Freshness
from hromada.publish.host_publishing import HostTarget
from hromada.publish.hosts.site import site_of_folder
from hromada.publish.moved_addresses import with_rows
from hromada.publish.online_diff import compare_with_online, refusals_of, theme_note
from hromada.publish.pages_branch import (
    files_digest,
    inspect_pages,
    same_tree,
    sweep,
)
from hromada.publish.publication_memory import OnlinePublication, PublicationMemory
from hromada.publish.repository import (
    DIGEST_TRAILER,
    KEPT_TRAILER,
    PAGES_BRANCH,
    RESULTS_BRANCH,
    STAYS,
    TRAILER,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
    refuse_behind,
    refuse_older,
    side_branch_notes,
    timeout_advice,
)
from hromada.publish.site_import import BegunImport, ImportFailed
from hromada.publish.site_tree import PublicBuild, SiteFiles, read_site
from hromada.publish.stale_locks import remove_stale_locks
from hromada.publish.withdrawals import returning_texts, withdrawn_refusals
from hromada.publish.working_tree import refuse_uncommitted
from hromada.system.background import BackgroundCall
from hromada.system.file_lock import LockHeld, file_lock
from hromada.system.git import Git, GitFailed

__all__ = ["PublicationRefused", "publish"]

_BROKEN_OFF = (
    f"Зв’язок зі сховищем у мережі обірвався, і невідомо, чи воно прийняло ваші зміни. Перевірте інтернет. {TRY_AGAIN}"
)
_ROLLED_BACK = (
    "Сайт повернено до ранішої публікації (make rollback), тож сам він не оновлюється. Щоб знову публікувати нове: make publish"
    " у сховищі або запуск цієї дії вручну з RESUME=1."
)
_NOTHING_DUE = "Від останньої публікації нічого не змінилося і нічого не настало: будувати й публікувати нічого."
_ADVICE = "Щоб опублікувати сайт у мережі: git remote add origin <адреса>, потім ще раз make publish."


class Outcome(StrEnum):
    """How a publication has ended that nothing stopped."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    STORED = "stored"  # in this clone alone, which has no remote


class PublicationEnd(NamedTuple):
    """How it has ended, and where readers find the site; the address is empty where it is not known."""

    outcome: Outcome
    address: str


# Builds in a folder for an address; what the last argument gives for the built files is done while they are verified.
Build = Callable[[Path, str, Callable[[SiteFiles], Iterator[None]]], PublicBuild]


def publish(
    root: Path,
    *,
    build: Build,
    output: Path,
    print_lines: Callable[[str], None],
    print_warnings: Callable[[Sequence[str]], None] = lambda _lines: None,
    load_build: Callable[[], None] = lambda: None,
    confirm: Callable[[Refusal], bool] = lambda _refusal: False,
    wanted: RequestedLocation = RequestedLocation(),  # noqa: B008  # frozen
    is_automatic: bool = False,
    freshness: Freshness | None = None,
    pages: str = PAGES_BRANCH,
    scanner: CommitScanner | None = None,
    pictures: Callable[[Git, PublicBuild], AbstractContextManager[None]] = lambda *_: contextlib.nullcontext(),
    target: HostTarget | None = None,
    memory: PublicationMemory | None = None,
    refuse_unsaved: Callable[[Git], None] = refuse_uncommitted,
    on_end: Callable[[PublicationEnd], None] = lambda _end: None,
) -> int:
    """Publish what `build` makes in `output` for the site's address (empty: unknown, the sample address stays).

    `load_build` is called while git works. `confirm` asks a person about a refusal that `FORCE` could override. An
    automatic run leaves a site alone that a person has rolled back, and builds nothing while `freshness` says that
    nothing fell due. `pictures` is entered before anything is pushed, and left at the end. With `memory`, what is
    known to be online is not built again. With `target` the site goes to that host instead of the published branch.
    `refuse_unsaved` stops a publication that would show what no commit has; `on_end` is told how it has ended.
    Returns `build`'s non-zero exit status; any other stop is PublicationRefused.
    """
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        with publication_lock(git):
            with (
                BackgroundCall(partial(refuse_unsaved, git)) as saved,
                BackgroundCall(partial(_fetch, repository)) as fetched,
            ):
                load_build()
            fetched.wait()
            if is_automatic and (target.host.is_rolled_back() if target else _is_rolled_back(repository)):
                print_lines(_ROLLED_BACK)
                return 0
            if is_automatic and freshness and freshness.is_fresh(repository):
                saved.wait()
                print_lines(_NOTHING_DUE)
                return 0
            saved.wait()
            return _publish(
                repository, build, output, print_lines, print_warnings, confirm, wanted, scanner or CommitScanner(git), pictures,
                freshness,
                target, memory or PublicationMemory(), refuse_unsaved, on_end,
            )  # fmt: skip
    except GitFailed as failed:
        raise PublicationRefused(
            lock_advice(failed)
            or "Команда git не вдалася. Повторіть: make publish; якщо не допоможе, передайте це розробникам."
            f"\n{indent(str(failed))}"
        ) from None


def _fetch(repository: Repository) -> None:
    if repository.remote:
        fetch(repository)


def _is_rolled_back(repository: Repository) -> bool:
    tip = repository.published
    newest = repository.newest_publication(tip) if tip else None
    return newest is not None and newest.is_rollback


@contextlib.contextmanager
def publication_lock(git: Git) -> Iterator[None]:
    """One publication at a time: all of a clone build in one folder."""
    try:
        with file_lock(Path(git.folder, git.run("rev-parse", "--git-common-dir"), "hromada-publish.lock")):
            remove_stale_locks(git)
            yield
    except LockHeld:
        raise PublicationRefused(
            "У цій теці вже триває інша публікація. Дочекайтеся її кінця.", "publication-running"
        ) from None


def _publish(
    repository: Repository,
    build: Build,
    output: Path,
    print_lines: Callable[[str], None],
    print_warnings: Callable[[Sequence[str]], None],
    confirm: Callable[[Refusal], bool],
    wanted: RequestedLocation,
    scanner: CommitScanner,
    pictures: Callable[[Git, PublicBuild], AbstractContextManager[None]],
    freshness: Freshness | None,
    target: HostTarget | None,
    memory: PublicationMemory,
    refuse_unsaved: Callable[[Git], None],
    on_end: Callable[[PublicationEnd], None],
) -> int:
    head = repository.git.commit_of("HEAD")
    if known := memory.online(state_of(repository, head)):
        sweep(repository.git)
        if freshness:
            freshness.remember(repository, head, (known.since, known.until))
        for line in known.notes:
            print_lines(line)
        _print_unchanged(repository, print_lines)
        _print_end(known.address if repository.remote else "", print_lines, known.warnings, print_warnings)
        on_end(_end(repository, known.address, has_changed=False))
        return 0
    if repository.remote:
        refuse_behind(repository)
    if target is None:
        refuse_older(repository, head)
    if repository.remote:
        refuse_places(repository, head, scanner)
        for line in online_lines(scanner.newly_named_online(repository.pages)):
            print_lines(line)
    tip = repository.published
    branch = target.inspect(repository) if target else inspect_pages(repository)
    choice = choose_location(wanted, branch.location)
    _refuse(choice.refusals)
    notes = (*side_branch_notes(repository), *branch.changes.as_lines(repository.pages), *choice.notes)
    for line in notes:
        print_lines(line)
    online = branch.changes.online

    def begin_import(files: SiteFiles) -> Iterator[None]:
        if target is None:
            blobs = files.blobs(choice.location.domain, head)
            kept = sort_foreign_files(branch.changes, blobs).kept
            yield from importing.begin(tip, choice.location.domain, online, {**blobs, **kept})

    sweep(repository.git)
    with BegunImport(repository.git, output) as importing:
        site = build(output, choice.location.address, begin_import)
        if site.status:
            print_lines(STAYS)
            return site.status
        files = site.files or read_site(output)
        if problems := files.faults():
            raise PublicationRefused(
                "\n".join(["Побудований сайт не можна опублікувати:", *problems[:20], STAYS]), "unpublishable"
            )
        verified = site_of_folder(output, files.digests(), site.withdrawn) if target else None
        if target and verified:
            built, blobs = target.host.ids_of(verified), target.reader(branch.changes.online)
        else:
            built, blobs = files.blobs(choice.location.domain, head), repository.git.blobs
        foreign = sort_foreign_files(branch.changes, built)
        # Again: an editor may have saved something during the build.
        with BackgroundCall(partial(refuse_unsaved, repository.git)) as saved:
            if target:
                saved.wait()  # the host may be asked in a process of its own
            changes = compare_with_online(blobs, files, online, {**built, **foreign.kept}, site.moved)
        saved.wait()
        if repository.git.commit_of("HEAD") != head:
            raise PublicationRefused(
                f"Поки будувався сайт, у сховищі з’явився новий коміт. Повторіть: make publish. {STAYS}",
                plain=f"Поки сайт готувався, на цьому комп’ютері збережено ще щось. {TRY_AGAIN}",
            )
        summary = () if changes.is_empty else (*changes.as_lines(), *(() if target else theme_note(repository, head)))
        for line in (*foreign.notes(), *summary):
            print_lines(line)
        refusals = foreign.refusals(branch.changes, repository.pages, wanted.forced)
        refusals += with_rows(refusals_of(changes, online, foreign, site, wanted.forced), changes.gone, repository.git)
        if target is None:
            texts = returning_texts(repository.git, tip, str(output), built, online)
            refusals += withdrawn_refusals(texts, wanted.forced)
        refuse_unconfirmed(refusals, confirm)
        with pictures(repository.git, site):
            if target and verified:
                _push_branch(repository, head)
                target.show(verified, online, print_lines)
                new = ""
            else:
                domain = choice.location.domain
                new = _publish_output(
                    repository, importing, head, domain, tip, online, built, foreign, changes, print_lines
                )
    address = choice.location.address if choice.is_public else ""
    if new and site.valid_between and _is_online(repository, head, new):
        memory.keep_online(
            state_of(repository, head),
            OnlinePublication(address, (*notes, *foreign.notes()), site.warnings, files.size, *site.valid_between),
        )
    if freshness:
        freshness.remember(repository, head, site.valid_between)
    _print_end(address if repository.remote or target else "", print_lines, site.warnings, print_warnings)
    on_end(PublicationEnd(Outcome.PUBLISHED, address) if target else _end(repository, address, has_changed=new != tip))
    return 0


def _end(repository: Repository, address: str, *, has_changed: bool) -> PublicationEnd:
    if not repository.remote:
        return PublicationEnd(Outcome.STORED, "")
    return PublicationEnd(Outcome.PUBLISHED if has_changed else Outcome.UNCHANGED, address)


def state_of(repository: Repository, head: str) -> str:
    """A digest of all commits that a publication depends on: the clone's, and those that the remote's branches had."""
    refs = repository.git.run("for-each-ref", "--format=%(objectname) %(refname)", "refs/remotes/origin")
    listed = "\n".join(line for line in refs.split("\n") if not line.endswith(f"/{RESULTS_BRANCH}"))
    seen = {name: commit for commit, _, name in (line.partition(" ") for line in listed.split("\n"))}

    def tip(branch: str) -> str:
        is_seen = repository.remote and repository.remote_branches is None
        return seen.get(f"refs/remotes/origin/{branch}", "") if is_seen else repository.remote_commit(branch)

    published = tip(repository.pages) if repository.remote else repository.published
    tips = [head, repository.branch, tip(repository.branch), repository.pages, published]
    return hashlib.sha256("\n".join([*tips, listed]).encode("utf-8", "surrogateescape")).hexdigest()


def _is_online(repository: Repository, head: str, new: str) -> bool:
    """Whether this clone has seen both branches where a publication leaves them."""
    is_sent = not repository.remote or repository.remote_commit(repository.branch) == head
    return is_sent and repository.published == new


def _print_unchanged(repository: Repository, print_lines: Callable[[str], None]) -> None:
    print_lines("На сайті вже саме це: публікувати нічого.")
    if not repository.remote:
        print_lines(_ADVICE)


def _print_end(
    address: str, print_lines: Callable[[str], None], warnings: Sequence[str],
    print_warnings: Callable[[Sequence[str]], None],
) -> None:  # fmt: skip
    """Say where readers find the site, if they can."""
    if address:
        print_lines(f"Адреса сайту: {address}/ (чи вона вже показує це: make online)")
    if warnings:
        print_warnings(warnings)


def _refuse(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise PublicationRefused(
            "\n".join([*(refusal.message for refusal in refusals), STAYS]),
            refusals[0].code,
            "\n".join(refusal.for_window for refusal in refusals),
        )


def refuse_unconfirmed(refusals: Sequence[Refusal], confirm: Callable[[Refusal], bool]) -> None:
    """Refuse unless a person confirms each refusal that can be overridden."""
    _refuse([refusal for refusal in refusals if refusal.code not in FORCEABLE or not confirm(refusal)])


def _publish_output(
    repository: Repository, importing: BegunImport, head: str, domain: str, old: str, online: Mapping[str, str],
    built: Mapping[str, str], foreign: ForeignFiles, changes: SiteChanges, print_lines: Callable[[str], None],
) -> str:  # fmt: skip
    """Import into a temporary branch and compare it with the folder, while the editor's branch is pushed; only when it
    has been, push and move the published branch.

    `online` are the files of the published commit `old`, with which everything was compared so far.

    Returns the commit that is published now.
    """
    git, files = repository.git, {**built, **foreign.kept}
    with BackgroundCall(partial(_push_branch, repository, head)) as sent:
        if old and online == files:
            new = old
        else:
            message = _message(git, head, foreign, changes, files_digest(files))
            new = _imported(git, importing, domain, old, online, files, message)
    sent.wait()
    if new == old:
        _print_unchanged(repository, print_lines)
    elif repository.remote:
        push_pages(repository, old, new)
        update_local_branch(repository, new)
        print_lines(f"Опубліковано: гілка {repository.pages}, коміт {new[:10]} з {head[:10]}.")
    else:
        git.run("update-ref", f"refs/heads/{repository.pages}", new, old)
        print_lines(f"Сайт записано до гілки {repository.pages} цього сховища (коміт {new[:10]}).")
        print_lines(_ADVICE)
    return new


def _imported(
    git: Git, importing: BegunImport, domain: str, old: str, online: Mapping[str, str], files: Mapping[str, str], message: str
) -> str:  # fmt: skip
    """The commit of the files, compared with them; no branch has it yet."""
    try:
        new = importing.commit(old, domain, online, files, message)
    except ImportFailed as failed:
        raise PublicationRefused(f"Сайт не вдалося записати. {STAYS}\n{indent(str(failed))}") from None
    if not same_tree(git, new, files, old, online):
        raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть: make publish. {STAYS}")
    return new


def _message(git: Git, head: str, foreign: ForeignFiles, changes: SiteChanges, digest: str) -> str:
    kept = (f"{KEPT_TRAILER}: {encode_name(name)}" for name in foreign.kept)
    trailers = [f"{TRAILER}: {head}", f"{DIGEST_TRAILER}: {digest}", *kept]
    subject = f"Сайт станом на {git.run('rev-parse', '--short', head)}"
    return "\n".join([subject, "", short_summary(changes), "", *trailers, ""])


def _push_branch(repository: Repository, head: str) -> None:
    """Push what the editor has committed, if there is a remote that lacks it."""
    if not repository.remote:
        return
    last_known = repository.git.commit_of(f"refs/remotes/origin/{repository.branch}")
    if last_known == head:
        return  # nothing of ours to send; what others have sent meanwhile is for the next publication
    try:
        repository.git.run("push", "--quiet", "origin", f"{head}:refs/heads/{repository.branch}", extra=CHECKED_COMMITS)
    except GitFailed as failed:
        now = _online(repository, repository.branch)
        if now == head:
            return  # only the answer was lost
        if now not in (None, last_known):
            raise PublicationRefused(
                "Поки будувався сайт, хтось надіслав до сховища новіші зміни."
                f" Повторіть: make publish (у терміналі забере їх сам, деінде: {repository.pull}). {STAYS}",
                plain=REASONS["behind"].words,
            ) from None
        what = "Невідомо, чи сховище прийняло ваші зміни" if now is None else "Сховище не прийняло ваших змін"
        advice = timeout_advice(failed) or f"Перевірте мережу та права на гілку {repository.branch}."
        raise PublicationRefused(
            f"{what}. {advice} Потім: make publish. {STAYS}\n{indent(failed.output)}",
            "git-failed" if now is not None else "origin-unreachable",
            f"Сховище в мережі не прийняло ваших змін. Перевірте інтернет. {TRY_AGAIN}"
            if now is not None
            else _BROKEN_OFF,
        ) from None


def push_pages(repository: Repository, old: str, new: str, again: str = "make publish") -> None:
    """Push the new commit of the published branch, unless the remote's is no longer `old`.

    A push that fails may have been accepted, so the remote is asked; `again` is the command to repeat.
    """
    lease = f"--force-with-lease=refs/heads/{repository.pages}:{old}"
    try:
        repository.git.run(
            "push", "--quiet", lease, "origin", f"{new}:refs/heads/{repository.pages}", extra=CHECKED_COMMITS
        )
    except GitFailed as failed:
        now = _online(repository, repository.pages)
        if now == new:
            return
        if now is None:
            advice = timeout_advice(failed) or "Перевірте мережу."
            raise PublicationRefused(
                f"Зв’язок зі сховищем обірвався: невідомо, чи воно прийняло сайт. {advice} Що на сайті, покаже make history;"
                f" повторити можна будь-коли: {again}.\n{indent(failed.output)}",
                "origin-unreachable",
                _BROKEN_OFF,
            ) from None
        if now != old:
            raise PublicationRefused(
                "Поки ви публікували, сайт оновив хтось інший. Ваші матеріали вже у сховищі, нічого не втрачено."
                f" Повторіть: {again} (у терміналі make publish забере зміни сам, деінде: {repository.pull}).",
                plain=f"Поки ви публікували, сайт оновив хтось інший. Нічого не втрачено. {TRY_AGAIN}",
            ) from None
        if advice := timeout_advice(failed):
            raise PublicationRefused(
                f"{advice} Зараз у сховищі попередній сайт; чи воно не доробило розпочатого пізніше, покаже make history."
                f" Потім: {again}.\n{indent(failed.output)}",
                "origin-unreachable",
                _BROKEN_OFF,
            ) from None
        raise PublicationRefused(
            f"Сховище не прийняло сайту: перевірте мережу та права на гілку {repository.pages}."
            f" Ваші матеріали вже у сховищі. Потім: {again}. {STAYS}\n{indent(failed.output)}",
            plain=f"Сховище в мережі прийняло ваші матеріали, але не прийняло побудованого сайту. Перевірте інтернет. {TRY_AGAIN}",
        ) from None


def _online(repository: Repository, branch: str) -> str | None:
    """The commit of the remote's branch now; empty if there is none, None if the remote can't be reached."""
    try:
        return repository.git.run("ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
    except GitFailed:
        return None


def update_local_branch(repository: Repository, new: str) -> None:
    """Move the local branch of the same name, unless a person made it; a failure does not matter."""
    name = f"refs/heads/{repository.pages}"
    local = repository.git.commit_of(name)
    with contextlib.suppress(GitFailed):
        if not local or repository.source_of(local):
            repository.git.run("update-ref", name, new, local)
