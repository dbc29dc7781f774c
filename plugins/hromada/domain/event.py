"""Events: when and where something takes place, repeated or not, cancelled or moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from hromada.domain.dates import KYIV, midnight, month_end_after, next_midnight
from hromada.domain.recurrence import Recurrence

_MOST_DAYS = 366  # that one occurrence takes in lists by day: a slip in the year makes no thousand pages


class EventState(StrEnum):
    """The header's `event-state`."""

    PLANNED = "planned"  # without the field
    CANCELLED = "cancelled"
    MOVED = "moved"


# As editors write them, in any case.
EVENT_STATES = {
    "cancelled": EventState.CANCELLED,
    "скасовано": EventState.CANCELLED,
    "moved": EventState.MOVED,
    "перенесено": EventState.MOVED,
}


class EventMoment(NamedTuple):
    """A naive Kyiv time, or the whole day where the editor wrote no time.

    `is_second`: of an hour that the end of summer time doubles it is the later one.
    """

    when: datetime
    has_time: bool = True
    is_second: bool = False

    @classmethod
    def of(cls, when: datetime, *, has_time: bool) -> EventMoment:
        return cls(when.replace(fold=0), has_time, bool(when.fold))

    @property
    def day(self) -> date:
        return self.when.date()

    @property
    def aware(self) -> datetime:
        """The same with the zone, and so with the offset that Kyiv has at that moment."""
        return self.when.replace(tzinfo=KYIV, fold=int(self.is_second))


class Occurrence(NamedTuple):
    """One time that an event takes place; without an end, which is then unknown, it lasts until its day is over."""

    start: EventMoment
    end: EventMoment | None = None

    @property
    def last_day(self) -> date:
        """The last day on which it goes on; an end at midnight belongs to the day before."""
        if self.end is None:
            return self.start.day
        is_midnight = self.end.has_time and self.end.when.time() == time.min and self.end.day > self.start.day
        return self.end.day - timedelta(days=1) if is_midnight else self.end.day

    @property
    def over(self) -> datetime:
        """The first moment at which it is over, naive."""
        return self.end.when if self.end and self.end.has_time else next_midnight(self.last_day)

    @property
    def over_aware(self) -> datetime:
        """The same with the zone."""
        return self.end.aware if self.end and self.end.has_time else self.over.replace(tzinfo=KYIV)

    def is_over(self, moment: datetime) -> bool:
        """Whether it is over at a naive Kyiv time."""
        return self.over <= moment

    @property
    def last_listed_day(self) -> date:
        """The last day in lists by day, which name a year of them at most."""
        return min(self.last_day, self.start.day + timedelta(days=_MOST_DAYS - 1))

    def days(self) -> Iterator[date]:
        """Each day in lists by day."""
        for number in range((self.last_listed_day - self.start.day).days + 1):
            yield self.start.day + timedelta(days=number)


class Event(NamedTuple):
    """What a news item or a message announces; `end` is the first occurrence's, `was` the start before it was moved."""

    start: EventMoment
    end: EventMoment | None = None
    place: str = ""
    url: str = ""  # a page of another site
    recurrence: Recurrence | None = None
    state: EventState = EventState.PLANNED
    was: EventMoment | None = None

    @property
    def is_cancelled(self) -> bool:
        return self.state is EventState.CANCELLED

    def occurrences(self) -> tuple[Occurrence, ...]:
        """Every time that it takes place (also if it is cancelled), in order; empty if each day is excepted."""
        first = Occurrence(self.start, self.end)
        if self.recurrence is None:
            return (first,)
        return tuple(self._on(day) for day in self.recurrence.days(self.start.when))

    def _on(self, day: date) -> Occurrence:
        """The occurrence that begins on a day, at the same hour as the first one and as long."""
        if day == self.start.day:
            return Occurrence(self.start, self.end)
        later = day - self.start.day
        start = EventMoment(self.start.when + later, self.start.has_time)
        end = EventMoment(self.end.when + later, self.end.has_time) if self.end else None
        return Occurrence(start, end)

    def days(self) -> frozenset[date]:
        """Every day on which it goes on."""
        return frozenset(day for occurrence in self.occurrences() for day in occurrence.days())

    def months(self) -> Iterator[tuple[int, int]]:
        """The years and months in which it goes on, each once."""
        begin = self.start.when
        if self.end is None and self.recurrence is None:  # most events of ten years
            yield begin.year, begin.month
            return
        numbers = set[int]()
        for occurrence in self.occurrences():
            first, last = occurrence.start.when, occurrence.last_listed_day
            numbers.update(range(12 * first.year + first.month, 12 * last.year + last.month + 1))
        yield from (((number - 1) // 12, (number - 1) % 12 + 1) for number in sorted(numbers))

    def next_occurrence(self, moment: datetime) -> Occurrence | None:
        """The first occurrence that is not over at a naive Kyiv time."""
        return next((occurrence for occurrence in self.occurrences() if not occurrence.is_over(moment)), None)

    @property
    def last_day(self) -> date:
        """The last day of its last occurrence; of an event without one, its first day."""
        return max((occurrence.last_day for occurrence in self.occurrences()), default=self.start.day)

    @property
    def latest_day(self) -> date:
        """A day after which it surely does not go on: known without looking for the occurrences."""
        length = self.end.day - self.start.day if self.end else timedelta(0)
        return (self.recurrence.until.date() if self.recurrence else self.start.day) + length


def calendar_begin(day: date) -> date:
    """The first day of the calendar file on a day: events that ended earlier are not in it, so it stays small."""
    return date(day.year - 1, day.month, 1)


def due_moments(event: Event) -> Iterator[datetime]:
    """Every moment (naive Kyiv time) at which lists show the event otherwise, or the calendar file loses it."""
    for occurrence in event.occurrences():
        yield occurrence.over
        if occurrence.last_day > occurrence.start.day:  # from its second day on it goes on
            yield next_midnight(occurrence.start.day)
    last = event.last_day
    left = month_end_after(last, 12) + timedelta(days=1)
    yield midnight(left)
