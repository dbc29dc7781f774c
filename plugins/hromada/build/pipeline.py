"""From a call to a built folder: is anything new, read, check, bring the outputs up to date.

What reads and draws is imported only when something is new.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hromada.domain.noun_forms import NOUNS
from hromada.domain.numerals import Case, grouped
from hromada.domain.problem import Problem
from hromada.system.digest import digest_of
from hromada.console.options import Options
from hromada.system.disk_errors import DiskError, odd
from hromada.build.fingerprint import inputs_digest, is_up_to_date, running_code
from hromada.content.handbook_files import Handbook
from hromada.build.manifest import BuildManifest, output_lock
from hromada.console.folders import misplaced_output
from hromada.publish.public_build import PublicBuild
from hromada.console.progress import ProgressBar, ProgressCallback, no_progress
from hromada.system.regular_files import Oddity, odd_below
from hromada.console.messages import EXIT_OK, EXIT_FAILED, EXIT_REFUSED, print_error, print_refusal, print_lines, format_seconds, display_path, print_warnings
from hromada.storage.cache_cleanup import note_folder, delete_orphans
from hromada.system.scan import ScannedFile, rescan, walk
from hromada.system.workers import worker_count

if TYPE_CHECKING:
    from hromada.build.prefork import PreforkedRenderer
    from hromada.build.incremental import BuildStats
    from hromada.content.snapshot import ContentSnapshot
    from hromada.content.file_cache import FileCache
    from hromada.build.render_job import BuildPaths


@dataclass(slots=True)
class PreviewState:
    """What a process that builds again and again keeps in its memory."""

    file_cache: FileCache
    manifest: BuildManifest
    has_looked: bool = False  # at the output folder: after that only we write there
    seen: dict[str, ScannedFile] = field(default_factory=dict)  # the content of the last build
    is_sure: bool = True  # that it was all, since we walked through the folder ourselves

    def catch_up(self) -> None:
        """Forget what is no longer so, when another process has written into the folder meanwhile."""
        if not self.manifest.is_latest:
            self.manifest, self.has_looked = BuildManifest(self.manifest.folder, self.manifest.cache), False

    def look(self, content: Path, saved: Sequence[Path]) -> dict[str, ScannedFile]:
        """The content folder; one who watches says what was `saved`: a walk is a third of the time to the page (measured)."""
        again = rescan(self.seen, content, saved) if saved and self.seen else None
        self.is_sure = again is None
        self.seen = again or _seen_in(content)
        return self.seen

    def is_out_of_date(self, content: Path) -> bool:
        """Whether the folder holds something else than the last build was made from."""
        self.is_sure = True
        try:
            return _seen_in(content) != self.seen
        except OSError:  # the build will say what is wrong
            return True


@dataclass(frozen=True, slots=True)
class BuildResult:
    """How a build ended, what is wrong with the content, whether a file was written or removed."""

    status: int
    problems: tuple[Problem, ...] = ()
    has_changed: bool = False


def _seen_in(content: Path) -> dict[str, ScannedFile]:
    return walk(content) if content.is_dir() else {}


def build(options: Options, preview: PreviewState | None = None, saved: Sequence[Path] = ()) -> BuildResult:
    """Check and build; says what it did. `saved`: all that has changed since the resident process's last build."""
    if fault := misplaced_output(options.root, options.content, options.output):
        print_error(fault)
        return BuildResult(EXIT_REFUSED)
    try:
        with output_lock(options.output, options.cache, _say_waiting):
            return _build(options, preview, saved)
    except DiskError as error:
        print_error(str(error))
        return BuildResult(EXIT_FAILED)


def _say_waiting() -> None:
    print_lines("Чекаю: сайт у цю саму теку зараз будує інша команда…")


def _build(options: Options, preview: PreviewState | None, saved: Sequence[Path]) -> BuildResult:
    start = time.monotonic()
    if preview:
        preview.catch_up()
    manifest = preview.manifest if preview else BuildManifest(options.output, options.cache)
    if (options.ignore_mtimes or not manifest.files) and (found := odd_below(options.output)):
        return _odd_output(options, found)
    progress = ProgressBar()
    with contextlib.closing(progress), _ahead(options, manifest, wanted=preview is None and bool(manifest.files)) as prefork:
        seen = preview.look(options.content, saved) if preview else _seen_in(options.content)
        # A resident process builds because something has changed; who rereads wants to know it from the bytes.
        inputs = "" if preview or options.ignore_mtimes else inputs_of(options, seen)
        if is_up_to_date(manifest, inputs, options.clock, prefork.changed_outputs if prefork else manifest.changed_outputs):
            return _unchanged(options)
        file_cache = preview.file_cache if preview else file_cache_of(options)
        snapshot = load_snapshot(options, file_cache, seen=seen, on_progress=progress.update)
        problems = tuple(snapshot.problems)
        if preview and _clean_pictures(snapshot):
            snapshot.remember()
            return _build(options, preview, ())
        if snapshot.errors:
            snapshot.remember()
            if preview and not preview.is_sure and preview.is_out_of_date(options.content):
                return _build(options, preview, ())  # half of a change was told: what it names may be there by now
            return BuildResult(print_refusal(problems, "text"), problems)
        print_warnings(snapshot.problems)
        changed_outputs = frozenset[str]() if preview and preview.has_looked else None
        try:
            done = update(options, snapshot, manifest, inputs, prefork=prefork, changed_outputs=changed_outputs, on_progress=progress.update)
        finally:
            snapshot.remember()  # after the pages: whoever waits for them waits for nothing else
    if preview:
        preview.has_looked = True
    if done.is_nothing:
        return BuildResult(EXIT_OK, problems) if preview else _unchanged(options, problems)
    delete_orphans(options.cache)
    print_lines(f"{display_path(options.output, options.root)}: {_told(done)} за {format_seconds(time.monotonic() - start)}")
    print_scheduled(snapshot)
    return BuildResult(EXIT_OK, problems, has_changed=True)


def _clean_pictures(snapshot: ContentSnapshot) -> bool:
    """A photo put into the folder loses the place where it was taken before the site is shown; whether one did."""
    placed = sorted({one.path for one in snapshot.problems if one.code in ("picture-place", "picture-place-name")})
    if not placed:
        return False
    from hromada.content.metadata_removal import CleaningRefused, clean_in_place

    has_cleaned = False
    for path in placed:
        try:
            words = clean_in_place(path, snapshot.pictures.file_of(path))
        except (CleaningRefused, OSError):
            continue  # the problem says what to do, or the next change tries again
        print_lines(f"{path}: {words}")
        has_cleaned = True
    return has_cleaned


def _odd_output(options: Options, found: Sequence[tuple[str, Oddity]]) -> BuildResult:
    """A preview's archive would follow them; in a folder that is new to us they are somebody's, so none is removed."""
    problems = tuple(odd(f"{display_path(options.output, options.root)}/{name}", oddity) for name, oddity in found)
    return BuildResult(print_refusal(problems, "text"), problems)


def _unchanged(options: Options, problems: tuple[Problem, ...] = ()) -> BuildResult:
    print_lines(f"Нічого не змінилося: сайт у {display_path(options.output, options.root)} уже такий.")
    return BuildResult(EXIT_OK, problems)


def _told(done: BuildStats) -> str:
    """«оновлено 4 сторінки з 16 214 і 2 файли, прибрано 1»."""
    said = f"оновлено {NOUNS['сторінка'].counted(done.pages, Case.ACCUSATIVE)} з {grouped(done.total)}"
    said += f" і {NOUNS['файл'].counted(done.files, Case.ACCUSATIVE)}" if done.files else ""
    return f"{said}, прибрано {grouped(done.removed)}" if done.removed else said


def _makers(options: Options) -> str:
    """Everything that draws, but the theme: the running code, and what the settings files say beside HROMADA."""
    files = [options.root / name for name in dict.fromkeys((options.settings_file, "pelicanconf.py"))]
    raw = b"".join(file.read_bytes() for file in files if file.is_file())
    return digest_of(running_code(options.root).encode() + raw)


def inputs_of(options: Options, seen: Mapping[str, ScannedFile]) -> str:
    """A digest of everything that shapes the site, its files by their stamps."""
    settings = options.settings()
    settings_and_handbook = f"{settings!r} {options.settings_file} {Handbook(options.root, settings.handbook).digest}"
    return inputs_digest(seen, options.theme, _makers(options), settings_and_handbook)


def file_cache_of(options: Options) -> FileCache:
    """What is remembered of the call's content; addresses of pictures stand there, so each address remembers apart."""
    from hromada.content.file_cache import FileCache

    settings = options.settings()
    shaping = f"{os.path.relpath(options.content, options.root)}\0{settings.base}\0{settings.picture_widths}"
    name = digest_of(shaping.encode())[:16]
    store = options.cache / f"files-{name}.sqlite"
    note_folder(store, options.content)
    return FileCache(store, running_code(options.root))


def load_snapshot(
    options: Options, file_cache: FileCache | None = None, *, seen: dict[str, ScannedFile] | None = None, ignore_mtimes: bool = False,
    on_progress: ProgressCallback = no_progress,
) -> ContentSnapshot:  # fmt: skip
    """The content as read and checked; `reread`: no file's stamp is trusted."""
    from hromada.content.checking import load_and_check

    return load_and_check(
        options.content, options.settings(), options.clock, options.cache, file_cache or file_cache_of(options), root=options.root, theme=options.theme,
        seen=seen, ignore_mtimes=ignore_mtimes or options.ignore_mtimes, jobs=options.jobs, on_progress=on_progress,
    )  # fmt: skip


def print_scheduled(snapshot: ContentSnapshot) -> None:
    """The build ends with what is written but not published yet: nobody wonders where it is."""
    from hromada.report.count.scheduled import scheduled_lines

    if lines := scheduled_lines(snapshot.site.scheduled(snapshot.clock)):
        print_lines(*lines)
    if snapshot.withheld:
        print_lines(
            "Не опубліковано, бо потрібні лише неопублікованим матеріалам:",
            *(f"  {name}" for name in sorted(snapshot.withheld)),
        )


@contextlib.contextmanager
def _ahead(options: Options, manifest: BuildManifest, *, wanted: bool) -> Iterator[PreforkedRenderer | None]:
    """A process that gets ready to draw a few pages, where there is a core for it."""
    if not wanted or options.jobs == 1 or worker_count(options.jobs) == 1:
        yield None
        return
    from hromada.build.prefork import PreforkedRenderer

    prefork = PreforkedRenderer(manifest, build_paths(options))
    try:
        yield prefork
    finally:
        prefork.close()


def build_paths(options: Options) -> BuildPaths:
    from hromada.build.render_job import BuildPaths

    return BuildPaths(options.root, options.settings_file, options.content, options.output, options.theme, options.cache)


def update(
    options: Options, snapshot: ContentSnapshot, manifest: BuildManifest | None = None, inputs: str = "", *, prefork: PreforkedRenderer | None = None,
    changed_outputs: frozenset[str] | None = None, delete_unknown: bool = False, on_progress: ProgressCallback = no_progress,
) -> BuildStats:  # fmt: skip
    """Make the output folder that of an edition without errors; an exception means that we are at fault."""
    from hromada.build.incremental import update_output

    manifest = manifest or BuildManifest(options.output, options.cache)
    code = _makers(options)
    return update_output(
        snapshot, build_paths(options), manifest, code, inputs, jobs=options.jobs, prefork=prefork, changed_outputs=changed_outputs, delete_unknown=delete_unknown, on_progress=on_progress,
        while_waiting=snapshot.remember,
    )  # fmt: skip


def build_for_publishing(options: Options) -> PublicBuild:
    """The production build from every file's bytes, looked through link by link; what is not ours in its folder goes."""
    from hromada.publish.approval_history import rewritten
    from hromada.publish.link_check import broken_links

    progress = ProgressBar()
    with contextlib.closing(progress):
        snapshot = load_snapshot(options, ignore_mtimes=True, on_progress=progress.update)
        if snapshot.errors:
            return PublicBuild(tuple(snapshot.problems), tuple(snapshot.errors))
        print_warnings([*snapshot.problems, *rewritten(options.content, snapshot.content.approvals.values())])
        try:
            with output_lock(options.output, options.cache, _say_waiting):
                update(options, snapshot, delete_unknown=True, on_progress=progress.update)
        finally:
            snapshot.remember()
    print_scheduled(snapshot)
    broken = broken_links(options.output, options.settings().base)
    return PublicBuild(broken=tuple(broken), moved={one.file: one.target for one in snapshot.moved})


def publishing_build_status(options: Options) -> int:
    """The same for a publication, with words about what stops it."""
    try:
        built = build_for_publishing(options)
    except DiskError as error:
        print_error(str(error))
        return EXIT_FAILED
    if built.errors:
        return print_refusal(built.problems, "text")
    if built.broken:
        print_error(*built.broken, f"У побудованому сайті є посилання в нікуди: {len(built.broken)}. Не опубліковано.")
        return EXIT_FAILED
    return EXIT_OK
