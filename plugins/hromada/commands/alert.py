"""`make alert`: writes an alert into alerts.toml and checks it; with PUBLISH it is online in the same step."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from hromada.build.content_steps import checked_snapshot
from hromada.checks.alert_rules import resolve_alerts
from hromada.commands.clone_steps import ask_who, opened_clone, take_newer
from hromada.commands.publish import publish_committed
from hromada.console.messages import EXIT_FAILED, EXIT_OK, EXIT_REFUSED, display_path, print_error, print_lines
from hromada.console.options import Options
from hromada.domain.alert import Alert, alert_times, written_moment
from hromada.domain.alphabet import to_nfc
from hromada.domain.dates import DateRefused
from hromada.domain.problem import ContentRefused, Level, Problem
from hromada.listing.alert_views import dates_in_words
from hromada.publish.local_commit import commit_file
from hromada.publish.repository import PublicationRefused
from hromada.reading.alert_table import ALERTS, read_alerts
from hromada.scaffolding.new_alert import NewAlert, NotExtendable, with_alert
from hromada.system.atomic_files import atomic_replace, atomic_write
from hromada.system.disk_errors import unwritable
from hromada.system.regular_files import content_file

_EXAMPLE = 'make alert TEXT="У Прудянці до вечора не буде води" UNTIL=18:00'
_UNPUBLISHED = "Оголошення записано, але не опубліковано. Повторіть ту саму команду: двічі його не буде."
_LONGEST_SUBJECT = 100


class _Written(NamedTuple):
    """The alert that the file has now, and whether this call has written it."""

    alert: Alert
    is_new: bool


def alert(options: Options) -> int:
    """Write and check an alert; PUBLISH commits the file alone and publishes it."""
    if options.publish and (fault := _unpublishable(options)):
        print_error(fault)
        return EXIT_REFUSED
    try:
        draft = _draft(options)
        obstacle = _take_newer(options) if options.publish else None
        written = _write(options, draft)
    except ContentRefused as refused:
        print_error(*map(str, refused.problems), "Нічого не записано.")
        return EXIT_REFUSED
    place = display_path(content_file(options.content, ALERTS).path, options.root)
    verb = "Записано" if written.is_new else "Таке оголошення вже є"
    print_lines(
        f"{verb}: {place}", f"  {written.alert.text}", f"  {dates_in_words(written.alert.since, written.alert.until)}"
    )
    if obstacle is not None:
        print_error(str(obstacle), _UNPUBLISHED)
        return obstacle.exit_status
    if not options.publish:
        print_lines("Щоб воно з’явилося на сайті: make publish (або одразу, з PUBLISH=1).")
        return EXIT_OK
    return _publish(options, written.alert)


def _unpublishable(options: Options) -> str:
    """Why an alert can't be published by this call: what is published is the clone's content, now."""
    if os.environ.get("TODAY", "").strip():
        return "PUBLISH і TODAY разом не пишуть: публікують те, що належить показати зараз"
    if os.path.realpath(options.content) != os.path.realpath(options.root / "content"):
        return "PUBLISH і CONTENT разом не пишуть: публікують лише зміст цього сховища, теку content/"
    return ""


def _draft(options: Options) -> NewAlert:
    """The alert of the settings; ContentRefused for what is missing, unclear or over."""
    text = to_nfc(" ".join(options.text.split()))
    if not text:
        raise _refusal("TEXT", "alert-incomplete", "немає тексту оголошення", f"напишіть одне речення: {_EXAMPLE}")
    if not options.until:
        raise _refusal("UNTIL", "alert-incomplete", "не сказано, доки діє оголошення", f"допишіть UNTIL: {_EXAMPLE}")
    now = options.clock.moment
    try:
        begin, end = alert_times(options.source, options.until, now)
    except DateRefused as refused:
        setting = "FROM" if options.source and f"«{options.source}»" in str(refused) else "UNTIL"
        raise _refusal(setting, refused.code, str(refused), refused.fix) from None
    if end <= now:
        raise _refusal(
            "UNTIL",
            "alert-dates",
            f"оголошення вже минуло: {dates_in_words(None, end).lower()}",
            "напишіть пізніший час",
        )
    return NewAlert(
        text, written_moment(end, is_end=True), options.severity, written_moment(begin) if begin else "", options.link
    )


def _refusal(setting: str, code: str, message: str, fix: str) -> ContentRefused:
    return ContentRefused([Problem(setting, 1, code, message, fix)])


def _write(options: Options, draft: NewAlert) -> _Written:
    """Add the alert to the file unless it has it; ContentRefused with what is wrong in it or in the file."""
    snapshot = checked_snapshot(options)
    snapshot.remember()
    _refuse([problem for problem in snapshot.problems if problem.path in (ALERTS, "content")])
    raw = snapshot.content.read(ALERTS) if ALERTS in snapshot.content.scanned else b""
    try:
        extended = with_alert(raw, draft)
    except NotExtendable:
        raise _refusal(ALERTS, "toml-shape", "«alert» записано не так", "пишіть [[alert]] і поля під ним") from None
    alerts, problems = read_alerts(extended)
    _refuse(problems)
    *others, new = alerts
    assert tuple(others) == read_alerts(raw)[0], "adding an alert has changed the others"
    if same := next((other for other in others if other._replace(line=new.line) == new), None):
        return _Written(same, is_new=False)
    (resolved,), problems = resolve_alerts(ALERTS, [new], snapshot.linker.targets, options.clock.moment)
    _refuse(problems)
    _replace_file(options, extended, is_there=ALERTS in snapshot.content.scanned)
    for problem in problems:
        print_error(str(problem))
    return _Written(resolved, is_new=True)


def _refuse(problems: list[Problem]) -> None:
    if errors := [problem for problem in problems if problem.level is Level.ERROR]:
        raise ContentRefused(errors)


def _replace_file(options: Options, data: bytes, *, is_there: bool) -> None:
    file = content_file(options.content, ALERTS)
    try:
        if is_there:
            atomic_replace(file, data)
        else:
            atomic_write(file, data)
    except OSError as error:
        raise ContentRefused([unwritable(ALERTS, error)]) from None


def _take_newer(options: Options) -> PublicationRefused | None:
    """Take colleagues' commits before the file is written, so that two alerts of one day need no decision.

    What stops that is returned: the alert is written all the same, for the next attempt.
    """
    try:
        with opened_clone(options) as repository:
            if sys.stdin.isatty() and sys.stdout.isatty():
                ask_who(repository.git, input)
            if repository.remote:
                take_newer(repository)
    except PublicationRefused as refused:
        return refused
    return None


def _publish(options: Options, written: Alert) -> int:
    """Commit the file alone and publish."""
    text = written.text if len(written.text) <= _LONGEST_SUBJECT else f"{written.text[:_LONGEST_SUBJECT].rstrip()}…"
    try:
        with opened_clone(options) as repository:
            if new := commit_file(repository.git, ALERTS, repository.branch, f"Оголошення: {text}"):
                print_lines(f"Збережено лише {ALERTS}, коміт {new[:10]}.")
    except PublicationRefused as refused:
        print_error(str(refused), _UNPUBLISHED)
        return EXIT_FAILED
    return publish_committed(options)
