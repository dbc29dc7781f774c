"""Checks the content as it would be with new files; nothing is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.console.options import Options
from hromada.content.file_cache import FileCache
from hromada.content.snapshot import ContentSnapshot
from hromada.domain.content_path import content_path, name_in_content
from hromada.importing.site.import_plan import ExistingContent
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile, stamp_from, walk


class TrialCheck:
    """The content folder as scanned at first (an empty one if there is none); `before` is its snapshot."""

    def __init__(self, options: Options, empty: Path) -> None:
        self.folder = options.content
        if not self.folder.is_dir():
            self.folder = empty
            empty.mkdir()
        self._options = options.with_changes(content=self.folder)
        self._file_cache: FileCache = file_cache_of(options)
        self.scanned = walk(self.folder)
        self.before = self.with_files({})
        self.present = _present(self.before, self.scanned)

    def with_files(self, new: Mapping[str, RegularFile]) -> ContentSnapshot:
        """The snapshot with new files, by content path; they may be outside the content folder."""
        scanned = dict(self.scanned)
        for path, file in new.items():
            scanned[path] = ScannedFile(os.fspath(file.path), stamp_from(file.state()), file.root)
        snapshot = checked_snapshot(self._options, self._file_cache, scanned=dict(sorted(scanned.items())))
        self._file_cache.files |= snapshot.content.entries  # for the next check in this process
        return snapshot


def _present(snapshot: ContentSnapshot, scanned: Mapping[str, ScannedFile]) -> ExistingContent:
    """The items, files and redirects of the present content."""
    site = snapshot.site
    return ExistingContent(
        {item.address.casefold(): item.path for item in site.items if item.address},
        frozenset(path.casefold() for path in scanned),
        frozenset(item.path for item in snapshot.all_built),
        {
            redirect.file.casefold(): content_path(name_in_content(redirect.target).lstrip("/"))
            for redirect in site.redirects
        },
    )
