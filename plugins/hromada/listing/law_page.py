"""The self-check page: every point of the law with its pages, as readers see it on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.coverage import Cover, Covered
from hromada.domain.law import CHAPTERS, INTERVAL_WORDS, Act, Point


class State(StrEnum):
    """Where a point stands; the order is that of the summary."""

    SHOWN = "shown"
    PARTLY = "partly"
    STALE = "stale"
    MISSING = "missing"
    NOT_OURS = "not-ours"


class LawPage(NamedTuple):
    """A page that covers a point; `about` is the period of the report that makes it as new as it is."""

    title: str
    path: str
    is_outside: bool
    renewed: date | None
    about: str


class LawRow(NamedTuple):
    """One point; `words` say what is lacking, why it is not published, or how the site sees to it."""

    id: str
    title: str
    clause: str
    is_checked: bool
    note: str
    every: str
    state: State
    pages: tuple[LawPage, ...]
    words: str


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
    """What the page shows of every point."""
    chapters = tuple(_chapter(one, covered) for one in CHAPTERS)
    states = [row.state for chapter in chapters for row in chapter.rows]
    return LawView(chapters, {state.value: states.count(state) for state in State}, len(states))


def _chapter(chapter: Act, covered: Mapping[str, Covered]) -> LawChapter:
    rows = tuple(_row(point, covered.get(point.id)) for point in chapter.points)
    return LawChapter(chapter.title, chapter.url, chapter.note, rows)


def _row(point: Point, covered: Covered | None) -> LawRow:
    state = _state(covered) if covered else State.SHOWN  # what needs no page, the site itself sees to
    return LawRow(
        point.id, point.title, point.source.clause, point.source.is_checked, point.note, INTERVAL_WORDS.get(point.months, ""),
        state, _pages(covered.shown if covered else ()), _words(point, covered),
    )  # fmt: skip


def _words(point: Point, covered: Covered | None) -> str:
    if covered is None:
        return point.by_site
    return covered.claim.not_ours or (covered.claim.lacks if covered.shown else "")


def _state(covered: Covered) -> State:
    if covered.claim.not_ours:
        return State.NOT_OURS
    if not covered.shown:
        return State.MISSING
    if covered.is_stale:
        return State.STALE
    return State.PARTLY if covered.claim.lacks else State.SHOWN


def _pages(covers: Iterable[Cover]) -> tuple[LawPage, ...]:
    return tuple(
        LawPage(
            cover.title, cover.address, cover.is_outside, cover.renewed.moment.date() if cover.renewed else None,
            cover.renewed.about if cover.renewed else "",
        )
        for cover in covers
    )  # fmt: skip
