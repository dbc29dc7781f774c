"""From counts to what is shown: titles, words, addresses."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.domain.account import GROUPS, NETWORK_TITLES, PostKind
from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_in_words, month_name
from hromada.domain.entry import Bucket, Entry
from hromada.domain.item import Item
from hromada.domain.numerals import FormMissing
from hromada.domain.site import Site
from hromada.report.chart import bar_chart
from hromada.report.count import Activity, Count, RegisterLine
from hromada.report.rules import RULES, VERSION
from hromada.report.view import (
    AccountRow,
    EntryGroup,
    EntryView,
    FigureView,
    MonthView,
    PartView,
    Reconciliation,
    RegisterRow,
    ReportFile,
    ReportView,
    UnitRow,
    Waiting,
)

FILES = (("Перелік матеріалів", "CSV", "items.csv"), ("Показники", "JSON", "report.json"))
_SECTIONS = {"news": "Новини", "registers/social": "Соціальні мережі", "registers/newspaper": "Газета"}
_REGISTERS = {
    "social": "Соціальні мережі",
    "newspaper": "Газета",
    "monitoring": "Моніторинг",
    "requests": "Звернення",
    "coverage": "Супровід заходів",
}


def report_view(item: Item, activity: Activity, site: Site) -> ReportView:
    """The page of one report."""
    assert item.report is not None
    period = activity.period
    rows = _account_rows(activity, site)
    line = activity.reconciliation
    return ReportView(
        title=item.title,
        path=item.address,
        period_title=period.title,
        first=period.first,
        last=period.last,
        status="open",
        complete=item.report.complete,
        finished=activity.as_of >= period.last,
        as_of=activity.as_of,
        publisher=site.settings.publisher_on(period.last),
        figures=tuple(figure_view(count, activity, site, item.address) for count in activity.counts),
        unit_rows=_unit_rows(activity, site, item.address),
        account_rows=rows,
        account_totals=AccountRow(
            "Разом", "", "", sum(r.value for r in rows), sum(r.reposts for r in rows), sum(r.stories for r in rows)
        ),
        reconciliation=Reconciliation(
            activity.found, line[Bucket.COUNTED], line[Bucket.DRAFT], line[Bucket.HIDDEN],
            line[Bucket.SCHEDULED], line[Bucket.TRANSLATION], line[Bucket.OUTSIDE],
        ),
        registers=tuple(_register_row(line) for line in activity.registers),
        scheduled=tuple(Waiting(one.title, one.day, str(one.place)) for one in activity.scheduled if one.day),
        files=tuple(ReportFile(title, type, f"{item.address}{name}") for title, type, name in FILES),
        rules=RULES,
        rules_version=VERSION,
    )  # fmt: skip


def figure_view(count: Count, activity: Activity, site: Site, base: str) -> FigureView:
    """One figure; its list of entries has an address of its own under the report's."""
    noun = site.figures.noun(count.spec)
    try:
        words = noun.form(count.value)
    except FormMissing:
        words = count.spec.noun
    path = f"{base}{count.id}/"
    long = count.window.first.year != count.window.last.year
    months = tuple(
        MonthView(month.id, month_in_words(month.year, month.number), month_name(month.number), value)
        for month, value in count.months
    )
    bars = [(month.title.removesuffix(" року") if long else month.name, month.value) for month in months]
    return FigureView(
        id=count.id,
        title=count.spec.title,
        value=count.value,
        words=words,
        path=path,
        window="" if count.window == activity.period else count.window.between,
        parts=tuple(PartView(part.id, part.title, part.value, f"{path}#part-{part.id}") for part in count.parts),
        months=months,
        own_table=count.spec.split in ("unit", "account") or bool(count.spec.total_of),
        chart=bar_chart(f"{count.spec.title} за місяцями", bars) if len(bars) > 1 else None,
    )


def _unit_rows(activity: Activity, site: Site, base: str) -> tuple[UnitRow, ...]:
    """Every unit of the period with its messages, zeros too, in alphabetical order."""
    count = activity.get("unit-messages")
    units = site.units
    rows = []
    for part in count.parts if count else ():
        path = units[part.id].address if part.id in units else ""
        rows.append(UnitRow(part.title, path, part.value, f"{base}unit-messages/#part-{part.id}"))
    return tuple(sorted(rows, key=lambda row: sort_key(row.title)))


def _account_rows(activity: Activity, site: Site) -> tuple[AccountRow, ...]:
    published = _by_account(activity, "social")
    reposts = _by_account(activity, "reposts")
    window = count.window if (count := activity.get("social")) else activity.period
    stories = dict.fromkeys(published, 0)
    for row in site.rows:
        apart = row.bucket(window, activity.clock) is Bucket.APART
        if apart and row.traits.get("kind") == PostKind.STORY:
            account = row.traits["account"]
            stories[account] = stories.get(account, 0) + row.count
    return tuple(
        AccountRow(
            title=account.name,
            networks=", ".join(NETWORK_TITLES.get(name, name) for name in account.networks),
            group_title=GROUPS[account.group],
            value=published.get(account.id, 0),
            reposts=reposts.get(account.id, 0),
            stories=stories.get(account.id, 0),
        )
        for account in site.accounts.all
    )


def _by_account(activity: Activity, figure: str) -> dict[str, int]:
    count = activity.get(figure)
    return {part.id: part.value for part in count.parts} if count else {}


def _register_row(line: RegisterLine) -> RegisterRow:
    title = _REGISTERS.get(line.id, line.id)
    return RegisterRow(title, line.rows, line.counted, line.apart, line.scheduled, line.outside)


def entry_groups(count: Count, site: Site) -> tuple[EntryGroup, ...]:
    """Exactly the counted entries of a figure, by its parts; parts of zero keep their heading."""
    titles = {f"units/{id}": item.title for id, item in site.units.items()} | _SECTIONS
    return tuple(
        EntryGroup(
            f"part-{part.id}", part.title, part.value, tuple(_entry_view(entry, titles) for entry in part.entries)
        )
        for part in count.parts
    )


def _entry_view(entry: Entry, titles: Mapping[str, str]) -> EntryView:
    return EntryView(
        title=entry.title or "без назви",
        path_or_url=entry.url,
        external=not entry.url.startswith("/"),
        day=entry.day,
        section_title=titles.get(entry.section, entry.section.removeprefix("registers/")),
        source=str(entry.place),
        count=entry.count,
    )
