"""`make new`: creates a content file with its header, from settings or from answers on the terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from hromada.build.content_steps import checked_snapshot
from hromada.commands.new_report import new_report
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, display_path, print_error, print_lines
from hromada.console.options import Options, period_fault
from hromada.console.questions import AskInTerminal
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.alphabet import capitalized, sort_key
from hromada.domain.item import Item, Kind, Status
from hromada.domain.period import PERIOD_ADVICE, PeriodRefused, parse_period
from hromada.domain.problem import Level
from hromada.domain.site_urls import RESERVED
from hromada.reading.items import read_item
from hromada.scaffolding.new_file import (
    DRAFT_LINE,
    KINDS,
    Choice,
    DraftKind,
    DraftRefused,
    draft_path,
    draft_text,
    format_choices,
    list_ids,
    matches_choice,
    parse_choice,
    tidy_title,
)
from hromada.system.atomic_files import write_new
from hromada.system.disk_errors import advice, describe_error
from hromada.system.regular_files import RegularFile, content_file

T = TypeVar("T")
_EXAMPLES = {
    "UNIT": 'make new KIND=message UNIT=viddil-zhkh TITLE="Графік прийому"',
    "PERIOD": "make new KIND=report PERIOD=2022-H1",
}
_OF_UNITS = {
    DraftKind.MESSAGE: "На сторінці якого підрозділу?", DraftKind.SERVICE: "Який підрозділ надає послугу?",
}  # fmt: skip
_EXAMPLE = 'make new KIND=news TITLE="Зустріч із мешканцями"'


def new(options: Options) -> int:
    """Create a file by the settings, or by answers of a person on the terminal."""
    return create(options, input if sys.stdin.isatty() and sys.stdout.isatty() else None)


def create(options: Options, ask: AskInTerminal | None) -> int:
    """The same; `ask` is None if nobody can answer."""
    try:
        return _create(options, ask)
    except DraftRefused as refused:
        print_error(f"Нічого не створено: {refused}")
        return EXIT_REFUSED
    except EOFError:
        print_error("", "Перервано: нічого не створено.")
        return EXIT_FAILED


def _create(options: Options, ask: AskInTerminal | None) -> int:
    kind = DraftKind(choice("KIND", options.kind, KINDS, "Що створити?", ask).id)
    if options.unit and kind not in _OF_UNITS:
        raise DraftRefused(
            "UNIT пишуть лише для повідомлення (KIND=message) і послуги (KIND=service); приберіть UNIT або змініть KIND"
        )
    if kind is DraftKind.REPORT:
        return _report(options, ask)
    if not options.content.is_dir():
        raise DraftRefused(f"теки «{options.content}» немає, перевірте CONTENT")
    snapshot = checked_snapshot(options)
    snapshot.remember()
    unit = _unit(snapshot, options.unit, kind, ask) if kind in _OF_UNITS else ""
    path, text = settled("TITLE", options.title, lambda title: _draft(snapshot, kind, title, unit), "Назва", ask)
    file = content_file(options.content, path)
    _write(file, text)
    print_lines(
        f"Створено {display_path(file.path, options.root)}",
        f"Далі: напишіть текст, приберіть рядок «{DRAFT_LINE}» і запустіть make check.",
    )
    return EXIT_OK


def _report(options: Options, ask: AskInTerminal | None) -> int:
    """A report's text is made by `make new-report`, from the previous one of its kind."""

    def checked(period: str) -> str:
        try:
            return parse_period(period).id
        except PeriodRefused as refused:
            raise DraftRefused(period_fault(period, refused)) from None

    period = settled("PERIOD", options.period, checked, "Період (наприклад, 2022-H1)", ask, PERIOD_ADVICE)
    status = new_report(options.with_changes(period=period))
    if status == EXIT_OK and options.title:
        print_lines("Назву звіту складено з періоду, TITLE не використано; за потреби змініть її в полі «title».")
    return status


def _draft(snapshot: ContentSnapshot, kind: DraftKind, title: str, unit: str) -> tuple[str, str]:
    """Path and text of the new file; DraftRefused when the path or the address is taken or invalid."""
    title, day = tidy_title(title), snapshot.clock.day
    path = draft_path(kind, title, day, unit)
    _refuse_taken(path, snapshot)
    text = draft_text(kind, title, day, _categories(snapshot), unit)
    item, _, problems = read_item(path, text.encode())
    if item is None or any(problem.level is Level.ERROR for problem in problems):
        raise DraftRefused("; ".join(map(str, problems)))
    if kind is DraftKind.PAGE and item.slug in RESERVED:
        raise DraftRefused(f"адресу /{item.slug}/ займає сам сайт, назвіть сторінку інакше")
    for other in snapshot.site.items:
        if item.address.casefold() == other.address.casefold():
            raise DraftRefused(f"адреса {item.address} уже зайнята: {other.path}, змініть назву")
    return path, text


def _refuse_taken(path: str, snapshot: ContentSnapshot) -> None:
    """Names that differ in case alone are one file on Windows and macOS."""
    for present in snapshot.content.scanned:
        if present == path:
            raise DraftRefused(f"файл {present} уже є, змініть назву або допишіть той файл")
        if present.casefold() == path.casefold():
            raise DraftRefused(f"файл {present} уже є, від нового він відрізняється лише розміром літер; змініть назву")


def _categories(snapshot: ContentSnapshot) -> list[str]:
    """The titles of categories.toml, else those in use, the most frequent first."""
    used = Counter(item.category for item in snapshot.site.of_kind(Kind.NEWS) if item.category)
    return list(snapshot.content.categories) or [
        title for title, _ in sorted(used.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def _unit(snapshot: ContentSnapshot, value: str, kind: DraftKind, ask: AskInTerminal | None) -> str:
    """The folder of a unit whose page is published."""
    pages = sorted(snapshot.site.units.items(), key=lambda entry: sort_key(entry[1].title))
    reasons = {Choice(id, page.title): _why_unavailable(page, snapshot) for id, page in pages}
    for unit, reason in reasons.items():
        if reason and matches_choice(unit, value):
            raise DraftRefused(f"{reason}: content/units/{unit.id}/index.md")
    choices = [unit for unit, reason in reasons.items() if not reason]
    if not choices:
        raise DraftRefused("немає жодної сторінки підрозділу; спершу додайте content/units/<тека>/index.md")
    return choice("UNIT", value, choices, _OF_UNITS[kind], ask).id


def _why_unavailable(page: Item, snapshot: ContentSnapshot) -> str:
    if page.status is not Status.PUBLISHED:
        return "сторінку підрозділу не опубліковано"
    return "" if page.is_built(snapshot.clock) else "сторінка підрозділу ще не відкрита"


def _write(file: RegularFile, text: str) -> None:
    try:
        write_new(file, text.encode())
    except FileExistsError:
        raise DraftRefused(f"файл {file.path} уже є, змініть назву") from None
    except OSError as error:
        raise DraftRefused(f"не вдалося записати {file.path} ({describe_error(error)}), {advice(error)}") from None


def choice(setting: str, value: str, choices: Sequence[Choice], question: str, ask: AskInTerminal | None) -> Choice:
    """The choice that the setting names, or that a person picks from a numbered list."""
    if value or ask is None:
        try:
            return settled(
                setting, value, lambda word: parse_choice(setting, word, choices), "", None, list_ids(choices)
            )
        except DraftRefused as refused:
            if ask is None:
                raise
            print_lines(_sentence(str(refused)))
    print_lines(question, *format_choices(choices))
    return settled("", "", lambda reply: parse_choice("", reply, choices), "Номер або назва", ask)


def settled(
    setting: str, value: str, parse: Callable[[str], T], question: str, ask: AskInTerminal | None, advice: str = ""
) -> T:
    """The parsed value of the setting, or of a person's answer; a refused answer is asked for again."""
    if not value and ask is None:
        raise DraftRefused(
            f"не вказано {setting}, {advice or 'напишіть його'}. Наприклад: {_EXAMPLES.get(setting, _EXAMPLE)}"
        )
    while True:
        try:
            return parse(value or (ask(f"{question}: ") if ask else ""))
        except DraftRefused as refused:
            if ask is None:
                raise
            print_lines(_sentence(str(refused)))
            value = ""


def _sentence(message: str) -> str:
    return capitalized(message) + ("" if message.endswith("?") else ".")
