"""Who approved the figures, what changed since, where to sign."""

from __future__ import annotations

from hromada.domain.alphabet import capitalized
from hromada.domain.days_in_words import day_in_words
from hromada.domain.numerals import grouped
from hromada.report.documents.phrases import NBSP, numbered, proof, sentence, visibility
from hromada.report.documents.report_document import ReportDocument
from hromada.report.view.report_view import ChangeView, ReportView, VersionView


def status_data(view: ReportView, left_out: tuple[str, ...]) -> dict[str, object]:
    """The line under the title, what is to be known beside it, and a word for the head of every page."""
    line, *notes = visibility(view)
    approval = view.approval
    return {
        "short": f"Редакція{NBSP}{approval.number}" if approval else "Проєкт",
        "line": line,
        "notes": [sentence(note) for note in (*notes, *left_out)],
    }


def changes_data(report_document: ReportDocument) -> dict[str, object]:
    """What became of the entries since the approval."""
    view = report_document.view
    return {"lead": view.changes_lead, "rows": [_change(report_document, change) for change in view.changes]}


def _change(report_document: ReportDocument, change: ChangeView) -> dict[str, object]:
    return {
        "what": capitalized(change.what),
        "title": change.title,
        "link": report_document.absolute(change.path) if change.path else "",
        "detail": change.detail,
        "source": change.source,
        "matters": "так" if change.matters else "ні",
    }


def approval_data(report_document: ReportDocument) -> dict[str, object]:
    """All versions, the latest first, and what proves this one."""
    approval = report_document.view.approval
    if approval is None:
        return {"versions": [], "proof": []}
    return {"versions": [_version(version) for version in approval.versions], "proof": list(proof(approval))}


def _version(version: VersionView) -> dict[str, object]:
    changed = [f"{title}: {_value(old, 'не було')} → {_value(new, 'немає')}" for title, old, new in version.changed]
    if not changed and version.number > 1:
        changed = ["числа не змінилися"]
    return {
        "number": str(version.number) + (" (ця)" if version.is_current else ""),
        "on": day_in_words(version.on),
        "document": numbered(version.document),
        "by": version.by,
        "why": capitalized(f"{version.reason}: {version.note}".strip(": ")),
        "changed": changed,
    }


def signature_data(view: ReportView) -> dict[str, str]:
    """Who signs; empty where a line is to be filled in by hand."""
    approval = view.approval
    if approval is None:
        return {"position": "", "name": "", "on": "", "document": ""}
    return {
        "position": capitalized(approval.position),
        "name": approval.name,
        "on": day_in_words(approval.on),
        "document": numbered(approval.document),
    }


def _value(value: int | None, absent: str) -> str:
    return absent if value is None else grouped(value)
