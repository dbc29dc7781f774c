"""PERIOD as a command was given it."""

from __future__ import annotations

from hromada.console.messages import complain, print_json
from hromada.console.options import Call, period_fault
from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem


def period_of(call: Call) -> Period | None:
    """PERIOD, or the reason why it is none."""
    try:
        return parse_period(call.period)
    except PeriodRefused as refused:
        if call.format == "json":
            print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        complain(period_fault(call.period, refused))
        return None
