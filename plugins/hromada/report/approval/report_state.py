"""The state of each report (approved figures, or today's, and the changes since) and the problems to know before approving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.figure import VERSIONS, Figures
from hromada.domain.item import Item, Kind, report_details
from hromada.domain.period import Period
from hromada.domain.problem import Problem, warning
from hromada.domain.site import Site
from hromada.report.approval.approval_diff import ApprovalDiff, Change, CurrentEntries, compare_with_content
from hromada.report.approval.approved_report import Approval, Version
from hromada.report.count.activity import Activity
from hromada.report.count.comparison import ComparisonColumn, Earlier, compare, earlier_periods
from hromada.report.count.counting import VERSION, count_from
from hromada.report.count.entry_index import EntryIndex


class ReportState(Struct, frozen=True):
    """A report, or one approved version of it; `path` is where its pages lie.

    `activity` is what is shown, `counted` what the content says today. A translation has its own text and address;
    period, windows and completeness are those of `original`, the Ukrainian report.
    """

    item: Item
    original: Item
    path: str
    title: str
    text: str
    activity: Activity
    counted: Activity
    figures: Figures
    comparison: tuple[ComparisonColumn, ...]
    approval: Approval | None = None
    version: Version | None = None
    diff: ApprovalDiff = ApprovalDiff()

    @property
    def changes(self) -> tuple[Change, ...]:
        return self.diff.changes

    @property
    def status(self) -> str:
        """`open`, `approved` or `changed`: the words of report.json."""
        if self.version is None:
            return "open"
        return "changed" if any(change.what.matters for change in self.changes) else "approved"

    @property
    def complete(self) -> bool:
        """Approval is refused to an incomplete archive, so an approved report is complete."""
        return self.version is not None or report_details(self.original).complete

    @property
    def is_as_written(self) -> bool:
        """Whether the approved text is still the one in the file."""
        return (self.item.title, report_details(self.item).text.strip()) == (self.title, self.text.strip())


class ReportStates:
    """All reports of one site at one moment; periods are counted once, whoever asks for them."""

    def __init__(self, entry_index: EntryIndex, approvals: Mapping[str, Approval]) -> None:
        self.entry_index = entry_index
        self._approvals = approvals  # by period id
        self._counted: dict[str, Activity] = {}
        self._today: dict[str, ReportState] = {}

    @cached_property
    def current_entries(self) -> CurrentEntries:
        """What approvals are compared with."""
        return CurrentEntries.of(self.entry_index)

    @property
    def consulted(self) -> frozenset[str]:
        """The addresses of items whose very words the reports depend on."""
        return frozenset(self.current_entries.consulted) if "current_entries" in vars(self) else frozenset()

    @cached_property
    def _originals(self) -> dict[str, Item]:
        """The Ukrainian reports by the name of their file."""
        reports = self.entry_index.site.of_kind(Kind.REPORT)
        return {item.slug: item for item in reports if not item.is_translation}

    @cached_property
    def _reports(self) -> dict[str, Item]:
        """The report of each period; a hidden one has its windows and its approval too."""
        return {report_details(item).period.id: item for item in self._originals.values()}

    def approval_of(self, period: Period) -> Approval | None:
        return self._approvals.get(period.id)

    def current(self, item: Item) -> ReportState:
        """The report as its page shows it."""
        today = self.today(item)
        approval = self.approval_of(today.activity.period)
        if approval is None:
            return today
        diff = compare_with_content(approval.current, today.counted, self.current_entries)
        return self._approved(today, item.address, approval, approval.current, diff)

    def today(self, item: Item) -> ReportState:
        """The report as it would be approved now: the file's own text, today's figures."""
        if item.path in self._today:
            return self._today[item.path]
        original = self._originals.get(item.slug, item)
        counted = self.count(report_details(original).period, original)
        self._today[item.path] = ReportState(
            item, original, item.address, item.title, report_details(item).text, counted, counted, self.entry_index.site.figures,
            self._compared(counted),
        )  # fmt: skip
        return self._today[item.path]

    def earlier(self, item: Item) -> Iterable[ReportState]:
        """The report's former approved versions, each with an address of its own; translations have none."""
        approval = self.approval_of(report_details(item).period)
        if approval is None or item.is_translation:
            return
        today = self.today(item)
        for version in approval.versions[:-1]:
            yield self._approved(today, version_path(item, version), approval, version, ApprovalDiff())

    def _approved(
        self, today: ReportState, path: str, approval: Approval, version: Version, diff: ApprovalDiff
    ) -> ReportState:
        # A translation speaks the approved figures in its own words: what was signed is the Ukrainian text.
        own = today.item.is_translation
        return replace(
            today, path=path, title=today.title if own else version.title, text=today.text if own else version.text,
            activity=version.activity, figures=today.figures.with_nouns(version.nouns), comparison=version.comparison,
            approval=approval, version=version, diff=diff,
        )  # fmt: skip

    def count(self, period: Period, report: Item | None = None) -> Activity:
        """Today's count of a period, with the windows of its report (or of the given one)."""
        report = report or self._reports.get(period.id)
        key = report.path if report else period.id
        if key not in self._counted:
            self._counted[key] = count_from(
                self.entry_index, period, report_details(report).windows if report else None
            )
        return self._counted[key]

    def _compared(self, activity: Activity) -> tuple[ComparisonColumn, ...]:
        earlier = {name: self._earlier(period) for name, period in earlier_periods(activity.period).items()}
        return compare(activity, earlier, self.entry_index)

    def _earlier(self, period: Period) -> Earlier:
        approval, report = self.approval_of(period), self._reports.get(period.id)
        if approval is not None:
            return Earlier(approval.current.activity, approval.current.rules_version, approved=True)
        return Earlier(self.count(period), VERSION, complete=report_details(report).complete if report else True)

    def page_of(self, period: Period) -> str:
        """The address of a period's report, empty when it has none that is listed."""
        report = self._reports.get(period.id)
        return report.address if report and report.is_public else ""


def version_path(item: Item, version: Version) -> str:
    return f"{item.address}{VERSIONS}/{version.number}/"


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
            yield warning(place.file, place.line or 1, "approved-changed", message, "якщо так і треба: make amend")
        else:
            yield warning(place.file, place.line or 1, "approved-edited", message)


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
