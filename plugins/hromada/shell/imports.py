"""ghp-import, kept away from the published branch: it imports into a private one, and its work is compared.

It is not atomic: killed midway, it leaves a branch with a part of the files. So it never touches `gh-pages`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from hromada.shell.git import Git, GitFailed

_PRIVATE = "hromada-publish-"
_NOBODY = {"NAME": "Публікація сайту", "EMAIL": "site@hromada.invalid"}


class ImportFailed(Exception):
    """ghp-import failed; nothing outside its private branch was touched."""


def leftover_branches(git: Git) -> list[str]:
    """Private branches that killed publications have left."""
    return [name for name in git.run("branch", "--format=%(refname:short)").split("\n") if name.startswith(_PRIVATE)]


def import_site(git: Git, output: Path, parent: str, message: str, domain: str) -> str:
    """The commit with the folder's files on top of `parent` (empty: a first commit); no branch is left behind."""
    branch = f"{_PRIVATE}{os.getpid()}"
    if parent:
        git.run("branch", "--quiet", "--no-track", branch, parent)
    command = [sys.executable, "-m", "ghp_import", "--no-jekyll", "--branch", branch, "--message", message]
    command += ["--cname", domain] if domain else []
    try:
        done = subprocess.run(
            [*command, str(output)],
            cwd=git.folder,
            env=git.environment(identity(git)),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise ImportFailed(done.stderr.decode("utf-8", "replace"))
        return git.commit_of(f"refs/heads/{branch}")
    finally:
        if git.commit_of(f"refs/heads/{branch}"):
            git.run("branch", "--quiet", "-D", branch)


def identity(git: Git) -> dict[str, str]:
    """A name for the commit where git has none: ghp-import would leave the author empty."""
    if git.succeeds("config", "user.name") and git.succeeds("config", "user.email"):
        return {}
    return {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in _NOBODY.items()}


def same_tree(git: Git, commit: str, output: Path, domain: str) -> bool:
    """Whether a commit holds exactly the folder's files (with `.nojekyll` and the domain), byte for byte."""
    try:
        return _files_of(git, f"{commit}^{{tree}}") == _files_of(git, _tree_of(git, output, domain))
    except GitFailed:
        return False


def _files_of(git: Git, tree: str) -> set[str]:
    """Names and contents of a tree's files; the executable bit is left out, Windows has none."""
    lines = git.run("ls-tree", "-r", "-z", tree).split("\0")
    return {line.partition(" ")[2] for line in lines if line}


def _tree_of(git: Git, output: Path, domain: str) -> str:
    """The tree of the folder, built in an index of its own; git's ignore rules don't apply to it."""
    inside = Git(output.resolve(), git.environ)
    with tempfile.TemporaryDirectory() as folder:
        where = {
            "GIT_DIR": git.run("rev-parse", "--absolute-git-dir"),
            "GIT_WORK_TREE": str(inside.folder),
            "GIT_INDEX_FILE": str(Path(folder, "index")),
        }
        inside.run("add", "--all", "--force", ".", extra=where)
        added = {".nojekyll": b""} | ({"CNAME": domain.encode()} if domain else {})
        for name, data in added.items():
            blob = inside.run("hash-object", "-w", "--stdin", input=data, extra=where)
            inside.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{name}", extra=where)
        return inside.run("write-tree", extra=where)
