"""Moments of the sample's publications in order, distributed over weekdays and months, as a stream."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from hromada.domain.calendar import midnight

_T = TypeVar("_T")

# The half-year that the archive is made for.
FIRST, LAST = date(2021, 7, 1), date(2021, 12, 31)

_MONTHS = (9, 8, 10, 9, 8, 10, 8, 7, 11, 12, 10, 13)  # summer is quiet, December is full
_WEEKDAYS = (11, 12, 10, 12, 11, 4, 2)
_OPENS, _WORKS = 8 * 60, 10 * 60  # minutes: publications appear from eight to eighteen


def moments(count: int, rng: random.Random, first: date = FIRST, last: date = LAST) -> Iterator[datetime]:
    """`count` moments in order, from the first minute of `first` to the last minute of `last`."""
    if count > 0:
        yield midnight(first)
    yield from _between(count - 2, rng, first, last)
    if count > 1:
        yield datetime.combine(last, time(23, 59))


def _between(count: int, rng: random.Random, first: date, last: date) -> Iterator[datetime]:
    """Integer weights and running sums, so that every machine gets the same days and they add up to `count`."""
    if count < 1:
        return
    days = [first + timedelta(days=offset) for offset in range((last - first).days + 1)]
    weights = [_weight(day, rng) for day in days]
    total, passed, given = sum(weights), 0, 0
    for day, weight in zip(days, weights, strict=True):
        passed += weight
        due = count * passed // total
        start = midnight(day)
        for index in range(due - given):
            minute = (_WORKS * index + int(rng.random() * _WORKS)) // (due - given)
            yield start + timedelta(minutes=_OPENS + minute)
        given = due


def _weight(day: date, rng: random.Random) -> int:
    return _WEEKDAYS[day.weekday()] * _MONTHS[day.month - 1] * (70 + int(rng.random() * 60))


def pick(rng: random.Random, options: Sequence[_T]) -> _T:
    """One of the options by random() alone, whose sequence Python promises to keep."""
    return options[int(rng.random() * len(options))]
