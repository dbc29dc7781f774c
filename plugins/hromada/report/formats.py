"""The count in the formats of the contract: report.json, items.csv, the table on the terminal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

from hromada.domain.entry import Bucket
from hromada.domain.numerals import grouped
from hromada.report.count import Activity, Count

_CSV_HEAD = ("figure", "date", "section", "title", "url", "source", "count")
_FORMULA = ("=", "+", "-", "@")


def as_object(activity: Activity) -> dict[str, Any]:
    """The object of report.json and of `make figures FORMAT=json`."""
    period, line = activity.period, activity.reconciliation
    buckets = ("counted", "draft", "hidden", "scheduled", "translation", "outside")
    return {
        "period": {
            "id": period.id,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "title": period.title,
        },
        "status": "open",
        "as-of": activity.as_of.isoformat(),
        "figures": [_figure(count) for count in activity.counts],
        "reconciliation": {"found": activity.found} | {name: line[Bucket(name)] for name in buckets},
        "registers": [
            {"id": one.id, "rows": one.rows, "counted": one.counted, "apart": one.apart,
             "scheduled": one.scheduled, "outside": one.outside}
            for one in activity.registers
        ],
    }  # fmt: skip


def _figure(count: Count) -> dict[str, Any]:
    figure: dict[str, Any] = {
        "id": count.id,
        "title": count.spec.title,
        "value": count.value,
        "from": count.window.first.isoformat(),
        "to": count.window.last.isoformat(),
        "parts": [{"id": part.id, "title": part.title, "value": part.value} for part in count.parts],
    }
    if count.has_months:
        figure["months"] = [{"id": month.id, "value": value} for month, value in count.months]
    return figure


def items_csv(activity: Activity, url: Callable[[str], str]) -> bytes:
    """items.csv: a line per figure and entry, by figure, date, source; a formula's first sign is disarmed.

    `url` puts the site's base path before the site's own addresses.
    """
    lines = []
    for count in activity.counts:
        for entry in count.entries:
            address = url(entry.url) if entry.url.startswith("/") else entry.url
            day = entry.day.isoformat() if entry.day else ""
            lines.append((count.id, day, entry.section, entry.title, address, str(entry.place), str(entry.count)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for line in sorted(lines, key=lambda one: (one[0], one[1], one[5])):
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in line])
    return out.getvalue().encode("utf-8-sig")


def as_text(activity: Activity) -> str:
    """The figures for the terminal: values in a column, parts below, the reconciliation line at the end."""
    period = activity.period
    lines = [f"{period.title} ({period.between}), станом на {activity.as_of:%d.%m.%Y}", ""]
    for count in activity.counts:
        window = "" if count.window == period else f"  ({count.window.between})"
        lines.append(f"{grouped(count.value):>9}  {count.spec.title}{window}  [{count.id}]")
        if len(count.parts) > 1:
            lines += [f"{'':11}{grouped(part.value):>7}  {part.title}" for part in count.parts]
    lines += ["", reconciliation_line(activity)]
    for one in activity.registers:
        lines.append(
            f"Журнал «{one.id}»: рядків {one.rows} = враховано {one.counted} + окремо {one.apart}"
            f" + заплановано {one.scheduled} + поза періодом {one.outside}"
        )
    if activity.scheduled:
        lines += ["", "Чекають своєї дати:"]
        lines += [f"  {entry.when:%d.%m.%Y}  {entry.title}  ({entry.place})" for entry in activity.scheduled]
    return "\n".join(lines)


def reconciliation_line(activity: Activity) -> str:
    """«Знайдено 713 матеріалів = враховано 677 + …»; counts of things follow the word, so no agreement is needed."""
    line = {bucket: grouped(value) for bucket, value in activity.reconciliation.items()}
    return (
        f"Знайдено матеріалів: {grouped(activity.found)} = враховано {line[Bucket.COUNTED]}"
        f" + чернеток {line[Bucket.DRAFT]} + прихованих {line[Bucket.HIDDEN]}"
        f" + запланованих {line[Bucket.SCHEDULED]} + перекладів {line[Bucket.TRANSLATION]}"
        f" + поза періодом {line[Bucket.OUTSIDE]}"
    )
