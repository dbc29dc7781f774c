"""`make publish`: check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec
from msgspec.structs import replace

from hromada.build.scanning import publication_memory, renderer_digest
from hromada.commands.check_commits import commit_scanner
from hromada.commands.clone_steps import explain_behind, follow_remote, opened_clone, prepare
from hromada.commands.hosts import bring_mirrors, mirror_hosts, requested_target
from hromada.commands.run_outcome import RunOutcome
from hromada.commands.site_address import PUBLIC_CONF, sample_note, wanted_location
from hromada.console.messages import EXIT_OK, EXIT_REFUSED, ProgressBar, print_error, print_json, print_lines
from hromada.console.options import Options, OptionsError
from hromada.console.questions import Ask, Question, Tell, page, person
from hromada.domain.refusal import REASONS, Refusal
from hromada.online.site_location import RequestedLocation
from hromada.publish.clone_facts import schedule_line
from hromada.publish.committed_content import check_out_content
from hromada.publish.dry_run import dry_run
from hromada.publish.freshness import Freshness
from hromada.publish.host_publishing import HostTarget
from hromada.publish.publication_memory import PublicationMemory
from hromada.publish.publishing import PublicationRequest
from hromada.publish.publishing import publish as publish_site
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import VERSION_FILE, PublicBuild, SiteFiles
from hromada.publish.working_tree import refuse_uncommitted, refuse_uncommitted_program, uncommitted_content
from hromada.system.atomic_files import read_bounded
from hromada.system.git import Git
from hromada.system.regular_files import digest_of
from hromada.system.scan import STAMPS_SHOW_EVERY_WRITE

if TYPE_CHECKING:
    from hromada.publish.picture_publishing import PicturePublisher

_LONGEST_VERSION = 1_000  # bytes of version.json
_OF_THE_BUILD = ("hromada.build.content_steps", "hromada.build.output_verification", "hromada.content.parser")


def publish(options: Options) -> int:
    """Check, build for the real address, verify, push the branch, then the site; DRY_RUN shows what would change."""
    if options.format == "json" and not options.dry_run:
        print_error("FORMAT для make publish діє лише разом із DRY_RUN=1: make publish DRY_RUN=1 FORMAT=json")
        return EXIT_REFUSED
    return _publish(options)


def _load_build() -> None:
    """Import what nearly every publication needs after git has answered."""
    for module in _OF_THE_BUILD:
        import_module(module)


def publish_committed(options: Options) -> int:
    """Publish the last commit at once; what is uncommitted in the content stays so and does not go online."""
    return _publish(options, is_committed=True)


def _publish(options: Options, *, is_committed: bool = False) -> int:
    location = wanted_location(options)
    try:
        target = requested_target(options)
    except OptionsError as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    mirrors = mirror_hosts(options)
    public = options.with_changes(settings_file=PUBLIC_CONF)
    if options.dry_run:
        return _dry_run(public, location, target)
    call = _Call(options, public, location, target, is_committed)
    status = call.publish()
    if not call.is_begun:
        return status
    if options.automatic:
        call.outcome.version = _version_of(_public_folder(options)) if target and status == EXIT_OK else ""
        call.outcome.record(status)
    if call.outcome.refusal:
        return status
    if options.automatic and (idle := schedule_line(options.root)):
        print_lines(f"::warning::{idle}")  # in the form that the host of the schedule shows beside the run
    built = _public_folder(options) if target else None
    return status or bring_mirrors(options, mirrors, built, frozenset(call.withdrawn))


class _Call:
    """One publication by the command: its steps are told to the editor's page, its outcome is kept for the record."""

    def __init__(
        self, options: Options, public: Options, location: RequestedLocation, target: HostTarget | None, is_committed: bool
    ) -> None:  # fmt: skip
        self._options, self._public, self._location, self._target = options, public, location, target
        self._is_committed = is_committed  # publishes the last commit, whatever is uncommitted
        self._publisher = picture_publisher(public)
        self._tell = page(os.environ, sys.stdout)
        is_asked = not options.automatic and not is_committed
        self._ask = person(os.environ, sys.stdin, sys.stdout) if is_asked else None
        self.outcome = RunOutcome(options)
        # Stays False, so that nothing is recorded or copied, when a person stops at a question, and when an automatic run
        # leaves a changed program to the next run.
        self.is_begun = False
        self.withdrawn = set[str]()  # files that the copies may not keep either

    def publish(self) -> int:
        """The exit status; a refusal is printed, told and kept."""
        try:
            status = self._publish()
        except PublicationRefused as refused:
            self.is_begun = True
            _tell_refusals(self._tell, [refused.refusal])
            is_behind = refused.code == "behind" and self._ask is None
            print_error(str(refused), *(explain_behind(self._options) if is_behind else []))
            self.outcome.refusal, status = refused, refused.exit_status
        if self.outcome.built.refusals:
            _tell_refusals(self._tell, self.outcome.built.refusals)
        return status

    def _publish(self) -> int:
        if self._publisher is not None:
            self._publisher.refuse_unusable()
        self._tell({"step": "Дивлюся, що змінили ви й колеги"})
        if status := prepare(self._options, self._ask):
            return status
        if self._options.automatic and _is_program_newer(self._options):
            return EXIT_OK
        self.is_begun = True
        return publish_site(self._options.root, self._request())

    def _request(self) -> PublicationRequest:
        options, location, target = self._options, self._location, self._target
        freshness = Freshness(options.cache / "freshness.json", options.clock.moment, str(location.call))
        return PublicationRequest(
            build=self._build,
            output=_public_folder(options),
            print_lines=print_lines,
            print_warnings=lambda lines: print_error(*lines),
            on_end=lambda end: self._tell({"end": end.outcome.value, "address": end.address}),
            confirm=confirm_by(self._ask) if self._ask else confirm_at_terminal(sys.stdin),
            load_build=_load_build,
            refuse_unsaved=refuse_uncommitted_program if self._is_committed else refuse_uncommitted,
            location=location,
            target=target,
            pictures=self._pictures,
            memory=PublicationMemory() if target else _memory(self._public, location),
            scanner=commit_scanner(options),
            is_automatic=options.automatic and not options.resume,
            freshness=None if target else freshness,
        )

    def _build(self, folder: Path, address: str, idle_steps_of: Callable[[SiteFiles], Iterator[None]]) -> PublicBuild:
        from hromada.build.pipeline import build_or_explain

        self._tell({"step": "Перевіряю матеріали й будую сайт"})
        options = self._public.with_changes(output=folder, address=address, content=self._content())
        built = replace(build_or_explain(options, idle_steps_of), warnings=tuple(sample_note(options.settings())))
        self.withdrawn.update(built.withdrawn)
        self.outcome.built = built
        return built

    def _content(self) -> Path:
        """The content folder; of the last commit if that is published and the folder has other files."""
        if self._is_committed and uncommitted_content(Git(self._public.content)):
            git = Git(self._options.root)
            return check_out_content(git, git.commit_of("HEAD"), self._options.cache / "committed")
        return self._public.content

    @contextlib.contextmanager
    def _pictures(self, git: Git, built: PublicBuild) -> Iterator[None]:
        """The store has the pictures of the built site while it is published."""
        self._tell({"step": "Надсилаю матеріали й сайт у мережу"})
        if self._publisher is None:
            yield
            return
        with contextlib.closing(ProgressBar()) as progress:
            publishing = replace(self._publisher, on_progress=progress.update)
            with publishing.published(git, built.pictures, built.withdrawn, print_lines):
                yield


def _tell_refusals(tell: Tell, refusals: Sequence[Refusal]) -> None:
    """Tell the page why nothing was published, each reason once."""
    lines = dict.fromkeys(line for refusal in refusals for line in refusal.for_window.split("\n"))
    tell({"end": "refused", "lines": list(lines)})


def _is_program_newer(options: Options) -> bool:
    """Take the newer commits of the remote; whether they have changed the program, so that this run may not go on."""
    with opened_clone(options) as repository:
        if not repository.remote or not follow_remote(repository):
            return False
    print_lines("Разом із новими комітами змінилася й сама програма: їх опублікує наступний запуск.")
    return True


def _version_of(folder: Path) -> str:
    """The version of the site in a folder, as its version.json has it."""
    try:
        said = msgspec.json.decode(read_bounded(folder / VERSION_FILE, _LONGEST_VERSION), type=dict[str, str])
    except (OSError, ValueError, msgspec.DecodeError):
        return ""
    return said.get("version", "")


def _memory(public: Options, location: RequestedLocation) -> PublicationMemory:
    """What this clone remembers of its publications.

    Nothing if stamps are not trusted, and with a store of pictures: each publication looks whether it still has them all.
    """
    settings = public.settings()
    if settings.picture_store is not None or public.ignore_mtimes or not STAMPS_SHOW_EVERY_WRITE:
        return PublicationMemory()
    inputs = digest_of(repr((renderer_digest(public), settings, location)).encode())
    return publication_memory(public, inputs)


def confirm_at_terminal(stream: TextIO) -> Callable[[Refusal], bool]:
    """Asks the person at a terminal whether to go on in spite of a refusal; without a terminal the answer is no."""

    def confirm(refusal: Refusal) -> bool:
        if not (stream.isatty() and sys.stdout.isatty()):
            return False
        print_lines(refusal.message, "Продовжити попри це? Напишіть «так»:")
        return stream.readline().strip().casefold() == "так"

    return confirm


def confirm_by(ask: Ask) -> Callable[[Refusal], bool]:
    """Asks this person whether to go on in spite of a refusal."""

    def confirm(refusal: Refusal) -> bool:
        print_lines(refusal.message)
        choices = ("ні", "Не публікувати"), ("так", REASONS[refusal.code].consent)
        question = Question(
            "Продовжити попри це? Напишіть «так»: ", choices=choices, label="Опублікувати попри це?",
            details=refusal.for_window.split("\n"),
        )  # fmt: skip
        try:
            answer = ask(question)
        except EOFError:
            return False
        return answer.strip().casefold() == "так"

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


def _dry_run(public: Options, location: RequestedLocation, target: HostTarget | None) -> int:
    """What a publication would change, on standard output; what would stop it, on standard error."""

    def build(folder: Path, address: str) -> PublicBuild:
        from hromada.build.pipeline import build_for_publishing

        location_options = public.with_changes(output=folder, address=address)
        return replace(build_for_publishing(location_options), warnings=tuple(sample_note(location_options.settings())))

    publisher = picture_publisher(public)

    def missing_pictures(built: PublicBuild) -> list[str]:
        return [publisher.missing(built.pictures).as_forecast()] if publisher else []

    with contextlib.redirect_stdout(sys.stderr):  # the build's messages
        answer = dry_run(
            public.root,
            build=build,
            location=location,
            output=_public_folder(public),
            scanner=commit_scanner(public),
            missing_pictures=missing_pictures,
            target=target,
            memory=PublicationMemory() if target else _memory(public, location),
        )
    if public.format == "json":
        print_json(answer.changes.as_object(answer.refusals))
        note = [*answer.notes, *answer.warnings]
    else:
        print_lines(*answer.as_lines())
        note = [*answer.refusal_lines(), *answer.warnings]
    if note:
        print_error(*note)
    return EXIT_REFUSED if answer.refusals else EXIT_OK
