"""A build: scan, load, check, count, plan, render, commit. What reads and renders is imported only when something is new."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hromada.build.context import BuildContext, PreviewState
from hromada.build.manifest import BuildManifest, output_lock
from hromada.build.scanning import publication_memory, scan
from hromada.console.messages import (
    EXIT_FAILED,
    EXIT_OK,
    EXIT_REFUSED,
    ProgressBar,
    display_path,
    format_seconds,
    print_error,
    print_lines,
    print_refusal,
    print_warnings,
)
from hromada.console.options import Options, misplaced_output, published_folder
from hromada.domain.numerals import NOUNS, Case, grouped
from hromada.domain.problem import Problem
from hromada.editor.entry_links import pages_and_forms
from hromada.storage.cache_cleanup import delete_orphans
from hromada.system.disk_errors import DiskError, file_type_problem
from hromada.system.regular_files import FileTypeFault, irregular_files
from hromada.system.scan import STAMPS_SHOW_EVERY_WRITE, Stamp
from hromada.system.workers import worker_count

if TYPE_CHECKING:
    from hromada.build.committing import BuildStats
    from hromada.content.snapshot import ContentSnapshot
    from hromada.publish.site_tree import PublicBuild, SiteFiles


class BuildResult(Struct, frozen=True):
    """A build's exit status, the content's problems, and whether a file was written or removed."""

    status: int
    problems: tuple[Problem, ...] = ()
    has_changed: bool = False


def build(options: Options, preview: PreviewState | None = None, saved: Sequence[Path] = ()) -> BuildResult:
    """Check and build, and print a summary; `saved` are all files changed since the preview's last build, if known."""
    if fault := misplaced_output(options.root, options.content, options.output) or published_folder(options.output):
        print_error(fault)
        return BuildResult(EXIT_REFUSED)
    try:
        with output_lock(options.output, options.cache, _print_waiting):
            return _build(options, preview, saved)
    except DiskError as error:
        print_error(str(error))
        return BuildResult(EXIT_FAILED)


def _print_waiting() -> None:
    print_lines("Чекаю: сайт у цю саму теку зараз будує інша команда…")


def _build(options: Options, preview: PreviewState | None, saved: Sequence[Path]) -> BuildResult:
    start = time.monotonic()
    if preview:
        preview.reload_manifest()
    manifest = preview.manifest if preview else BuildManifest(options.output, options.cache)
    if (options.ignore_mtimes or not manifest.files) and (odd_files := irregular_files(options.output)):
        return _refuse_irregular_output(options, odd_files)
    with contextlib.closing(ProgressBar()) as progress:
        context = BuildContext(options, manifest, preview, saved, on_progress=progress.update)
        with _prefork(context):
            scan(context)
            if context.is_up_to_date:
                return _unchanged(options)
            stop = _load_and_check(context)
            if stop is not None:
                return stop
            stats = write_output(context)
    snapshot, problems = context.snapshot, tuple(context.snapshot.problems)
    if preview:
        preview.pages = pages_and_forms(snapshot.all_built, snapshot.withdrawn)
    if stats.is_nothing:
        return BuildResult(EXIT_OK, problems) if preview else _unchanged(options, problems)
    delete_orphans(options.cache)
    seconds = format_seconds(time.monotonic() - start)
    print_lines(f"{display_path(options.output, options.root)}: {_summary(stats)} за {seconds}")
    if not preview:
        print_space_forecast(context)
    print_scheduled(snapshot)
    return BuildResult(EXIT_OK, problems, has_changed=True)


def _load_and_check(context: BuildContext) -> BuildResult | None:
    """Steps 2 to 4; returns the result of a build that ends here. A preview removes places from photos before."""
    from hromada.build.content_steps import checked_snapshot

    options, preview = context.options, context.preview
    snapshot = checked_snapshot(options, context.file_cache, context.scanned, context.on_progress)
    context.snapshot, problems = snapshot, tuple(snapshot.problems)
    if preview and _clean_pictures(snapshot):
        snapshot.remember()
        return _build(options, preview, ())
    if snapshot.errors:
        snapshot.remember()
        if preview and not preview.scan_is_full and preview.is_out_of_date(options.content):
            return _build(options, preview, ())  # only half of a change was reported: the rest may be there by now
        return BuildResult(print_refusal(problems, "text"), problems)
    print_warnings(problems)
    return None


def write_site(options: Options, snapshot: ContentSnapshot, *, delete_unknown: bool = False) -> BuildContext:
    """Write a snapshot without errors into the output folder, whose lock the caller holds."""
    with contextlib.closing(ProgressBar()) as progress:
        manifest = BuildManifest(options.output, options.cache)
        context = BuildContext(options, manifest, delete_unknown=delete_unknown, on_progress=progress.update)
        context.snapshot = snapshot
        write_output(context)
        return context


def write_output(context: BuildContext) -> BuildStats:
    """Steps 5 to 7, for a snapshot without errors; any exception but DiskError is a bug."""
    from hromada.build.committing import commit
    from hromada.build.planning import plan
    from hromada.build.rendering import render

    try:
        plan(context)
        render(context)
        return commit(context)
    finally:
        context.snapshot.remember()  # after the pages, so that nobody waits for the cache


def _clean_pictures(snapshot: ContentSnapshot) -> bool:
    """Remove the place from new photos before the site is shown; return whether one was changed."""
    paths = sorted(
        {problem.path for problem in snapshot.problems if problem.code in ("picture-place", "picture-place-name")}
    )
    if not paths:
        return False
    from hromada.content.metadata_removal import CleaningRefused, clean_in_place

    has_cleaned = False
    for path in paths:
        try:
            removed = clean_in_place(path, snapshot.pictures.file_of(path))
        except (CleaningRefused, OSError):
            continue  # the problem says what to do, or the next change tries again
        print_lines(f"{path}: {removed}")
        has_cleaned = True
    return has_cleaned


def _refuse_irregular_output(options: Options, irregular: Sequence[tuple[str, FileTypeFault]]) -> BuildResult:
    """Refuse links in an output folder that is new to us: a web server would follow them, and they may be somebody's."""
    problems = tuple(
        file_type_problem(f"{display_path(options.output, options.root)}/{name}", type_fault)
        for name, type_fault in irregular
    )
    return BuildResult(print_refusal(problems, "text"), problems)


def _unchanged(options: Options, problems: tuple[Problem, ...] = ()) -> BuildResult:
    print_lines(f"Нічого не змінилося: сайт у {display_path(options.output, options.root)} уже такий.")
    return BuildResult(EXIT_OK, problems)


def _summary(stats: BuildStats) -> str:
    """«оновлено 4 сторінки з 16 214 і 2 файли, прибрано 1»."""
    text = f"оновлено {NOUNS['сторінка'].counted(stats.pages, Case.ACCUSATIVE)} з {grouped(stats.total)}"
    text += f" і {NOUNS['файл'].counted(stats.files, Case.ACCUSATIVE)}" if stats.files else ""
    return f"{text}, прибрано {grouped(stats.removed)}" if stats.removed else text


def print_scheduled(snapshot: ContentSnapshot) -> None:
    """Print which items are scheduled and which documents are withheld."""
    if scheduled := snapshot.site.scheduled(snapshot.clock):
        from hromada.report.view.formats import format_scheduled

        print_lines(*format_scheduled(scheduled))
    if snapshot.withheld:
        print_lines(
            "Не опубліковано, бо потрібні лише неопублікованим матеріалам:",
            *(f"  {name}" for name in sorted(snapshot.withheld)),
        )


def print_space_forecast(context: BuildContext) -> None:
    """Print how much of the host's space is used and how long it lasts."""
    from hromada.build.committing import site_space_forecast

    forecast = site_space_forecast(context)
    print_lines(forecast.as_line())
    if warning := forecast.warning():
        print_error(warning)


@contextlib.contextmanager
def _prefork(context: BuildContext) -> Iterator[None]:
    """Start a process that imports Pelican, if there is a core for it and probably only a few pages to render."""
    jobs = context.options.jobs
    if context.preview or not context.manifest.files or jobs == 1 or worker_count(jobs) == 1:
        yield
        return
    from hromada.build.prefork import PreforkedRenderer

    context.prefork = PreforkedRenderer(context.manifest, context.paths, delete_unknown=context.delete_unknown)
    try:
        yield
    finally:
        context.prefork.close()


def _nothing(_files: SiteFiles) -> Iterator[None]:
    return iter(())


def build_for_publishing(options: Options, meanwhile: Callable[[SiteFiles], Iterator[None]] = _nothing) -> PublicBuild:
    """The production build verified; unknown files in its folder are deleted.

    What `meanwhile` gives for the built files is taken step by step while other processes verify them.
    Files are read whose stamp has changed, as in git; all of them where a stamp does not show every write.
    """
    from hromada.build.content_steps import checked_snapshot
    from hromada.build.output_verification import verify_output
    from hromada.publish.approval_history import rewritten
    from hromada.publish.site_tree import (
        VERSION_FILE,
        PictureFiles,
        PublicBuild,
        read_site,
        write_version,
    )

    if not STAMPS_SHOW_EVERY_WRITE:
        options = options.with_changes(ignore_mtimes=True)
    with output_lock(options.output, options.cache, _print_waiting):
        context = BuildContext(options, BuildManifest(options.output, options.cache), delete_unknown=True)
        with _prefork(context):
            with contextlib.closing(ProgressBar()) as progress:
                snapshot = context.snapshot = checked_snapshot(options, on_progress=progress.update)
            if snapshot.errors:
                snapshot.remember()
                return PublicBuild(tuple(snapshot.problems), tuple(snapshot.errors))
            print_warnings([*snapshot.problems, *rewritten(options.content, snapshot.content.approvals.values())])
            with contextlib.closing(ProgressBar()) as progress:
                context.on_progress = progress.update
                write_output(context)
        print_space_forecast(context)
        print_scheduled(snapshot)
        settings = options.settings()
        plans = context.plan.outputs.pictures if settings.picture_store else ()
        pictures = tuple(PictureFiles(plan.names, plan.make) for plan in plans)
        withdrawn = context.plan.outputs.withdrawn_files()
        names = {name for picture in pictures for name in picture.names}
        files = read_site(options.output, publication_memory(options), _built_files(context), options.jobs)
        write_version(options.output, files.digests())
        files = files.read_again(VERSION_FILE)
        with contextlib.closing(ProgressBar()) as progress:
            refusals = verify_output(options, snapshot, files.digests(), names, progress.update, meanwhile(files))
    moved = {page.file: page.target for page in snapshot.moved if page.target}
    return PublicBuild(
        refusals=refusals,
        moved=moved,
        pictures=pictures,
        files=files,
        valid_between=snapshot.site.valid_between(snapshot.clock),
        withdrawn=withdrawn,
        notices=frozenset(item.address for item in snapshot.withdrawn.values()),
    )


def _built_files(context: BuildContext) -> dict[str, Stamp] | None:
    """Every file of the finished build with its stamp, as the build has left or found it; None if it looked at none."""
    manifest = context.manifest
    if context.options.ignore_mtimes or manifest.pending or manifest.files.keys() != context.plan.outputs.keys.keys():
        return None
    return {name: entry[1:] for name, entry in manifest.files.items()}


def build_or_explain(options: Options, meanwhile: Callable[[SiteFiles], Iterator[None]] = _nothing) -> PublicBuild:
    """Build for a publication and print what stops it; the result's `status` is 0 for a site that can be published."""
    from hromada.publish.site_tree import PublicBuild

    try:
        built = build_for_publishing(options, meanwhile)
    except DiskError as error:
        print_error(str(error))
        return PublicBuild(status=EXIT_FAILED)
    if built.errors:
        return replace(built, status=print_refusal(built.problems, "github" if options.format == "github" else "text"))
    if built.refusals:
        print_error(*(refusal.message for refusal in built.refusals), "Побудований сайт має вади. Не опубліковано.")
        return replace(built, status=EXIT_FAILED)
    return built
