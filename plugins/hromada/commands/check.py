"""`make check`: every problem of the content at once, whether approvals are what was first committed, and moved addresses."""

from __future__ import annotations

from hromada.build.content_steps import checked_snapshot
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, lines_of, print_error, print_json, print_lines, verdict
from hromada.console.options import Options
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.problem import Problem
from hromada.publish.approval_history import rewritten
from hromada.publish.clone_facts import schedule_line
from hromada.publish.moved_addresses import as_problems, moved_pages, unanswered
from hromada.system.git import Git


def check(options: Options) -> int:
    """Every problem of the content at once, and whether approvals are what was first committed."""
    snapshot = checked_snapshot(options)
    snapshot.remember()
    problems = sorted(
        {
            *snapshot.problems,
            *rewritten(options.content, snapshot.content.approvals.values()),
            *_moved(options, snapshot),
        }
    )
    if options.format == "json":
        print_json([problem.as_json() for problem in problems])
    elif options.format == "github":
        print_lines(*(problem.as_github() for problem in problems), verdict(problems))
    else:
        print_lines(*lines_of(problems, everything=options.everything), verdict(problems))
        if note := schedule_line(options.root):
            print_error(note)
    return EXIT_REFUSED if snapshot.errors else EXIT_OK


def _moved(options: Options, snapshot: ContentSnapshot) -> list[Problem]:
    """Pages online whose address would vanish with a renaming; only of the repository's own content."""
    if options.content != options.root / "content":
        return []
    addresses = {item.path: item.address for item in snapshot.site.items}
    return as_problems(unanswered(moved_pages(Git(options.root)), snapshot.site.redirects, addresses))
