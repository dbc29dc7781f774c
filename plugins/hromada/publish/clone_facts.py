"""The facts for `make doctor`: what the computer, the clone and its remote have. Nothing is changed."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

from hromada.checks.diagnostics import CloneFacts, MachineFacts, RemoteFacts, schedule_note
from hromada.domain.calendar import KYIV
from hromada.domain.lazy_regex import lazy_compile
from hromada.publish.pages_branch import leftover_branches
from hromada.publish.repository import (
    PAGES_BRANCH,
    PublicationRefused,
    Repository,
    has_origin,
    indent,
    own_branch,
    query_remote,
    refuse_behind,
    refuse_older,
    refuse_other_folders,
)
from hromada.publish.working_tree import ignored_files, refuse_uncommitted
from hromada.system.git import Git, GitFailed

_OLD_LOCK = 600  # seconds; no command of ours holds a lock file that long
_PINNED = lazy_compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(;)?", re.MULTILINE)
_WORKFLOW = Path(".github/workflows/site.yml")
_PROBE = "refs/heads/hromada-doctor"  # of a push that is never made


def machine_facts(root: Path, cache: Path) -> MachineFacts:
    """What the computer has for the project in `root`."""
    folders = [folder for folder in (root, root / ".git", root / "content", cache) if folder.is_dir()]
    return MachineFacts(
        python=sys.version_info[:2],
        git=_git_version(root),
        free_bytes=shutil.disk_usage(root).free,
        kyiv_hours=(_hours(datetime(2022, 1, 15)), _hours(datetime(2022, 7, 15))),
        other_libraries=tuple(_other_libraries(root / "requirements" / "runtime.txt")),
        unwritable=tuple(folder.name for folder in folders if not os.access(folder, os.W_OK)),
    )


def _hours(moment: datetime) -> int:
    offset = moment.replace(tzinfo=KYIV).utcoffset()
    return round(offset.total_seconds() / 3600) if offset else 0


def _git_version(root: Path) -> tuple[int, ...]:
    try:
        text = Git(root).run("version")
    except (FileNotFoundError, GitFailed):
        return ()
    match = re.search(r"(\d+)\.(\d+)(?:\.(\d+))?", text)
    return tuple(int(number) for number in match.groups() if number) if match else ()


def _other_libraries(lock: Path) -> Iterator[str]:
    """Libraries of none of the lock file's versions; a missing one counts unless it is for some systems only."""
    pinned = dict[str, list[str]]()
    needed = set()
    for name, version, is_conditional in _PINNED.findall(lock.read_text("utf-8") if lock.is_file() else ""):
        pinned.setdefault(name, []).append(version)  # one for each range of Python's versions
        needed |= set() if is_conditional else {name}
    for name, versions in pinned.items():
        try:
            installed = metadata.version(name)
        except metadata.PackageNotFoundError:
            installed = ""
        if installed not in versions and (installed or name in needed):
            yield f"{name} {installed or 'немає'} замість {' або '.join(versions)}"


def clone_facts(git: Git, pages: str = PAGES_BRANCH) -> CloneFacts:
    """The state of the clone, without its remote."""
    stops = dict[str, str]()
    try:
        refuse_other_folders(git)
    except PublicationRefused as refused:
        code = "unsafe-owner" if "dubious ownership" in str(refused) else refused.code
        return CloneFacts({code: _safe_words(git) if code == "unsafe-owner" else str(refused)})
    for code, message in _refusals(lambda: own_branch(git, pages), lambda: refuse_uncommitted(git)):
        stops[code] = message
    branch = _output(git, "symbolic-ref", "--quiet", "--short", "HEAD")
    return CloneFacts(
        stops,
        identity=(_config(git, "user.name"), _config(git, "user.email")),
        hooks=_config(git, "core.hooksPath"),
        own_hooks=tuple(_own_hooks(git)),
        upstream=_output(git, "for-each-ref", "--format=%(upstream:short)", f"refs/heads/{branch}") if branch else "",
        has_origin=has_origin(git),
        system="nt" if os.name == "nt" else "darwin" if sys.platform == "darwin" else "posix",
        autocrlf=_config(git, "core.autocrlf"),
        longpaths=_config(git, "core.longpaths"),
        precompose=_config(git, "core.precomposeUnicode"),
        leftovers=tuple(leftover_branches(git)),
        locks=tuple(_old_locks(git)),
        ignored=tuple(ignored_files(git, "content")),
        open_tables=tuple(sorted(path.name for path in (git.folder / "content").rglob(".~lock.*#"))),
    )


def _safe_words(git: Git) -> str:
    return (
        "Програма git не відкриває сховища: теку створив інший користувач. Станьте її власником, а якщо так і задумано:"
        f" git config --global --add safe.directory '{git.folder}'"
    )


def _own_hooks(git: Git) -> list[str]:
    folder = Path(git.folder, git.run("rev-parse", "--git-common-dir"), "hooks")
    return sorted(path.name for path in folder.glob("*") if path.is_file() and path.suffix != ".sample")


def _old_locks(git: Git) -> Iterator[str]:
    """Lock files of git that no running command can hold any more."""
    folder = Path(git.folder, git.run("rev-parse", "--git-common-dir"))
    for path in sorted([*folder.glob("*.lock"), *(folder / "refs").rglob("*.lock")]):
        with contextlib.suppress(OSError):
            if path.name != "hromada-publish.lock" and path.stat().st_mtime < time.time() - _OLD_LOCK:
                yield os.path.relpath(path, git.folder)


def remote_facts(git: Git, pages: str = PAGES_BRANCH) -> RemoteFacts:
    """The state of the remote as it is now; the clone's refs stay."""
    if not has_origin(git):
        return RemoteFacts({"no-origin": "сховища origin не вказано: сайт лишається на цьому комп’ютері"})
    branch = _output(git, "symbolic-ref", "--quiet", "--short", "HEAD")
    try:
        repository = query_remote(Repository(git, branch, pages, True))
    except PublicationRefused as refused:
        return RemoteFacts({"origin-unreachable": str(refused)}, idle_days=idle_days(git))
    head = git.commit_of("HEAD")
    is_ready = bool(branch and head)
    checks = (lambda: refuse_behind(repository), lambda: refuse_older(repository, head)) if is_ready else ()
    return RemoteFacts(
        dict(_refusals(*checks)), _push_fault(git) if head else "", bool(repository.published), idle_days(git)
    )


def _push_fault(git: Git) -> str:
    """What git says to a push of a new branch that is not made; empty if it could be."""
    try:
        git.run("push", "--dry-run", "--no-verify", "--quiet", "origin", f"HEAD:{_PROBE}")
    except GitFailed as failed:
        return indent(failed.output)
    return ""


def idle_days(git: Git) -> int | None:
    """Days since the last commit here, where GitHub runs a schedule of ours and stops it after some; None elsewhere."""
    try:
        workflow = (git.folder / _WORKFLOW).read_text("utf-8")
        host = _host(_output(git, "remote", "get-url", "origin"))
        moment = _output(git, "log", "-1", "--no-show-signature", "--format=%ct", "HEAD")
    except OSError:
        return None
    if host != "github.com" or "schedule:" not in workflow or not moment.isdigit():
        return None
    return max(0, int((time.time() - int(moment)) // 86_400))


def schedule_line(root: Path) -> str:
    """The note that the host stops the hourly run for want of commits, for other commands; empty while it runs."""
    try:
        return schedule_note(idle_days(Git(root)) or 0)
    except OSError:  # no git
        return ""


def _host(remote: str) -> str:
    """The host of a remote's address, also in the form `git@host:path`."""
    if "://" in remote:
        return urlsplit(remote).hostname or ""
    return remote.partition(":")[0].rpartition("@")[2] if ":" in remote else ""


def published_bytes(git: Git, commit: str) -> int | None:
    """How much the files of a published commit take; None if the clone lacks some of them."""
    try:
        lines = git.run("ls-tree", "-r", "-l", commit).split("\n") if commit else []
        return sum(int(line.split("\t")[0].split()[3]) for line in lines if line) if lines else None
    except (GitFailed, ValueError, IndexError):
        return None


def _refusals(*steps: Callable[[], object]) -> Iterator[tuple[str, str]]:
    for step in steps:
        try:
            step()
        except PublicationRefused as refused:
            yield refused.code, str(refused)
        except GitFailed as failed:
            yield "git-failed", str(failed)


def _config(git: Git, name: str) -> str:
    return _output(git, "config", "--get", name)


def _output(git: Git, *arguments: str) -> str:
    """The output of a git command; empty when it fails."""
    try:
        return git.run(*arguments)
    except GitFailed:
        return ""
