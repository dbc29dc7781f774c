"""ghp-import, kept away from the published branch: it imports into a private one, and its work is compared.

It is not atomic: killed midway, it leaves a branch with a part of the files. So it never touches `gh-pages`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from hromada.publish.site_tree import blobs_of_listing
from hromada.system.git import Git, GitFailed

_PRIVATE = "hromada-publish-"
_NOBODY = ("Публікація сайту", "site@hromada.invalid")


class ImportFailed(Exception):
    """ghp-import failed; nothing outside its private branch was touched."""


def leftover_branches(git: Git) -> list[str]:
    """Private branches that killed publications have left."""
    names = git.run("for-each-ref", "--format=%(refname:lstrip=2)", "refs/heads").split("\n")
    return [name for name in names if name.startswith(_PRIVATE)]


def sweep(git: Git) -> None:
    """Remove them; one that can't be removed harms nobody, since every import has a name of its own."""
    for branch in leftover_branches(git):
        with contextlib.suppress(GitFailed):
            git.run("update-ref", "-d", f"refs/heads/{branch}")


def import_site(git: Git, output: Path, parent: str, message: str, domain: str) -> str:
    """The commit with the folder's files on top of `parent` (empty: a first commit); no branch is left behind."""
    branch = f"{_PRIVATE}{os.getpid()}-{secrets.token_hex(4)}"
    if parent:
        git.run("update-ref", f"refs/heads/{branch}", parent, "")
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", branch, "--message", message]
    command += ["--cname", domain] if domain else []
    environment = git.environment(identity(git))
    try:
        done = subprocess.run(
            [*command, str(output)], cwd=git.folder, env=environment, capture_output=True, check=False
        )
        if done.returncode:
            raise ImportFailed(_reason(done.stderr.decode("utf-8", "replace")))
        return git.commit_of(f"refs/heads/{branch}")
    finally:
        sweep(git)


def with_kept(git: Git, commit: str, parent: str, message: str, kept: Mapping[str, str]) -> str:
    """The commit's tree with files of others that are online, as one commit on top of `parent`; nothing of it moves a ref."""
    if not kept:
        return commit
    top = {name.partition("/")[0] for name in kept}
    entries = [line for line in _top_of(git, parent) if line.partition("\t")[2] in top]
    listing = "".join(f"{line}\0" for line in _top_of(git, commit) + entries)
    tree = git.run("mktree", "-z", stdin=listing.encode("utf-8", "surrogateescape"))
    utf8 = ("-c", "i18n.commitEncoding=utf-8")
    return git.run(*utf8, "commit-tree", "-p", parent, "-F", "-", tree, stdin=message.encode(), extra=identity(git))


def _top_of(git: Git, commit: str) -> list[str]:
    return [line for line in git.run("ls-tree", "-z", "--full-tree", commit).split("\0") if line]


def _reason(words: str) -> str:
    """What git said, without ghp-import's traceback after it; without such words, the traceback's last line."""
    lines = [line for line in words.strip().split("\n") if line]
    said = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return "\n".join(said or lines[-1:])


def identity(git: Git) -> dict[str, str]:
    """Whose commit it is; ghp-import would take an empty name or one that fast-import can't read."""
    own = [_person(git, what) for what in ("name", "email")]
    name, email = own if all(own) else _NOBODY
    return {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", name), ("EMAIL", email))
    }


def _person(git: Git, what: str) -> str:
    given = git.environment().get(f"GIT_COMMITTER_{what.upper()}", "")
    words = given or git.run("config", "--get", "--default", "", f"user.{what}")
    return " ".join(words.translate({ord(one): " " for one in "<>\r\n\t"}).split())


def same_tree(git: Git, commit: str, files: Mapping[str, str]) -> bool:
    """Whether a commit holds exactly these files, byte for byte."""
    if not commit:
        return False
    try:
        return blobs_of_commit(git, commit) == files
    except GitFailed:
        return False


def blobs_of_commit(git: Git, commit: str) -> dict[str, str]:
    return blobs_of_listing(git.run("ls-tree", "-r", "-z", "--full-tree", commit))
