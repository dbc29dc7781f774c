"""The content as the check would see it with further files among its own; nothing of it is written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from hromada.build.pipeline import edition_of, memory_of
from hromada.console.options import Call
from hromada.content.file_cache import Memory
from hromada.content.snapshot import Edition
from hromada.importing.site.import_plan import Present
from hromada.system.regular_files import RegularFile
from hromada.system.scan import Seen, stamp_from, walk


class ContentTrial:
    """The content folder (or, where there is none yet, an empty one) as it was when this was made: `before`."""

    def __init__(self, call: Call, empty: Path) -> None:
        self.folder = call.content
        if not self.folder.is_dir():
            self.folder = empty
            empty.mkdir()
        self._call = call.with_changes(content=self.folder)
        self._memory: Memory = memory_of(call)
        self.seen = walk(self.folder)
        self.before = self.with_files({})
        self.present = _present(self.before, self.seen)

    def with_files(self, new: Mapping[str, RegularFile]) -> Edition:
        """The content with new files, by their paths in it; one that lies elsewhere is read where it lies."""
        seen = dict(self.seen)
        for path, file in new.items():
            seen[path] = Seen(os.fspath(file.path), stamp_from(file.state()), file.root)
        edition = edition_of(self._call, self._memory, seen=dict(sorted(seen.items())))
        self._memory.files |= edition.content.known  # for the next look, in this process alone
        return edition


def _present(edition: Edition, seen: Mapping[str, Seen]) -> Present:
    """What the content has already."""
    site = edition.site
    return Present(
        {item.address.casefold(): item.path for item in site.items if item.address},
        frozenset(path.casefold() for path in seen),
        frozenset(item.path for item in edition.all_built),
        {one.file.casefold(): f"content/{one.target.removeprefix('content/').lstrip('/')}" for one in site.redirects},
    )
