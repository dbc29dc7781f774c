"""Stages an import's new files until they have been checked; one import at a time in a clone."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from hromada.console.messages import EXIT_REFUSED, print_error
from hromada.console.options import Options
from hromada.conversion.site.converted_file import convert_item
from hromada.conversion.site.import_plan import ImportAction, PlannedItem
from hromada.conversion.site.old_item import OldAddresses, OldItem, SourceIndex
from hromada.conversion.site.references import References, UsedReferences
from hromada.importers.site_source import SiteSource, SourceUploads
from hromada.system.file_lock import LockHeld, file_lock
from hromada.system.regular_files import RegularFile


def with_import_lock(options: Options, run_import: Callable[[Options], int]) -> int:
    """Run an import under the lock and return its exit status; refused at once while another one runs."""
    options.cache.mkdir(parents=True, exist_ok=True)
    try:
        with file_lock(options.cache / "import.lock"):
            return run_import(options)
    except LockHeld:
        print_error("Інше перенесення ще триває. Зачекайте, доки воно закінчиться.")
    return EXIT_REFUSED


class StagedFile(Struct):
    """One item's new file: its references, and how much of what was lost in the conversion."""

    file: RegularFile
    used: UsedReferences
    unconverted: dict[str, int]


class StagedFiles:
    """The files of new items in a folder, by the item's index in the source, and the uploads that they use."""

    def __init__(
        self, folder: Path, source: SiteSource, index: SourceIndex, old: OldAddresses, files: SourceUploads
    ) -> None:
        self._folder, self._source, self._index, self._old, self._files = folder, source, index, old, files
        self._items: dict[int, StagedFile] = {}

    def __iter__(self) -> Iterator[StagedFile]:
        return iter(self._items.values())

    def stage(self, indexes: Collection[int], planned: Sequence[PlannedItem], keys: Mapping[str, str]) -> None:
        """Make the files of these items with the garbage collector on, which commands turn off: HTML trees have cycles."""
        was_enabled = gc.isenabled()
        gc.freeze()
        gc.enable()
        try:
            self._make(indexes, planned, keys)
        finally:
            if not was_enabled:
                gc.disable()
            gc.unfreeze()

    def _make(self, indexes: Collection[int], planned: Sequence[PlannedItem], keys: Mapping[str, str]) -> None:
        items = (item for item in self._source.read_parts() if isinstance(item, OldItem))
        for index, item in enumerate(items):
            if index in indexes:
                self._items[index] = self._convert(index, item, planned[index].target.path, keys)
            elif self._source.files and planned[index].action is ImportAction.PRESENT:
                # Only to count its files, which the content has already.
                self._convert(index, item, planned[index].target.path, keys)

    def _convert(self, index: int, item: OldItem, path: str, keys: Mapping[str, str]) -> StagedFile:
        references = References(
            item, path, self._old, self._files.plan, self._index.attachments, lambda key: keys.get(key, "")
        )
        converted = convert_item(item, references)
        file = RegularFile(str(self._folder), f"{index}.md")
        file.path.write_bytes(converted.text.encode())
        return StagedFile(file, references.used, dict(converted.unconverted))

    def forget(self, index: int) -> None:
        """Drop an item."""
        del self._items[index]

    def using(self, gone: Collection[str]) -> set[int]:
        """The indexes of items that refer to one of these paths."""
        return {
            index
            for index, staged_file in self._items.items()
            if not (staged_file.used.items | staged_file.used.files).isdisjoint(gone)
        }

    def items(self, planned: Sequence[PlannedItem]) -> dict[str, RegularFile]:
        """The items' files by content path."""
        return {planned[index].target.path: staged_file.file for index, staged_file in self._items.items()}

    def attached(self) -> dict[str, RegularFile]:
        """The uploads that they use, and those that the earlier site lists itself, by content path."""
        used = {path for staged_file in self for path in staged_file.used.files}
        listed = (self._files.plan.uploaded(attachment.url) for attachment in self._index.attachments.values())
        return dict(self._files.to_write(used | {self._files.plan.place(name) for name in listed if name}))
