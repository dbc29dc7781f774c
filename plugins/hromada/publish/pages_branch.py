"""Inspects the published branch: the site's location, and what others have committed on top of our commits."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from hromada.listing.foreign_changes import CNAME, ForeignChanges, ForeignCommit
from hromada.listing.site_location import OnlineLocation, address_in
from hromada.publish.repository import PublishedCommit, Repository
from hromada.publish.site_commit import blobs_of_commit
from hromada.system.git import Git, GitFailed

_HOME = "index.html"
_INSPECTED = 50  # commits of others whose files are listed; further ones are only counted


@dataclass(frozen=True, slots=True)
class PagesBranch:
    """What is online: the location, and the changes of others."""

    location: OnlineLocation = OnlineLocation()
    changes: ForeignChanges = ForeignChanges()


def inspect_pages(repository: Repository) -> PagesBranch:
    """The published branch as it was last fetched; of a branch without our commits the location only."""
    git, tip = repository.git, repository.published
    if not tip:
        return PagesBranch()
    ours = repository.newest_publication(tip) or PublishedCommit(tip, "")
    published = blobs_of_commit(git, ours.commit)
    online = published if ours.commit == tip else blobs_of_commit(git, tip)
    commits = () if ours.commit == tip else _foreign_commits(git, ours.commit, tip)
    added = (name for name in online.keys() - published.keys() if "/" not in name)
    restored = {name for name in added if commits and _was_removed_by_us(repository, ours.commit, name)}
    changes = ForeignChanges(published, online, commits, ours.kept, restored)
    return PagesBranch(_location(git, changes), changes)


def _location(git: Git, changes: ForeignChanges) -> OnlineLocation:
    ids = [changes.published.get(_HOME, ""), changes.published.get(CNAME, ""), changes.online.get(CNAME, "")]
    texts = git.blobs(id for id in ids if len(id) >= 40)
    home, published_domain, online_domain = (texts.get(id, b"") for id in ids)
    return OnlineLocation(
        address_in(home),
        published_domain.decode("utf-8", "replace").strip(),
        online_domain.decode("utf-8", "replace").strip(),
        changes.commits_of(CNAME) if published_domain != online_domain else "",
    )


def _foreign_commits(git: Git, ours: str, tip: str) -> tuple[ForeignCommit, ...]:
    """The commits on top of ours, newest first; a merge is one commit with all its changes."""
    form = "--format=%H%x00%an%x00%ad%x00%s"
    options = ("--first-parent", "--no-show-signature", "--date=format:%d.%m.%Y", form)
    lines = git.run("log", *options, f"{ours}..{tip}").split("\n")
    commits = []
    for index, line in enumerate(filter(None, lines)):
        id, author, day, subject = line.split("\0", 3)
        commits.append(ForeignCommit(author, day, subject, _files_of(git, id) if index < _INSPECTED else ()))
    return tuple(commits)


def _files_of(git: Git, commit: str) -> tuple[str, ...]:
    with contextlib.suppress(GitFailed):  # the first commit of a history, or of a shallow clone
        names = git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", f"{commit}^1", commit)
        return tuple(filter(None, names.split("\0")))
    return ()


def _was_removed_by_us(repository: Repository, ours: str, name: str) -> bool:
    """Whether the last commit that changed the file up to our newest one was a publication of ours."""
    last = repository.git.run(
        "--literal-pathspecs", "log", "-1", "--no-show-signature", "--format=%H", ours, "--", name
    )
    return bool(last and repository.source_of(last))
