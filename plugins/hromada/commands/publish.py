"""`make publish`: check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hromada.build.pipeline import build_for_publishing, build_or_explain
from hromada.commands.check_commits import commit_scanner
from hromada.commands.clone_steps import explain_behind, prepare
from hromada.commands.site_address import PUBLIC_CONF, sample_note, wanted_location
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, ProgressBar, print_error, print_json, print_lines
from hromada.console.options import Options
from hromada.listing.site_changes import Refusal
from hromada.listing.site_location import RequestedLocation
from hromada.publish.clone_facts import schedule_line
from hromada.publish.freshness import Freshness
from hromada.publish.preview import preview
from hromada.publish.publishing import PublicationRefused
from hromada.publish.publishing import publish as publish_site
from hromada.publish.site_tree import PublicBuild
from hromada.system.git import Git

if TYPE_CHECKING:
    from hromada.publish.picture_publishing import PicturePublisher


def publish(options: Options) -> int:
    """Check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""
    if options.format != "text" and not options.dry_run:
        print_error("FORMAT для make publish діє лише разом із DRY_RUN=1: make publish DRY_RUN=1 FORMAT=json")
        return EXIT_REFUSED
    public = options.with_changes(settings_file=PUBLIC_CONF)
    location = wanted_location(options)
    if options.dry_run:
        return _preview(public, location)
    note: list[str] = []
    publisher = picture_publisher(public)

    def build(folder: Path, address: str) -> PublicBuild:
        location_options = public.with_changes(output=folder, address=address)
        note[:] = sample_note(location_options.settings())
        return build_or_explain(location_options)

    @contextlib.contextmanager
    def pictures(git: Git, built: PublicBuild) -> Iterator[None]:
        if publisher is None:
            yield
            return
        with contextlib.closing(ProgressBar()) as progress:
            publishing = replace(publisher, on_progress=progress.update)
            with publishing.published(git, built.pictures, print_lines):
                yield

    ask = input if sys.stdin.isatty() and sys.stdout.isatty() and not options.automatic else None
    try:
        if publisher is not None:
            publisher.refuse_unusable()
        if status := prepare(options, ask):
            return status
        status = publish_site(
            options.root,
            build=build,
            print_lines=print_lines,
            confirm=confirm_at_terminal(sys.stdin),
            is_automatic=options.automatic and not options.resume,
            wanted=location,
            output=_public_folder(options),
            freshness=Freshness(options.cache / "freshness.json", options.clock.moment, str(location.call)),
            scanner=commit_scanner(options),
            pictures=pictures,
        )
    except PublicationRefused as refused:
        print_error(str(refused), *(explain_behind(options) if refused.code == "behind" and ask is None else []))
        return refused.exit_status
    if status == EXIT_OK and note:
        print_error(*note)
    if options.automatic and (idle := schedule_line(options.root)):
        print_lines(f"::warning::{idle}")  # in the form that the host of the schedule shows beside the run
    return status


def confirm_at_terminal(stream: TextIO) -> Callable[[Refusal], bool]:
    """Asks the person at a terminal whether to go on in spite of a refusal; without a terminal the answer is no."""

    def confirm(refusal: Refusal) -> bool:
        if not (stream.isatty() and sys.stdout.isatty()):
            return False
        print_lines(refusal.message, "Продовжити попри це? Напишіть «так»:")
        return stream.readline().strip().casefold() == "так"

    return confirm


def _public_folder(options: Options) -> Path:
    return options.cache / "public"


def picture_publisher(public: Options) -> PicturePublisher | None:
    """The publisher into the store of publishconf.py; None while there is none."""
    store = public.settings().picture_store
    if store is None:
        return None
    from hromada.publish.picture_publishing import PicturePublisher

    return PicturePublisher(store, os.environ, jobs=public.jobs)


def _preview(public: Options, location: RequestedLocation) -> int:
    """What a publication would change, on standard output; what would stop it, on standard error."""
    note: list[str] = []

    def build(folder: Path, address: str) -> PublicBuild:
        location_options = public.with_changes(output=folder, address=address)
        note[:] = sample_note(location_options.settings())
        return build_for_publishing(location_options)

    publisher = picture_publisher(public)

    def missing_pictures(built: PublicBuild) -> list[str]:
        return [publisher.missing(built.pictures).as_forecast()] if publisher else []

    with contextlib.redirect_stdout(sys.stderr):  # the build's messages
        answer = preview(
            public.root,
            build=build,
            wanted=location,
            output=_public_folder(public),
            scanner=commit_scanner(public),
            missing_pictures=missing_pictures,
        )
    if public.format == "json":
        print_json(answer.changes.as_object(answer.refusals))
        note = [*answer.notes, *note]
    else:
        print_lines(*answer.as_lines())
        note = [*answer.refusal_lines(), *note]
    if note:
        print_error(*note)
    return EXIT_REFUSED if answer.refusals else EXIT_OK
