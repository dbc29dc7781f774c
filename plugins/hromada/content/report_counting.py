"""Step 4, count: counts the reports or takes their problems from the cache; then checks anchors and published documents."""

from __future__ import annotations

from hromada.checks.attachments import check_active_content, check_documents
from hromada.checks.causes import drop_consequences
from hromada.checks.path_rules import suggest_near_names
from hromada.content.file_cache import Parsed
from hromada.content.loading import report_files
from hromada.content.report_cache import REPORT_NOTE, ReportCheckCache
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.figure import VERSIONS
from hromada.domain.item import Kind
from hromada.domain.problem import Problem


def count(snapshot: ContentSnapshot) -> None:
    """Add the problems of a checked snapshot's reports, and sort all its problems."""
    checks = _report_checks(snapshot)
    snapshot.report_note = checks
    snapshot.problems += checks.problems
    _check_fragments(snapshot, checks)
    _check_published_documents(snapshot)
    if not snapshot.errors:  # an item with an error would be reported a second time, as lost or changed
        snapshot.problems += checks.deferred
    names = [*snapshot.linker.targets.pages, *snapshot.site.files]
    snapshot.problems = sorted(suggest_near_names(drop_consequences(set(snapshot.problems)), names))


def _report_checks(snapshot: ContentSnapshot) -> ReportCheckCache:
    """The problems of the reports, from the cache if none of their inputs has changed."""
    inputs = snapshot.counted_inputs
    note = snapshot.file_cache.note("reports", REPORT_NOTE)
    if note is not None and note.inputs == inputs:
        digests = {item.address: item.digests for item in snapshot.site.items} if note.consulted else {}
        is_same = all(digests.get(address, ()) == before for address, before in note.consulted.items())
        if is_same and all(
            snapshot.linker.is_current(result) for result in (*note.linked.values(), *note.unapproved_links)
        ):
            return note
    note = snapshot.reports.note(inputs)
    snapshot.file_cache.keep_note("reports", REPORT_NOTE, note)
    return note


def _check_fragments(snapshot: ContentSnapshot, note: ReportCheckCache) -> None:
    """The anchors of links must exist in the target's text."""
    linked = [(item.path, result) for item, result in snapshot.referring]
    linked += [(item.path, note.linked[item.address]) for item in snapshot.built(Kind.REPORT)]
    if not any(result.fragments for _, result in linked):
        return
    addresses = {address for _, result in linked for address, _, _ in result.fragments}
    anchors = dict(note.anchors)
    for item in snapshot.all_built:
        parsed = snapshot.content.entries[item.path].parsed
        if item.address in addresses and isinstance(parsed, Parsed) and parsed.has_text:
            anchors[item.address] = snapshot.metadata(item).anchors
    for path, result in linked:
        for address, anchor, line in result.fragments:
            # The back link of an unused footnote is reported by checks/whole_links.
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
