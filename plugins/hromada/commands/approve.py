"""`make approve` and `make amend`: sign the figures of a finished period and store them permanently."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hromada.build.content_steps import checked_snapshot
from hromada.commands.site_address import address_note
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options, period_fault
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.calendar import DateRefused, parse_day
from hromada.domain.item import Item, Kind
from hromada.domain.numerals import grouped
from hromada.domain.period import Period, PeriodRefused, parse_period
from hromada.domain.problem import Level
from hromada.publish.working_tree import uncommitted_content
from hromada.report.approval.approved_report import (
    Approval,
    Reason,
    Signature,
    Signing,
    Version,
    changed_values,
    new_version,
)
from hromada.report.approval.report_state import format_unconfirmed, unconfirmed_pages, unconfirmed_refusal
from hromada.report.approval.writer import approval_path, with_digest, write_approval
from hromada.report.text.placeholders import check_text
from hromada.system.atomic_files import atomic_write
from hromada.system.disk_errors import unwritable
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import NotRegular, content_file

_LONGEST = 300  # characters of the signer and of the document's number


class ApprovalRefused(ValueError):
    """The report can't be approved; the message is Ukrainian and says what to do."""


class Request(Struct, frozen=True):
    """The caller's settings: the period, the signer, the day, the document's number; for an amendment the reason.

    `unconfirmed`: sign pages that nobody has confirmed, too.
    """

    period: str
    by: str
    on: str
    number: str
    reason: str = ""
    note: str = ""
    unconfirmed: bool = False


def new_approval(snapshot: ContentSnapshot, content: Path, request: Request) -> list[str]:
    """Write the first version of a period's approval; returns the lines to print. ApprovalRefused lists every reason."""
    return _approve(snapshot, content, request, amending=False)


def new_amendment(snapshot: ContentSnapshot, content: Path, request: Request) -> list[str]:
    """Add a version with a public note to a period's approval."""
    return _approve(snapshot, content, request, amending=True)


def _approve(snapshot: ContentSnapshot, content: Path, request: Request, *, amending: bool) -> list[str]:
    faults: list[str] = []
    reason, note = _reason(request, faults) if amending else ("", "")
    period = _period(request, faults)
    approval = snapshot.counting.approval_of(period) if period else None
    if period and bool(approval) is not amending:
        faults.append(_NOT_YET.format(period.title) if amending else _ALREADY.format(period.title))
    signature = _signature(request, snapshot, period, approval, faults)
    item = _report(snapshot, period, faults) if period else None
    if item:
        faults += _unfinished(snapshot, item)
    if item and not request.unconfirmed:
        faults += map(str, unconfirmed_refusal(item, _unconfirmed(snapshot, item)))
    if snapshot.errors:
        faults.append(f"Зміст має помилки ({len(snapshot.errors)}). Виправте їх: make check")
    commit = _commit(content, faults)
    if faults or item is None or signature is None:
        raise ApprovalRefused("\n".join(["Звіт не затверджено. Помилки:", *(f"  {fault}" for fault in faults)]))
    lines = _write(snapshot, content, item, Signing(signature, commit, reason, note), approval)
    pages = _unconfirmed(snapshot, item)
    return [*lines, f"Зауважте: {format_unconfirmed(pages)}."] if pages else lines


_ALREADY = (
    "Звіт за {} уже затверджено. Щоб затвердити знову: make amend PERIOD=… BY=… ON=… NUMBER=…"
    ' NOTE="уточнення: що змінилося"'
)
_NOT_YET = "Звіт за {} ще не затверджено. Спершу: make approve PERIOD=…"


def _unfinished(snapshot: ContentSnapshot, item: Item) -> Iterator[str]:
    """Reasons why the period or its report is not finished."""
    today = snapshot.counting.today(item)
    period = today.activity.period
    if snapshot.clock.day <= period.last:
        yield f"Період ще не закінчився: {period.title} триває до {period.last:%d.%m.%Y} включно."
    for count in today.activity.counts:
        if period.last < count.window.last and snapshot.clock.day <= count.window.last:
            yield f"Період показника «{count.spec.title}» ще не закінчився: він триває до {count.window.last:%d.%m.%Y}."
    if not today.complete:
        yield f"{item.path}: у звіті стоїть «complete: no», архів неповний. Доповніть архів і приберіть це поле."
    for problem in check_text(item, today.activity, today.figures, today.comparison):
        if problem.level is Level.ERROR or problem.code == "narrative-missing":
            yield str(problem._replace(level=Level.ERROR))  # refuses here, also if it is a warning of the check


def _unconfirmed(snapshot: ContentSnapshot, item: Item) -> tuple[Item, ...]:
    """The counted pages that nobody has confirmed."""
    return unconfirmed_pages(snapshot.counting.today(item).activity, snapshot.site)


def _period(request: Request, faults: list[str]) -> Period | None:
    try:
        return parse_period(request.period)
    except PeriodRefused as refused:
        faults.append(period_fault(request.period, refused))
        return None


def _signature(
    request: Request, snapshot: ContentSnapshot, period: Period | None, approval: Approval | None, faults: list[str]
) -> Signature | None:
    by, number = " ".join(request.by.split()).strip(" ,;"), " ".join(request.number.split())
    if not any(map(str.isalpha, by)) or len(by) > _LONGEST:
        faults.append('не вказано, хто затверджує: BY="посада, ім’я"')
    if not any(map(str.isalnum, number)) or len(number) > _LONGEST:
        faults.append('не вказано номера документа: NUMBER="12/01-05"')
    on = _day(request.on, faults)
    if on and period and on <= period.last:
        faults.append(f"ON: {on:%d.%m.%Y} – раніше, ніж закінчився період ({period.last:%d.%m.%Y}).")
    if on and on > snapshot.clock.day:
        faults.append(f"ON: {on:%d.%m.%Y} ще не настало.")
    if on and approval and on < approval.current.signature.on:
        faults.append(f"ON: попередню редакцію затверджено пізніше, {approval.current.signature.on:%d.%m.%Y}.")
    return Signature(by, on, number) if on else None


def _day(text: str, faults: list[str]) -> date | None:
    try:
        return parse_day(text)
    except DateRefused as refused:
        faults.append(
            f"ON: {refused}, напишіть, наприклад, 15.01.2022" if text.strip() else "не вказано дати: ON=15.01.2022"
        )
        return None


def _report(snapshot: ContentSnapshot, period: Period, faults: list[str]) -> Item | None:
    reports = [
        item
        for item in snapshot.site.of_kind(Kind.REPORT)
        if item.report and item.report.period == period and not item.is_translation
    ]
    listed = [item for item in reports if item.is_listed(snapshot.clock)]
    if not listed and reports:
        faults.append(f"{reports[0].path}: звіт – чернетка або прихований. Опублікуйте його (поле «status»).")
    elif not listed:
        advice = f"make new-report PERIOD={period.id}"
        faults.append(f"Опублікованого звіту за {period.title} немає: затверджувати нема чого ({advice}).")
    return listed[0] if listed else None


def _reason(request: Request, faults: list[str]) -> tuple[str, str]:
    """Reason and note; the reason may be the note's first word: «уточнення: додано матеріал»."""
    note, word = " ".join(request.note.split()), request.reason.strip(" «»\"'").casefold()
    reasons = [reason.value for reason in Reason]
    match = re.match(rf"({'|'.join(reasons)})(?!\w)[\s:.,–—-]*", note, re.IGNORECASE)
    if match and word in ("", match[1].casefold()):
        word, note = match[1].casefold(), note[match.end() :]
    elif match:
        faults.append(f"REASON – «{word}», а NOTE починається з «{match[1]}»: лишіть одну причину.")
    if word not in reasons:
        example = note if any(map(str.isalpha, note)) else "що змінилося"
        faults.append(
            f"не вказано причини. Почніть примітку словом «{reasons[0]}» або словами «{reasons[1]}»:"
            f' NOTE="{reasons[0]}: {example}"'
        )
    if not any(map(str.isalpha, note)):
        faults.append('немає примітки для читачів: NOTE="уточнення: що саме змінилося"')
    return word, note


def _commit(content: Path, faults: list[str]) -> str:
    """The commit whose content is approved: uncommitted content could not be shown to an auditor later."""
    git = Git(content)
    try:
        changed = uncommitted_content(git)
        commit = git.commit_of("HEAD")
    except (GitFailed, OSError):
        changed, commit = [], ""
    if not commit:
        faults.append("Зміст не лежить у сховищі git або в ньому ще немає комітів: джерело назвати нема з чого.")
    if changed:
        faults.append(
            f"Є незбережений зміст: {', '.join(changed[:5])}{' …' if len(changed) > 5 else ''}. Збережіть його комітом."
        )
    return commit


def _write(
    snapshot: ContentSnapshot, content: Path, item: Item, signing: Signing, approval: Approval | None
) -> list[str]:
    today, site = snapshot.counting.today(item), snapshot.site
    version = with_digest(
        new_version(
            item, today.activity, site.figures.nouns, snapshot.counting.current_entries.items, today.comparison, signing,
            approval.current if approval else None,
        )
    )  # fmt: skip
    period = today.activity.period
    path = approval_path(period)
    if approval is None:
        approval = Approval(path, period, (version,))
    else:
        approval = replace(approval, versions=(*approval.versions, version))
    try:
        atomic_write(content_file(content, path), write_approval(approval))
    except NotRegular as error:
        raise ApprovalRefused(str(unwritable(path, error))) from None
    return _summary_lines(version, approval, path)


def _summary_lines(version: Version, approval: Approval, path: str) -> list[str]:
    done = "Уточнено" if version.number > 1 else "Затверджено"
    head = f"{done} звіт за {approval.period.title}, редакція {version.number}: {path}"
    lines = [head, *(f"  {grouped(count.value):>9}  {count.spec.title}" for count in version.activity.counts)]
    if version.number > 1:
        changed = changed_values(approval.versions[-2].activity, version.activity)
        lines += (
            ["Змінено:", *(f"  {title}: {_format_value(old)} → {_format_value(new)}" for title, old, new in changed)]
            if changed
            else ["Числа не змінилися."]
        )
    return [
        *lines,
        f'Збережіть це: git add {path}, git commit -m "{done} звіт за {approval.period.title}", make publish',
    ]


def _format_value(value: int | None) -> str:
    return "немає" if value is None else grouped(value)


def approve(options: Options) -> int:
    """Sign a finished period's figures."""
    return _sign(options, new_approval)


def amend(options: Options) -> int:
    """Sign an approved period's figures anew, with a public note."""
    return _sign(options, new_amendment)


def _sign(options: Options, write: Callable[[ContentSnapshot, Path, Request], list[str]]) -> int:
    snapshot = checked_snapshot(options)
    if snapshot.errors:
        print_error(*map(str, snapshot.errors))
    request = Request(
        options.period, options.by, options.on, options.number, options.reason, options.note, options.unconfirmed
    )
    try:
        print_lines(*write(snapshot, options.content, request), *address_note(options))
    except ApprovalRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    return EXIT_OK
