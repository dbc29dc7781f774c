"""What other pages show of reports, and how that is kept: apart, since a build without reports needs none of their views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hromada.report.view.report_view import FigureView, Mention
from hromada.storage.cache_codec import CacheCodec


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


# The fields of `site_pages.Reported`.
REPORTED = CacheCodec(tuple[str, tuple[ReportCard, ...], dict[str, tuple[Mention, ...]]])
