"""PERIOD as a command was given it."""

from __future__ import annotations

from hromada.console.messages import print_error, print_json
from hromada.console.options import Options, period_fault
from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem


def period_of(options: Options) -> Period | None:
    """PERIOD, or the reason why it is none."""
    try:
        return parse_period(options.period)
    except PeriodRefused as refused:
        if options.format == "json":
            print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        print_error(period_fault(options.period, refused))
        return None
