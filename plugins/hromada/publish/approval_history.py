"""Whether an approval is what it was when it was first committed: git remembers what a rewritten file does not."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hromada.domain.problem import Problem, warning
from hromada.report.approval.approved_report import Approval
from hromada.report.report_paths import APPROVED
from hromada.system.git import Git, GitFailed

_ADVICE = "якщо звіт треба змінити, робіть це через make amend"


def rewritten(content: Path, approvals: Iterable[Approval]) -> Iterator[Problem]:
    """Versions that differ from their first commit, and approvals that were committed once and are gone.

    A content folder outside git has no history to compare with; a shallow clone says that it has too little.
    """
    git = Git(content)
    try:
        if not git.succeeds("rev-parse", "--is-inside-work-tree"):
            return
        commits = _commits(git)
        shallow = git.run("rev-parse", "--is-shallow-repository") == "true"
    except (GitFailed, OSError):  # no git at all, or no commit yet
        return
    present = {approval.path: approval for approval in approvals}
    for path in sorted(commits.keys() - present.keys()):
        if not os.path.lexists(content / path.removeprefix("content/")):
            yield warning(
                path, 1, "approval-gone", "затвердження звіту було у сховищі, а тепер його немає",
                f"поверніть файл: git log -- {path}",
            )  # fmt: skip
    for path, approval in present.items():
        if shallow:
            yield warning(path, 1, "approval-shallow", "сховище отримано без історії: затвердження не звірено з першим комітом",
                          "отримайте його повністю: git fetch --unshallow")  # fmt: skip
            return
        yield from _compare(git, approval, commits.get(path, []))


def _commits(git: Git) -> dict[str, list[str]]:
    """The commits that touched each approval, the oldest first."""
    folder = APPROVED.removeprefix("content/")
    log = git.run("log", "--reverse", "--relative", "--name-only", "-z", "--format=%x01%H", "--", folder)
    found: dict[str, list[str]] = {}
    for entry in log.split("\x01")[1:]:
        commit, *names = [word.strip("\n") for word in entry.split("\0")]
        for name in filter(None, names):
            found.setdefault(f"content/{name}", []).append(commit)
    return found


def _compare(git: Git, approval: Approval, commits: list[str]) -> Iterator[Problem]:
    first: dict[int, tuple[str, dict[str, Any]]] = {}
    for commit in commits:
        for version in _versions(git, commit, approval.path):
            first.setdefault(version.get("version", 0), (commit, version))
    for one in approval.versions:
        if one.number not in first:
            continue  # not committed yet
        commit, was = first[one.number]
        if was.get("sha256") != one.digest:
            now = {count.id: count.value for count in one.activity.counts}
            yield warning(
                approval.path, 1, "approval-rewritten",
                f"редакція {one.number} не та, яку затверджено в коміті {commit[:10]}: {_difference(was, now)}", _ADVICE,
            )  # fmt: skip
    for number in first.keys() - {one.number for one in approval.versions}:
        yield warning(
            approval.path, 1, "approval-rewritten", f"редакцію {number}, записану в коміті {first[number][0][:10]}, прибрано",
            _ADVICE,
        )  # fmt: skip


def _versions(git: Git, commit: str, path: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(git.run("show", f"{commit}:./{path.removeprefix('content/')}"))
        return [one for one in data["versions"] if isinstance(one, dict)]
    except (GitFailed, ValueError, LookupError, TypeError):
        return []  # deleted in that commit, or damaged there


def _difference(was: dict[str, Any], now: dict[str, int]) -> str:
    before = {wa["id"]: wa["value"] for wa in was.get("figures", []) if isinstance(wa, dict)}
    pairs = [
        f"{id} {before.get(id, 'немає')} → {now.get(id, 'немає')}"
        for id in {**before, **now}
        if before.get(id) != now.get(id)
    ]
    return "; ".join(pairs) or "показники ті самі, змінено інше"
