"""What is read from the content and answered or written down: the check, figures, reports begun and signed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem
from hromada.report.view.formats import as_object, as_text
from hromada.report.count.sums import sums
from hromada.commands import approve, new_report
from hromada.publish.approval_history import rewritten
from hromada.commands.approve import ApprovalRefused, Request
from hromada.build.pipeline import edition_of
from hromada.console.options import Call, period_fault
from hromada.content.snapshot import Edition
from hromada.commands.site_address import address_note
from hromada.console.messages import DONE, REFUSED, complain, lines_of, print_json, print_refusal, say, verdict


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


def figures(call: Call) -> int:
    """The figures of a period; without errors in the content only."""
    edition = edition_of(call)
    if edition.errors:
        return print_refusal(edition.problems, call.format)
    period = _period(call)
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


def _period(call: Call) -> Period | None:
    """PERIOD, or the reason why it is none."""
    try:
        return parse_period(call.period)
    except PeriodRefused as refused:
        if call.format == "json":
            print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        complain(period_fault(call.period, refused))
        return None


def new_report(call: Call) -> int:
    """Start a report's text from the previous one of its kind."""
    period = _period(call)
    if period is None:
        return REFUSED
    try:
        say(*new_report.new_report(edition_of(call), call.content, period))
    except new_report.StartRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE


def approve(call: Call) -> int:
    """Sign a finished period's figures."""
    return _sign(call, approve.approve)


def amend(call: Call) -> int:
    """Sign an approved period's figures anew, with a public note."""
    return _sign(call, approve.amend)


def _sign(call: Call, how: Callable[[Edition, Path, Request], list[str]]) -> int:
    edition = edition_of(call)
    if edition.errors:
        complain(*map(str, edition.errors))
    request = Request(call.period, call.by, call.on, call.number, call.reason, call.note, call.unconfirmed)
    try:
        say(*how(edition, call.content, request), *address_note(call))
    except ApprovalRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE
