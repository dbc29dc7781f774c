"""An import's new files, laid aside until they have been checked."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hromada.importers.site_source import Source
from hromada.importers.uploads import FilesAtHand
from hromada.importing.site.converted_file import convert_item
from hromada.importing.site.import_plan import ImportAction, PlannedItem
from hromada.importing.site.old_item import OldItem, SourceIndex
from hromada.importing.site.old_urls import OldAddresses
from hromada.importing.site.references import References, UsedReferences
from hromada.system.regular_files import RegularFile


@dataclass(slots=True)
class StagedFile:
    """One item's new file: what it refers to, and how many of what it could not say."""

    file: RegularFile
    used: UsedReferences
    unconverted: dict[str, int]


class StagedFiles:
    """The files of new items in a folder, by the item's number in the survey, and the files at hand that they use."""

    def __init__(self, folder: Path, source: Source, index: SourceIndex, old: OldAddresses, files: FilesAtHand) -> None:
        self._folder, self._source, self._survey, self._old, self._files = folder, source, index, old, files
        self._items: dict[int, StagedFile] = {}

    def __iter__(self) -> Iterator[StagedFile]:
        return iter(self._items.values())

    def stage(self, wanted: Collection[int], planned: Sequence[PlannedItem], keys: Mapping[str, str]) -> None:
        """Make the files of these items; trees of HTML hold themselves, so garbage is looked for, which commands don't."""
        was_enabled = gc.isenabled()
        gc.freeze()
        gc.enable()
        try:
            self._make(wanted, planned, keys)
        finally:
            if not was_enabled:
                gc.disable()
            gc.unfreeze()

    def _make(self, wanted: Collection[int], planned: Sequence[PlannedItem], keys: Mapping[str, str]) -> None:
        items = (found for found in self._source.found() if isinstance(found, OldItem))
        for number, found in enumerate(items):
            if number in wanted:
                self._items[number] = self._aside(number, found, planned[number].target.path, keys)
            elif self._source.files and planned[number].action is ImportAction.PRESENT:
                # For its files alone: they are here already, and counted.
                self._aside(number, found, planned[number].target.path, keys)

    def _aside(self, number: int, item: OldItem, path: str, keys: Mapping[str, str]) -> StagedFile:
        references = References(
            item, path, self._old, self._files.plan, self._survey.attachments, lambda key: keys.get(key, "")
        )
        made = convert_item(item, references)
        file = RegularFile(str(self._folder), f"{number}.md")
        file.path.write_bytes(made.text.encode())
        return StagedFile(file, references.used, dict(made.unconverted))

    def forget(self, number: int) -> None:
        """An item that does not come after all."""
        del self._items[number]

    def using(self, gone: Collection[str]) -> set[int]:
        """The items that refer to one of these paths."""
        return {number for number, one in self._items.items() if not (one.used.items | one.used.files).isdisjoint(gone)}

    def items(self, planned: Sequence[PlannedItem]) -> dict[str, RegularFile]:
        """The items' files by their paths in the content."""
        return {planned[number].target.path: one.file for number, one in self._items.items()}

    def attached(self) -> dict[str, RegularFile]:
        """The files at hand that come with them, and those that the earlier site lists itself."""
        used = {path for one in self for path in one.used.files}
        listed = (self._files.plan.uploaded(attachment.url) for attachment in self._survey.attachments.values())
        return dict(self._files.to_write(used | {self._files.plan.place(name) for name in listed if name}))
