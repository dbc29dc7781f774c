"""Rules for law.toml: points without a page, pages that readers can't see, pages that are out of date."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from hromada.domain.dates import Clock
from hromada.domain.days_in_words import short_day
from hromada.domain.item import Item, Kind
from hromada.domain.law import INTERVAL_WORDS, POINTS
from hromada.domain.law_coverage import CoveringPage, Flaw, PointCoverage
from hromada.domain.problem import Problem, did_you_mean, warning
from hromada.domain.site import Site
from hromada.domain.site_urls import LISTS

LAW = "content/law.toml"
_HIDDEN = {
    Flaw.DRAFT: ("це чернетка", "опублікуйте сторінку або назвіть іншу"),
    Flaw.HIDDEN: ("сторінку приховано", "опублікуйте сторінку або назвіть іншу"),
    Flaw.SCHEDULED: ("дата сторінки ще не настала", "назвіть сторінку, яка вже є"),
    Flaw.WITHDRAWN: ("її відкликано", "назвіть сторінку, яка діє"),
    Flaw.TRANSLATION: ("це переклад", "назвіть український оригінал"),
}


def law_is_set_up(site: Site, clock: Clock) -> Iterator[Problem]:
    """Warn of a missing law.toml, unless the site has no plain pages or units yet."""
    pages = (*site.of_kind(Kind.PAGE), *site.of_kind(Kind.UNIT))
    listed = {item.kind for item in pages if item.is_listed(clock)}
    if site.law is None and len(listed) == 2:
        yield warning(
            LAW, 1, "law-not-set-up", "не сказано, на яких сторінках є те, що має бути оприлюднено",
            "створіть цей файл; зразок – у довіднику редактора",
        )  # fmt: skip


def law_is_covered(points: Mapping[str, PointCoverage], items: Collection[Item]) -> Iterator[Problem]:
    """Every point has a page that readers can see and that is up to date."""
    for id, coverage in points.items():
        if coverage.claim.not_ours:
            continue
        if not coverage.claim.names and not coverage.claim.lacks:  # `lacks` alone was refused by the reader
            yield warning(
                LAW, coverage.claim.line, "law-page-missing", f"{_of(id)}: сторінки немає",
                f"впишіть її в рядок «{id}» або причину в [not-ours]",
            )  # fmt: skip
        for page in coverage.pages:
            yield from _flaws(id, coverage, page, items)
        if coverage.is_undated:
            yield warning(
                LAW, coverage.claim.line, "law-page-undated", f"{_of(id)}: на сторінці {_names(coverage)} немає дати оновлення",
                "додайте в її заголовок поле «modified»",
            )  # fmt: skip
        if coverage.is_stale:
            newest = max(page.renewed for page in coverage.shown if page.renewed)
            if newest.about:
                what, fix = f"останній звіт – за {newest.about}", "додайте новий звіт"
            else:
                day = short_day(newest.moment.date())
                what, fix = f"сторінку {_names(coverage)} востаннє оновлено {day}", "оновіть її та поле «modified»"
            must = f"а треба {INTERVAL_WORDS[POINTS[id].months]}"
            yield warning(LAW, coverage.claim.line, "law-page-stale", f"{_of(id)}: {what}, {must}", fix)


def _flaws(id: str, coverage: PointCoverage, page: CoveringPage, items: Collection[Item]) -> Iterator[Problem]:
    line = coverage.claim.line
    match page.flaw:
        case Flaw.NONE:
            return
        case Flaw.UNKNOWN:
            candidates = [*LISTS, *(item.address for item in items), *(item.path for item in items)]
            advice = did_you_mean(page.name, candidates) or "назвіть файл сторінки, наприклад pages/kontakty.md"
            yield warning(LAW, line, "law-page-unknown", f"{_of(id)}: сторінки «{page.name}» немає", advice)
        case Flaw.EMPTY:
            yield warning(
                LAW, line, "law-page-empty", f"{_of(id)}: сторінка «{page.name}» порожня або майже порожня",
                "допишіть її",
            )  # fmt: skip
        case hidden:
            why, fix = _HIDDEN[hidden]
            yield warning(LAW, line, "law-page-hidden", f"{_of(id)}: «{page.name}» читачам не видно, {why}", fix)


def _of(id: str) -> str:
    note = "" if POINTS[id].source.is_checked else " (статтю не звірено з текстом закону)"
    return f"«{POINTS[id].title}»{note}"


def _names(coverage: PointCoverage) -> str:
    return ", ".join(f"«{page.name}»" for page in coverage.shown)
