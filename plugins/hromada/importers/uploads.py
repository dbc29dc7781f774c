"""Files of an earlier site on the disk: which of them the content may take, and which are in it already."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from hromada.content.metadata_removal import CleaningRefused, clean_file
from hromada.domain.file_names import LARGEST_FILE
from hromada.domain.file_types import is_attachment, is_picture
from hromada.importers.site_source import Source
from hromada.importing.site.old_files import WHOLE, FilePlan
from hromada.render.image_files import facts_of
from hromada.system.atomic_files import atomic_write
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile


class FilesAtHand:
    """The plan for a source's files beside the content as it was `seen`; `refused` says what does not come, and why.

    A picture that says where it was taken comes without that: its clean copy lies in `folder`.
    """

    def __init__(self, source: Source, seen: Mapping[str, ScannedFile], folder: Path) -> None:
        self._source, self._seen, self._folder = source, seen, folder
        self._clean: dict[str, RegularFile] = {}
        self.refused = [
            f"{name}:1: {type_fault.message}, {type_fault.fix} [{type_fault.code}]"
            for name, type_fault in source.odd.items()
        ]
        names = dict.fromkeys(source.files, 0)
        self.plan = FilePlan(names, self._folder_of, self._is_same, lambda path: path in seen)
        if source.takes_all:
            for name in source.files:
                self.plan.place(name)

    def to_write(self, wanted: Collection[str]) -> Iterator[tuple[str, RegularFile]]:
        """Where new files go and where they lie; of a source that is no folder those `wanted` alone (paths in the content)."""
        for name, path in self.plan.planned.items():
            if path and path not in self.plan.present and (self._source.takes_all or path in wanted):
                yield path, self._file(name)

    def refuse(self, path: str, why: str, line: int) -> bool:
        """Take a planned file out again; whether there was one at the path."""
        name = self.plan.forget(path)
        if name:
            self._refuse(name, why, line)
        return bool(name)

    def _file(self, name: str) -> RegularFile:
        """What comes for a file of the source: itself, or its clean copy."""
        if name not in self._clean:
            file = self._clean[name] = self._source.files[name]
            with contextlib.suppress(CleaningRefused, OSError):  # the check of the content will refuse it
                if is_picture(name) and (done := clean_file(name, file)):
                    copy = RegularFile(str(self._folder), f"picture-{len(self._clean)}")
                    atomic_write(copy, done.data)
                    self._clean[name] = copy
        return self._clean[name]

    def _folder_of(self, name: str) -> str:
        file = self._file(name)
        if name in self._source.whole:
            if f"content/{name}" in self._seen and not self._is_same(name, f"content/{name}"):
                return self._refuse(name, "у змісті вже є інший файл із цією назвою")
            return WHOLE
        if not (is_picture(name) or is_attachment(name)):
            return self._refuse(name, "такі файли сайт не публікує")
        if file.state().st_size >= LARGEST_FILE:
            return self._refuse(name, f"файл понад {LARGEST_FILE // 1_000_000} МБ")
        if is_picture(name) and (refusal := facts_of(file).refusal):
            return self._refuse(name, refusal)
        return "images" if is_picture(name) else "files"

    def _refuse(self, name: str, why: str, line: int = 1) -> str:
        self.refused.append(f"{name}:{line}: {why}")
        return ""

    def _is_same(self, name: str, path: str) -> bool:
        there = self._seen.get(path)
        return there is not None and not there.type_fault and there.source.read() == self._file(name).read()
