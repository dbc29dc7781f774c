"""`make check`: every problem of the content at once, and whether approvals are what was first committed."""

from __future__ import annotations

from hromada.build.content_steps import checked_snapshot
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, lines_of, print_error, print_json, print_lines, verdict
from hromada.console.options import Options
from hromada.publish.approval_history import rewritten
from hromada.publish.clone_facts import schedule_line


def check(options: Options) -> int:
    """Every problem of the content at once, and whether approvals are what was first committed."""
    snapshot = checked_snapshot(options)
    snapshot.remember()
    problems = sorted({*snapshot.problems, *rewritten(options.content, snapshot.content.approvals.values())})
    if options.format == "json":
        print_json([problem.as_json() for problem in problems])
    elif options.format == "github":
        print_lines(*(problem.as_github() for problem in problems), verdict(problems))
    else:
        print_lines(*lines_of(problems, everything=options.everything), verdict(problems))
        if note := schedule_line(options.root):
            print_error(note)
    return EXIT_REFUSED if snapshot.errors else EXIT_OK
