"""Cache entries of the content's files: from the cache, or read now in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.console.progress import ProgressCallback, no_progress
from hromada.content.file_cache import CacheEntry, FileCache
from hromada.domain.document_metadata import DocumentMetadata
from hromada.images.facts import Facts
from hromada.report.report_paths import is_approval
from hromada.system.scan import ScannedFile
from hromada.system.workers import parallel_map

_UNREAD = CacheEntry(None)


def read_files(
    scanned: Mapping[str, ScannedFile],
    file_cache: FileCache,
    *,
    ignore_mtimes: bool,
    jobs: int,
    on_progress: ProgressCallback = no_progress,
) -> dict[str, CacheEntry]:
    """The entries of every Markdown file and approval, and those of pictures and documents that the cache has."""
    entries: dict[str, CacheEntry] = {}
    unread: list[str] = []
    cached_files = file_cache.files
    for path, file in scanned.items():
        cached = cached_files.get(path)
        is_same = cached is not None and cached.stamp == file.stamp and file.stamp is not None
        if path.endswith(".md") or is_approval(path):
            if cached is not None and is_same and not ignore_mtimes:
                entries[path] = cached
            else:
                unread.append(path)
                entries[path] = _UNREAD  # keeps the order of paths: digests over all entries must not depend on it
        elif cached is not None and is_same and isinstance(cached.parsed, Facts | DocumentMetadata):
            entries[path] = cached
    if not unread:
        return entries
    from hromada.content.parser import (
        FileReader,  # Markdown and the rules of texts: a build that reads nothing needs none
    )

    reader = FileReader(scanned, file_cache)
    for count, (path, entry, text) in enumerate(parallel_map(unread, reader.read, jobs, named=str), 1):
        on_progress("Читаю", count, len(unread))
        entries[path] = entry
        if text is not None:
            file_cache.keep_text(path, text)
    return entries
