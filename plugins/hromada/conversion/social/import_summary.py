"""Summary of an import for the terminal: every record of the export is counted in exactly one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hromada.conversion.social.merging import MergeResult, NewRow
from hromada.conversion.social.publication import ExportResult
from hromada.domain.account import NETWORK_TITLES, PostKind
from hromada.domain.days_in_words import month_in_words, short_day
from hromada.domain.numerals import NOUNS, grouped

_MAX_LINES = 20  # the rest is given as a number


def format_summary(result: ExportResult, merged: MergeResult, files: Mapping[str, int], *, dry: bool) -> list[str]:
    """The lines of the report; `files` are the register's files with how many rows each gets."""
    return [
        f"Формат: {'; '.join(result.formats)}",
        *_balance(result, merged, dry=dry),
        *_by_page(merged.new),
        *_by_month(merged.new),
        *_files(files, dry=dry),
        *_not_imported(result),
        *_notes(result, merged),
    ]


def _balance(result: ExportResult, merged: MergeResult, *, dry: bool) -> Iterator[str]:
    new, skipped, failed = len(merged.new), result.skipped.total(), len(result.failed)
    verb = "буде перенесено" if dry else "перенесено"
    yield (
        f"Прочитано {NOUNS['запис'].counted(result.records)}"
        f" = {verb} {grouped(new)} + уже в журналі {grouped(merged.present)} + повторів у джерелі {grouped(merged.repeated)}"
        f" + не переносяться {grouped(skipped)} + не прочитано {grouped(failed)}"
    )
    kinds = Counter(row.kind for row in merged.new)
    apart = kinds[PostKind.REPOST] + kinds[PostKind.STORY]
    if apart:
        counted = NOUNS["публікація"].counted(new - apart)
        reposts = NOUNS["репост"].counted(kinds[PostKind.REPOST])
        yield f"Із перенесених враховується {counted}, окремо – {reposts} і {grouped(kinds[PostKind.STORY])} сторіз"


def _by_page(rows: Iterable[NewRow]) -> Iterator[str]:
    pages: dict[tuple[str, str], list[NewRow]] = {}
    for row in rows:
        pages.setdefault((row.account.name, row.network), []).append(row)
    for (name, network), own in sorted(pages.items()):
        days = [row.when.date() for row in own]
        yield f"{name}, {NETWORK_TITLES.get(network, network)}: {grouped(len(own))}, {_span(min(days), max(days))}"


def _span(first: date, last: date) -> str:
    return short_day(first) if first == last else f"з {short_day(first)} по {short_day(last)}"


def _by_month(rows: Iterable[NewRow]) -> Iterator[str]:
    months = Counter((row.when.year, row.when.month) for row in rows)
    for (year, month), number in sorted(months.items()):
        yield f"  {month_in_words(year, month):<24}{grouped(number):>6}"


def _files(files: Mapping[str, int], *, dry: bool) -> Iterator[str]:
    verb = "Буде записано" if dry else "Записано"
    for name, number in files.items():
        yield f"{verb}: {name} (+{NOUNS['рядок'].counted(number)})"
    if dry:
        yield "Це проба (DRY_RUN): нічого не записано."
    elif not files:
        yield "Нового немає: журнал не змінено."


def _not_imported(result: ExportResult) -> Iterator[str]:
    if result.skipped:
        yield "Не переносяться:"
        yield from (f"  {reason}: {grouped(number)}" for reason, number in sorted(result.skipped.items()))
    if left := {kind: number for kind, number in result.left.items() if number}:
        yield "Є у вивантаженні, але це не публікації:"
        yield from (f"  {kind}: {grouped(number)}" for kind, number in sorted(left.items()))


def _notes(result: ExportResult, merged: MergeResult) -> Iterator[str]:
    lines = [*(f"  {note}" for note in result.notes), *_shared(merged), *_possible_duplicates(merged)]
    if lines:
        yield "Зверніть увагу:"
        yield from lines


def _shared(merged: MergeResult) -> Iterator[str]:
    for row, other in merged.shared[:_MAX_LINES]:
        yield (
            f"  {row.when:%d.%m.%Y %H:%M} «{row.title}»: та сама публікація є на двох сторінках, «{row.account.id}» і «{other}»,"
            " це дві публікації"
        )
    if (rest := len(merged.shared) - _MAX_LINES) > 0:
        yield f"  і ще таких: {grouped(rest)}"


def _possible_duplicates(merged: MergeResult) -> Iterator[str]:
    for row, entry in merged.doubtful[:_MAX_LINES]:
        yield (
            f"  {row.when:%d.%m.%Y %H:%M} «{row.title}»: схожий рядок уже є, {entry.location} «{entry.title}»;"
            " якщо це та сама публікація, приберіть один із двох"
        )
    if (rest := len(merged.doubtful) - _MAX_LINES) > 0:
        yield f"  і ще схожих: {grouped(rest)}"
