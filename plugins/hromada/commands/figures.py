"""`make figures`: the figures of a period, from a content without errors."""

from __future__ import annotations

from hromada.build.content_steps import checked_snapshot
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_json, print_lines, print_refusal
from hromada.console.options import Options, period_of
from hromada.report.count.counting import sum_problems
from hromada.report.view.formats import as_object, as_text


def figures(options: Options) -> int:
    """The figures of a period; without errors in the content only."""
    snapshot = checked_snapshot(options)
    if snapshot.errors:
        return print_refusal(snapshot.problems, options.format)
    period = period_of(options)
    if period is None:
        return EXIT_REFUSED
    report_state = snapshot.report_state_of(period)
    if report_state is None:
        activity = snapshot.counting.count(period)
        if faults := list(sum_problems(activity, "content")):
            return print_refusal(faults, options.format)
    else:
        activity = report_state.activity
    if options.format == "json":
        print_json(as_object(activity, report_state))
    else:
        print_lines(as_text(activity, report_state, snapshot.site.scheduled(snapshot.clock)))
    return EXIT_OK
