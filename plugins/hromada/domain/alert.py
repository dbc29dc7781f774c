"""Alerts: short public notices with a beginning and an end, as content/alerts.toml has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.calendar import KYIV

LONGEST_ALERT = 200  # letters


class Severity(StrEnum):
    """How urgent an alert is; the most urgent first."""

    EMERGENCY = "emergency"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def heading(self) -> str:
        return _TITLES[self]


_TITLES = {Severity.EMERGENCY: "Надзвичайне", Severity.WARNING: "Попередження", Severity.NOTICE: "Оголошення"}
# As editors write them, in any case.
SEVERITIES = {severity.value: severity for severity in Severity} | {
    title.casefold(): severity for severity, title in _TITLES.items()
}


class Alert(NamedTuple):
    """An alert; moments are naive local Kyiv time. Without `since` it holds from its publication; `link` may be empty."""

    text: str
    severity: Severity
    since: datetime | None
    until: datetime
    link: str = ""
    line: int = 1

    def is_due(self, moment: datetime) -> bool:
        """Whether it has begun."""
        return self.since is None or self.since <= moment

    def is_over(self, moment: datetime) -> bool:
        """Whether it has ended; the last moment is no part of it."""
        return self.until <= moment

    @property
    def digest(self) -> str:
        """What a browser remembers of a closed alert: SHA-256 of the text, a line feed, the end in ISO 8601 with its offset."""
        return hashlib.sha256(f"{self.text}\n{with_offset(self.until)}".encode()).hexdigest()

    def as_object(self, link: str) -> dict[str, str | None]:
        """The alert in alerts.json; `link` is its address under the site's base path."""
        return {
            "text": self.text,
            "severity": self.severity.value,
            "from": with_offset(self.since) if self.since else None,
            "until": with_offset(self.until),
            "link": link or None,
        }


def with_offset(moment: datetime) -> str:
    """Kyiv time in ISO 8601 with its offset: «2022-01-15T16:00:00+02:00»."""
    return moment.replace(tzinfo=KYIV).isoformat()


def current_alerts(alerts: Iterable[Alert], moment: datetime) -> tuple[Alert, ...]:
    """The alerts that are not over, begun or not: the most urgent first, then by their beginning."""
    severities = list(Severity)
    return tuple(
        sorted(
            (alert for alert in alerts if not alert.is_over(moment)),
            key=lambda alert: (severities.index(alert.severity), alert.since or datetime.min),
        )
    )
