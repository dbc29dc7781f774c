"""Rules for units' own pages: what their headers say of reaching them."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.checks.linted_text import LintedText
from hromada.domain.opening_hours import HoursUnclear, parse_hours
from hromada.domain.problem import Problem, warning


def hours_are_clear(text: LintedText) -> Iterator[Problem]:
    """Hours that can't be read are shown as they are written, without «відчинено» and «зачинено»."""
    unit = text.item.unit
    if unit is None or not unit.hours:
        return
    try:
        parse_hours(unit.hours)
    except HoursUnclear as unclear:
        yield warning(
            text.item.path, text.item.lines.get("hours", 1), "hours-unclear", f"години роботи не зрозуміти ({unclear})",
            "напишіть так: пн–чт 8:00–17:00, пт 8:00–15:45, перерва 12:00–12:45",
        )  # fmt: skip
