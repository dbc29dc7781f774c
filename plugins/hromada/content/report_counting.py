"""Step 4, count: counts the reports or takes their problems from the cache; hides problems that follow from an unreadable file."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType

from hromada.checks.attachment_rules import check_active_content, check_documents
from hromada.checks.path_rules import missing_path, suggest_near_names
from hromada.content.file_cache import Parsed
from hromada.content.linkable_addresses import report_files
from hromada.content.report_cache import REPORT_CHECKS, ReportChecks
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.figure import VERSIONS
from hromada.domain.item import Kind
from hromada.domain.merge_conflict import CODE as MERGE_CONFLICT
from hromada.domain.problem import Problem
from hromada.reading.items import read_item

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
    texts = [name for path in unread if path.endswith(".md") for name in (path, *_links_to(path))]
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


def _links_to(path: str) -> Iterator[str]:
    """The ways in which a message quotes the address that a file's page would have by its name."""
    item = read_item(path, b"").item
    if item and item.address:
        address = item.address.rstrip("/")
        yield from (f"«{address}{end}" for end in ("»", "/»", "#", "/#"))


def _follows(problem: Problem, unread: Iterable[str]) -> bool:
    """Whether the problem is that one of the unread files, or its page, is missing."""
    for name in unread:
        if name in problem.message or name in problem.fix:
            return True
        if problem.code == "translation-without-original" and _original(problem.path) == name:
            return True
    return False


def _original(path: str) -> str:
    """The path of a translation's original: `a.md` for `a.en.md`."""
    return f"{path.removesuffix('.md').rpartition('.')[0]}.md"


def count(snapshot: ContentSnapshot) -> None:
    """Add the problems of a checked snapshot's reports, and sort all its problems."""
    checks = _report_checks(snapshot)
    snapshot.report_checks = checks
    snapshot.problems += checks.problems
    _check_fragments(snapshot, checks)
    _check_published_documents(snapshot)
    if not snapshot.errors:  # an item with an error would be reported a second time, as lost or changed
        snapshot.problems += checks.deferred
    names = [*snapshot.linker.targets.pages, *snapshot.site.files]
    snapshot.problems = sorted(suggest_near_names(drop_consequences(set(snapshot.problems)), names))


def _report_checks(snapshot: ContentSnapshot) -> ReportChecks:
    """The problems of the reports, from the cache if none of their inputs has changed."""
    inputs = snapshot.counted_inputs
    checks = snapshot.file_cache.value("reports", REPORT_CHECKS)
    if checks is not None and checks.inputs == inputs:
        digests = {item.address: item.digests for item in snapshot.site.items} if checks.consulted else {}
        is_same = all(digests.get(address, ()) == before for address, before in checks.consulted.items())
        if is_same and all(
            snapshot.linker.is_current(result) for result in (*checks.linked.values(), *checks.unapproved_links)
        ):
            return checks
    checks = snapshot.reports.check(inputs)
    snapshot.file_cache.keep_value("reports", REPORT_CHECKS, checks)
    return checks


def _check_fragments(snapshot: ContentSnapshot, checks: ReportChecks) -> None:
    """The anchors of links must exist in the target's text."""
    linked = [(item.path, result) for item, result in snapshot.referring]
    linked += [(item.path, checks.linked[item.address]) for item in snapshot.built(Kind.REPORT)]
    if not any(result.fragments for _, result in linked):
        return
    addresses = {address for _, result in linked for address, _, _ in result.fragments}
    anchors = dict(checks.anchors)
    for item in snapshot.all_built:
        parsed = snapshot.content.entries[item.path].parsed
        if item.address in addresses and isinstance(parsed, Parsed) and parsed.has_text:
            anchors[item.address] = snapshot.metadata(item).anchors
    for path, result in linked:
        for address, anchor, line in result.fragments:
            # The back link of an unused footnote is reported by checks/markup_rules.
            if address in anchors and anchor not in anchors[address] and not anchor.startswith("fnref:"):
                snapshot.problems.append(
                    Problem(path, line, "anchor-missing", f"на сторінці {address} немає місця «#{anchor}»",
                            "перевірте заголовок, на який веде посилання")
                )  # fmt: skip


def _check_published_documents(snapshot: ContentSnapshot) -> None:
    for path in snapshot.documents:
        if path in snapshot.file_metadata:
            snapshot.problems += check_active_content(path, snapshot.file_metadata[path].active)
    snapshot.problems += check_documents(
        {path: snapshot.content.size_of(path) for path in snapshot.documents},
        snapshot.linker.targets.addresses,
        _folders_of_reports(snapshot),
    )


def _folders_of_reports(snapshot: ContentSnapshot) -> set[str]:
    """Addresses that only reports may use: a list for each figure and the former versions, also of future reports."""
    lists = {file for file in report_files(snapshot.content, snapshot.clock) if file.endswith("/")}
    return lists | {f"{item.address}{VERSIONS}/" for item in snapshot.built(Kind.REPORT)}
