"""Compares approvals with their first commits in git's history."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hromada.domain.file_names import APPROVED, content_path, name_in_content
from hromada.domain.problem import Problem, warning
from hromada.report.approval.approved_report import Approval
from hromada.system.git import Git, GitFailed

_ADVICE = "якщо звіт треба змінити, робіть це через make amend"


def rewritten(content: Path, approvals: Iterable[Approval]) -> Iterator[Problem]:
    """Problems of versions that differ from their first commit, and of approvals that were committed once and are gone.

    A content folder outside git has no history; of a shallow clone a problem says that nothing was compared.
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
        if not os.path.lexists(content / name_in_content(path)):
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
    folder = name_in_content(APPROVED)
    log = git.run("log", "--reverse", "--relative", "--name-only", "-z", "--format=%x01%H", "--", folder)
    commits: dict[str, list[str]] = {}
    for entry in log.split("\x01")[1:]:
        commit, *names = [field.strip("\n") for field in entry.split("\0")]
        for name in filter(None, names):
            commits.setdefault(content_path(name), []).append(commit)
    return commits


def _compare(git: Git, approval: Approval, commits: list[str]) -> Iterator[Problem]:
    first: dict[int, tuple[str, dict[str, Any]]] = {}
    for commit in commits:
        for version in _versions(git, commit, approval.path):
            first.setdefault(version.get("version", 0), (commit, version))
    for current in approval.versions:
        if current.number not in first:
            continue  # not committed yet
        commit, committed = first[current.number]
        if committed.get("sha256") != current.digest:
            now = {count.id: count.value for count in current.activity.counts}
            yield warning(
                approval.path, 1, "approval-rewritten",
                f"редакція {current.number} не та, яку затверджено в коміті {commit[:10]}: {_difference(committed, now)}", _ADVICE,
            )  # fmt: skip
    for number in first.keys() - {version.number for version in approval.versions}:
        yield warning(
            approval.path, 1, "approval-rewritten", f"редакцію {number}, записану в коміті {first[number][0][:10]}, прибрано",
            _ADVICE,
        )  # fmt: skip


def _versions(git: Git, commit: str, path: str) -> list[dict[str, Any]]:
    try:
        data = json.loads(git.run("show", f"{commit}:./{name_in_content(path)}"))
        return [version for version in data["versions"] if isinstance(version, dict)]
    except (GitFailed, ValueError, LookupError, TypeError):
        return []  # deleted in that commit, or damaged there


def _difference(committed: dict[str, Any], now: dict[str, int]) -> str:
    before = {figure["id"]: figure["value"] for figure in committed.get("figures", []) if isinstance(figure, dict)}
    pairs = [
        f"{id} {before.get(id, 'немає')} → {now.get(id, 'немає')}"
        for id in {**before, **now}
        if before.get(id) != now.get(id)
    ]
    return "; ".join(pairs) or "показники ті самі, змінено інше"
