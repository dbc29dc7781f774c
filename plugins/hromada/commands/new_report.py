"""`make new-report`: starts a report's text from the previous one of its kind."""

from __future__ import annotations

import os
from pathlib import Path

from hromada.build.content_steps import checked_snapshot
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options, period_of
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.file_names import content_path
from hromada.domain.item import Item, Kind
from hromada.domain.period import Period, file_stem
from hromada.report.text.draft import start_report
from hromada.system.atomic_files import write_new
from hromada.system.disk_errors import describe_error
from hromada.system.regular_files import content_file


def new_report(options: Options) -> int:
    """Start a report's text from the previous one of its kind."""
    period = period_of(options)
    if period is None:
        return EXIT_REFUSED
    try:
        print_lines(*write_draft(checked_snapshot(options), options.content, period))
    except StartRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    return EXIT_OK


class StartRefused(ValueError):
    """The text can't be started; the message is Ukrainian and says what to do."""


def write_draft(snapshot: ContentSnapshot, content: Path, period: Period) -> list[str]:
    """Write the draft of a period's report to a new file; returns the lines to print."""
    for item in snapshot.site.of_kind(Kind.REPORT):
        if item.report and item.report.period == period and not item.is_translation:
            raise StartRefused(f"Звіт за {period.title} уже є: {item.path}")
    path = content_path(f"reports/{file_stem(period)}.md")
    file = content_file(content, path)
    if os.path.lexists(file.path):
        raise StartRefused(f"Файл {path} уже є. Перейменуйте його або приберіть.")
    previous = _previous(snapshot, period)
    text = start_report(period, _source(snapshot, previous) if previous else None)
    try:
        write_new(file, text.encode())
    except OSError as error:
        raise StartRefused(f"Не вдалося записати {path} ({describe_error(error)}). Перевірте права та диск.") from None
    incomplete = ["Поле «complete: no» перенесено: приберіть його, коли архів за період повний."] * (
        previous is not None and previous.report is not None and not previous.report.complete
    )
    origin = f"за зразком {previous.path}" if previous else "за загальним зразком"
    return [
        f"Створено {path} {origin}.",
        "Допишіть те, що в дужках [допишіть: …]. Поки є рядок «status: draft», сайт звіту не показує.",
        f"Щоб побачити його у себе, приберіть цей рядок і запустіть make serve: {_preview(snapshot, period)}",
        "До коміту поверніть рядок, якщо звіт ще не готовий.",
        *incomplete,
    ]


def _preview(snapshot: ContentSnapshot, period: Period) -> str:
    return f"http://127.0.0.1:8000{snapshot.site.settings.base}/reports/{file_stem(period)}/"


def _previous(snapshot: ContentSnapshot, period: Period) -> Item | None:
    """The latest report of the same kind before the period; if there is none, the latest of its kind."""
    same_kind = [
        item
        for item in snapshot.site.of_kind(Kind.REPORT)
        if item.report and item.report.period.kind == period.kind and not item.is_translation and item.status != "draft"
    ]
    before = [item for item in same_kind if item.report and item.report.period.last < period.first]
    return max(
        before or same_kind, key=lambda item: item.report.period.last if item.report else period.first, default=None
    )


def _source(snapshot: ContentSnapshot, item: Item) -> tuple[Period, str]:
    assert item.report is not None
    raw = snapshot.content.bytes_of(item.path)
    return item.report.period, raw.decode("utf-8-sig").replace("\r\n", "\n")
