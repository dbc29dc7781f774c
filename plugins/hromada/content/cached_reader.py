"""What is known of the content's files: remembered, or read now in as many processes as there are cores."""

from __future__ import annotations

from collections.abc import Mapping

from hromada.console.progress import ProgressCallback, no_progress
from hromada.content.file_cache import CacheEntry, FileCache
from hromada.domain.document_metadata import DocumentMetadata
from hromada.images.copies import PictureInfo
from hromada.report.report_paths import is_approval
from hromada.system.scan import ScannedFile
from hromada.system.workers import parallel_map

_UNREAD = CacheEntry(None)


def read_files(
    seen: Mapping[str, ScannedFile],
    file_cache: FileCache,
    *,
    ignore_mtimes: bool,
    jobs: int,
    on_progress: ProgressCallback = no_progress,
) -> dict[str, CacheEntry]:
    """What is known of every Markdown file and approval, and of every picture and document that was looked into before."""
    known: dict[str, CacheEntry] = {}
    waiting: list[str] = []
    files = file_cache.files
    for path, one in seen.items():
        before = files.get(path)
        is_same = before is not None and before.stamp == one.stamp and one.stamp is not None
        if path.endswith(".md") or is_approval(path):
            if before is not None and is_same and not ignore_mtimes:
                known[path] = before
            else:
                waiting.append(path)
                known[path] = _UNREAD  # its place: digests over all of them must not depend on which was read first
        elif before is not None and is_same and isinstance(before.parsed, PictureInfo | DocumentMetadata):
            known[path] = before
    if not waiting:
        return known
    from hromada.content.parser import (
        FileReader,  # Markdown and the rules of texts: a build that reads nothing needs none
    )

    reading = FileReader(seen, file_cache)
    for number, (path, new, text) in enumerate(parallel_map(waiting, reading.read, jobs, named=str), 1):
        on_progress("Читаю", number, len(waiting))
        known[path] = new
        if text is not None:
            file_cache.keep_text(path, text)
    return known
