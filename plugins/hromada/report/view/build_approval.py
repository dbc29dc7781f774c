"""The approval and what changed since, as the page shows them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from hromada.report.approval.approval_diff import Change
from hromada.report.approval.approved_report import Approval, Version, changed_values
from hromada.report.approval.report_state import ReportState, version_path
from hromada.report.view.report_view import ApprovalView, ChangeView, VersionView


def approval_view(report_state: ReportState) -> ApprovalView | None:
    """Who approved what is shown, and all versions, the latest first; None when it is not approved."""
    version, approval = report_state.version, report_state.approval
    if version is None or approval is None:
        return None
    return ApprovalView(
        position=version.signature.position,
        name=version.signature.name,
        on=version.signature.on,
        document=version.signature.document,
        number=version.number,
        reason=version.reason,
        note=version.note,
        commit=version.commit,
        digest=version.digest,
        rules_version=version.rules_version,
        versions=tuple(reversed([_version(one, before, approval, report_state) for before, one in _pairs(approval)])),
    )


def _pairs(approval: Approval) -> list[tuple[Version | None, Version]]:
    return [(None, approval.versions[0]), *pairwise(approval.versions)]


def _version(version: Version, before: Version | None, approval: Approval, report_state: ReportState) -> VersionView:
    item, original = report_state.item, report_state.original
    latest = version is approval.current
    return VersionView(
        number=version.number,
        path=item.address if latest else version_path(original, version),
        by=version.signature.signer,
        on=version.signature.on,
        document=version.signature.document,
        reason=version.reason,
        note=version.note,
        changed=tuple(changed_values(before.activity, version.activity)) if before else (),
        is_current=version is report_state.version,
    )


def change_view(change: Change, pages: Collection[str]) -> ChangeView:
    entry = change.entry
    url = entry.url if entry else ""
    return ChangeView(
        what=change.what.value,
        title=change.title,
        detail=change.detail,
        path=url if url in pages else "",
        source=str(entry.place) if entry else "",
        matters=change.what.matters,
    )
