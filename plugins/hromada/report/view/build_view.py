"""Builds the view of a report's page from its state: titles, formatted numbers, addresses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from hromada.domain.account import NETWORK_TITLES
from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.figure import Figures
from hromada.domain.numerals import FormMissing
from hromada.domain.period import Month
from hromada.domain.site import Site
from hromada.domain.site_urls import LISTS, NEWS
from hromada.report.approval.approval_diff import Change
from hromada.report.approval.approved_report import Approval, Version, changed_values
from hromada.report.approval.report_state import ReportState, ReportStates, version_path
from hromada.report.charts import Chart, bar_chart
from hromada.report.count.activity import Activity, Count, RegisterLine
from hromada.report.count.counting_rules import RULES, VERSION
from hromada.report.report_paths import FILES
from hromada.report.view.build_charts import build_charts
from hromada.report.view.build_comparison import comparison_view
from hromada.report.view.entry_lists import EntryListBuilder, mentions_by_url, month_path, part_paths
from hromada.report.view.report_view import (
    AccountRow,
    ApprovalView,
    ChangeView,
    FigureView,
    Mention,
    MonthView,
    PartView,
    Reconciliation,
    RegisterRow,
    ReportFile,
    ReportView,
    UnitRow,
    VersionView,
)


def report_view(report_state: ReportState, report_states: ReportStates, pages: Collection[str]) -> ReportView:
    """The view of one report; `pages` are the addresses that exist on the site, to which it may link."""
    site, activity = report_states.entry_index.site, report_state.activity
    period, version = activity.period, report_state.version
    rows = _account_rows(activity, report_state.path)
    return ReportView(
        title=report_state.title,
        path=report_state.path,
        period_title=period.title,
        first=period.first,
        last=period.last,
        status=report_state.status,
        complete=report_state.complete,
        finished=activity.as_of >= period.last,
        as_of=activity.as_of,
        publisher=site.settings.publisher_on(period.last),
        figures=tuple(figure_view(count, report_state) for count in activity.counts),
        unit_rows=_unit_rows(activity, site, report_state.path, pages),
        account_rows=rows,
        account_totals=AccountRow(
            "Разом", "", sum(r.value for r in rows), sum(r.reposts for r in rows), sum(r.stories for r in rows)
        ),
        reconciliation=Reconciliation.of(activity),
        registers=tuple(_register_row(line, report_state.figures) for line in activity.registers),
        files=tuple(ReportFile(title, type, f"{report_state.path}{name}") for title, type, name in FILES),
        rules=version.rules if version else RULES,
        rules_version=version.rules_version if version else VERSION,
        comparison=comparison_view(report_state, report_states.page_of),
        approval=approval_view(report_state),
        changes=tuple(change_view(change, pages) for change in report_state.changes),
        charts=build_charts(report_state, site, pages),
    )  # fmt: skip


def figure_view(count: Count, report_state: ReportState) -> FigureView:
    """One figure; the list of its entries has its own address under the report's."""
    base, noun = report_state.path, report_state.figures.noun(count.spec)
    today = report_state.counted.get(count.id) if report_state.status == "changed" else None
    try:
        noun_form = noun.form(count.value)
    except FormMissing:
        noun_form = count.spec.noun
    long = count.window.first.year != count.window.last.year
    months = tuple(
        MonthView(
            month.id,
            month_in_words(month.year, month.number),
            month_name(month.number),
            value,
            month_path(count, base, month) if value else "",
        )
        for month, value in count.months
    )
    past_months = tuple(
        month for month in months if month.id <= Month.of(report_state.activity.as_of).id
    )  # no zeros for future months
    bars = [(month.title.removesuffix(" року") if long else month.name, month.value) for month in past_months]
    paths = part_paths(count, base)
    return FigureView(
        id=count.id,
        title=count.spec.title,
        value=count.value,
        noun=noun_form,
        path=f"{base}{count.id}/",
        window="" if count.window == report_state.activity.period else count.window.between,
        parts=tuple(PartView(part.id, part.title, part.value, paths[part.id]) for part in count.parts),
        months=months,
        own_table=count.spec.split in ("unit", "account") or bool(count.spec.total_of),
        counted=today.value if today and today.value != count.value else None,
        chart=_linked(bar_chart(f"{count.spec.title} за місяцями", bars), past_months) if len(bars) > 1 else None,
    )


def _linked(chart: Chart, months: tuple[MonthView, ...]) -> Chart:
    """The chart with its table's months linked to their lists, where the list is long."""
    rows = tuple(replace(row, path=month.path) for row, month in zip(chart.table.rows, months, strict=True))
    return replace(chart, table=replace(chart.table, rows=rows))


def _unit_rows(activity: Activity, site: Site, base: str, pages: Collection[str]) -> tuple[UnitRow, ...]:
    """Every unit of the period with its messages, zeros too, in alphabetical order."""
    count = activity.get("unit-messages")
    paths = part_paths(count, base) if count else {}
    rows = []
    for part in count.parts if count else ():
        path = site.units[part.id].address if part.id in site.units else ""
        list_path = paths[part.id] if part.value else ""
        rows.append(UnitRow(part.title, path if path in pages else "", part.value, list_path))
    return tuple(sorted(rows, key=lambda row: sort_key(row.title)))


def _account_rows(activity: Activity, base: str) -> tuple[AccountRow, ...]:
    """Every account of the count, in the order of accounts.toml."""
    published, reposts = activity.get("social"), _by_account(activity, "reposts")
    paths = part_paths(published, base) if published else {}
    rows = []
    for part in published.parts if published else ():
        networks = ", ".join(NETWORK_TITLES.get(name, name) for name in activity.networks.get(part.id, ()))
        path = paths[part.id] if part.value else ""
        stories = activity.stories.get(part.id, 0)
        rows.append(AccountRow(part.title, networks, part.value, reposts.get(part.id, 0), stories, path))
    return tuple(rows)


def _by_account(activity: Activity, figure: str) -> dict[str, int]:
    count = activity.get(figure)
    return {part.id: part.value for part in count.parts} if count else {}


def _register_row(line: RegisterLine, figures: Figures) -> RegisterRow:
    return RegisterRow(
        register_title(line.id, figures), line.rows, line.counted, line.excluded, line.scheduled, line.outside
    )


def entry_list_builder(
    report_state: ReportState, report_states: ReportStates, pages: Collection[str]
) -> EntryListBuilder:
    """The builder of a report's entry lists."""
    site = report_states.entry_index.site
    messages = report_state.activity.get("unit-messages")
    titles = {"news": LISTS[NEWS]} | {f"units/{id}": item.title for id, item in site.units.items()}
    registers = {count.spec.register for count in report_state.activity.counts} - {""}
    titles |= {f"registers/{name}": register_title(name, report_state.figures) for name in registers}
    titles |= {f"units/{part.id}": part.title for part in messages.parts} if messages else {}  # as they were approved
    return EntryListBuilder(report_state.path, titles, pages, report_state.diff.moved)


def mentions(report_states: list[ReportState]) -> dict[str, tuple[Mention, ...]]:
    """By item's address: the reports and figures in which it is counted, the latest report first."""
    mentions_by_address: dict[str, dict[str, list[tuple[str, str]]]] = {}
    ordered = sorted(
        report_states, key=lambda state: (-state.activity.period.last.toordinal(), state.activity.period.first)
    )
    for report_state in ordered:
        base = report_state.path
        for url, title, path in mentions_by_url(report_state.activity.counts, base, report_state.diff.moved):
            mentions_by_address.setdefault(url, {}).setdefault(base, []).append((title, path))
    titles = {report_state.path: report_state.activity.period.title for report_state in report_states}
    return {
        url: tuple(Mention(titles[base], base, tuple(figures)) for base, figures in reports.items())
        for url, reports in mentions_by_address.items()
    }


def approval_view(report_state: ReportState) -> ApprovalView | None:
    """Who approved what is shown, and all versions, the latest first; None when it is not approved."""
    version, approval = report_state.version, report_state.approval
    if version is None or approval is None:
        return None
    return ApprovalView(
        position=version.signature.position,
        name=version.signature.name,
        on=version.signature.on,
        document=version.signature.document,
        number=version.number,
        reason=version.reason,
        note=version.note,
        commit=version.commit,
        digest=version.digest,
        rules_version=version.rules_version,
        versions=tuple(
            reversed([_version(version, before, approval, report_state) for before, version in _pairs(approval)])
        ),
    )


def _pairs(approval: Approval) -> list[tuple[Version | None, Version]]:
    return [(None, approval.versions[0]), *pairwise(approval.versions)]


def _version(version: Version, before: Version | None, approval: Approval, report_state: ReportState) -> VersionView:
    item, original = report_state.item, report_state.original
    latest = version is approval.current
    return VersionView(
        number=version.number,
        path=item.address if latest else version_path(original, version),
        by=version.signature.signer,
        on=version.signature.on,
        document=version.signature.document,
        reason=version.reason,
        note=version.note,
        changed=tuple(changed_values(before.activity, version.activity)) if before else (),
        is_current=version is report_state.version,
    )


def change_view(change: Change, pages: Collection[str]) -> ChangeView:
    entry = change.entry
    url = entry.url if entry else ""
    return ChangeView(
        what=change.what.value,
        title=change.title,
        detail=change.detail,
        path=url if url in pages else "",
        source=str(entry.place) if entry else "",
        matters=change.what.matters,
    )


_TITLES = {
    "social": "Соціальні мережі",
    "newspaper": "Газета",
    "monitoring": "Моніторинг",
    "requests": "Звернення",
    "coverage": "Супровід заходів",
}


def register_title(name: str, figures: Figures) -> str:
    """The title of a register beside the site's sections: a fixed one, else its figure's, else its folder in quotes."""
    spec = figures.get(name)
    return _TITLES.get(name) or (spec.title if spec and spec.register == name else f"Журнал «{name}»")
