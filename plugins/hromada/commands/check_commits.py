"""`make check-commits`: whether commits that are not online have files that say where they were taken.

For the hook before a push and for requests of changes; `make publish` looks by itself.
"""

from __future__ import annotations

import os

from hromada.build.manifest import running_code
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_json, print_refusal
from hromada.console.options import Options
from hromada.domain.lazy_regex import lazy_compile
from hromada.publish.commit_places import (
    CACHE_FILE,
    REFUSED,
    CommitScanner,
    PlacedFile,
    as_problems,
    base_of,
    branches_online,
    listed,
    removal,
)
from hromada.publish.repository import PAGES_BRANCH, PublicationRefused, has_origin, refuse_other_folders
from hromada.system.git import Git, GitFailed

_NAME = lazy_compile(r"\w[\w./@{}^~-]*")  # of a commit; what begins with a hyphen git takes for an option


class _UnknownCommit(Exception):
    """BASE or TIP names no commit; the message is Ukrainian."""


def commit_scanner(options: Options) -> CommitScanner:
    """The scanner that remembers in the cache what it has looked into."""
    return CommitScanner(Git(options.root), options.cache / CACHE_FILE, running_code(options.root), options.jobs)


def check_commits(options: Options) -> int:
    """Refuse commits of TIP that BASE (or origin) doesn't have if a file in them has coordinates."""
    git = Git(options.root)
    try:
        refuse_other_folders(git)
        if options.staged:
            index = os.environ.get("GIT_INDEX_FILE", "")  # of a commit in progress
            staged = CommitScanner(Git(options.root, index=index)).staged()
            return _refuse_staged(staged, options) if staged else _warn_of_commits(git, options)
        tip = _commit_of(git, "TIP", options.tip or "HEAD")
        base = _commit_of(git, "BASE", options.base) if options.base else ""
        scanner = commit_scanner(options)
        files = scanner.not_online(tip, ("--not", base)) if base else scanner.not_online(tip)
        if not files:
            return _nothing(options)
        branches = [base] if base else branches_online(git, git.run("branch", "--show-current"), PAGES_BRANCH)
        lines = removal(git, files, base_of(git, tip, branches), tip)
    except (PublicationRefused, _UnknownCommit) as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    except GitFailed as failed:
        print_error(f"Коміти не перевірено: {failed}")
        return EXIT_REFUSED
    again = ["Ця гілка вже в мережі, тож надішліть її наново: git push --force-with-lease"] if base else []
    return _refuse(files, options, [REFUSED, *lines, *again])


def _refuse_staged(files: list[PlacedFile], options: Options) -> int:
    return _refuse(files, options, ["Замініть їх копіями без координат (у content/ – make fix), тоді знову: git add"])


def _warn_of_commits(git: Git, options: Options) -> int:
    """Say that the commits so far can't be sent; this one may be what mends them, so it is not stopped."""
    if has_origin(git) and git.commit_of("HEAD") and (files := commit_scanner(options).not_online("HEAD")):
        base = base_of(git, "HEAD", branches_online(git, git.run("branch", "--show-current"), PAGES_BRANCH))
        print_error(
            "Увага: надіслати ваші коміти не вийде.", REFUSED, *listed(files), *removal(git, files, base, "HEAD")
        )
    return _nothing(options)


def _nothing(options: Options) -> int:
    if options.format == "json":
        print_json([])
    return EXIT_OK


def _refuse(files: list[PlacedFile], options: Options, lines: list[str]) -> int:
    """Print the problems in the format of the call, and then what to do."""
    if options.format == "text":
        print_error(*map(str, as_problems(files)))
    else:
        print_refusal(as_problems(files), options.format)
    print_error(*lines)
    return EXIT_REFUSED


def _commit_of(git: Git, setting: str, name: str) -> str:
    commit = git.commit_of(name) if _NAME.fullmatch(name) else ""
    if not commit:
        raise _UnknownCommit(f"{setting}=«{name}»: такого коміту немає. Напишіть, наприклад: BASE=origin/main TIP=HEAD")
    return commit
