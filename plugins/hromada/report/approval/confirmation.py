"""Pages whose names nobody has confirmed: they count as any page does, and are signed only when whoever signs says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hromada.domain.item import Item
from hromada.domain.problem import Problem, warning
from hromada.domain.site import Site
from hromada.report.approval.report_state import ReportState
from hromada.report.count.activity import Activity

_MOST = 5  # paths in one line of the check; whoever signs reads all of them
ADVICE = "перевірте назви й контакти та напишіть на цих сторінках «confirmed: так»"


def unconfirmed_pages(activity: Activity, site: Site) -> tuple[Item, ...]:
    """The counted pages with «confirmed: no», by file."""
    entries = (entry for count in activity.counts if count.spec.source == "unit-pages" for entry in count.entries)
    pages = {page.path: page for entry in entries if (page := site.units.get(entry.traits["unit"]))}
    return tuple(page for _, page in sorted(pages.items()) if page.unit and not page.unit.confirmed)


def format_unconfirmed(pages: Sequence[Item], most: int | None = None) -> str:
    """«серед врахованих сторінок є непідтверджені (2): content/units/a/index.md, …», at `most` so many by name."""
    more = " …" if most is not None and len(pages) > most else ""
    return f"серед врахованих сторінок є непідтверджені ({len(pages)}): {', '.join(page.path for page in pages[:most])}{more}"


def unconfirmed_refusal(item: Item, pages: Sequence[Item]) -> Iterator[Problem]:
    """Why a report that counts such pages is not signed, with all of them by name."""
    if pages:
        fix = f"{ADVICE}; затвердити з непідтвердженими: UNCONFIRMED=1"
        yield Problem(item.path, item.lines.get("period", 1), "pages-unconfirmed", format_unconfirmed(pages), fix)


def confirmation_problems(report_state: ReportState, site: Site) -> Iterator[Problem]:
    """One warning for a report that may be signed; an incomplete archive can't be, and its page says so."""
    if report_state.item.is_translation or not report_state.complete:
        return
    if pages := unconfirmed_pages(report_state.counted, site):
        line = report_state.item.lines.get("period", 1)
        yield warning(report_state.item.path, line, "pages-unconfirmed", format_unconfirmed(pages, _MOST), ADVICE)
