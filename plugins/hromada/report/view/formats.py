"""Formats a count: report.json, items.csv, the table on the terminal (docs describe them)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from typing import Any

from hromada.domain.alphabet import to_nfc
from hromada.domain.entry import Bucket
from hromada.domain.item import Item
from hromada.domain.numerals import grouped
from hromada.domain.table_text import escape_formula_parts
from hromada.report.approval.approval_diff import Change
from hromada.report.approval.approved_report import Version
from hromada.report.approval.report_state import ReportState
from hromada.report.count.activity import Activity, Count
from hromada.report.view.report_view import Reconciliation


def format_scheduled(scheduled: Iterable[Item]) -> list[str]:
    """A heading and a line for each item; empty without items."""
    lines = [f"  {item.due:%d.%m.%Y}  {item.title}  ({item.path})" for item in scheduled]
    return ["Чекають своєї дати:", *lines] if lines else []


_CSV_HEAD = ("figure", "date", "section", "title", "url", "source", "count")


def as_object(activity: Activity, report_state: ReportState | None = None) -> dict[str, Any]:
    """The object of report.json and of `make figures FORMAT=json`; `report_state` is the period's report, if any."""
    period, line = activity.period, activity.reconciliation
    buckets = ("counted", "draft", "hidden", "scheduled", "translation", "outside")
    counted = report_state.counted if report_state and report_state.status == "changed" else None
    return {
        "period": {
            "id": period.id,
            "from": period.first.isoformat(),
            "to": period.last.isoformat(),
            "title": period.title,
        },
        "status": report_state.status if report_state else "open",
        "as-of": activity.as_of.isoformat(),
        "figures": [_figure(count, counted) for count in activity.counts],
        "reconciliation": {"found": activity.found} | {name: line[Bucket(name)] for name in buckets},
        "registers": [
            {"id": register.id, "rows": register.rows, "counted": register.counted, "apart": register.excluded,
             "scheduled": register.scheduled, "outside": register.outside}
            for register in activity.registers
        ],
        **(_around(report_state) if report_state else {}),
    }  # fmt: skip


def _figure(count: Count, today: Activity | None) -> dict[str, Any]:
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
    if today is not None:
        now = today.get(count.id)
        figure["counted"] = now.value if now else None
    return figure


def _around(report_state: ReportState) -> dict[str, Any]:
    """A report's fields beside its figures: comparison, approval, changes since."""
    columns = [
        {"id": column.name, "period": column.period.id, "approved": column.approved, "complete": column.complete,
         "rules-version": column.rules_version,
         "figures": [{"id": id, "value": cell.base, "difference": cell.value - cell.base,
                      "since": str(cell.since or ""), "caveat": cell.caveat}
                     for id, cell in column.cells.items() if cell.base is not None]}
        for column in report_state.comparison
        if not column.is_empty
    ]  # fmt: skip
    return {"complete": report_state.complete, "comparison": columns} | (
        _approved(report_state.version, report_state.changes) if report_state.version else {}
    )


def _approved(version: Version, changes: Iterable[Change]) -> dict[str, Any]:
    return {
        "approved": {
            "version": version.number, "by": version.signature.by, "on": version.signature.on.isoformat(),
            "number": version.signature.document, "reason": version.reason, "note": version.note,
            "commit": version.commit, "rules-version": version.rules_version, "sha256": version.digest,
        },
        "changes": [
            {"what": change.what.value, "title": change.title, "detail": change.detail,
             "url": change.entry.url if change.entry else "",
             "source": str(change.entry.location) if change.entry else "", "matters": change.what.matters}
            for change in changes
        ],
    }  # fmt: skip


def items_csv(counts: Iterable[Count], url: Callable[[str], str]) -> bytes:
    """items.csv: a line per figure and entry, by figure, date, source; formulas are escaped.

    `url` puts the site's base path before the site's own addresses.
    """
    lines = []
    for count in counts:
        for entry in count.entries:
            address = url(to_nfc(entry.url)) if entry.url.startswith("/") else entry.url
            day = entry.day.isoformat() if entry.day else ""
            lines.append((count.id, day, entry.section, entry.title, address, str(entry.location), str(entry.count)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for line in sorted(lines, key=lambda line: (line[0], line[1], line[5])):
        writer.writerow([escape_formula_parts(cell) for cell in line])
    return out.getvalue().encode("utf-8-sig")


def as_text(activity: Activity, report_state: ReportState | None = None, scheduled: Iterable[Item] = ()) -> str:
    """The figures for the terminal: values in a column, parts below, the reconciliation line, what is scheduled."""
    period = activity.period
    lines = [f"{period.title} ({period.between}), станом на {activity.as_of:%d.%m.%Y}"]
    lines += [_approved_line(report_state)] if report_state and report_state.version else []
    lines += [""]
    for count in activity.counts:
        window = "" if count.window == period else f"  ({count.window.between})"
        lines.append(f"{grouped(count.value):>9}  {count.spec.title}{window}  [{count.id}]")
        if len(count.parts) > 1:
            lines += [f"{'':11}{grouped(part.value):>7}  {part.title}" for part in count.parts]
    lines += ["", Reconciliation.of(activity).sentence]
    for register in activity.registers:
        lines.append(
            f"Журнал «{register.id}»: рядків {register.rows} = враховано {register.counted} + окремо {register.excluded}"
            f" + заплановано {register.scheduled} + поза періодом {register.outside}"
        )
    waiting = format_scheduled(scheduled)
    return "\n".join([*lines, *([""] if waiting else []), *waiting])


def _approved_line(report_state: ReportState) -> str:
    assert report_state.version is not None
    signature = report_state.version.signature
    changed = "; зміст відтоді змінився, тут затверджені числа" if report_state.status == "changed" else ""
    return f"Затверджено {signature.on:%d.%m.%Y}, № {signature.document}: {signature.signer}{changed}"
