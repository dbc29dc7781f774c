"""Pushes the editor's branch and the published one; a push whose answer is lost is looked up on the remote."""

from __future__ import annotations

import contextlib

from hromada.domain.refusal import REASONS, TRY_AGAIN
from hromada.publish.commit_coordinates import CHECKED_COMMITS
from hromada.publish.repository import STAYS, PublicationRefused, Repository, indent, timeout_advice
from hromada.system.git import GitFailed

_BROKEN_OFF = (
    f"Зв’язок зі сховищем у мережі обірвався, і невідомо, чи воно прийняло ваші зміни. Перевірте інтернет. {TRY_AGAIN}"
)


def push_branch(repository: Repository, head: str) -> None:
    """Push what the editor has committed, if there is a remote that lacks it."""
    if not repository.remote:
        return
    last_known = repository.git.commit_of(f"refs/remotes/origin/{repository.branch}")
    if last_known == head:
        return  # nothing of ours to send; what others have sent meanwhile is for the next publication
    try:
        repository.git.run("push", "--quiet", "origin", f"{head}:refs/heads/{repository.branch}", extra=CHECKED_COMMITS)
    except GitFailed as failed:
        now = _online_commit(repository, repository.branch)
        if now != head:  # else only the answer was lost
            raise _branch_refusal(repository, failed, last_known, now) from None


def _branch_refusal(repository: Repository, failed: GitFailed, last_known: str, now: str | None) -> PublicationRefused:
    """Why the commits were not sent, by what the remote's branch has now."""
    if now not in (None, last_known):
        return PublicationRefused(
            "Поки будувався сайт, хтось надіслав до сховища новіші зміни."
            f" Повторіть: make publish (у терміналі забере їх сам, деінде: {repository.pull}). {STAYS}",
            plain=REASONS["behind"].words,
        )
    advice = timeout_advice(failed) or f"Перевірте мережу та права на гілку {repository.branch}."
    rest = f"{advice} Потім: make publish. {STAYS}\n{indent(failed.output)}"
    if now is None:
        return PublicationRefused(
            f"Невідомо, чи сховище прийняло ваші зміни. {rest}", "origin-unreachable", _BROKEN_OFF
        )
    return PublicationRefused(
        f"Сховище не прийняло ваших змін. {rest}",
        plain=f"Сховище в мережі не прийняло ваших змін. Перевірте інтернет. {TRY_AGAIN}",
    )


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
        now = _online_commit(repository, repository.pages)
        if now != new:
            raise _pages_refusal(repository, failed, old, now, again) from None


def _pages_refusal(
    repository: Repository, failed: GitFailed, old: str, now: str | None, again: str
) -> PublicationRefused:
    """Why the site is not online, by what the remote's branch has now."""
    if now is None:
        advice = timeout_advice(failed) or "Перевірте мережу."
        return PublicationRefused(
            f"Зв’язок зі сховищем обірвався: невідомо, чи воно прийняло сайт. {advice} Що на сайті, покаже make history;"
            f" повторити можна будь-коли: {again}.\n{indent(failed.output)}",
            "origin-unreachable",
            _BROKEN_OFF,
        )
    if now != old:
        return PublicationRefused(
            "Поки ви публікували, сайт оновив хтось інший. Ваші матеріали вже у сховищі, нічого не втрачено."
            f" Повторіть: {again} (у терміналі make publish забере зміни сам, деінде: {repository.pull}).",
            plain=f"Поки ви публікували, сайт оновив хтось інший. Нічого не втрачено. {TRY_AGAIN}",
        )
    if advice := timeout_advice(failed):
        return PublicationRefused(
            f"{advice} Зараз у сховищі попередній сайт; чи воно не доробило розпочатого пізніше, покаже make history."
            f" Потім: {again}.\n{indent(failed.output)}",
            "origin-unreachable",
            _BROKEN_OFF,
        )
    return PublicationRefused(
        f"Сховище не прийняло сайту: перевірте мережу та права на гілку {repository.pages}."
        f" Ваші матеріали вже у сховищі. Потім: {again}. {STAYS}\n{indent(failed.output)}",
        plain=f"Сховище в мережі прийняло ваші матеріали, але не прийняло побудованого сайту. Перевірте інтернет. {TRY_AGAIN}",
    )


def _online_commit(repository: Repository, branch: str) -> str | None:
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
