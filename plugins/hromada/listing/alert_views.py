"""Alerts as pages show them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from hromada.domain.alert import Alert, with_offset
from hromada.domain.days_in_words import day_in_words

_ENDS = (".", "!", "?", "…")


class AlertView(NamedTuple):
    """An alert of a page; `since` and `until` are ISO 8601 with an offset, `is_due` says whether it has begun at the build."""

    sentence: str
    severity: str
    title: str
    since: str
    until: str
    dates: str  # in words
    is_due: bool
    link: str
    digest: str


def alert_view(alert: Alert, moment: datetime) -> AlertView:
    """The view at a moment: of an alert that has begun only its end is said, or the beginning would read as that of a power cut."""
    since = None if alert.is_due(moment) else alert.since
    return AlertView(
        alert.text if alert.text.endswith(_ENDS) else f"{alert.text}.", alert.severity.value, alert.severity.heading, with_offset(alert.since) if alert.since else "",
        with_offset(alert.until), dates_in_words(since, alert.until), alert.is_due(moment), alert.link, alert.digest,
    )  # fmt: skip


def dates_in_words(since: datetime | None, until: datetime) -> str:
    """«З 15 січня 2022 року, 08:00 до 15 січня 2022 року, 16:00»; an end at midnight belongs to the day before."""
    if (until.hour, until.minute) == (0, 0):
        end = f"до кінця {day_in_words((until - timedelta(days=1)).date())}"
    else:
        end = f"до {_moment(until)}"
    return f"З {_moment(since)} {end}" if since else end.capitalize()


def _moment(moment: datetime) -> str:
    return f"{day_in_words(moment.date())}, {moment:%H:%M}"
