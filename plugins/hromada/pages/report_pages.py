"""Reports: their index, the lists behind their figures, their former versions, the files beside them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from hromada.content.snapshot import ContentSnapshot
from hromada.domain.item import Kind
from hromada.domain.site_urls import REPORTS
from hromada.pages.view_models import FilePlan, PageGroup, PagePlan, VersionPage, page_plan
from hromada.storage.artifact_cache import FileStore
from hromada.system.regular_files import digest_of
from hromada.system.scan import walk

if TYPE_CHECKING:
    from hromada.pages.report_cards import ReportCard, UnitShare
    from hromada.pages.report_files import Documents
    from hromada.report.approval.report_state import ReportState
    from hromada.report.view.report_view import Mention, ReportView


class ReportIndex(NamedTuple):
    """What other pages show of reports: cards, by an item's address the figures that count it, by a unit's its share."""

    inputs: str
    cards: tuple[ReportCard, ...]
    mentions: dict[str, tuple[Mention, ...]]
    shares: dict[str, tuple[UnitShare, ...]]


class ReportPages:
    """The pages and files of reports. What counts and draws them is imported only when one is made."""

    def __init__(self, snapshot: ContentSnapshot, theme: Path, store: FileStore) -> None:
        self._snapshot, self._theme, self._store = snapshot, theme, store
        self._views: dict[str, ReportView] = {}

    @cached_property
    def _listed(self) -> frozenset[str]:
        """The addresses of items that lists may name."""
        return frozenset(item.address for item in self._snapshot.all_built if item.status == "published")

    @cached_property
    def documents_digest(self) -> str:
        """A digest of the documents' template with its fonts."""
        files = walk(self._theme / "documents").items()
        return digest_of(b"".join(path.encode() + file.source.read() for path, file in files))

    @cached_property
    def documents(self) -> Documents:
        from hromada.pages.report_files import Documents

        return Documents(self._snapshot, self.view, self._listed, self._theme, self._store)

    def view(self, report_state: ReportState) -> ReportView:
        """The view of a report, made once for its page, its lists and its documents."""
        if report_state.path not in self._views:
            from hromada.report.view.build_view import report_view

            self._views[report_state.path] = report_view(report_state, self._snapshot.counting, self._listed)
        return self._views[report_state.path]

    @cached_property
    def index(self) -> ReportIndex:
        """What other pages show of reports, cached with its inputs: most builds count nothing."""
        file_cache, checks = self._snapshot.file_cache, self._snapshot.report_checks
        assert checks is not None
        inputs, listed = checks.digest, self._snapshot.listed(Kind.REPORT)
        if not listed:
            return ReportIndex(inputs, (), {}, {})
        from hromada.pages.report_cards import REPORT_INDEX, report_card, unit_shares

        cached = file_cache.value("reported", REPORT_INDEX)
        if cached is not None and cached[0] == inputs:
            return ReportIndex(*cached)
        from hromada.report.view.build_view import mentions

        report_states = [self._snapshot.reports.report_states[item.path] for item in listed]
        # Published reports, the latest period first; of those that end together, the longest.
        views = sorted(map(self.view, report_states), key=lambda view: (-view.last.toordinal(), view.first, view.path))
        index = ReportIndex(inputs, tuple(map(report_card, views)), mentions(report_states), unit_shares(views))
        file_cache.keep_value("reported", REPORT_INDEX, index)
        return index

    @property
    def latest(self) -> ReportCard | None:
        """The latest report whose period has begun."""
        return next((card for card in self.index.cards if card.first <= self._snapshot.clock.day), None)

    def groups(self) -> dict[str, PageGroup]:
        """The index. Lists and files of reports change together with all that is counted (`build.site_outputs`)."""
        return {"reports": PageGroup(self._index_page, (self.index.cards,), is_single_page=True)}

    def _index_page(self, cards: tuple[ReportCard, ...]) -> Iterator[PagePlan]:
        yield page_plan(REPORTS, "reports.html", reports=cards)

    def lists(self) -> Iterator[PagePlan]:
        """The lists behind every report's figures, and the pages of its former approved versions."""
        for item in self._snapshot.built(Kind.REPORT):
            hidden = item.status == "hidden"
            reports = self._snapshot.reports
            current = reports.report_states[item.path]
            yield from self._figure_lists(current, self.view(current), hidden)
            for report_state in reports.versions[item.path]:
                view = self.view(report_state)
                page = VersionPage(view, reports.text(report_state).html)
                yield page_plan(report_state.path, "report.html", page=page, noindex=True)
                yield from self._figure_lists(report_state, view, hidden=True)

    def _figure_lists(self, report_state: ReportState, report: ReportView, hidden: bool) -> Iterator[PagePlan]:
        from hromada.report.view.build_view import entry_list_builder

        lists = entry_list_builder(report_state, self._snapshot.counting, self._listed)
        for count, figure in zip(report_state.activity.counts, report.figures, strict=True):
            for page in lists.pages_of(count):
                yield page_plan(
                    page.path, "figure.html", report=report, figure=figure, listing=page,
                    noindex=hidden or bool(page.selection or page.pager.before),
                )  # fmt: skip

    def files(self) -> Iterator[FilePlan]:
        """The files beside each report and each of its former versions."""
        for report_state in self._snapshot.reports.pages():
            yield from self.documents.files_of(report_state)
