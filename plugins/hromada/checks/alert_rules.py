"""Rules for alerts.toml: links lead somewhere; a person knows that a text is public before the alert begins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from hromada.checks.link_rules import LinkBroken, Targets, find_ended_link, resolve_page
from hromada.domain.alert import Alert
from hromada.domain.days_in_words import short_day
from hromada.domain.problem import Problem, warning

_LONGEST = timedelta(days=366)


def resolve_alerts(
    path: str, alerts: Iterable[Alert], targets: Targets, moment: datetime
) -> tuple[tuple[Alert, ...], list[Problem]]:
    """The alerts with the addresses of their links, and the problems of the file at `path`."""
    resolved, problems = [], []
    for alert in alerts:
        link = ""
        try:
            link = resolve_page(alert.link, path, targets) if alert.link else ""
        except LinkBroken as broken:
            problems.append(Problem(path, alert.line, "alert-link", f"посилання оголошення: {broken}", broken.fix))
        problems += find_ended_link(path, alert.line, "оголошення", link, targets)
        if alert.until - moment > _LONGEST:
            message = f"оголошення діятиме до {short_day(alert.until.date())}"
            problems.append(warning(path, alert.line, "date-doubtful", message, "перевірте рік"))
        if not alert.is_due(moment):
            message = "оголошення ще не почало діяти, а його текст видно в мережі від публікації"
            problems.append(
                warning(
                    path, alert.line, "alert-early", message, "якщо текст іще не для всіх, опублікуйте його пізніше"
                )
            )
        resolved.append(alert._replace(link=link))
    return tuple(resolved), problems
