"""`make photos-gc`: which pictures in the store no page of the last publications shows, and their removal."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

from msgspec import Struct

from hromada.domain.file_names import is_picture_file
from hromada.domain.numerals import NOUNS, format_decimal
from hromada.publish.object_store import ObjectStore, StoredObject, StoreFailed
from hromada.publish.pages_branch import blobs_of_commit, pictures_in, texts_of
from hromada.publish.picture_publishing import CLEANUP, FOLDER, LONGEST_CLEANUP, NOTES, active_publications
from hromada.publish.publishing import publication_lock
from hromada.publish.repository import (
    PAGES_BRANCH,
    TRAILER,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
)
from hromada.system.git import Git, GitFailed

KEPT = 10  # publications
_YOUNGEST = timedelta(days=1)  # what was sent later may be of a publication that was killed and is repeated
_DELETED_AT_ONCE = 1_000
_STAYS = "Зі сховища нічого не прибрано."


class CleanupRefused(PublicationRefused):
    """Nothing is removed; the message is Ukrainian."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {_STAYS}")


class CleanupPlan(Struct, frozen=True):
    """The pictures of a store: those that pages show, those that nothing shows and may be removed, and younger ones."""

    needed: frozenset[str]
    unneeded: Mapping[str, int]  # bytes
    young: frozenset[str] = frozenset()
    foreign: frozenset[str] = frozenset()  # not ours by their names

    def as_lines(self) -> list[str]:
        """The plan for the terminal."""
        size = format_decimal(Fraction(sum(self.unneeded.values()), 1_000_000))
        lines = [
            f"Світлини, потрібні сторінкам останніх {KEPT} публікацій: {NOUNS['файл'].counted(len(self.needed))}.",
            f"Нікому не потрібні: {NOUNS['файл'].counted(len(self.unneeded))}, {size} МБ.",
        ]
        if self.young:
            lines.append(f"Новіші за добу, лишаються: {NOUNS['файл'].counted(len(self.young))}.")
        if self.foreign:
            lines.append(f"Не наші, лишаються: {NOUNS['файл'].counted(len(self.foreign))}.")
        return lines


def plan_cleanup(needed: frozenset[str], stored: Mapping[str, StoredObject], now: datetime) -> CleanupPlan:
    """What may be removed at a moment of the store's clock; a date in the future is of no old object."""
    unknown = {name: object for name, object in stored.items() if name not in needed}
    foreign = frozenset(name for name in unknown if not is_picture_file(name))
    young = frozenset(name for name, object in unknown.items() if now - object.modified < _YOUNGEST) - foreign
    unneeded = {name: object.size for name, object in unknown.items() if name not in young and name not in foreign}
    return CleanupPlan(needed, unneeded, young, foreign)


def clean_up(root: Path, objects: ObjectStore, *, delete: bool, pages: str = PAGES_BRANCH) -> list[str]:
    """Find, and with `delete` remove, what no page of the last publications shows; the lines to print."""
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        with publication_lock(git):
            if not delete:
                plan = _plan(repository, objects, datetime.now().astimezone())
                more = ["Прибрати їх: make photos-gc DELETE=1"] if plan.unneeded else []
                return [*plan.as_lines(), *more]
            with _cleanup_note(objects) as now:
                plan = _plan(repository, objects, now)
                _delete(objects, sorted(plan.unneeded))
                return [*plan.as_lines(), f"Прибрано: {NOUNS['файл'].counted(len(plan.unneeded))}."]
    except GitFailed as failed:
        raise CleanupRefused(lock_advice(failed) or f"Команда git не вдалася.\n{indent(str(failed))}\n") from None


def _plan(repository: Repository, objects: ObjectStore, now: datetime) -> CleanupPlan:
    """The branch is fetched after the cleanup's note was left: later publications wait for its end."""
    if repository.remote:
        fetch(repository)
    needed = needed_pictures(repository.git, repository.pages)
    return plan_cleanup(needed, objects.objects(FOLDER), now)


@contextlib.contextmanager
def _cleanup_note(objects: ObjectStore) -> Iterator[datetime]:
    """Leave the cleanup's note, and give its moment by the store's clock; CleanupRefused while somebody publishes or cleans."""
    if not objects.create(CLEANUP, b""):
        _remove_old_note(objects)
    try:
        notes = objects.objects(NOTES)
        if CLEANUP not in notes:
            raise CleanupRefused("Сховище світлин не показує щойно записаного: прибирати в ньому небезпечно.")
        now = notes[CLEANUP].modified
        if running := active_publications(notes, now):
            since = min(notes[name].modified for name in running).astimezone()
            raise CleanupRefused(
                f"Триває або перервана публікація, розпочата {since:%d.%m.%Y о %H:%M}. Дочекайтеся її кінця або повторіть її;"
                " перервана заважає одну добу."
            )
        yield now
    finally:
        with contextlib.suppress(StoreFailed):  # a note that stays makes publications wait for an hour, nothing else
            objects.delete([CLEANUP])


def _remove_old_note(objects: ObjectStore) -> None:
    """Take over from a cleanup that was killed; one that may be running is left alone."""
    probe = f"{NOTES}/clock"
    objects.write(probe, b"")
    notes = objects.objects(NOTES)
    objects.delete([probe])
    if CLEANUP in notes and probe in notes and notes[probe].modified - notes[CLEANUP].modified > LONGEST_CLEANUP:
        objects.write(CLEANUP, b"")
        return
    raise CleanupRefused("У сховищі світлин уже прибирає інший виклик make photos-gc.")


def _delete(objects: ObjectStore, names: Sequence[str]) -> None:
    """Delete in parts, and stop long before a publication would take the note for one of a killed cleanup."""
    until = time.monotonic() + LONGEST_CLEANUP.total_seconds() / 2
    for start in range(0, len(names), _DELETED_AT_ONCE):
        if time.monotonic() > until:
            raise CleanupRefused("Прибирання тривало задовго; повторіть його: make photos-gc DELETE=1.")
        objects.delete(names[start : start + _DELETED_AT_ONCE])


def needed_pictures(git: Git, pages: str) -> frozenset[str]:
    """The pictures that any file of the last publications names, of the local and of the remote branch.

    What others committed on top of them counts, too. CleanupRefused where the history can't be known.
    """
    tips = [tip for name in (f"refs/heads/{pages}", f"refs/remotes/origin/{pages}") if (tip := git.commit_of(name))]
    if not tips:
        raise CleanupRefused(f"Гілки {pages} немає: невідомо, які світлини потрібні сайту.")
    if git.run("rev-parse", "--is-shallow-repository") == "true":
        raise CleanupRefused(
            "У вас неповна історія: не видно, які світлини потрібні сайту. Виконайте: git fetch --unshallow."
        )
    if not any(_publications(git, tip) for tip in tips):
        raise CleanupRefused(
            f"У гілці {pages} немає жодної публікації цієї програми: невідомо, які світлини потрібні сайту."
        )
    commits = dict.fromkeys(commit for tip in tips for commit in _last_commits(git, tip))
    texts: dict[str, None] = {}
    for commit in commits:
        texts |= dict.fromkeys(texts_of(blobs_of_commit(git, commit)))
    names = pictures_in(git, list(texts))
    if names is None:
        raise CleanupRefused("У сховищі git бракує сторінок опублікованого сайту.")
    return names


def _publications(git: Git, tip: str) -> list[str]:
    """Our newest commits up to a tip."""
    arguments = ("log", "--no-show-signature", "--format=%H", f"-{KEPT}", f"--grep=^{TRAILER}:", tip)
    return git.run(*arguments).split()


def _last_commits(git: Git, tip: str) -> list[str]:
    """All commits from the tip to our tenth newest; all of a history with fewer."""
    publications = _publications(git, tip)
    if len(publications) < KEPT:
        return git.run("rev-list", tip).split()
    return [*git.run("rev-list", tip, f"^{publications[-1]}").split(), publications[-1]]
