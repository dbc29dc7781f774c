"""One report as it is shown: approved figures where there are some, today's otherwise, and what differs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from hromada.domain.figure import Figures
from hromada.domain.item import Item, Kind
from hromada.domain.period import Period
from hromada.domain.problem import Problem, warning
from hromada.report.activity import Activity
from hromada.report.approval import Approval, Version
from hromada.report.archive import Archive
from hromada.report.comparison import Column, Earlier, compare, earlier_periods
from hromada.report.count import count_from
from hromada.report.drift import Change, Present, drift
from hromada.report.rules import VERSION


@dataclass(frozen=True, slots=True)
class Statement:
    """A report, or one approved version of it; `path` is where its pages lie.

    `activity` is what is shown, `counted` what the content says today.
    """

    item: Item
    path: str
    title: str
    text: str
    activity: Activity
    counted: Activity
    figures: Figures
    comparison: tuple[Column, ...]
    approval: Approval | None = None
    version: Version | None = None
    changes: tuple[Change, ...] = ()

    @property
    def status(self) -> str:
        """`open`, `approved` or `changed`: the words of report.json."""
        if self.version is None:
            return "open"
        return "changed" if any(change.what.matters for change in self.changes) else "approved"

    @property
    def is_current(self) -> bool:
        return self.path == self.item.address

    @property
    def complete(self) -> bool:
        """Approval is refused to an incomplete archive, so an approved report is complete."""
        assert self.item.report is not None
        return self.version is not None or self.item.report.complete


class Statements:
    """All reports of one site at one moment; periods are counted once, whoever asks for them."""

    def __init__(self, archive: Archive, approvals: Mapping[str, Approval]) -> None:
        self.archive = archive
        self._approvals = approvals  # by period id
        self._counted: dict[str, Activity] = {}

    @cached_property
    def present(self) -> Present:
        """What approvals are compared with."""
        return Present.of(self.archive)

    @cached_property
    def _reports(self) -> dict[str, Item]:
        """The published report of each period."""
        reports = (item for item in self.archive.site.of_kind(Kind.REPORT) if item.is_listed(self.archive.clock))
        return {item.report.period.id: item for item in reports if item.report}

    def approval_of(self, period: Period) -> Approval | None:
        return self._approvals.get(period.id)

    def current(self, item: Item) -> Statement:
        """The report as its page shows it."""
        assert item.report is not None
        counted = self.count(item.report.period, item)
        approval = self.approval_of(item.report.period)
        if approval is None:
            return self.today(item)
        changes = drift(approval.current, counted, self.present)
        return self._approved(item, item.address, approval, approval.current, counted, changes)

    def today(self, item: Item) -> Statement:
        """The report as it would be approved now: the file's own text, today's figures."""
        assert item.report is not None
        figures, counted = self.archive.site.figures, self.count(item.report.period, item)
        return Statement(item, item.address, item.title, item.body, counted, counted, figures, self._compared(counted))

    def earlier(self, item: Item) -> Iterable[Statement]:
        """The report's former approved versions, each with an address of its own."""
        assert item.report is not None
        approval = None if item.is_translation else self.approval_of(item.report.period)
        for version in approval.versions[:-1] if approval else ():
            path = version_path(item, version)
            yield self._approved(item, path, approval, version, version.activity, ())

    def _approved(
        self, item: Item, path: str, approval: Approval | None, version: Version, counted: Activity,
        changes: tuple[Change, ...],
    ) -> Statement:  # fmt: skip
        site = self.archive.site
        # A translation speaks the approved figures in its own words: what was signed is the Ukrainian text.
        title, text = (item.title, item.body) if item.is_translation else (version.title, version.text)
        figures = site.figures.with_nouns(version.nouns)
        return Statement(
            item, path, title, text, version.activity, counted, figures, version.comparison, approval, version,
            changes,
        )  # fmt: skip

    def count(self, period: Period, item: Item | None = None) -> Activity:
        """Today's count of a period, with the windows of its report (or of the given one)."""
        report = item or self._reports.get(period.id)
        key = report.path if report else period.id
        if key not in self._counted:
            windows = report.report.windows if report and report.report else None
            self._counted[key] = count_from(self.archive, period, windows)
        return self._counted[key]

    def _compared(self, activity: Activity) -> tuple[Column, ...]:
        earlier = {name: self._earlier(period) for name, period in earlier_periods(activity.period).items()}
        return compare(activity, earlier, self.archive)

    def _earlier(self, period: Period) -> Earlier:
        approval, report = self.approval_of(period), self._reports.get(period.id)
        if approval is not None and report is not None:
            return Earlier(approval.current.activity, approval.current.rules_version, approved=True)
        complete = report.report.complete if report and report.report else True
        return Earlier(self.count(period), VERSION, complete=complete)

    def page_of(self, period: Period) -> str:
        """The address of a period's report, empty when it has none."""
        report = self._reports.get(period.id)
        return report.address if report else ""


def version_path(item: Item, version: Version) -> str:
    return f"{item.address}versions/{version.number}/"


def approval_problems(statement: Statement) -> Iterable[Problem]:
    """What an editor has to know of an approved report whose content is not what it was."""
    if statement.version is None or not statement.is_current or statement.item.is_translation:
        return
    signed = f"звіту за {statement.activity.period.title} (затверджено {statement.version.signature.on:%d.%m.%Y})"
    for change in statement.changes:
        place = change.entry.place if change.entry else statement.item.place
        what = f"{'матеріал' if change.entry else 'показник'} {signed}: {change.what.value} «{change.title}»"
        words = f"{what} ({change.detail})" if change.detail else what
        if change.what.matters:
            yield warning(place.path, place.line, "approved-changed", words, "якщо так і треба: make amend")
        else:
            yield warning(place.path, place.line, "approved-edited", words)
    if (statement.item.title, statement.item.body.strip()) != (statement.title, statement.text.strip()):
        yield warning(
            statement.item.path, statement.item.body_line, "approved-text",
            f"текст {signed} змінено; на сторінці стоїть затверджений", "щоб показати новий: make amend",
        )  # fmt: skip


def approvals_have_pages(approvals: Iterable[Approval], reports: Iterable[Item]) -> Iterable[Problem]:
    """An approved report must be shown: its text may not be deleted, drafted or given another period."""
    shown = {item.report.period.id for item in reports if item.report and not item.is_translation}
    for approval in approvals:
        if approval.period.id not in shown:
            yield Problem(
                approval.path, 1, "approval-without-report",
                f"затверджений звіт за {approval.period.title} не має сторінки",
                "поверніть його текст до content/reports (не чернеткою і з тим самим періодом)",
            )  # fmt: skip
