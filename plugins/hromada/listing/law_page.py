"""The self-check page: every point of the law with the pages that cover it, on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.law import CHAPTERS, INTERVAL_WORDS, Act, Point
from hromada.domain.law_coverage import CoveringPage, PointCoverage


class PointState(StrEnum):
    """The state of a point, in the order of the summary."""

    SHOWN = "shown"
    PARTLY = "partly"
    STALE = "stale"
    MISSING = "missing"
    NOT_OURS = "not-ours"


class LawPage(NamedTuple):
    """A page that covers a point; `about` is the period of the report by which it was last renewed."""

    title: str
    path: str
    is_external: bool
    renewed: date | None
    about: str


class LawRow(NamedTuple):
    """One point; `remark` says what is missing, why it is not published, or how the site covers it by itself."""

    id: str
    title: str
    clause: str
    note: str
    every: str
    state: PointState
    pages: tuple[LawPage, ...]
    remark: str


class LawChapter(NamedTuple):
    title: str
    url: str
    note: str
    rows: tuple[LawRow, ...]


class LawView(NamedTuple):
    """The whole page; `totals` are the points of each state."""

    chapters: tuple[LawChapter, ...]
    totals: dict[str, int]
    total: int


def law_view(coverage: Mapping[str, PointCoverage]) -> LawView:
    """The view of every point."""
    chapters = tuple(_chapter(chapter, coverage) for chapter in CHAPTERS)
    states = [row.state for chapter in chapters for row in chapter.rows]
    return LawView(chapters, {state.value: states.count(state) for state in PointState}, len(states))


def _chapter(chapter: Act, coverage: Mapping[str, PointCoverage]) -> LawChapter:
    rows = tuple(_row(point, coverage.get(point.id)) for point in chapter.points)
    return LawChapter(chapter.title, chapter.url, chapter.note, rows)


def _row(point: Point, coverage: PointCoverage | None) -> LawRow:
    state = _state(coverage) if coverage else PointState.SHOWN  # points without a page are covered by the site itself
    return LawRow(
        point.id, point.title, point.source.clause, point.note, INTERVAL_WORDS.get(point.months, ""),
        state, _pages(coverage.shown if coverage else ()), _remark(point, coverage),
    )  # fmt: skip


def _remark(point: Point, coverage: PointCoverage | None) -> str:
    if coverage is None:
        return point.by_site
    return coverage.claim.not_ours or (coverage.claim.lacks if coverage.shown else "")


def _state(coverage: PointCoverage) -> PointState:
    if coverage.claim.not_ours:
        return PointState.NOT_OURS
    if not coverage.shown:
        return PointState.MISSING
    if coverage.is_stale:
        return PointState.STALE
    return PointState.PARTLY if coverage.claim.lacks else PointState.SHOWN


def _pages(covering_pages: Iterable[CoveringPage]) -> tuple[LawPage, ...]:
    return tuple(
        LawPage(
            page.title, page.address, page.is_external, page.renewed.moment.date() if page.renewed else None,
            page.renewed.about if page.renewed else "",
        )
        for page in covering_pages
    )  # fmt: skip
