"""Views for the report's pages and documents: plain values, formatted text and addresses; templates compute nothing."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from msgspec import Struct

from hromada.domain.days_in_words import days_in_words
from hromada.domain.entry import Bucket
from hromada.domain.numerals import grouped
from hromada.report.charts import ActivityHeatmap, Chart, GroupChart
from hromada.report.count.activity import Activity
from hromada.report.view.list_pages import Pager

HEADLINE = ("news", "unit-pages", "unit-messages", "social", "newspaper")


class PartView(Struct, frozen=True):
    id: str
    title: str
    value: int
    path: str


class MonthView(Struct, frozen=True):
    id: str
    title: str
    name: str
    value: int
    path: str = ""  # the list of this month alone, when the whole list is long


class FigureView(Struct, frozen=True):
    """A figure with its noun in the right form and the address of the list of its entries."""

    id: str
    title: str
    value: int
    noun: str  # in the form that the value needs
    path: str
    window: str
    parts: tuple[PartView, ...]
    months: tuple[MonthView, ...]
    chart: Chart | None
    own_table: bool  # the report's page has a separate table of its parts
    counted: int | None = None  # today's count, when it differs from the approved one
    by_item: bool = False  # its list has a line for each item, with the number of its pictures


class UnitRow(Struct, frozen=True):
    title: str
    path: str
    value: int
    list_path: str


class AccountRow(Struct, frozen=True):
    title: str
    networks: str
    value: int
    reposts: int
    stories: int
    list_path: str = ""  # its publications


class RegisterRow(Struct, frozen=True):
    title: str
    rows: int
    counted: int
    excluded: int
    scheduled: int
    outside: int


class Reconciliation(Struct, frozen=True):
    """Numbers of the site's items by bucket; `found` is their sum."""

    found: int
    counted: int
    draft: int
    hidden: int
    scheduled: int
    translation: int
    outside: int

    @classmethod
    def of(cls, activity: Activity) -> Reconciliation:
        line = activity.reconciliation
        return cls(
            activity.found, line[Bucket.COUNTED], line[Bucket.DRAFT], line[Bucket.HIDDEN],
            line[Bucket.SCHEDULED], line[Bucket.TRANSLATION], line[Bucket.OUTSIDE],
        )  # fmt: skip

    @property
    def sentence(self) -> str:
        """«Знайдено матеріалів: 713 = враховано 677 + …»; counts follow their names, so nothing has to agree."""
        return (
            f"Знайдено матеріалів: {grouped(self.found)} = враховано {grouped(self.counted)}"
            f" + чернеток {grouped(self.draft)} + прихованих {grouped(self.hidden)}"
            f" + запланованих {grouped(self.scheduled)} + перекладів {grouped(self.translation)}"
            f" + поза періодом {grouped(self.outside)}"
        )


class ReportFile(Struct, frozen=True):
    """A file to download beside the report: «Звіт», «DOCX», /reports/x/report.docx."""

    title: str
    type: str
    path: str


class EarlierPeriod(Struct, frozen=True):
    """A column of the comparison; `notes` say why it is not quite comparable."""

    id: str  # «previous» or «year-before»
    title: str  # «I півріччя 2021 року»
    first: date
    last: date
    path: str  # its report's page, if it has one
    approved: bool  # whether its figures are approved ones
    notes: tuple[str, ...]


class ComparedValue(Struct, frozen=True):
    """A figure's value in an earlier period and the difference to it; None and empty where there is no data."""

    value: int | None
    difference: str = ""  # «+12», «−3», «0»
    percent: str = ""  # «+5,3 %», «у 2,5 раза більше», «було 0»
    note: str = ""  # why there is nothing, or what is partial


class ComparisonRow(Struct, frozen=True):
    id: str
    title: str
    value: int
    cells: tuple[ComparedValue, ...]  # one for each earlier period


class Comparison(Struct, frozen=True):
    """The figures beside those of earlier periods; no periods where the content has none."""

    periods: tuple[EarlierPeriod, ...] = ()
    rows: tuple[ComparisonRow, ...] = ()
    remarks: tuple[str, ...] = ()  # about all columns, and about periods without a column

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes of all columns, each once, and the remarks."""
        return (*dict.fromkeys(note for period in self.periods for note in period.notes), *self.remarks)


class ChangeView(Struct, frozen=True):
    """A change of one entry since the approval: «додано», «вибуло», «змінено дату» and so on."""

    what: str
    title: str
    detail: str  # «05.07.2021 → 03.01.2022», empty where `what` is enough
    path: str  # the site's page, when it is there
    source: str
    matters: bool  # whether it makes the report «changed»; an edited text or title does not


class VersionView(Struct, frozen=True):
    """One approved version of a report; `changed` are figures whose value differs from the version before."""

    number: int
    path: str
    by: str  # «начальник відділу Ім’я ПРІЗВИЩЕ», as it is printed
    on: date
    document: str  # the number under which it is filed
    reason: str  # «уточнення» or «виправлення помилки», empty in the first version
    note: str
    changed: tuple[tuple[str, int | None, int | None], ...]  # title, old, new
    is_current: bool


class ApprovalView(Struct, frozen=True):
    """Who approved the figures on the page, when, under which number; every version, the latest first."""

    position: str  # «начальник відділу»
    name: str
    on: date
    document: str
    number: int  # of the version
    reason: str
    note: str
    commit: str
    digest: str  # SHA-256 of the version
    rules_version: str
    versions: tuple[VersionView, ...]


class Charts(Struct, frozen=True):
    """Charts of a report's page beside those of its figures by month; None where there is nothing to draw."""

    units: Chart | None = None
    accounts: GroupChart | None = None
    news: GroupChart | None = None
    weeks: ActivityHeatmap | None = None


class ReportView(Struct, frozen=True):
    """A report's page without its text."""

    title: str
    path: str
    period_title: str
    first: date
    last: date
    status: str
    complete: bool
    finished: bool
    as_of: date
    publisher: str
    figures: tuple[FigureView, ...]
    unit_rows: tuple[UnitRow, ...]
    account_rows: tuple[AccountRow, ...]
    account_totals: AccountRow
    reconciliation: Reconciliation
    registers: tuple[RegisterRow, ...]
    files: tuple[ReportFile, ...]
    rules: tuple[str, ...]
    rules_version: str
    comparison: Comparison = Comparison()
    approval: ApprovalView | None = None
    changes: tuple[ChangeView, ...] = ()
    charts: Charts = Charts()

    @property
    def days(self) -> str:
        """«з 1 липня до 31 грудня 2021 року»."""
        return days_in_words(self.first, self.last)

    @property
    def headline(self) -> tuple[FigureView, ...]:
        return tuple(figure for figure in self.figures if figure.id in HEADLINE)

    @property
    def monthly_figures(self) -> tuple[FigureView, ...]:
        """The headline figures by month; every other figure has its chart on the page of its own list."""
        return tuple(figure for figure in self.headline if figure.chart and figure.value)

    @property
    def changes_lead(self) -> str:
        """A sentence about what the changes since the approval mean for the figures."""
        if self.status == "changed":
            return "Нові числа з’являться у звіті, лише коли його затвердять знову."
        return "На суми показників це не впливає."

    @property
    def units_total(self) -> int:
        return len(self.unit_rows)

    @property
    def messages_total(self) -> int:
        return sum(row.value for row in self.unit_rows)


class EntryView(Struct, frozen=True):
    """One counted entry: its page or link (empty when the page is gone), its file and line."""

    title: str
    path_or_url: str
    external: bool
    day: date | None
    section_title: str
    source: str
    count: int
    address: str = ""  # the address under which it was counted, even when its page is gone


class EntryGroup(Struct, frozen=True):
    """Entries under one heading: a part's, or a month's on a page that shows one part."""

    id: str
    title: str
    value: int
    entries: tuple[EntryView, ...]
    path: str = ""  # the page that shows this group alone
    goes_on: bool = False  # it began on the page before


class MatrixCell(Struct, frozen=True):
    value: int
    path: str


class MatrixRow(Struct, frozen=True):
    title: str
    path: str
    value: int
    cells: tuple[MatrixCell, ...]


class Matrix(Struct, frozen=True):
    """Overview of a long list: numbers by part and month, each linked to its entries."""

    months: tuple[MonthView, ...]
    rows: tuple[MatrixRow, ...]
    value: int


class GroupLink(NamedTuple):
    """A group in a list's contents; no `path` when it begins on the same page."""

    id: str
    title: str
    value: int
    path: str


class ListPage(Struct, frozen=True):
    """A page with entries of a figure: all of them by part, or one part by month, or one month by part.

    A long list has many pages; the first one alone has the contents and the matrix. A list of hundreds has no entries of
    its own, but the `months` that have them.
    """

    path: str
    selection: str  # «липень 2021 року», empty for all
    value: int
    groups: tuple[EntryGroup, ...]
    matrix: Matrix | None = None
    contents: tuple[GroupLink, ...] = ()
    pager: Pager = Pager()
    months: tuple[GroupLink, ...] = ()


class Mention(NamedTuple):
    """In which report an item is counted, and in which of its figures: title and list."""

    period_title: str
    path: str
    figures: tuple[tuple[str, str], ...]
