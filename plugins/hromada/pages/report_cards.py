"""What other pages show of reports; a module of its own, since a build without reports need not import their views."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from hromada.report.view.report_view import HEADLINE, FigureView, Mention, ReportView
from hromada.storage.sqlite_store import CacheCodec


class ReportCard(Struct, frozen=True):
    title: str
    path: str
    period_title: str
    first: date
    last: date
    complete: bool
    status: str
    approved: date | None
    figures: tuple[FigureView, ...]


class UnitShare(Struct, frozen=True):
    """A unit's messages in a report; `list_path` is empty where there are none."""

    period_title: str
    report_path: str
    first: date
    value: int
    list_path: str


def report_card(view: ReportView) -> ReportCard:
    """A report's card with its headline figures."""
    figures = tuple(figure for figure in view.figures if figure.id in HEADLINE)
    approved = view.approval.on if view.approval else None
    return ReportCard(
        view.title, view.path, view.period_title, view.first, view.last, view.complete, view.status, approved, figures
    )  # fmt: skip


def unit_shares(views: Iterable[ReportView]) -> dict[str, tuple[UnitShare, ...]]:
    """By the address of a unit's page: its messages in each report, in the reports' order."""
    shares: dict[str, tuple[UnitShare, ...]] = {}
    for view in views:
        for row in view.unit_rows:
            if row.path:
                share = UnitShare(view.period_title, view.path, view.first, row.value, row.list_path)
                shares[row.path] = (*shares.get(row.path, ()), share)
    return shares


# The fields of `report_pages.ReportIndex`.
REPORT_INDEX = CacheCodec(
    tuple[str, tuple[ReportCard, ...], dict[str, tuple[Mention, ...]], dict[str, tuple[UnitShare, ...]]]
)
