"""Builds the charts of a report's page from the same counts as its tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from hromada.domain.account import NETWORK_TITLES
from hromada.domain.alphabet import sort_key
from hromada.domain.days_in_words import month_name
from hromada.domain.numerals import Case
from hromada.domain.period import Month
from hromada.domain.site import Site
from hromada.report.approval.report_state import ReportState
from hromada.report.charts import (
    ActivityHeatmap,
    Chart,
    GroupChart,
    account_chart,
    activity_heatmap,
    paired_chart,
    unit_chart,
)
from hromada.report.count.activity import Activity, Count
from hromada.report.count.comparison import ComparisonColumn
from hromada.report.view.report_view import Charts


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
