"""What was published when, as the commits of the published branch say."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hromada.domain.dates import KYIV
from hromada.domain.lazy_regex import lazy_compile
from hromada.publish.repository import (
    NUMBER_TRAILER,
    PAGES_BRANCH,
    ROLLBACK_TRAILER,
    STAYS,
    TRAILER,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
)
from hromada.publish.site_tree import VERSION_FILE
from hromada.system.git import Git, GitFailed

_ID = lazy_compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


class Publication(Struct, frozen=True):
    """A commit of ours on the published branch. `number` counts from the first one ever, so that it never changes."""

    number: int
    commit: str
    source: str  # the commit that the site was built from
    moment: str  # ISO 8601, as git has it
    summary: str
    version: str  # of version.json; empty for publications from before it
    returned_to: str = ""  # the version that a rollback put online again

    @property
    def local_moment(self) -> tuple[str, str]:
        """The day and the time in Kyiv."""
        local = datetime.fromisoformat(self.moment).astimezone(KYIV)
        return f"{local:%Y-%m-%d}", f"{local:%H:%M}"

    def as_object(self, *, is_online: bool) -> dict[str, Any]:
        return {
            "number": self.number, "version": self.version, "date": self.moment, "commit": self.commit, "source": self.source,
            "summary": self.summary, "rollback-to": self.returned_to or None, "online": is_online,
        }  # fmt: skip

    def as_line(self, *, is_online: bool) -> str:
        day, time = self.local_moment
        state = " – зараз на сайті" if is_online else ""
        return f"{self.number:>4}  {day} {time}  {self.version[:10] or '–':<10}  з {self.source[:10]}  {self.summary}{state}"


def publications(repository: Repository) -> list[Publication]:
    """Our publications, newest first, as the clone knows them."""
    tip = repository.published
    if not tip:
        return []
    keys = (f"%(trailers:key={key},valueonly,separator=%x00)" for key in (TRAILER, ROLLBACK_TRAILER, NUMBER_TRAILER))
    form = f"--format=%H%n%cI%n{'%n'.join(keys)}%n%b%x01"
    entries, first = [], 1
    for entry in repository.git.run("log", "--no-show-signature", "--first-parent", form, tip).split("\x01"):
        commit, moment, *values, body = [*entry.lstrip("\n").split("\n", 5), *[""] * 5][:6]
        source, returned_to, number = (value.partition("\0")[0] for value in values)
        if _ID.fullmatch(source):
            entries.append((commit, moment, source, returned_to, _summary(body)))
            first = int(number) if number.isdecimal() else 1  # in the end that of the oldest
    versions = _versions(repository.git, [commit for commit, *_ in entries])
    newest = first + len(entries) - 1
    return [
        Publication(newest - index, commit, source, moment, summary, versions.get(commit, ""), returned_to)
        for index, (commit, moment, source, returned_to, summary) in enumerate(entries)
    ]


def _summary(body: str) -> str:
    """The first paragraph of a commit message's body, unless it holds the trailers."""
    first = body.strip("\n").split("\n\n")[0]
    return "" if first.startswith(f"{TRAILER}:") else " ".join(first.split())


def _versions(git: Git, commits: Sequence[str]) -> dict[str, str]:
    """The versions of the commits' sites by commit, without those that have none."""
    if not commits:
        return {}
    names = "".join(f"{commit}:{VERSION_FILE}\n" for commit in commits)
    answers = git.run("cat-file", "--batch-check", stdin=names.encode()).split("\n")
    ids = {commit: line.split(" ")[0] for commit, line in zip(commits, answers, strict=True) if " blob " in line}
    blobs = git.blobs(ids.values())
    versions = {}
    for commit, id in ids.items():
        with contextlib.suppress(ValueError, LookupError, TypeError):
            versions[commit] = str(json.loads(blobs[id])["version"])
    return versions


def fetch_history(repository: Repository) -> None:
    """Fetch, and complete what a shallow clone lacks of the published branch: numbers count from its first commit."""
    fetch(repository)
    git, tip = repository.git, repository.published
    if tip and git.run("rev-parse", "--is-shallow-repository") == "true" and _is_cut(git, tip):
        git.run(
            "fetch", "--quiet", "--unshallow", "origin",
            f"+refs/heads/{repository.pages}:refs/remotes/origin/{repository.pages}",
        )  # fmt: skip


def _is_cut(git: Git, tip: str) -> bool:
    """Whether a branch's first commits here have parents elsewhere."""
    roots = git.run("rev-list", "--max-parents=0", tip).split()
    return any(b"\nparent " in git.raw("cat-file", "commit", root).partition(b"\n\n")[0] for root in roots)


def history(root: Path, pages: str = PAGES_BRANCH) -> list[Publication]:
    """The publications as of the last fetch, and of now where the remote answers."""
    git = Git(root)
    try:
        repository = open_clone(git, pages)
        if repository.remote:
            with contextlib.suppress(PublicationRefused, GitFailed):  # without a network the last known state is shown
                fetch_history(repository)
        return publications(repository)
    except GitFailed as failed:
        raise git_refused(failed) from None


def git_refused(failed: GitFailed) -> PublicationRefused:
    return PublicationRefused(
        lock_advice(failed) or f"Команда git не вдалася. {STAYS}\n{indent(str(failed))}", "git-failed"
    )
