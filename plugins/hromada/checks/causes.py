"""Removes consequential problems: those caused by an unreadable file are hidden until that file is fixed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from hromada.checks.path_rules import missing_path
from hromada.domain.merge_conflict import CODE as MERGE_CONFLICT
from hromada.domain.problem import Problem

# With these a file is not read, or not as its author intended.
_UNREAD = frozenset({"encoding", MERGE_CONFLICT, "unreadable", "file-too-large", "file-name"})
_LIST_UNREAD = _UNREAD | {
    "toml-syntax", "toml-repeated", "toml-shape", "toml-unknown-key", "account-name", "accounts-missing"
}  # fmt: skip
# Files with these problems exist but are not taken: references to them are not reported again.
_NOT_TAKEN = _UNREAD | {"stray-file", "symbolic-link", "special-file", "active-file"}
_OF_A_FILE = frozenset({"picture-unreadable"})  # reported at each reference to the file
# Codes that depend on a list that editors write.
_JUDGED: Mapping[str, frozenset[str]] = MappingProxyType({
    "content/registers/accounts.toml": frozenset({"account-unknown", "network-unknown", "network-missing", "network-not-listed", "figure-where"}),
    "content/categories.toml": frozenset({"category-unknown", "category-once"}),
    "content/reports/figures.toml": frozenset({
        "placeholder-unknown", "placeholder-case", "placeholder-comparison", "noun-form", "window-unknown", "window-of-sum",
    }),
})  # fmt: skip


def drop_consequences(problems: Collection[Problem]) -> Iterator[Problem]:
    """The problems without those that another one may have caused."""
    unread = {problem.path for problem in problems if problem.code in _UNREAD}
    lists = {problem.path for problem in problems if problem.code in _LIST_UNREAD} & _JUDGED.keys()
    silent = frozenset().union(*(_JUDGED[path] for path in lists))
    texts = [path for path in unread if path.endswith(".md")]
    not_taken = {problem.path for problem in problems if problem.code in _NOT_TAKEN}
    for problem in _once_of_each_file(problems):
        if missing_path(problem) in not_taken:
            continue
        is_cause = problem.code in _LIST_UNREAD
        if is_cause or not (problem.code in silent or problem.path in unread or _follows(problem, texts)):
            yield problem


def _once_of_each_file(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems, those about a referenced file only at its first reference."""
    reported: set[tuple[str, str]] = set()
    for problem in sorted(problems):
        if problem.code not in _OF_A_FILE or (problem.code, problem.message) not in reported:
            reported.add((problem.code, problem.message))
            yield problem


def _follows(problem: Problem, unread: Iterable[str]) -> bool:
    """Whether the problem is that one of the unread files is missing."""
    for path in unread:
        if path in problem.message or path in problem.fix:
            return True
        if problem.code == "translation-without-original" and _original(problem.path) == path:
            return True
    return False


def _original(path: str) -> str:
    """The path of a translation's original: `a.md` for `a.en.md`."""
    return f"{path.removesuffix('.md').rpartition('.')[0]}.md"
