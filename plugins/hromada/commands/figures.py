"""`make figures`: the figures of a period, from a content without errors."""

from __future__ import annotations

from hromada.build.pipeline import edition_of
from hromada.commands.period_option import period_of
from hromada.console.messages import DONE, REFUSED, print_json, print_refusal, say
from hromada.console.options import Call
from hromada.report.count.sums import sums
from hromada.report.view.formats import as_object, as_text


def figures(call: Call) -> int:
    """The figures of a period; without errors in the content only."""
    edition = edition_of(call)
    if edition.errors:
        return print_refusal(edition.problems, call.format)
    period = period_of(call)
    if period is None:
        return REFUSED
    statement = edition.statement_of(period)
    if statement is None:
        activity = edition.counting.count(period)
        if faults := list(sums(activity, "content")):
            return print_refusal(faults, call.format)
    else:
        activity = statement.activity
    if call.format == "json":
        print_json(as_object(activity, statement))
    else:
        say(as_text(activity, statement, edition.site.scheduled(edition.clock)))
    return DONE
