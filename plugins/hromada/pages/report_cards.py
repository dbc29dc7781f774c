"""What other pages show of reports; a module of its own, since a build without reports need not import their views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hromada.report.view.report_view import FigureView, Mention
from hromada.storage.sqlite_store import CacheCodec


@dataclass(frozen=True, slots=True)
class ReportCard:
    title: str
    path: str
    period_title: str
    first: date
    last: date
    complete: bool
    status: str
    approved: date | None
    figures: tuple[FigureView, ...]


# The fields of `site_pages.ReportIndex`.
REPORTED = CacheCodec(tuple[str, tuple[ReportCard, ...], dict[str, tuple[Mention, ...]]])
