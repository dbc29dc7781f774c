"""Alerts: short public notices with a beginning and an end, as content/alerts.toml has them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.calendar import KYIV, DateRefused, midnight, next_midnight, parse_moment, to_iso
from hromada.domain.lazy_regex import lazy_compile

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
DEFAULT_SEVERITY = Severity.NOTICE
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


def parse_begin(text: str) -> datetime:
    """The first moment of an alert as editors write it: a day alone is its first moment. Raises DateRefused."""
    return parse_moment(text)


def parse_end(text: str) -> datetime:
    """The moment when an alert is over: a day alone means the moment after it. Raises DateRefused."""
    moment = parse_moment(text)
    return next_midnight(moment.date()) if len(to_iso(text)) == len("2022-01-15") else moment


_CLOCK = lazy_compile(r"(?:(?:[оОoO][бБ]?|[дД][оО]|[зЗ])\s+)?(?P<hour>[01]?[0-9]|2[0-4])[:.](?P<minute>[0-5][0-9])")
_DAY = timedelta(days=1)


def alert_times(since: str, until: str, now: datetime) -> tuple[datetime | None, datetime]:
    """Begin and end of an alert from what a person says now: dates, or times alone («18:00»). Raises DateRefused.

    A time alone as the end is the first such time that is still to come after the begin: said at 22:00, «06:00» is
    tomorrow's. A time alone as the begin is the last such time before an end that is a time alone, too, so that both are
    of one night; before a date it is today's.
    """
    begin_clock, end_clock = _clock(since), _clock(until)
    begin = parse_begin(since) if since and begin_clock is None else None
    if end_clock is None:
        end = parse_end(until)
        return (midnight(now.date()) + begin_clock if begin_clock is not None else begin), end
    after = max(now, begin) if begin else now
    end = midnight(after.date()) + end_clock
    if end <= after:
        end += _DAY
    if begin_clock is not None:
        begin = midnight(end.date()) + begin_clock
        begin -= max(0, (begin - end) // _DAY + 1) * _DAY
    return begin, end


def _clock(text: str) -> timedelta | None:
    """A time of day without a date, up to 24:00; None for anything else."""
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    clock = timedelta(hours=int(match["hour"]), minutes=int(match["minute"]))
    if clock > _DAY:
        raise DateRefused(f"часу «{text}» не існує", "date-format", "напишіть, наприклад, 18:00")
    return clock


def written_moment(moment: datetime, *, is_end: bool = False) -> str:
    """The moment as an editor would write it; an end at midnight is the whole day before."""
    if is_end and moment.time() == time.min:
        return f"{moment - _DAY:%d.%m.%Y}"
    return f"{moment:%d.%m.%Y %H:%M:%S}" if moment.second else f"{moment:%d.%m.%Y %H:%M}"
