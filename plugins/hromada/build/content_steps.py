"""Steps 2 to 4, load, check, count, also for commands without a build."""

from __future__ import annotations

import os

from hromada.build.manifest import running_code
from hromada.console.messages import ProgressCallback, no_progress
from hromada.console.options import Options
from hromada.content.checking import check
from hromada.content.file_cache import FileCache
from hromada.content.loading import ContentSources, load
from hromada.content.report_counting import count
from hromada.content.snapshot import ContentSnapshot
from hromada.storage.cache_cleanup import note_folder
from hromada.system.regular_files import digest_of
from hromada.system.scan import ScannedFile


def checked_snapshot(
    options: Options, file_cache: FileCache | None = None, scanned: dict[str, ScannedFile] | None = None,
    on_progress: ProgressCallback = no_progress,
) -> ContentSnapshot:  # fmt: skip
    """The content loaded, checked and counted; `scanned` is its folder as just scanned."""
    sources = ContentSources(
        options.root, options.content, options.cache, options.theme, options.settings(), options.clock, options.jobs,
        options.ignore_mtimes, options.is_publication,
    )  # fmt: skip
    return snapshot_of(sources, file_cache or file_cache_of(options), scanned, on_progress)


def snapshot_of(
    sources: ContentSources, file_cache: FileCache, scanned: dict[str, ScannedFile] | None = None,
    on_progress: ProgressCallback = no_progress,
) -> ContentSnapshot:  # fmt: skip
    """The same from sources instead of a command's options."""
    snapshot = load(sources, file_cache, scanned, on_progress)
    check(snapshot, sources, on_progress)
    count(snapshot)
    return snapshot


def file_cache_of(options: Options) -> FileCache:
    """The cache of the content's files. It has addresses of pictures, so each site address has its own cache."""
    settings = options.settings()
    inputs = f"{os.path.relpath(options.content, options.root)}\0{settings.base}\0{settings.picture_widths}"
    inputs += f"\0{settings.picture_store.public}" if settings.picture_store else ""
    store = options.cache / f"files-{digest_of(inputs.encode())[:16]}.sqlite"
    note_folder(store, options.content)
    return FileCache(store, running_code(options.root))
