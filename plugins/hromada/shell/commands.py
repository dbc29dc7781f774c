"""The commands: each takes a call, talks Ukrainian to the editor and returns an exit status (0, 1 or 2)."""

from __future__ import annotations

import contextlib
import io
import json
import logging
import shutil
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hromada.domain.item import Kind
from hromada.domain.numerals import NOUNS
from hromada.domain.period import PERIOD_ADVICE, PeriodRefused, parse_period
from hromada.domain.problem import Level, Problem
from hromada.report.count import count_activity
from hromada.report.formats import as_object, as_text
from hromada.shell.call import Call
from hromada.shell.edition import Edition, prepare
from hromada.shell.fingerprint import inputs_digest, is_current
from hromada.shell.output import Output
from hromada.shell.verification import broken_links

DONE, FAILED, REFUSED = 0, 1, 2
DEMO_TODAY = "2022-01-15"


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr, flush=True)


def _edition(call: Call) -> Edition:
    return prepare(call.content, call.settings(), call.clock, call.cache)


def check(call: Call) -> int:
    """Every problem of the content at once."""
    edition = _edition(call)
    if call.format == "json":
        _print_json([problem.as_json() for problem in edition.problems])
    else:
        say(*map(str, edition.problems), _verdict(edition.problems))
    return REFUSED if edition.errors else DONE


def figures(call: Call) -> int:
    """The figures of a period; without errors in the content only."""
    edition = _edition(call)
    if edition.errors:
        return _refuse(edition.problems, call.format)
    try:
        period = parse_period(call.period)
    except PeriodRefused as refused:
        fault = f"PERIOD: {refused}, {PERIOD_ADVICE}" if call.period else f"не вказано PERIOD, {PERIOD_ADVICE}"
        if call.format == "json":
            _print_json([Problem("PERIOD", 1, "period-format", str(refused), PERIOD_ADVICE).as_json()])
        complain(fault)
        return REFUSED
    own = (
        item.report.windows
        for item in edition.site.of_kind(Kind.REPORT)
        if item.report and item.report.period == period and item.status != "draft" and not item.is_translation
    )
    activity = count_activity(edition.site, period, call.clock, next(own, None))
    if call.format == "json":
        _print_json(as_object(activity))
    else:
        say(as_text(activity))
    return DONE


def html(call: Call) -> int:
    """Check, then build; says so when nothing has changed."""
    start = time.monotonic()
    output = Output(call.output, call.cache)
    inputs = _inputs(call)
    if is_current(output, inputs, call.clock):
        say(f"Нічого не змінилося: сайт у {_shown(call.output, call.root)} уже такий.")
        return DONE
    edition = _edition(call)
    if edition.errors:
        return _refuse(edition.problems, "text")
    _warn(edition.problems)
    done = run_pelican(call, edition, inputs)
    counted = NOUNS["файл"].counted(len(done.written))
    say(
        f"Сайт побудовано: {_shown(call.output, call.root)}, {counted}, змінено {done.changed},"
        f" прибрано {done.removed}, за {_seconds(time.monotonic() - start)}"
    )
    _say_what_waits(edition)
    return DONE


def _say_what_waits(edition: Edition) -> None:
    """The build ends with what is written but not due yet: nobody wonders where it is."""
    waiting = [
        item
        for item in edition.site.items
        if item.is_dated and item.status != "draft" and not item.is_built(edition.clock)
    ]
    if waiting:
        say("Чекають своєї дати:", *(f"  {item.when:%d.%m.%Y}  {item.title}  ({item.path})" for item in waiting))


def run_pelican(call: Call, edition: Edition, inputs: str, *, owned: bool = False) -> Output:
    """Build an edition without errors by Pelican; an exception means that we are at fault."""
    from pelican import Pelican
    from pelican.log import init as init_logging
    from pelican.settings import read_settings

    # Pelican's functions are partly untyped.
    init_logging(level=logging.ERROR, fatal="errors", name="pelican")
    settings = read_settings(
        str(call.root / call.conf),
        override={
            "PATH": str(call.content),
            "OUTPUT_PATH": str(call.output),
            "THEME": str(call.theme),
            "CACHE_PATH": str(call.cache),
            "PLUGIN_PATHS": [str(call.root / "plugins")],
            "HROMADA_EDITION": edition,
            "HROMADA_INPUTS": inputs,
            "HROMADA_OWNS_OUTPUT": owned,
        },
    )
    pelican = Pelican(settings)
    with contextlib.redirect_stdout(io.StringIO()):  # its English summary counts what it was given, not what we count
        pelican.run()
    output: Output = pelican.settings["HROMADA_DESK"].output
    return output


def publish(call: Call) -> int:
    """Check, build for the real address, verify, push the branch, then the site."""
    import runpy

    from hromada.shell.publishing import PublicationRefused
    from hromada.shell.publishing import publish as publish_site

    public = call.with_changes(conf="publishconf.py")
    domain = str(runpy.run_path(str(call.root / public.conf)).get("DOMAIN", ""))

    def build(folder: Path) -> int:
        return _production(public.with_changes(output=folder))

    try:
        return publish_site(call.root, build=build, say=say, domain=domain, output=call.cache / "public")
    except PublicationRefused as refused:
        complain(str(refused))
        return FAILED


def _production(call: Call) -> int:
    inputs = _inputs(call)
    if not is_current(Output(call.output, call.cache), inputs, call.clock):
        edition = _edition(call)
        if edition.errors:
            return _refuse(edition.problems, "text")
        _warn(edition.problems)
        run_pelican(call, edition, inputs, owned=True)
        _say_what_waits(edition)
    broken = broken_links(call.output, call.settings().base)
    if broken:
        complain(*broken, f"У побудованому сайті є посилання в нікуди: {len(broken)}. Не опубліковано.")
        return FAILED
    return DONE


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
            f"Переглянути: python3 -m http.server 8001 --directory {_shown(folder / 'output', call.root)}",
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
    edition = _edition(example)
    if edition.errors:
        return _refuse(edition.problems, "text")
    run_pelican(example, edition, "")
    return DONE


def golden_call(root: Path, output: Path) -> Call:
    golden = root / "tests" / "sites" / "golden"
    call = Call.from_environment(root, {"TODAY": "2022-01-15"})
    return call.with_changes(content=golden / "content", output=output, conf="tests/sites/golden/conf.py")


def _inputs(call: Call) -> str:
    conf = call.root / call.conf
    text = repr(call.settings()) + call.conf
    return inputs_digest(call.content, call.root, call.theme, text, [conf, call.root / "pelicanconf.py"])


def _refuse(problems: Iterable[Problem], format: str) -> int:
    found = list(problems)
    if format == "json":
        _print_json([problem.as_json() for problem in found])
    else:
        complain(*map(str, found), _verdict(found))
    return REFUSED


def _warn(problems: list[Problem]) -> None:
    if problems:
        complain(*map(str, problems))


def _verdict(problems: Iterable[Problem]) -> str:
    found = list(problems)
    errors = sum(problem.level is Level.ERROR for problem in found)
    warnings = len(found) - errors
    if not found:
        return "Зауважень немає."
    shown = [NOUNS["помилка"].counted(errors)] * bool(errors) + [NOUNS["попередження"].counted(warnings)] * bool(
        warnings
    )
    end = "Побудувати сайт не можна: виправте помилки." if errors else "Сайт можна будувати."
    return f"Знайдено {', '.join(shown)}. {end}"


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _seconds(number: float) -> str:
    """«0,6 с»."""
    return f"{number:.1f}".replace(".", ",") + " с"
