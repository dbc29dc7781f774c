"""Reports counted, or known by what was said of them; then what is checked only with them: anchors, published documents."""

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
    """Add what a checked snapshot's reports say, and bring all its problems in order."""
    checks = _report_checks(snapshot)
    snapshot.report_note = checks
    snapshot.problems += checks.problems
    _check_fragments(snapshot, checks)
    _check_published_documents(snapshot)
    if not snapshot.errors:  # what was refused already is not lost or changed a second time
        snapshot.problems += checks.late
    names = [*snapshot.linker.targets.pages, *snapshot.site.files]
    snapshot.problems = sorted(suggest_near_names(drop_consequences(set(snapshot.problems)), names))


def _report_checks(snapshot: ContentSnapshot) -> ReportCheckCache:
    """What the check says of the reports: as remembered, when nothing that it depends on has changed."""
    inputs = snapshot.counted_inputs
    note = snapshot.file_cache.note("reports", REPORT_NOTE)
    if note is not None and note.inputs == inputs:
        digests = {item.address: item.digests for item in snapshot.site.items} if note.consulted else {}
        is_same = all(digests.get(address, ()) == was for address, was in note.consulted.items())
        if is_same and all(snapshot.linker.is_current(one) for one in (*note.linked.values(), *note.unapproved_links)):
            return note
    note = snapshot.reports.note(inputs)
    snapshot.file_cache.keep_note("reports", REPORT_NOTE, note)
    return note


def _check_fragments(snapshot: ContentSnapshot, note: ReportCheckCache) -> None:
    """Anchors of links: the target's text must have them."""
    linked = [(item.path, one) for item, one in snapshot.referring]
    linked += [(item.path, note.linked[item.address]) for item in snapshot.built(Kind.REPORT)]
    if not any(one.fragments for _, one in linked):
        return
    wanted = {address for _, one in linked for address, _, _ in one.fragments}
    anchors = dict(note.anchors)
    for item in snapshot.all_built:
        parsed = snapshot.content.known[item.path].parsed
        if item.address in wanted and isinstance(parsed, Parsed) and parsed.has_text:
            anchors[item.address] = snapshot.metadata(item).anchors
    for path, one in linked:
        for address, anchor, line in one.fragments:
            # Of a note's way back to a text that does not name it checks/markup_rules speaks.
            if address in anchors and anchor not in anchors[address] and not anchor.startswith("fnref:"):
                snapshot.problems.append(
                    Problem(path, line, "anchor-missing", f"на сторінці {address} немає місця «#{anchor}»",
                            "перевірте заголовок, на який веде посилання")
                )  # fmt: skip


def _check_published_documents(snapshot: ContentSnapshot) -> None:
    for path in snapshot.documents:
        if path in snapshot.traces:
            snapshot.problems += check_active_content(path, snapshot.traces[path].active)
    snapshot.problems += check_documents(
        {path: snapshot.content.size_of(path) for path in snapshot.documents},
        snapshot.linker.targets.addresses,
        _folders_of_reports(snapshot),
    )


def _folders_of_reports(snapshot: ContentSnapshot) -> set[str]:
    """What only reports put their files into: a list for each figure, the former versions, also those to come."""
    lists = {file for file in report_files(snapshot.content, snapshot.clock) if file.endswith("/")}
    return lists | {f"{item.address}{VERSIONS}/" for item in snapshot.built(Kind.REPORT)}
