"""What the runs of workflows found, as a file on a branch of its own that an editor's token can read.

Each host tells the words of a run in another way: by annotations, which a token with few rights can't read, or by a log that
lies on another host. A file in git is read alike everywhere, with the right that the editor's form needs anyway. The branch
has one commit and no history; a newer result replaces that of the same branch.
"""

from __future__ import annotations

import msgspec

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.problem import Level, Problem
from hromada.publish.commit_places import CHECKED_COMMITS
from hromada.publish.pages_branch import commit_tree
from hromada.publish.repository import RESULTS_BRANCH
from hromada.system.git import Git, GitFailed

RESULTS_FILE = "results.json"
PUBLISHED, CHECKED, REFUSED, FAILED = "published", "checked", "refused", "failed"
_KEPT = 50  # branches of which a result is kept
_MOST_PROBLEMS = 100  # of a result: a page can't show more, and a damaged archive has thousands
_LARGEST = 4_000_000  # bytes of the file
_ATTEMPTS = 5  # runs of several requests write at the same time
_CREDENTIALS = lazy_compile(r"://[^/@\s]{1,1000}@")
_TRACKING = f"refs/remotes/origin/{RESULTS_BRANCH}"


class RunResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The newest finding about a branch: `commit` is what was looked at, `problems` are those of `make check FORMAT=json`.

    `version` is the site's where it was published elsewhere than on the published branch, `preview` an address.
    """

    branch: str
    commit: str
    moment: str  # local Kyiv time
    outcome: str
    problems: tuple[dict[str, str | int], ...] = ()
    messages: tuple[str, ...] = ()
    version: str = ""
    preview: str = ""

    def says_the_same(self, other: RunResult) -> bool:
        return msgspec.structs.replace(self, moment=other.moment) == other


class _Results(msgspec.Struct, frozen=True):
    results: tuple[RunResult, ...] = ()


def problem_rows(problems: tuple[Problem, ...]) -> tuple[dict[str, str | int], ...]:
    """The problems as rows of a result: errors first, and not too many."""
    ordered = sorted(problems, key=lambda problem: (problem.level is not Level.ERROR, problem))
    return tuple(problem.as_json() for problem in ordered[:_MOST_PROBLEMS])


def without_secrets(message: str) -> str:
    """A message without what stands before the host of an address: a workflow's clone may have its key there."""
    return _CREDENTIALS.sub("://", message)


def known_results(git: Git) -> dict[str, RunResult]:
    """The results of the branch as last fetched, by the branch that they are about; none where they can't be read."""
    try:
        raw = git.raw("cat-file", "blob", f"{_TRACKING}:{RESULTS_FILE}")
        found = msgspec.json.decode(raw[:_LARGEST], type=_Results)
    except (GitFailed, msgspec.DecodeError):
        return {}
    return {result.branch: result for result in found.results}


def record(git: Git, result: RunResult) -> None:
    """Replace the result of a branch at `origin`; GitFailed if that does not take it. Nothing is sent that is known there."""
    known = known_results(git).get(result.branch)
    if known is None or not result.says_the_same(known):
        _replace(git, result.branch, result)


def forget(git: Git, branch: str) -> None:
    """Remove the result of a branch that is gone."""
    _replace(git, branch, None)


def _replace(git: Git, branch: str, result: RunResult | None) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        old = _fetched(git)
        results = known_results(git) if old else {}
        before = results.pop(branch, None)
        if result is None and before is None:
            return
        kept = sorted(results.values(), key=lambda other: other.moment, reverse=True)[: _KEPT - 1]
        new = _commit(git, (*([result] if result else []), *kept))
        lease = f"--force-with-lease=refs/heads/{RESULTS_BRANCH}:{old}"
        try:
            git.run("push", "--quiet", lease, "origin", f"{new}:refs/heads/{RESULTS_BRANCH}", extra=CHECKED_COMMITS)
        except GitFailed:
            if attempt == _ATTEMPTS or _remote_tip(git) == old:
                raise
            continue  # another run was faster
        git.run("update-ref", _TRACKING, new)
        return


def _remote_tip(git: Git) -> str:
    return git.run("ls-remote", "origin", f"refs/heads/{RESULTS_BRANCH}").partition("\t")[0]


def _fetched(git: Git) -> str:
    """The commit of the branch at `origin`, fetched if need be; empty where there is none."""
    tip = _remote_tip(git)
    if tip and git.commit_of(_TRACKING) != tip:
        git.run("fetch", "--quiet", "origin", f"+refs/heads/{RESULTS_BRANCH}:{_TRACKING}")
        return git.commit_of(_TRACKING)
    return tip


def _commit(git: Git, results: tuple[RunResult, ...]) -> str:
    data = msgspec.json.format(msgspec.json.encode(_Results(results)), indent=1)
    blob = git.run("hash-object", "-w", "--stdin", stdin=data + b"\n")
    tree = git.run("mktree", stdin=f"100644 blob {blob}\t{RESULTS_FILE}\n".encode())
    return commit_tree(git, tree, "", "Стан запусків\n")
