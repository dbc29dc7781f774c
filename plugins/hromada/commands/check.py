"""`make check`: every problem of the content at once, and whether approvals are what was first committed."""

from __future__ import annotations

from hromada.build.pipeline import edition_of
from hromada.console.messages import DONE, REFUSED, lines_of, print_json, say, verdict
from hromada.console.options import Call
from hromada.publish.approval_history import rewritten


def check(call: Call) -> int:
    """Every problem of the content at once, and whether approvals are what was first committed."""
    edition = edition_of(call)
    edition.remember()
    problems = sorted({*edition.problems, *rewritten(call.content, edition.content.approvals.values())})
    if call.format == "json":
        print_json([problem.as_json() for problem in problems])
    elif call.format == "github":
        say(*(problem.as_github() for problem in problems), verdict(problems))
    else:
        say(*lines_of(problems, everything=call.everything), verdict(problems))
    return REFUSED if edition.errors else DONE
