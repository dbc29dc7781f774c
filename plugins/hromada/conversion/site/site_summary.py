"""Summary of a site's import: what was written, was present or refused, and what stays on the earlier site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from hromada.conversion.site.import_plan import ImportAction, PlannedItem
from hromada.domain.item import Kind, Status
from hromada.domain.numerals import NOUNS, Case, grouped

_KINDS = {
    Kind.NEWS: "новини",
    Kind.UNIT: "сторінки підрозділів",
    Kind.MESSAGE: "повідомлення підрозділів",
    Kind.PAGE: "сторінки",
}
_MAX_LINES = 10
FILES = "файли"


class Tally(Struct):
    """How many were found, written, there already, refused."""

    new: int = 0
    present: int = 0
    refused: int = 0

    @property
    def found(self) -> int:
        return self.new + self.present + self.refused

    def add(self, action: ImportAction) -> None:
        match action:
            case ImportAction.NEW:
                self.new += 1
            case ImportAction.PRESENT:
                self.present += 1
            case ImportAction.REFUSED:
                self.refused += 1


class ImportOutcome(Struct):
    """Everything an import did or, as a dry run, would do."""

    title: str
    planned: list[PlannedItem]
    files: Tally = field(default_factory=Tally)
    redirects: int = 0
    queries: int = 0
    impossible: list[tuple[str, str]] = field(default_factory=list)
    left: dict[str, int] = field(default_factory=dict)
    unconverted: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    outside: int = 0
    warnings: list[str] = field(default_factory=list)


def tallies(planned: Iterable[PlannedItem]) -> Iterator[tuple[str, Tally]]:
    """The lines of the table: kinds, and under the news their years."""
    planned = list(planned)
    for kind, title in _KINDS.items():
        same = [planned_item for planned_item in planned if planned_item.item.kind is kind]
        if not same:
            continue
        yield title, _tally(same)
        if kind is Kind.NEWS:
            for year in sorted({_year(planned_item) for planned_item in same}):
                yield f"  {year}", _tally(planned_item for planned_item in same if _year(planned_item) == year)


def _tally(planned: Iterable[PlannedItem]) -> Tally:
    tally = Tally()
    for planned_item in planned:
        tally.add(planned_item.action)
    return tally


def _year(item: PlannedItem) -> str:
    return f"{item.item.when.year}" if item.item.when else "без дати"


def format_summary(outcome: ImportOutcome, *, dry: bool) -> list[str]:
    """The whole summary; `dry`: nothing was written."""
    lines = [outcome.title, *_table(outcome, dry=dry)]
    drafts = sum(
        planned_item.item.status is Status.DRAFT and planned_item.action is ImportAction.NEW
        for planned_item in outcome.planned
    )
    if drafts:
        lines.append(f"Серед них чернеток (також неопубліковане й закрите паролем): {grouped(drafts)}.")
    if outcome.redirects:
        lines.append(
            f"Колишніх адрес, що тепер ведуть до нових сторінок: {grouped(outcome.redirects)} (content/redirects.csv)."
        )
    lines += _left_behind(outcome)
    if outcome.warnings:
        lines += [
            f"Попереджень make check про нові файли: {grouped(len(outcome.warnings))}.",
            *_first_lines(outcome.warnings),
        ]
    lines.append(_end(outcome, dry=dry))
    return lines


def _table(outcome: ImportOutcome, *, dry: bool) -> Iterator[str]:
    rows = list(tallies(outcome.planned))
    if outcome.files.found:
        rows.append((FILES, outcome.files))
    width = max([len(name) for name, _ in rows] + [10]) + 2
    yield f"{'':{width}}{'знайдено':>10}{'буде додано' if dry else 'додано':>13}{'уже є':>8}{'відмовлено':>12}"
    for name, tally in rows:
        numbers = (grouped(tally.found), grouped(tally.new), grouped(tally.present), grouped(tally.refused))
        yield f"{name:{width}}{numbers[0]:>10}{numbers[1]:>13}{numbers[2]:>8}{numbers[3]:>12}"


def _left_behind(outcome: ImportOutcome) -> Iterator[str]:
    if outcome.left:
        yield "Не переноситься: " + _format_counts(outcome.left) + "."
    if outcome.unconverted:
        yield "Не має відповідника в тексті, перегляньте: " + _format_counts(outcome.unconverted) + "."
    if outcome.missing:
        places = list(dict.fromkeys(outcome.missing))
        yield (
            f"Світлин, яких немає у файлі, тож вони лишилися на колишньому сайті: {grouped(len(places))}."
            " Щоб перенести, покладіть поруч із файлом теку wp-content/uploads до першого перенесення."
        )
        yield from _first_lines(places)
    if outcome.outside:
        yield f"Посилань, які й далі ведуть на колишній сайт: {grouped(outcome.outside)}."
    if outcome.queries:
        yield (
            f"Адрес із запитом (/?p=123): {grouped(outcome.queries)}. Статичний сайт не може зробити з них сторінок,"
            " посилання на них перестануть працювати."
        )
    if outcome.impossible:
        yield f"Адрес, з яких не можна зробити сторінки: {grouped(len(outcome.impossible))}."
        yield from _first_lines([f"{address}: {why}" for address, why in outcome.impossible])


def _format_counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{kind}: {grouped(count)}" for kind, count in sorted(counts.items()))


def _first_lines(lines: list[str]) -> Iterator[str]:
    yield from (f"  {line}" for line in lines[:_MAX_LINES])
    if len(lines) > _MAX_LINES:
        yield f"  … і ще {grouped(len(lines) - _MAX_LINES)}"


def _end(outcome: ImportOutcome, *, dry: bool) -> str:
    new = sum(planned_item.action is ImportAction.NEW for planned_item in outcome.planned)
    refused = sum(planned_item.action is ImportAction.REFUSED for planned_item in outcome.planned)
    files = outcome.files.new
    if dry:
        return "Нічого не записано: DRY_RUN=1."
    if not new and not files and not outcome.redirects:
        return "Нічого нового: усе, що можна перенести, вже є." if not refused else "Нічого не додано."
    return f"Додано {NOUNS['матеріал'].counted(new, Case.ACCUSATIVE)} і {NOUNS['файл'].counted(files, Case.ACCUSATIVE)}. Далі: make check, make serve, git add content, git commit."
