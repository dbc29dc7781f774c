"""The period before another of its kind, and the same one a year earlier: their canonical ids."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hromada.domain.calendar import EARLIEST_YEAR

_IN_A_YEAR = {"half": (2, "H"), "quarter": (4, "Q"), "month": (12, "")}


def id_before(id: str, kind: str, first: date, last: date) -> str:
    """The id of the period of the same kind that ends where this one begins; 9 months go back a year."""
    if kind in _IN_A_YEAR:
        count, letter = _IN_A_YEAR[kind]
        year, number = divmod(first.year * count + (first.month - 1) * count // 12 - 1, count)
        return f"{year:04d}-{letter}{number + 1:0{1 if letter else 2}d}"
    if kind == "week":
        year, week, _ = (first - timedelta(days=7)).isocalendar()
        return f"{year:04d}-W{week:02d}"
    if kind == "range":
        return _months_before(first, last) if _is_whole_months(first, last) else _days_before(first, last)
    return id_a_year_before(id, kind, first, last)


def id_a_year_before(id: str, kind: str, first: date, last: date) -> str:
    """The id of the same period of the year before; week 53 need not exist there."""
    if kind != "range":
        return f"{int(id[:4]) - 1:04d}{id[4:]}"
    end = _year_earlier(last)
    if _is_month_end(last):  # the end of February stays its end, be it the 28th or the 29th
        end = end.replace(day=monthrange(end.year, end.month)[1])
    return f"{_year_earlier(first)}..{end}"


def _months_before(first: date, last: date) -> str:
    """As many whole months just before: August to October for November to January."""
    start = first.year * 12 + first.month - 1
    year, month = divmod(2 * start - (last.year * 12 + last.month), 12)
    end = first - timedelta(days=1)
    return f"{date(year, month + 1, 1)}..{end}" if year >= EARLIEST_YEAR else ""


def _days_before(first: date, last: date) -> str:
    start = first.toordinal() - (last.toordinal() - first.toordinal() + 1)
    end = first - timedelta(days=1)
    return f"{date.fromordinal(start)}..{end}" if start >= date(EARLIEST_YEAR, 1, 1).toordinal() else ""


def _year_earlier(day: date) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def _is_whole_months(first: date, last: date) -> bool:
    return first.day == 1 and _is_month_end(last)


def _is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
