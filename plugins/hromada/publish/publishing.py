"""`make publish`: the branch first, so that nobody's items are lost, then the site, whole or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from hromada.listing.foreign_changes import ForeignFiles, sort_foreign_files, written_name
from hromada.listing.site_changes import Refusal
from hromada.listing.site_location import Location, WantedLocation, choose_location
from hromada.publish.pages_branch import inspect_pages
from hromada.publish.repository import (
    KEPT_TRAILER,
    STAYS,
    TRAILER,
    Clone,
    PublicationRefused,
    fetch,
    indented,
    lock_advice,
    open_clone,
    refuse_behind,
    refuse_older,
)
from hromada.publish.site_commit import ImportFailed, import_site, same_tree, sweep, with_kept
from hromada.publish.site_tree import blobs_of_folder, faults
from hromada.publish.working_tree import refuse_uncommitted
from hromada.system.file_lock import Taken, alone
from hromada.system.git import Git, GitFailed

__all__ = ["PublicationRefused", "publish"]

_ADVICE = "Щоб опублікувати сайт у мережі: git remote add origin <адреса>, потім ще раз make publish."


def publish(
    root: Path,
    *,
    build: Callable[[Path, str], int],
    output: Path,
    say: Callable[[str], None],
    wanted: WantedLocation = WantedLocation(),  # noqa: B008  # frozen
    pages: str = "gh-pages",
) -> int:
    """Publish what `build` makes in `output` for the site's address (empty: nobody knows it, the sample stays).

    Its non-zero status is passed on, every other stop is PublicationRefused.
    """
    git = Git(root)
    try:
        clone = open_clone(git, pages)
        with publication_lock(git):
            return _publish(clone, build, output, say, wanted)
    except GitFailed as failed:
        raise PublicationRefused(
            lock_advice(failed)
            or "Команда git не вдалася. Повторіть: make publish; якщо не допоможе, передайте це розробникам."
            f"\n{indented(str(failed))}"
        ) from None


@contextlib.contextmanager
def publication_lock(git: Git) -> Iterator[None]:
    """Publications of one clone build in one folder."""
    try:
        with alone(Path(git.folder, git.run("rev-parse", "--git-common-dir"), "hromada-publish.lock")):
            yield
    except Taken:
        raise PublicationRefused(
            "У цій теці вже триває інша публікація. Дочекайтеся її кінця.", "publication-running"
        ) from None


def _publish(
    clone: Clone, build: Callable[[Path, str], int], output: Path, say: Callable[[str], None], wanted: WantedLocation
) -> int:
    if clone.remote:
        fetch(clone)
    refuse_uncommitted(clone.git)
    if clone.remote:
        refuse_behind(clone)
    head = clone.git.commit_of("HEAD")
    refuse_older(clone, head)
    branch = inspect_pages(clone)
    choice = choose_location(wanted, branch.location)
    _refuse(choice.refusals)
    for line in (*branch.changes.as_lines(clone.pages), *choice.notes):
        say(line)
    if status := build(output, choice.location.address):
        say(STAYS)
        return status
    if found := faults(output):
        raise PublicationRefused("\n".join(["Побудований сайт не можна опублікувати:", *found[:20], STAYS]))
    refuse_uncommitted(clone.git)  # an editor may have gone on writing meanwhile
    if clone.git.commit_of("HEAD") != head:
        raise PublicationRefused(
            f"Поки будувався сайт, у сховищі з’явився новий коміт. Повторіть: make publish. {STAYS}"
        )
    built = blobs_of_folder(output, choice.location.domain, head)
    foreign = sort_foreign_files(branch.changes, built)
    _refuse(foreign.refusals(branch.changes, clone.pages, wanted.forced))
    for line in foreign.notes():
        say(line)
    if clone.remote:
        _push_branch(clone, head)
    _publish_output(clone, output, head, choice.location, built, foreign, say)
    if clone.remote and choice.is_public:
        say(f"Адреса сайту: {choice.location.address}/")
    return 0


def _refuse(refusals: Sequence[Refusal]) -> None:
    if refusals:
        raise PublicationRefused("\n".join([*(one.message for one in refusals), STAYS]), refusals[0].code)


def _publish_output(
    clone: Clone, output: Path, head: str, location: Location, built: Mapping[str, str], foreign: ForeignFiles,
    say: Callable[[str], None],
) -> None:  # fmt: skip
    """Import into a private branch, compare with the folder, and only then push and move the published branch."""
    git, old, files = clone.git, clone.published, {**built, **foreign.kept}
    sweep(git)
    if same_tree(git, old, files):
        say("На сайті вже саме це: публікувати нічого.")
    else:
        new = _import(git, output, old, head, location.domain, foreign.kept)
        if not same_tree(git, new, files):
            raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть: make publish. {STAYS}")
        if clone.remote:
            _push_pages(clone, old, new)
            _mirror(clone, new)
            say(f"Опубліковано: гілка {clone.pages}, коміт {new[:10]} з {head[:10]}.")
        else:
            git.run("update-ref", f"refs/heads/{clone.pages}", new, old)
            say(f"Сайт записано до гілки {clone.pages} цього сховища (коміт {new[:10]}).")
    if not clone.remote:
        say(_ADVICE)


def _import(git: Git, output: Path, old: str, head: str, domain: str, kept: Mapping[str, str]) -> str:
    trailers = [f"{TRAILER}: {head}", *(f"{KEPT_TRAILER}: {written_name(name)}" for name in kept)]
    message = "\n".join([f"Сайт станом на {git.run('rev-parse', '--short', head)}", "", *trailers, ""])
    try:
        return with_kept(git, import_site(git, output, old, message, domain), old, message, kept)
    except ImportFailed as failed:
        raise PublicationRefused(f"Сайт не вдалося записати. {STAYS}\n{indented(str(failed))}") from None


def _push_branch(clone: Clone, head: str) -> None:
    seen = clone.git.commit_of(f"refs/remotes/origin/{clone.branch}")
    try:
        clone.git.run("push", "--quiet", "origin", f"{head}:refs/heads/{clone.branch}")
    except GitFailed as failed:
        now = _online(clone, clone.branch)
        if now == head:
            return  # the answer was lost, not the push
        if now not in (None, seen):
            raise PublicationRefused(
                "Поки будувався сайт, хтось надіслав до сховища новіші зміни."
                f" Заберіть їх: {clone.pull}. Потім: make publish. {STAYS}"
            ) from None
        raise PublicationRefused(
            f"Сховище не прийняло ваших змін: перевірте мережу та права на гілку {clone.branch}."
            f" Потім: make publish. {STAYS}\n{indented(failed.words)}"
        ) from None


def _push_pages(clone: Clone, old: str, new: str) -> None:
    lease = f"--force-with-lease=refs/heads/{clone.pages}:{old}"
    try:
        clone.git.run("push", "--quiet", lease, "origin", f"{new}:refs/heads/{clone.pages}")
    except GitFailed as failed:
        now = _online(clone, clone.pages)
        if now == new:
            return
        if now not in (None, old):
            raise PublicationRefused(
                "Поки ви публікували, сайт оновив хтось інший. Ваші матеріали вже у сховищі, нічого не втрачено."
                f" Заберіть зміни: {clone.pull}. Потім: make publish."
            ) from None
        raise PublicationRefused(
            f"Сховище не прийняло сайту: перевірте мережу та права на гілку {clone.pages}."
            f" Ваші матеріали вже у сховищі. Потім: make publish. {STAYS}\n{indented(failed.words)}"
        ) from None


def _online(clone: Clone, branch: str) -> str | None:
    """Where the remote's branch is right now: empty when there is none, None when nobody answers."""
    try:
        return clone.git.run("ls-remote", "origin", f"refs/heads/{branch}").partition("\t")[0]
    except GitFailed:
        return None


def _mirror(clone: Clone, new: str) -> None:
    """The local branch of the same name follows; one that a person made is left alone, and no failure matters here."""
    name = f"refs/heads/{clone.pages}"
    local = clone.git.commit_of(name)
    with contextlib.suppress(GitFailed):
        if not local or clone.source_of(local):
            clone.git.run("update-ref", name, new, local)
