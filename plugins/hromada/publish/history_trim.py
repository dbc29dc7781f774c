"""`make history-trim`: the published branch keeps its last publications; what is online and what people wrote stays.

The oldest kept publication becomes the first commit of the branch. Commits above it are the same but for their parents;
a signature would not fit them any more and is left out.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

from msgspec.structs import astuple, replace

from hromada.domain.numerals import NOUNS, format_decimal
from hromada.domain.refusal import Refusal
from hromada.publish.history import Publication, fetch_history, git_refused, publications
from hromada.publish.publishing import publication_lock, push_pages, update_local_branch
from hromada.publish.repository import (
    NUMBER_TRAILER,
    PAGES_BRANCH,
    STAYS,
    PublicationRefused,
    Repository,
    open_clone,
)
from hromada.system.git import NO_REPLACEMENTS, Git, GitFailed

_AGAIN = "make history-trim"


def trim(
    root: Path,
    keep: int,
    *,
    print_lines: Callable[..., None],
    confirm: Callable[[Refusal], bool],
    pages: str = PAGES_BRANCH,
) -> None:
    """Cut the history of the published branch to its last `keep` publications, once a person has confirmed it."""
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        with publication_lock(git):
            if repository.remote:
                fetch_history(repository)
            _trim(repository, keep, print_lines, confirm)
    except GitFailed as failed:
        raise git_refused(failed) from None


def _trim(
    repository: Repository, keep: int, print_lines: Callable[..., None], confirm: Callable[[Refusal], bool]
) -> None:
    git, tip = repository.git, repository.published
    known = publications(repository)
    first = known[keep - 1] if len(known) >= keep else None
    if first is None or not _parents(git, first.commit):
        print_lines(
            f"В історії гілки {repository.pages} {NOUNS['публікація'].counted(len(known))}: скорочувати нічого."
        )
        return
    new = _trimmed(git, first, tip)
    kept = replace(repository, remote=True, remote_branches={repository.pages: new})
    if _tree(git, new) != _tree(git, tip) or list(map(_facts, publications(kept))) != list(map(_facts, known[:keep])):
        raise PublicationRefused(f"Скорочену історію не вдалося записати точно, тож її відкинуто. {STAYS}")
    print_lines(*_plan(git, repository.pages, known, keep, tip, new))
    if not confirm(Refusal("history-trim", "Повернутися до прибраних публікацій буде неможливо.")):
        print_lines(f"Поки що нічого не змінено. Прибрати їх: {_AGAIN} KEEP={keep} DELETE=1")
        return
    if repository.remote:
        push_pages(repository, tip, new, _AGAIN)
        update_local_branch(repository, new)
    else:
        git.run("update-ref", f"refs/heads/{repository.pages}", new, tip)
    print_lines(f"Історію гілки {repository.pages} скорочено, лишилося публікацій: {keep}; коміт {new[:10]}. {STAYS}")


def _plan(git: Git, pages: str, known: Sequence[Publication], keep: int, tip: str, new: str) -> list[str]:
    """What goes and what stays, for the terminal."""
    gone = len(known) - keep
    lines = [
        f"В історії гілки {pages} {NOUNS['публікація'].counted(len(known))}. Зникне публікацій: {gone} (номери до"
        f" {known[keep].number}), лишиться: {keep} (номери від {known[keep - 1].number}).",
        "Сайт у мережі, номери публікацій, головна гілка й файли, додані іншими, не зміняться.",
    ]
    with contextlib.suppress(GitFailed):  # a git before 2.31 can't tell
        size = int(git.run("rev-list", "--disk-usage", "--objects", tip, f"^{new}"))
        lines.append(
            f"Зайвим стане близько {format_decimal(Fraction(size, 1_000_000))} МБ. Хост звільнить їх, коли сам прибере в"
            " сховищі (git gc), у цій теці – git gc."
        )
    return lines


def _trimmed(git: Git, first: Publication, tip: str) -> str:
    """The commit that a tip becomes when the history begins with a publication; no ref is changed."""
    number = f"{NUMBER_TRAILER}: {first.number}"
    raw = git.raw("cat-file", "commit", first.commit, extra=NO_REPLACEMENTS)
    has_number = number.encode() in raw.split(b"\n")
    root = _written(git, _rewritten(raw, []) + (b"" if has_number else f"{number}\n".encode()))
    renewed = {first.commit: root}
    listed = git.run(
        "rev-list", "--reverse", "--topo-order", "--parents", f"{first.commit}..{tip}", extra=NO_REPLACEMENTS
    )
    commits = [line.split(" ") for line in listed.split("\n") if line]
    above = {commit for commit, *_ in commits}
    for commit, *parents in commits:
        # What is not above the first publication lies below it.
        changed = [renewed.get(parent, parent if parent in above else root) for parent in parents]
        if changed != parents:
            raw = git.raw("cat-file", "commit", commit, extra=NO_REPLACEMENTS)
            renewed[commit] = _written(git, _rewritten(raw, list(dict.fromkeys(changed))))
    return renewed.get(tip, tip)


def _rewritten(raw: bytes, parents: Sequence[str]) -> bytes:
    """A commit with other parents and without a signature; its message ends with a line's end."""
    header, _, message = raw.partition(b"\n\n")
    tree, *fields = header.split(b"\n")
    lines = [tree, *(f"parent {parent}".encode() for parent in parents)]
    is_dropped = False
    for field in fields:
        if not field.startswith(b" "):  # else it goes on with the field above
            is_dropped = field.startswith((b"parent ", b"gpgsig"))
        if not is_dropped:
            lines.append(field)
    return b"\n".join(lines) + b"\n\n" + message.rstrip(b"\n") + b"\n"


def _written(git: Git, commit: bytes) -> str:
    return git.run("hash-object", "-t", "commit", "-w", "--stdin", stdin=commit)


def _parents(git: Git, commit: str) -> list[str]:
    return git.run("rev-list", "--parents", "-1", commit).split(" ")[1:]


def _tree(git: Git, commit: str) -> str:
    return git.run("rev-parse", f"{commit}^{{tree}}")


def _facts(publication: Publication) -> tuple[object, ...]:
    """What must not change: all but the commit's own name."""
    return astuple(replace(publication, commit=""))
