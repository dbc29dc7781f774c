"""Charts as values: their geometry, their words and the tables that say the same; templates only draw them."""

from hromada.report.charts.activity_heatmap import CompletenessMap, CompletenessRow, completeness
from hromada.report.charts.bars import Bar, Chart, bar_chart, unit_chart
from hromada.report.charts.groups import GroupChart, account_chart, paired_chart
from hromada.report.charts.table import Table, TableRow

__all__ = [
    "Bar",
    "Chart",
    "CompletenessMap",
    "CompletenessRow",
    "GroupChart",
    "Table",
    "TableRow",
    "account_chart",
    "bar_chart",
    "completeness",
    "paired_chart",
    "unit_chart",
]
