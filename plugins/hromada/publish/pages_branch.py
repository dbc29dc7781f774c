"""The published branch: the site's location, what others have committed to it, commits on top of it."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping, Sequence

from msgspec import Struct

from hromada.domain.file_names import PICTURE_FILE
from hromada.domain.lazy_regex import lazy_compile
from hromada.listing.site_changes import CNAME, ForeignChanges, ForeignCommit
from hromada.listing.site_location import OnlineLocation, address_in
from hromada.publish.repository import PublishedCommit, Repository
from hromada.publish.site_tree import blob_or_mode, blobs_of_listing
from hromada.system.git import Git, GitFailed

TEMPORARY = "hromada-publish-"  # of branches
DEFAULT_IDENTITY = ("Публікація сайту", "site@hromada.invalid")


def leftover_branches(git: Git) -> list[str]:
    """Temporary branches of killed publications."""
    names = git.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n")
    return [name for name in names if name.startswith(TEMPORARY)]


def sweep(git: Git) -> None:
    """Delete temporary branches; one that can't be deleted does no harm, since every import has its own name."""
    for branch in leftover_branches(git):
        with contextlib.suppress(GitFailed):
            git.run("update-ref", "-d", f"refs/heads/{branch}")


def with_kept(git: Git, commit: str, parent: str, message: str, kept: Mapping[str, str]) -> str:
    """A commit on top of `parent` with the commit's tree and the kept files of others; no ref is changed."""
    if not kept:
        return commit
    top = {name.partition("/")[0] for name in kept}
    entries = [line for line in _top_entries(git, parent) if line.partition("\t")[2] in top]
    listing = "".join(f"{line}\0" for line in _top_entries(git, commit) + entries)
    tree = git.run("mktree", "-z", stdin=listing.encode("utf-8", "surrogateescape"))
    return commit_tree(git, tree, parent, message)


def commit_tree(git: Git, tree: str, parent: str, message: str) -> str:
    """A commit with a tree on top of `parent` (empty: a first commit); no ref is changed."""
    utf8, parents = ("-c", "i18n.commitEncoding=utf-8"), ("-p", parent) if parent else ()
    return git.run(*utf8, "commit-tree", *parents, "-F", "-", tree, stdin=message.encode(), extra=identity(git))


def _top_entries(git: Git, commit: str) -> list[str]:
    return [line for line in git.run("ls-tree", "-z", "--full-tree", commit).split("\0") if line]


def identity(git: Git) -> dict[str, str]:
    """Environment variables for author and committer, valid for fast-import."""
    own = [_identity_value(git, field) for field in ("name", "email")]
    name, email = own if all(own) else DEFAULT_IDENTITY
    return {
        f"GIT_{who}_{field}": value
        for who in ("AUTHOR", "COMMITTER")
        for field, value in (("NAME", name), ("EMAIL", email))
    }


def _identity_value(git: Git, field: str) -> str:
    variable = git.environment().get(f"GIT_COMMITTER_{field.upper()}", "")
    value = variable or git.run("config", "--get", "--default", "", f"user.{field}")
    return " ".join(value.translate({ord(character): " " for character in "<>\r\n\t"}).split())


def same_tree(
    git: Git, commit: str, files: Mapping[str, str], parent: str = "", known: Mapping[str, str] | None = None
) -> bool:
    """Whether a commit holds exactly these files, byte for byte.

    With `known`, the files that git has listed of `parent`, only what differs from it is listed.
    """
    if not commit:
        return False
    try:
        return (blobs_after(git, parent, known or {}, commit) if parent else blobs_of_commit(git, commit)) == files
    except GitFailed:
        return False


def blobs_of_commit(git: Git, commit: str) -> dict[str, str]:
    return blobs_of_listing(git.run("ls-tree", "-r", "-z", "--full-tree", commit))


def blobs_after(git: Git, parent: str, known: Mapping[str, str], commit: str) -> dict[str, str]:
    """The blobs of a commit, from those of its parent and git's list of what differs."""
    changes = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", parent, commit).split("\0")
    blobs = dict(known)
    for columns, name in zip(changes[::2], changes[1::2], strict=False):
        _, mode, _, blob, status = columns.split(" ")
        if status == "D":
            del blobs[name]
        else:
            blobs[name] = blob_or_mode(mode, blob)
    return blobs


def files_digest(files: Mapping[str, str]) -> str:
    """SHA-256 over the names and blob ids of a site's files, for the message of their commit."""
    lines = "".join(f"{blob} {name}\0" for name, blob in sorted(files.items()))
    return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()


# --- pictures that pages name -----------------------------------------------------------------------------------------

_TEXTS = (".html", ".xml", ".atom", ".json", ".txt", ".css", ".js", ".ics", ".csv", ".svg", ".webmanifest")
_PICTURE = lazy_compile(PICTURE_FILE.pattern.encode())
_READ_AT_ONCE = 2_000  # files, of some 10 kB each
_SHORTEST_ID = 40  # anything but a regular file has its mode instead


def texts_of(files: Mapping[str, str]) -> list[str]:
    """The blob ids of a site's files that may name a picture."""
    return [id for name, id in files.items() if name.endswith(_TEXTS) and len(id) >= _SHORTEST_ID]


def pictures_in(git: Git, texts: Sequence[str]) -> frozenset[str] | None:
    """The pictures that blobs name, wherever these lie; None if a blob is missing."""
    names: set[bytes] = set()
    for start in range(0, len(texts), _READ_AT_ONCE):
        ids = texts[start : start + _READ_AT_ONCE]
        blobs = git.blobs(ids)
        if blobs.keys() != set(ids):
            return None
        for data in blobs.values():
            names.update(_PICTURE.findall(data))
    return frozenset(name.decode() for name in names)


_HOME = "index.html"
_INSPECTED = 50  # commits of others whose files are listed; further ones are only counted


class PagesBranch(Struct, frozen=True):
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
    is_amended = bool(ours.digest) and ours.digest != files_digest(published)
    changes = ForeignChanges(published, online, commits, ours.kept, restored, is_amended)
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
