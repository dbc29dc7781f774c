"""The commands: each takes a call, talks Ukrainian to the editor and returns an exit status (0, 1 or 2)."""

from __future__ import annotations

import runpy
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from hromada.domain.nouns import NOUNS
from hromada.domain.numerals import grouped
from hromada.domain.period import PERIOD_ADVICE, Period, PeriodRefused, parse_period
from hromada.domain.problem import Problem
from hromada.report.formats import as_object, as_text
from hromada.report.sums import sums
from hromada.shell import approving
from hromada.shell.approval_history import rewritten
from hromada.shell.approving import ApprovalRefused, Request
from hromada.shell.building import build_for_publishing, edition_of, inputs_of, run_pelican, say_what_waits
from hromada.shell.call import Call
from hromada.shell.edition import Edition
from hromada.shell.fingerprint import is_current
from hromada.shell.output import Output
from hromada.shell.speaking import (
    DONE,
    REFUSED,
    complain,
    print_json,
    print_refusal,
    say,
    seconds,
    shown,
    verdict,
    warn,
)

DEMO_TODAY = "2022-01-15"


def check(call: Call) -> int:
    """Every problem of the content at once, and whether approvals are what was first committed."""
    edition = edition_of(call)
    problems = sorted({*edition.problems, *rewritten(call.content, edition.content.approvals.values())})
    if call.format == "json":
        print_json([problem.as_json() for problem in problems])
    else:
        say(*map(str, problems), verdict(problems))
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
        say(as_text(activity, statement))
    return DONE


def _period(call: Call) -> Period | None:
    """PERIOD, or the reason why it is none."""
    try:
        return parse_period(call.period)
    except PeriodRefused as refused:
        fault = f"PERIOD: {refused}, {PERIOD_ADVICE}" if call.period else f"не вказано PERIOD, {PERIOD_ADVICE}"
        if call.format == "json":
            print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        complain(fault)
        return None


def new_report(call: Call) -> int:
    """Start a report's text from the previous one of its kind."""
    from hromada.shell import starting

    period = _period(call)
    if period is None:
        return REFUSED
    try:
        say(*starting.new_report(edition_of(call), call.content, period))
    except starting.StartRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE


def approve(call: Call) -> int:
    """Sign a finished period's figures."""
    return _sign(call, approving.approve)


def amend(call: Call) -> int:
    """Sign an approved period's figures anew, with a public note."""
    return _sign(call, approving.amend)


def _sign(call: Call, how: Callable[[Edition, Path, Request], list[str]]) -> int:
    edition = edition_of(call)
    if edition.errors:
        complain(*map(str, edition.errors))
    try:
        say(*how(edition, call.content, Request(call.period, call.by, call.on, call.number, call.reason, call.note)))
    except ApprovalRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE


def html(call: Call) -> int:
    """Check, then build; says so when nothing has changed."""
    start = time.monotonic()
    output = Output(call.output, call.cache)
    inputs = inputs_of(call)
    if is_current(output, inputs, call.clock):
        say(f"Нічого не змінилося: сайт у {shown(call.output, call.root)} уже такий.")
        return DONE
    edition = edition_of(call)
    if edition.errors:
        return print_refusal(edition.problems, "text")
    warn(edition.problems)
    done = run_pelican(call, edition, inputs)
    counted = NOUNS["файл"].counted(len(done.written))
    say(
        f"Сайт побудовано: {shown(call.output, call.root)}, {counted}, змінено {grouped(done.changed)},"
        f" прибрано {grouped(done.removed)}, за {seconds(time.monotonic() - start)}"
    )
    say_what_waits(edition)
    return DONE


def publish(call: Call) -> int:
    """Check, build for the real address, verify, push the branch, then the site."""
    from hromada.shell.publishing import PublicationRefused
    from hromada.shell.publishing import publish as publish_site

    public = call.with_changes(conf="publishconf.py")
    domain = str(runpy.run_path(str(call.root / public.conf)).get("DOMAIN", ""))

    def build(folder: Path) -> int:
        return build_for_publishing(public.with_changes(output=folder))

    try:
        return publish_site(call.root, build=build, say=say, domain=domain, output=call.cache / "public")
    except PublicationRefused as refused:
        complain(str(refused))
        return refused.exit_status


def demo(call: Call) -> int:
    """Make the sample archive and build the site from it by the same code."""
    folder = call.root / "demo"
    content = folder / "content"
    _write_archive(content, call.scale)
    example = Call.from_environment(call.root, {"TODAY": DEMO_TODAY}).with_changes(
        content=content, output=folder / "output"
    )
    status = html(example)
    if status == DONE:
        say(
            "", "Це зразок: увесь архів згенеровано, щоб показати звіт.",
            f"Переглянути: python3 -m http.server 8001 --directory {shown(folder / 'output', call.root)}",
            "і відкрити http://localhost:8001/reports/2021-h2/",
        )  # fmt: skip
    return status


def _write_archive(content: Path, scale: int) -> None:
    """Write only what differs, remove what the recipe no longer makes: a second run changes nothing."""
    from hromada.demo.recipe import SOURCE_REPORT, archive

    made = set()
    for name, data in archive(SOURCE_REPORT.times(scale)):
        path = content / name
        made.add(path)
        if not (path.is_file() and path.read_bytes() == data):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    for path in sorted(content.rglob("*"), reverse=True):
        if path.is_file() and path not in made:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def serve(call: Call) -> int:
    """Build, serve, rebuild and reload on change."""
    from hromada.shell.serving import serve as serve_site

    return serve_site(call)


def bench(call: Call) -> int:
    """Measure ourselves beside plain Pelican."""
    from bench.run import main

    return int(main(call.root))


def update_golden(call: Call) -> int:
    """Rewrite the golden site from what the build makes now; read the difference before committing it."""
    golden = call.root / "tests" / "sites" / "golden"
    example = golden_call(call.root, golden / "expected")
    shutil.rmtree(golden / "expected", ignore_errors=True)
    edition = edition_of(example)
    if edition.errors:
        return print_refusal(edition.problems, "text")
    run_pelican(example, edition, "")
    return DONE


def golden_call(root: Path, output: Path) -> Call:
    golden = root / "tests" / "sites" / "golden"
    call = Call.from_environment(root, {"TODAY": "2022-01-15"})
    return call.with_changes(content=golden / "content", output=output, conf="tests/sites/golden/conf.py")
