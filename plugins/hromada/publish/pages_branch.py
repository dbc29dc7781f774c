"""The published branch as it stands: where it says the site is, and what others have committed on top of ours."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from hromada.listing.foreign_changes import CNAME, ForeignChanges, ForeignCommit
from hromada.listing.site_location import OnlineLocation, address_in
from hromada.publish.repository import Publication, Repository
from hromada.publish.site_commit import blobs_of_commit
from hromada.system.git import Git, GitFailed

_HOME = "index.html"
_LOOKED_AT = 50  # commits of others whose files are looked up: the rest is counted


@dataclass(frozen=True, slots=True)
class PagesBranch:
    """What is online: where, and what of it is not ours."""

    location: OnlineLocation = OnlineLocation()
    changes: ForeignChanges = ForeignChanges()


def inspect_pages(repository: Repository) -> PagesBranch:
    """The published branch as it was last seen; of one that is not ours at all, where it says that the site is."""
    git, tip = repository.git, repository.published
    if not tip:
        return PagesBranch()
    ours = repository.newest_publication(tip) or Publication(tip, "")
    published = blobs_of_commit(git, ours.commit)
    online = published if ours.commit == tip else blobs_of_commit(git, tip)
    commits = () if ours.commit == tip else _foreign_commits(git, ours.commit, tip)
    added = (name for name in online.keys() - published.keys() if "/" not in name)
    brought_back = {name for name in added if commits and _was_removed_by_us(repository, ours.commit, name)}
    changes = ForeignChanges(published, online, commits, ours.kept, brought_back)
    return PagesBranch(_location(git, changes), changes)


def _location(git: Git, changes: ForeignChanges) -> OnlineLocation:
    ids = [changes.published.get(_HOME, ""), changes.published.get(CNAME, ""), changes.online.get(CNAME, "")]
    texts = git.blobs(id for id in ids if len(id) >= 40)
    home, former, now = (texts.get(id, b"") for id in ids)
    return OnlineLocation(
        address_in(home),
        former.decode("utf-8", "replace").strip(),
        now.decode("utf-8", "replace").strip(),
        changes.commits_of(CNAME) if former != now else "",
    )


def _foreign_commits(git: Git, ours: str, tip: str) -> tuple[ForeignCommit, ...]:
    """The commits above ours, the newest first; a merge counts as one, with all that it brought."""
    form = "--format=%H%x00%an%x00%ad%x00%s"
    options = ("--first-parent", "--no-show-signature", "--date=format:%d.%m.%Y", form)
    lines = git.run("log", *options, f"{ours}..{tip}").split("\n")
    found = []
    for number, line in enumerate(filter(None, lines)):
        id, author, day, subject = line.split("\0", 3)
        found.append(ForeignCommit(author, day, subject, _files_of(git, id) if number < _LOOKED_AT else ()))
    return tuple(found)


def _files_of(git: Git, commit: str) -> tuple[str, ...]:
    with contextlib.suppress(GitFailed):  # the first commit of a history, or of what a shallow clone has of it
        names = git.run("diff-tree", "-r", "-z", "--name-only", "--no-renames", f"{commit}^1", commit)
        return tuple(filter(None, names.split("\0")))
    return ()


def _was_removed_by_us(repository: Repository, ours: str, name: str) -> bool:
    """Whether the last that happened to a file below our newest commit was a publication without it."""
    last = repository.git.run(
        "--literal-pathspecs", "log", "-1", "--no-show-signature", "--format=%H", ours, "--", name
    )
    return bool(last and repository.source_of(last))
