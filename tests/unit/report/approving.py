"""Approvals of small invented sites, and what became of them."""

from __future__ import annotations

from datetime import date

from hromada.domain.dates import Clock
from hromada.domain.item import Kind, ReportDetails
from hromada.domain.period import parse_period
from hromada.report.approval.approval_diff import ChangeKind, compare_with_content
from hromada.report.approval.approved_report import Approval, Signature, Signing, Version, new_version
from hromada.report.approval.report_state import ReportStates
from hromada.report.approval.writer import approval_path, with_digest
from hromada.report.count.entry_index import EntryIndex
from tests.unit.making import item, replace, site

H2 = parse_period("2021-H2")
CLOCK = Clock.parse("2022-01-15")
SIGNATURE = Signature("начальник відділу, Ім’я ПРІЗВИЩЕ", date(2022, 1, 15), "12/01-05")


def report(period="2021-H2", body="Розміщено [[news зн.]].", **details):
    """A report's text."""
    made = ReportDetails(period.lower(), parse_period(period), **details)
    return item(
        None, kind=Kind.REPORT, section="reports", slug=period.lower(), title="Звіт", body=body, report=made,
        address=f"/reports/{period.lower()}/", path=f"content/reports/{period.lower()}.md",
    )  # fmt: skip


def version_of(place, *, before: Version | None = None, signature=SIGNATURE, **why) -> Version:
    """The place's report for the second half of 2021, approved as it is now."""
    text = next(iter(place.of_kind(Kind.REPORT)))
    today = ReportStates(EntryIndex.of(place, CLOCK), {}).today(text)
    items = {one.address: one for one in place.items}
    version = new_version(
        text, today.activity, place.figures.nouns, items, today.comparison,
        Signing(signature, "c" * 40, **why), before,
    )  # fmt: skip
    return with_digest(version)


def approved(*versions: Version) -> Approval:
    return Approval(approval_path(H2), H2, versions)


def statements_of(place, approvals=None, clock: Clock = CLOCK) -> ReportStates:
    return ReportStates(EntryIndex.of(place, clock), approvals or {})


def current(place, approval: Approval, clock: Clock = CLOCK):
    """The statement that the place's report page shows."""
    text = next(iter(place.of_kind(Kind.REPORT)))
    return statements_of(place, {approval.period.id: approval}, clock).current(text)


def changes(before, after, clock: Clock = CLOCK):
    """What became of the entries of `before`, approved, in `after`, as editors are told: kind, title, detail."""
    report_state = current(after, approved(version_of(before)), clock)
    return [
        (change.what, change.title, change.why or change.detail) for change in report_state.changes
    ], report_state.status


def with_items(place, *items, rows=None):
    """The same place with other items beside its report."""
    reports = [one for one in place.items if one.kind is Kind.REPORT]
    return site([*reports, *items], list(place.rows) if rows is None else rows, figures=place.figures)


__all__ = ["CLOCK", "H2", "SIGNATURE", "ChangeKind", "approved", "changes", "compare_with_content", "current", "replace", "report",
           "statements_of", "version_of", "with_items"]  # fmt: skip
