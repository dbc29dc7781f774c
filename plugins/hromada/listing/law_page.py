"""The self-check page: every point of the law with the pages that cover it, on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.coverage import Cover, Covered
from hromada.domain.law import CHAPTERS, INTERVAL_WORDS, Act, Point


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
    is_outside: bool
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


def law_view(covered: Mapping[str, Covered]) -> LawView:
    """The view of every point."""
    chapters = tuple(_chapter(chapter, covered) for chapter in CHAPTERS)
    states = [row.state for chapter in chapters for row in chapter.rows]
    return LawView(chapters, {state.value: states.count(state) for state in PointState}, len(states))


def _chapter(chapter: Act, covered: Mapping[str, Covered]) -> LawChapter:
    rows = tuple(_row(point, covered.get(point.id)) for point in chapter.points)
    return LawChapter(chapter.title, chapter.url, chapter.note, rows)


def _row(point: Point, covered: Covered | None) -> LawRow:
    state = _state(covered) if covered else PointState.SHOWN  # points without a page are covered by the site itself
    return LawRow(
        point.id, point.title, point.source.clause, point.note, INTERVAL_WORDS.get(point.months, ""),
        state, _pages(covered.shown if covered else ()), _remark(point, covered),
    )  # fmt: skip


def _remark(point: Point, covered: Covered | None) -> str:
    if covered is None:
        return point.by_site
    return covered.claim.not_ours or (covered.claim.lacks if covered.shown else "")


def _state(covered: Covered) -> PointState:
    if covered.claim.not_ours:
        return PointState.NOT_OURS
    if not covered.shown:
        return PointState.MISSING
    if covered.is_stale:
        return PointState.STALE
    return PointState.PARTLY if covered.claim.lacks else PointState.SHOWN


def _pages(covers: Iterable[Cover]) -> tuple[LawPage, ...]:
    return tuple(
        LawPage(
            cover.title, cover.address, cover.is_outside, cover.renewed.moment.date() if cover.renewed else None,
            cover.renewed.about if cover.renewed else "",
        )
        for cover in covers
    )  # fmt: skip
