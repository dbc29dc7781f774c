"""What `make doctor` mends by itself: settings of the clone and leftovers, nothing that anybody has written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from hromada.publish.pages_branch import leftover_branches, sweep
from hromada.publish.publication_lock import publication_lock
from hromada.publish.repository import PublicationRefused, has_origin
from hromada.storage.cache_cleanup import delete_orphans
from hromada.system.git import Git, GitFailed


def mend_clone(git: Git, cache: Path) -> Iterator[str]:
    """Mend what is harmless, one line in Ukrainian for each thing mended."""
    for repair in (_sweep_branches, _prune_worktrees, _set_upstream, _set_file_names):
        with contextlib.suppress(GitFailed, OSError, PublicationRefused):
            yield from repair(git)
    before = _names(cache)
    delete_orphans(cache)
    if removed := before - _names(cache):
        yield f"прибрано з кешу записи про теки, яких уже немає: {len(removed)}"


def _sweep_branches(git: Git) -> Iterator[str]:
    if left := leftover_branches(git):
        with publication_lock(git):  # else they may be those of a running publication
            sweep(git)
        yield f"прибрано тимчасові гілки перерваної публікації: {', '.join(sorted(set(left) - set(leftover_branches(git))))}"


def _prune_worktrees(git: Git) -> Iterator[str]:
    before = git.run("worktree", "list", "--porcelain")
    git.run("worktree", "prune")
    if git.run("worktree", "list", "--porcelain") != before:
        yield "прибрано записи про робочі теки git, яких уже немає"


def _set_upstream(git: Git) -> Iterator[str]:
    """The branch of the same name at the remote, where there is one."""
    if not has_origin(git) or not git.succeeds("symbolic-ref", "--quiet", "HEAD"):
        return
    branch = git.run("symbolic-ref", "--short", "HEAD")
    is_set = git.run("for-each-ref", "--format=%(upstream)", f"refs/heads/{branch}")
    if not is_set and git.commit_of(f"refs/remotes/origin/{branch}"):
        git.run("branch", "--quiet", f"--set-upstream-to=origin/{branch}")
        yield f"гілку {branch} пов’язано з origin/{branch}: git pull знатиме, звідки брати"


def _set_file_names(git: Git) -> Iterator[str]:
    name = {"nt": "core.longpaths"}.get(os.name, "core.precomposeUnicode" if sys.platform == "darwin" else "")
    if name and not git.succeeds("config", "--get", "--type=bool", name):
        git.run("config", name, "true")
        yield f"увімкнено {name}: git братиме імена файлів, як є"


def _names(folder: Path) -> set[str]:
    try:
        return {path.name for path in folder.iterdir()}
    except OSError:
        return set()
