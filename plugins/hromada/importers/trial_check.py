"""The content as the check would see it with further files among its own; nothing of it is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hromada.build.content_steps import checked_snapshot, file_cache_of
from hromada.console.options import Options
from hromada.content.file_cache import FileCache
from hromada.content.snapshot import ContentSnapshot
from hromada.importing.site.import_plan import ExistingContent
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile, stamp_from, walk


class ContentTrial:
    """The content folder (or, where there is none yet, an empty one) as it was when this was made: `before`."""

    def __init__(self, options: Options, empty: Path) -> None:
        self.folder = options.content
        if not self.folder.is_dir():
            self.folder = empty
            empty.mkdir()
        self._call = options.with_changes(content=self.folder)
        self._memory: FileCache = file_cache_of(options)
        self.seen = walk(self.folder)
        self.before = self.with_files({})
        self.present = _present(self.before, self.seen)

    def with_files(self, new: Mapping[str, RegularFile]) -> ContentSnapshot:
        """The content with new files, by their paths in it; one that lies elsewhere is read where it lies."""
        seen = dict(self.seen)
        for path, file in new.items():
            seen[path] = ScannedFile(os.fspath(file.path), stamp_from(file.state()), file.root)
        snapshot = checked_snapshot(self._call, self._memory, scanned=dict(sorted(seen.items())))
        self._memory.files |= snapshot.content.entries  # for the next look, in this process alone
        return snapshot


def _present(snapshot: ContentSnapshot, seen: Mapping[str, ScannedFile]) -> ExistingContent:
    """What the content has already."""
    site = snapshot.site
    return ExistingContent(
        {item.address.casefold(): item.path for item in site.items if item.address},
        frozenset(path.casefold() for path in seen),
        frozenset(item.path for item in snapshot.all_built),
        {
            redirect.file.casefold(): f"content/{redirect.target.removeprefix('content/').lstrip('/')}"
            for redirect in site.redirects
        },
    )
