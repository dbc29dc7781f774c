"""Charts as values: geometry, labels and the tables that say the same; templates only draw them."""

from hromada.report.charts.activity_heatmap import ActivityHeatmap, HeatmapRow, activity_heatmap
from hromada.report.charts.bars import (
    Bar,
    Chart,
    ChartTable,
    GroupChart,
    TableRow,
    account_chart,
    bar_chart,
    paired_chart,
    unit_chart,
)

__all__ = [
    "ActivityHeatmap",
    "Bar",
    "Chart",
    "ChartTable",
    "GroupChart",
    "HeatmapRow",
    "TableRow",
    "account_chart",
    "activity_heatmap",
    "bar_chart",
    "paired_chart",
    "unit_chart",
]
