"""`make publish DRY_RUN=1`: what a publication would change and what would stop it; nothing is written but the cache."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hromada.listing.site_changes import Refusal, SiteChanges, compare_figures, compare_sites, is_report_data
from hromada.shell.building import PublicBuild
from hromada.shell.clone import (
    Clone,
    PublicationRefused,
    has_origin,
    look,
    own_branch,
    refuse_behind,
    refuse_older,
    refuse_other_folders,
)
from hromada.shell.git import Git, GitFailed
from hromada.shell.imports import blobs_of_commit
from hromada.shell.publishing import one_at_a_time
from hromada.shell.site_folder import blobs_of_folder, faults, size_of
from hromada.shell.uncommitted import refuse_uncommitted

_LEADS_ON = re.compile(rb'<meta http-equiv="refresh" content="0; url=')


@dataclass(frozen=True, slots=True)
class Preview:
    """Sorted refusals; `compared` says in Ukrainian with what the built site was compared."""

    changes: SiteChanges
    refusals: tuple[Refusal, ...]
    compared: str = ""

    def as_lines(self) -> list[str]:
        """The answer for the terminal; of a site that could not be built there is nothing to say."""
        changes = [self.compared, *self.changes.as_lines()] if self.compared else ["Сайт не побудовано."]
        return [*changes, "Це лише перегляд: нічого не опубліковано."]

    def refusal_lines(self) -> list[str]:
        lines = [refusal.message for refusal in self.refusals]
        return ["Опублікувати зараз не вийде:", *lines] if lines else []


class _Gathered:
    """Reasons not to publish, one after the other instead of the first alone."""

    def __init__(self) -> None:
        self.refusals: list[Refusal] = []

    @contextlib.contextmanager
    def gathering(self) -> Iterator[None]:
        try:
            yield
        except PublicationRefused as refused:
            self.add(refused.code, str(refused))
        except GitFailed as failed:
            self.add("git-failed", str(failed))

    def add(self, code: str, message: str) -> None:
        self.refusals.append(Refusal(code, message))


def preview(
    root: Path,
    *,
    build: Callable[[Path], PublicBuild],
    output: Path,
    domain: str = "",
    pages: str = "gh-pages",
) -> Preview:
    """Build into `output`, compare with what is online, and gather every reason that would stop a publication now."""
    git, found = Git(root), _Gathered()
    clone: Clone | None = None
    with found.gathering():
        refuse_other_folders(git)
        clone = Clone(git, "", pages, has_origin(git))
    changes, compared = SiteChanges(), ""
    with found.gathering(), one_at_a_time(git) if clone else contextlib.nullcontext():
        if clone:
            clone = _look_at(clone, found)
        built = build(output)
        for problem in built.errors:
            found.add(problem.code, str(problem))
        if not built.errors:
            for reference in built.broken:
                found.add("broken-reference", f"посилання в нікуди, {reference}")
            for fault in faults(output):
                found.add("unpublishable", fault.strip())
            changes, compared = _compared(clone, output, domain, built.moved), _words(clone)
    return Preview(changes, tuple(sorted(set(found.refusals))), compared)


def _look_at(clone: Clone, found: _Gathered) -> Clone:
    """The clone as it stands, with what is online; every reason against publishing from it is gathered."""
    with found.gathering():
        clone = replace(clone, branch=own_branch(clone.git, clone.pages))
    if clone.remote:
        with found.gathering():
            clone = look(clone)
    with found.gathering():
        refuse_uncommitted(clone.git)
    if clone.remote and clone.branch:
        with found.gathering():
            refuse_behind(clone)
    if head := clone.git.commit_of("HEAD"):
        with found.gathering():
            refuse_older(clone, head)
    return clone


def _words(clone: Clone | None) -> str:
    if clone is None or not clone.published:
        return "Опублікованого сайту ще немає: усе нове."
    where = "у мережі" if clone.seen is not None else "востаннє бачили в мережі" if clone.remote else "у цьому сховищі"
    return f"Порівняно з тим, що {where}: гілка {clone.pages}, коміт {clone.published[:10]}."


def _compared(clone: Clone | None, output: Path, domain: str, moved: Mapping[str, str]) -> SiteChanges:
    published = clone.published if clone else ""
    online = blobs_of_commit(clone.git, published) if clone and published else {}
    now = blobs_of_folder(output, domain, published)
    differing = {file for file in online.keys() | now.keys() if online.get(file) != now.get(file)}
    wanted = {file: online[file] for file in differing & online.keys() if file in moved or is_report_data(file)}
    data = clone.git.blobs(wanted.values()) if clone else {}
    held = {file: data[blob] for file, blob in wanted.items() if blob in data}
    figures = compare_figures(
        {file: text for file, text in held.items() if is_report_data(file)},
        {file: (output / file).read_bytes() for file in differing & now.keys() if is_report_data(file)},
    )
    led_on = {file for file in moved if file in held and _LEADS_ON.search(held[file])}
    moves = {file: target for file, target in moved.items() if file not in led_on}
    return compare_sites(online, now, moves, figures, size_of(output))
