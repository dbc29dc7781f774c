"""What an import did, in words: every record of the export is in one of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hromada.domain.account import NETWORK_TITLES, PostKind
from hromada.domain.days_in_words import month_in_words, short_day
from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import grouped
from hromada.importing.social.merging import Merged
from hromada.importing.social.post_identity import NewRow
from hromada.importing.social.publication import ExportResult

_LONGEST_LIST = 20  # lines; what is behind them is counted


def told(reading: ExportResult, merged: Merged, files: Mapping[str, int], *, dry: bool) -> list[str]:
    """The lines of the report; `files` are the register's files with how many rows each gets."""
    return [
        f"Формат: {'; '.join(reading.formats)}",
        *_balance(reading, merged, dry=dry),
        *_by_page(merged.new),
        *_by_month(merged.new),
        *_files(files, dry=dry),
        *_aside(reading),
        *_notes(reading, merged),
    ]


def _balance(reading: ExportResult, merged: Merged, *, dry: bool) -> Iterator[str]:
    new, skipped, unread = len(merged.new), reading.skipped.total(), len(reading.unread)
    verb = "буде перенесено" if dry else "перенесено"
    yield (
        f"Прочитано {NOUNS['запис'].counted(reading.records)}"
        f" = {verb} {grouped(new)} + уже в журналі {grouped(merged.present)} + повторів у джерелі {grouped(merged.repeated)}"
        f" + не переносяться {grouped(skipped)} + не прочитано {grouped(unread)}"
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


def _aside(reading: ExportResult) -> Iterator[str]:
    if reading.skipped:
        yield "Не переносяться:"
        yield from (f"  {reason}: {grouped(number)}" for reason, number in sorted(reading.skipped.items()))
    if left := {kind: number for kind, number in reading.left.items() if number}:
        yield "Є у вивантаженні, але це не публікації:"
        yield from (f"  {kind}: {grouped(number)}" for kind, number in sorted(left.items()))


def _notes(reading: ExportResult, merged: Merged) -> Iterator[str]:
    lines = [*(f"  {note}" for note in reading.notes), *_shared(merged), *_doubts(merged)]
    if lines:
        yield "Зверніть увагу:"
        yield from lines


def _shared(merged: Merged) -> Iterator[str]:
    for row, other in merged.shared[:_LONGEST_LIST]:
        yield (
            f"  {row.when:%d.%m.%Y %H:%M} «{row.title}»: та сама публікація є на двох сторінках, «{row.account.id}» і «{other}»,"
            " це дві публікації"
        )
    if (rest := len(merged.shared) - _LONGEST_LIST) > 0:
        yield f"  і ще таких: {grouped(rest)}"


def _doubts(merged: Merged) -> Iterator[str]:
    for row, entry in merged.doubtful[:_LONGEST_LIST]:
        yield (
            f"  {row.when:%d.%m.%Y %H:%M} «{row.title}»: схожий рядок уже є, {entry.place} «{entry.title}»;"
            " якщо це та сама публікація, приберіть один із двох"
        )
    if (rest := len(merged.doubtful) - _LONGEST_LIST) > 0:
        yield f"  і ще схожих: {grouped(rest)}"
