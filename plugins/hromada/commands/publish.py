"""`make publish`: check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

from hromada.build.pipeline import build_for_publishing, publishing_build_status
from hromada.commands.site_address import PUBLIC_CONF, sample_note, wanted_location
from hromada.console.messages import DONE, REFUSED, complain, print_json, say
from hromada.console.options import Call
from hromada.listing.site_location import WantedLocation
from hromada.publish.preview import preview
from hromada.publish.public_build import PublicBuild
from hromada.publish.publishing import PublicationRefused
from hromada.publish.publishing import publish as publish_site


def publish(call: Call) -> int:
    """Check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""
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
