"""Files of an earlier site: which of them may be imported, and which the content has already."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from hromada.content.metadata_removal import CleaningRefused, clean_file
from hromada.domain.content_path import content_path
from hromada.domain.file_names import LARGEST_FILE
from hromada.domain.file_types import is_attachment, is_picture
from hromada.importers.site_source import SiteSource
from hromada.importing.site.old_files import UNCHANGED, FileTransfer
from hromada.render.image_files import facts_of
from hromada.system.atomic_files import atomic_write
from hromada.system.regular_files import RegularFile
from hromada.system.scan import ScannedFile


class SourceUploads:
    """The plan for a source's files, given the scanned content; `refused` lists files that are not imported, and why.

    A picture with a place is imported without it: its clean copy is written to `folder`.
    """

    def __init__(self, source: SiteSource, scanned: Mapping[str, ScannedFile], folder: Path) -> None:
        self._source, self._scanned, self._folder = source, scanned, folder
        self._clean: dict[str, RegularFile] = {}
        self.refused = [
            f"{name}:1: {type_fault.message}, {type_fault.fix} [{type_fault.code}]"
            for name, type_fault in source.irregular.items()
        ]
        names = dict.fromkeys(source.files, 0)
        self.plan = FileTransfer(names, self._folder_of, self._is_same, lambda path: path in scanned)
        if source.takes_all:
            for name in source.files:
                self.plan.place(name)

    def to_write(self, paths: Collection[str]) -> Iterator[tuple[str, RegularFile]]:
        """Content paths and files to write; for a source that is no folder only the `wanted` content paths."""
        for name, path in self.plan.planned.items():
            if path and path not in self.plan.present and (self._source.takes_all or path in paths):
                yield path, self._file(name)

    def refuse(self, path: str, why: str, line: int) -> bool:
        """Remove the planned file of a content path; return whether there was one."""
        name = self.plan.forget(path)
        if name:
            self._refuse(name, why, line)
        return bool(name)

    def _file(self, name: str) -> RegularFile:
        """The file to import: the source's, or its clean copy."""
        if name not in self._clean:
            file = self._clean[name] = self._source.files[name]
            with contextlib.suppress(CleaningRefused, OSError):  # the trial check will refuse it
                if is_picture(name) and (done := clean_file(name, file)):
                    copy = RegularFile(str(self._folder), f"picture-{len(self._clean)}")
                    atomic_write(copy, done.data)
                    self._clean[name] = copy
        return self._clean[name]

    def _folder_of(self, name: str) -> str:
        file = self._file(name)
        if name in self._source.whole:
            if content_path(name) in self._scanned and not self._is_same(name, content_path(name)):
                return self._refuse(name, "у змісті вже є інший файл із цією назвою")
            return UNCHANGED
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
        present = self._scanned.get(path)
        return present is not None and not present.type_fault and present.source.read() == self._file(name).read()
