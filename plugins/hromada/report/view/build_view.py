"""Builds the view of a report's page from its state: figures, charts, comparison, formatted numbers, addresses."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from itertools import pairwise

from msgspec.structs import replace

from hromada.domain.account import NETWORK_TITLES
from hromada.domain.alphabet import sort_key, uncapitalized
from hromada.domain.days_in_words import day_in_words, month_in_words, month_name
from hromada.domain.entry import PHOTOS
from hromada.domain.figure import Figures
from hromada.domain.file_names import FILES
from hromada.domain.numerals import Case, FormMissing
from hromada.domain.period import Month, Period
from hromada.domain.site import Site
from hromada.domain.site_urls import LISTS, NEWS
from hromada.report.approval.approval_diff import Change
from hromada.report.approval.approved_report import Approval, Version, changed_values
from hromada.report.approval.report_state import ReportState, ReportStates, version_path
from hromada.report.charts import (
    ActivityHeatmap,
    Chart,
    GroupChart,
    account_chart,
    activity_heatmap,
    bar_chart,
    paired_chart,
    unit_chart,
)
from hromada.report.count.activity import Activity, Count, RegisterLine
from hromada.report.count.comparison import NO_DATA, ComparisonColumn
from hromada.report.count.counting import RULES, VERSION, VERSION_CHANGES
from hromada.report.view.entry_lists import EntryListBuilder, mentions_by_url, month_path, part_paths
from hromada.report.view.report_view import (
    AccountRow,
    ApprovalView,
    ChangeView,
    Charts,
    ComparedValue,
    Comparison,
    ComparisonRow,
    EarlierPeriod,
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


def comparison_view(report_state: ReportState, page_of: Callable[[Period], str]) -> Comparison:
    """A row for each figure, a column for each earlier period with data, and notes about partial data."""
    columns = [column for column in report_state.comparison if not column.is_empty]
    periods = tuple(
        EarlierPeriod(
            column.name, column.period.title, column.period.first, column.period.last, page_of(column.period),
            column.approved, tuple(_notes(column, report_state)),
        )
        for column in columns
    )  # fmt: skip
    rows = tuple(
        ComparisonRow(count.id, count.spec.title, count.value, tuple(_cell(column, count.id) for column in columns))
        for count in report_state.activity.counts
    )
    return Comparison(periods, rows if periods else (), tuple(_remarks(report_state)))


def _cell(column: ComparisonColumn, figure: str) -> ComparedValue:
    cell = column.cells.get(figure)
    if cell is None or cell.base is None:
        return ComparedValue(None, note=cell.note if cell else "не рахували")
    return ComparedValue(cell.base, cell.signed, cell.percent, cell.caveat)


def _notes(column: ComparisonColumn, report_state: ReportState) -> Iterator[str]:
    """Why the column is not quite comparable."""
    rules = report_state.version.rules_version if report_state.version else VERSION
    then = column.period.title
    if column.approved:
        yield f"За {then} подано затверджені числа."
    if column.rules_version != rules:
        change = VERSION_CHANGES.get((column.rules_version, rules))
        yield (
            f"Правила підрахунку змінилися: за {then} рахували за версією {column.rules_version},"
            f" тепер за версією {rules}{f' ({change})' if change else ''}."
        )
    if not column.complete:
        yield f"Архів за {then} неповний."
    if partial := _partial(column, report_state):
        yield f"За {then} враховано не весь період: архів ведеться {'; '.join(partial)}."
    if report_state.activity.as_of < report_state.activity.period.last:
        yield "Період звіту ще триває, тож порівнюється його частина."


def _remarks(report_state: ReportState) -> Iterator[str]:
    """What the archive lacks: numbers of single rows, then whole periods."""
    compared_columns = [column for column in report_state.comparison if not column.is_empty]
    lacking = [column for column in compared_columns if any(cell.note == NO_DATA for cell in column.cells.values())]
    if lacking:
        yield f"«Немає даних»: за {_named(lacking)} в архіві немає жодного матеріалу для цього рядка."
    if gaps := [column for column in report_state.comparison if column.is_empty]:
        them = "ним" if len(gaps) == 1 else "ними"
        yield f"В архіві немає жодного матеріалу за {_named(gaps)}, тож порівняти з {them} не можна."


def _named(columns: list[ComparisonColumn]) -> str:
    """«II півріччя 2025 року і за I півріччя 2025 року», after «за»."""
    return " і за ".join(column.period.in_case(Case.ACCUSATIVE) for column in columns)


def _partial(column: ComparisonColumn, report_state: ReportState) -> list[str]:
    """«з 14 січня 2021 року (публікації у розділі «Новини», …)», by day."""
    titles: dict[date, list[str]] = {}
    for count in report_state.activity.counts:
        cell = column.cells.get(count.id)
        if cell and cell.since:
            titles.setdefault(cell.since, []).append(uncapitalized(count.spec.title))
    return [f"з {day_in_words(day)} ({', '.join(named)})" for day, named in sorted(titles.items())]


def build_charts(report_state: ReportState, site: Site, pages: Collection[str]) -> Charts:
    """All charts; None for a figure without entries."""
    activity = report_state.activity
    messages, social, news = (activity.get(id) for id in ("unit-messages", "social", "news"))
    return Charts(
        units=_units(messages) if messages and messages.value else None,
        accounts=_accounts(social, activity) if social and social.value else None,
        news=_news(news, report_state.comparison, Month.of(activity.as_of)) if news else None,
        weeks=_weeks(messages, activity, _pages(site, pages)) if messages and messages.parts else None,
    )


def _pages(site: Site, pages: Collection[str]) -> dict[str, str]:
    return {id: item.address for id, item in site.units.items() if item.address in pages}


def _in_order(count: Count) -> list[tuple[str, int]]:
    return [(part.title, part.value) for part in sorted(count.parts, key=lambda part: sort_key(part.title))]


def _units(count: Count) -> Chart:
    return unit_chart(count.spec.title, _in_order(count), head=("Сторінка", "Повідомлень"))


def _accounts(count: Count, activity: Activity) -> GroupChart:
    """Each account's publications by network; a network that it has and did not use is zero."""
    rows = []
    for part in count.parts:
        values = dict.fromkeys(activity.networks.get(part.id, ()), 0)
        for entry in part.entries:
            network = entry.traits.get("network", "")
            values[network] = values.get(network, 0) + entry.count
        named = tuple((NETWORK_TITLES.get(network, network), value) for network, value in values.items())
        rows.append((part.title, named))
    return account_chart("Публікації за сторінками й мережами", rows)


def _news(count: Count, columns: tuple[ComparisonColumn, ...], last: Month) -> GroupChart | None:
    """The news by month, up to `last`, beside those of the nearest earlier period that has as many months."""
    column = next((column for column in columns if len(column.news) == len(count.months) > 1), None)
    if column is None:
        return None
    months = zip(count.months, column.period.months, column.news, strict=True)
    values = [(_pair(now, then), value, before) for (now, value), then, before in months if now.id <= last.id]
    then = column.period.in_case(Case.INSTRUMENTAL)
    title = f"Новини за місяцями: {count.window.title} порівняно з {then}"
    return paired_chart(title, count.window.title, column.period.title, values)


def _pair(now: Month, then: Month) -> str:
    """«липень» beside July of another year, «липень і січень» beside January."""
    name = month_name(now.number)
    return name if now.number == then.number else f"{name} і {month_name(then.number)}"


def _weeks(count: Count, activity: Activity, pages: Mapping[str, str]) -> ActivityHeatmap:
    """Units by weeks: where nothing was written; `pages` are the addresses of the units that have one today."""
    rows = []
    for part in sorted(count.parts, key=lambda part: sort_key(part.title)):
        days = [entry.when.date() for entry in part.entries if entry.when for _ in range(entry.count)]
        rows.append((part.title, pages.get(part.id, ""), days))
    titles = {part.id: part.title for part in count.parts}
    active_periods = {
        titles[unit]: (life.opened, life.closed) for unit, life in activity.active_periods.items() if unit in titles
    }
    title = "Повідомлення підрозділів за тижнями"
    return activity_heatmap(
        title, count.window.first, count.window.last, rows, activity.as_of, active_periods=active_periods
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
        by_item=count.spec.source == PHOTOS,
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
    "coverage": "Висвітлення заходів",
}


def register_title(name: str, figures: Figures) -> str:
    """The title of a register beside the site's sections: a fixed one, else its figure's, else its folder in quotes."""
    spec = figures.get(name)
    return _TITLES.get(name) or (spec.title if spec and spec.register == name else f"Журнал «{name}»")
