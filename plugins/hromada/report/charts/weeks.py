"""ISO weeks of a period, the number of messages in each, and the longest silence."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby


class WeekState(StrEnum):
    """How many messages a week has; the values are the names that stylesheets use."""

    AHEAD = "ahead"  # in the future, or the page did not exist
    EMPTY = "empty"
    ONE = "one"
    FEW = "few"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class Week:
    """Monday to Sunday, clipped by the period; both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class ActiveDays:
    """First and last day on which messages are possible: the page exists, and the day is not in the future."""

    first: date
    last: date

    def state(self, week: Week, count: int) -> WeekState:
        if count:
            return WeekState.ONE if count == 1 else WeekState.FEW if count < 4 else WeekState.MANY
        return WeekState.EMPTY if self.first <= week.last and week.first <= self.last else WeekState.AHEAD

    def is_full(self, week: Week) -> bool:
        """Whether all seven days of the week lie in it: only such a week counts as silence."""
        return week.days == 7 and self.first <= week.first and week.last <= self.last


def weeks(first: date, last: date) -> tuple[Week, ...]:
    """The ISO weeks from `first` to `last`, both included; those at the ends may be shorter."""
    return tuple(_weeks(first, last))


def _weeks(first: date, last: date) -> Iterator[Week]:
    while first <= last:
        sunday = first + timedelta(days=6 - first.weekday())
        yield Week(first, min(sunday, last))
        first = sunday + timedelta(days=1)


def counts(weeks_of_period: Sequence[Week], days: Sequence[date]) -> tuple[int, ...]:
    """How many of the days fall into each week; all of them lie in one."""
    held = Counter(bisect_right(weeks_of_period, day, key=lambda week: week.first) - 1 for day in days)
    return tuple(held[number] for number in range(len(weeks_of_period)))


def longest_silence(
    weeks_of_period: Sequence[Week], states: Sequence[WeekState], active: ActiveDays
) -> tuple[Week, ...]:
    """The longest run of full weeks without a message, the earliest of equal ones; empty when there is none."""
    runs = groupby(zip(weeks_of_period, states, strict=True), key=lambda pair: pair[1] is WeekState.EMPTY)
    silences = (tuple(week for week, _ in run if active.is_full(week)) for empty, run in runs if empty)
    return max(silences, key=len, default=())
