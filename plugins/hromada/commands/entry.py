"""The commands: each takes a call, talks Ukrainian to the editor and returns an exit status (0, 1 or 2).

Each imports what it needs: a build that finds nothing changed must not wait for the libraries of the others.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.domain.calendar import Clock
from hromada.console.options import Call
from hromada.console.messages import DONE, REFUSED, complain, print_json, print_refusal, say, shown

if TYPE_CHECKING:
    from hromada.listing.site_location import WantedLocation

DEMO_TODAY = "2022-01-15"


def check(call: Call) -> int:
    """Every problem of the content at once."""
    from hromada.shell.answers import check as answer

    return answer(call)


def figures(call: Call) -> int:
    """The figures of a period."""
    from hromada.shell.answers import figures as answer

    return answer(call)


def fix(call: Call) -> int:
    """Mend what has one right form; show every change."""
    from hromada.commands.fix import fix as answer

    return answer(call)


def hooks(call: Call) -> int:
    """Check the content before every commit of this clone."""
    from hromada.commands.hooks import HooksRefused, switch_on

    try:
        say(*switch_on(call.root))
    except HooksRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE


def new(call: Call) -> int:
    """A new file in its place, from settings or from a talk on the terminal."""
    from hromada.commands.new import new as answer

    return answer(call)


def new_report(call: Call) -> int:
    """Start a report's text from the previous one of its kind."""
    from hromada.shell.answers import new_report as answer

    return answer(call)


def approve(call: Call) -> int:
    """Sign a finished period's figures."""
    from hromada.shell.answers import approve as answer

    return answer(call)


def amend(call: Call) -> int:
    """Sign an approved period's figures anew, with a public note."""
    from hromada.shell.answers import amend as answer

    return answer(call)


def import_social(call: Call) -> int:
    """Bring what a social network exports into the register."""
    from hromada.importers.social import import_social as bring

    return bring(call)


def import_site(call: Call) -> int:
    """Bring an earlier site into the content."""
    from hromada.importers.earlier_site import import_site as bring

    return bring(call)


def html(call: Call) -> int:
    """Check, then build; says so when nothing has changed."""
    from hromada.build.pipeline import build

    return build(call).status


def publish(call: Call) -> int:
    """Check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""
    from hromada.build.pipeline import publishing_build_status
    from hromada.publish.publishing import PublicationRefused
    from hromada.publish.publishing import publish as publish_site
    from hromada.commands.site_address import PUBLIC_CONF, sample_note, wanted_location

    if call.format != "text" and not call.dry_run:
        complain("FORMAT для make publish діє лише разом із DRY_RUN=1: make publish DRY_RUN=1 FORMAT=json")
        return REFUSED
    public = call.with_changes(conf=PUBLIC_CONF)
    wanted = wanted_location(call)
    if call.dry_run:
        return _preview(public, wanted)
    note: list[str] = []

    def build(folder: Path, address: str) -> int:
        own = public.with_changes(output=folder, address=address)
        note[:] = sample_note(own.settings())
        return publishing_build_status(own)

    try:
        status = publish_site(
            call.root,
            build=build,
            say=say,
            wanted=wanted,
            output=_public_folder(call),
        )
    except PublicationRefused as refused:
        complain(str(refused))
        return refused.exit_status
    if status == DONE and note:
        complain(*note)
    return status


def _public_folder(call: Call) -> Path:
    return call.cache / "public"


def _preview(public: Call, wanted: WantedLocation) -> int:
    """What a publication would change; on standard output the answer alone, with what stops it beside it."""
    from hromada.build.pipeline import PublicBuild, build_for_publishing
    from hromada.publish.preview import preview
    from hromada.commands.site_address import sample_note

    note: list[str] = []

    def build(folder: Path, address: str) -> PublicBuild:
        own = public.with_changes(output=folder, address=address)
        note[:] = sample_note(own.settings())
        return build_for_publishing(own)

    with contextlib.redirect_stdout(sys.stderr):  # what the build says
        answer = preview(public.root, build=build, wanted=wanted, output=_public_folder(public))
    if public.format == "json":
        print_json(answer.changes.as_object(answer.refusals))
        note = [*answer.notes, *note]
    else:
        say(*answer.as_lines())
        note = [*answer.refusal_lines(), *note]
    if note:
        complain(*note)
    return REFUSED if answer.refusals else DONE


def demo(call: Call) -> int:
    """Make the sample archive and build the site from it by the same code."""
    folder = call.root / "demo"
    content = folder / "content"
    _write_archive(content, call.scale)
    example = call.with_changes(content=content, output=folder / "output", clock=Clock.parse(DEMO_TODAY))
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
    from hromada.build.output_writer import Output, remove, remove_odd
    from hromada.system.regular_files import entries_below

    remove_odd(content)
    output = Output(content)
    for name, data in archive(SOURCE_REPORT.times(scale)):
        output.write(name, data)
    for name in sorted(one.name for one in entries_below(content) if not one.is_folder):
        if name not in output.stamps:
            remove(content, name)


def serve(call: Call) -> int:
    """Build, serve, rebuild and reload on change."""
    from hromada.serve.server import serve as serve_site

    return serve_site(call)


def bench(call: Call) -> int:
    """Measure ourselves beside Hugo and plain Pelican, and judge the marks."""
    from bench.run import main

    return int(main(call.root))


def update_golden(call: Call) -> int:
    """Rewrite the golden site and the header's schema from what is made now; read the difference before committing it."""
    from hromada.reading.schema import schema_text
    from hromada.build.pipeline import edition_of, update
    from hromada.system.atomic_files import write_whole

    write_whole(call.root / "docs" / "schema" / "header.schema.json", schema_text().encode())
    golden = call.root / "tests" / "sites" / "golden"
    example = golden_call(call.root, golden / "expected")
    shutil.rmtree(golden / "expected", ignore_errors=True)
    edition = edition_of(example)
    if edition.errors:
        return print_refusal(edition.problems, "text")
    update(example, edition)
    return DONE


def golden_call(root: Path, output: Path) -> Call:
    golden = root / "tests" / "sites" / "golden"
    call = Call.from_environment(root, {"TODAY": "2022-01-15"})
    return call.with_changes(content=golden / "content", output=output, conf="tests/sites/golden/conf.py")
