"""Problems of reports and their approvals that editors have to know before they publish or approve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from hromada.domain.item import Item, report_details
from hromada.domain.problem import Problem, warning
from hromada.domain.site import Site
from hromada.report.approval.approved_report import Approval
from hromada.report.approval.report_state import ReportState
from hromada.report.count.activity import Activity

_MAX_PATHS = 5  # in one line of the check; whoever approves gets all of them
ADVICE = "перевірте назви й контакти та напишіть на цих сторінках «confirmed: так»"


def unconfirmed_pages(activity: Activity, site: Site) -> tuple[Item, ...]:
    """The counted pages with «confirmed: no», by file."""
    entries = (entry for count in activity.counts if count.spec.source == "unit-pages" for entry in count.entries)
    pages = {page.path: page for entry in entries if (page := site.units.get(entry.traits["unit"]))}
    return tuple(page for _, page in sorted(pages.items()) if page.unit and not page.unit.confirmed)


def format_unconfirmed(pages: Sequence[Item], most: int | None = None) -> str:
    """«серед врахованих сторінок є непідтверджені (2): content/units/a/index.md, …», with at most `most` paths."""
    more = " …" if most is not None and len(pages) > most else ""
    return f"серед врахованих сторінок є непідтверджені ({len(pages)}): {', '.join(page.path for page in pages[:most])}{more}"


def unconfirmed_refusal(item: Item, pages: Sequence[Item]) -> Iterator[Problem]:
    """Refuse to approve a report that counts unconfirmed pages, with all of their paths."""
    if pages:
        fix = f"{ADVICE}; затвердити з непідтвердженими: UNCONFIRMED=1"
        yield Problem(item.path, item.lines.get("period", 1), "pages-unconfirmed", format_unconfirmed(pages), fix)


def confirmation_problems(report_state: ReportState, site: Site) -> Iterator[Problem]:
    """One warning for a report that may be approved; one of an incomplete archive can't be, and its page says so."""
    if report_state.item.is_translation or not report_state.complete:
        return
    if pages := unconfirmed_pages(report_state.counted, site):
        line = report_state.item.lines.get("period", 1)
        yield warning(report_state.item.path, line, "pages-unconfirmed", format_unconfirmed(pages, _MAX_PATHS), ADVICE)


def approval_problems(report_state: ReportState) -> Iterable[Problem]:
    """What an editor has to know of an approved report whose content is not what it was."""
    if report_state.version is None or report_state.item.is_translation:
        return
    report_label = _approved_label(report_state)
    for change in report_state.changes:
        place = change.entry.place if change.entry else report_state.item.place
        what = f"{'матеріал' if change.entry else 'показник'} {report_label}: {change.what.value} «{change.title}»"
        detail = change.why or change.detail
        message = f"{what} ({detail})" if detail else what
        if change.what.matters:
            yield warning(place.file, place.line, "approved-changed", message, "якщо так і треба: make amend")
        else:
            yield warning(place.file, place.line, "approved-edited", message)


def text_problems(report_state: ReportState) -> Iterable[Problem]:
    """A text that is no longer the approved one: the page keeps that."""
    if report_state.version is None or report_state.item.is_translation or report_state.is_as_written:
        return
    yield warning(
        report_state.item.path, report_state.item.body_line, "approved-text",
        f"текст {_approved_label(report_state)} змінено; на сторінці стоїть затверджений", "щоб показати новий: make amend",
    )  # fmt: skip


def _approved_label(report_state: ReportState) -> str:
    assert report_state.version is not None
    approved_on = report_state.version.signature.on
    return f"звіту за {report_state.activity.period.title} (затверджено {approved_on:%d.%m.%Y})"


def translation_problems(report_state: ReportState) -> Iterable[Problem]:
    """A translation can't speak of another period than its original."""
    own, original = report_details(report_state.item), report_details(report_state.original)
    if own.period != original.period:
        yield Problem(
            report_state.item.path, report_state.item.lines.get("period", 1), "translation-period",
            f"період перекладу не той, що в оригіналі: {report_state.original.path}", f"напишіть {original.period.id}",
        )  # fmt: skip


def approvals_have_pages(approvals: Iterable[Approval], reports: Iterable[Item]) -> Iterable[Problem]:
    """An approved report must be shown: its text may not be deleted, drafted or given another period."""
    published_periods = {item.report.period.id for item in reports if item.report and not item.is_translation}
    for approval in approvals:
        if approval.period.id not in published_periods:
            yield Problem(
                approval.path, 1, "approval-without-report",
                f"затверджений звіт за {approval.period.title} не має сторінки",
                "поверніть його текст до content/reports (не чернеткою і з тим самим періодом)",
            )  # fmt: skip
