"""Reads an export on the disk, a file, a folder or an archive, file by file and within limits."""

from __future__ import annotations

import errno
import lzma
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from hromada.conversion.social.publication import ImportRefused, SourceFile, refusal
from hromada.domain.file_names import is_leftover
from hromada.domain.problem import Problem
from hromada.system.disk_errors import file_type_problem
from hromada.system.regular_files import LINK, SPECIAL, RegularFile, entries_below, type_fault_of

# 42,000 posts of a channel are 40 MB of JSON: read, merged and written in 6 s and 210 MB of memory (measured).
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_EXPORT = 300 * 1024 * 1024  # everything that is opened, unpacked
MOST_FILES = 200_000  # in an archive or a folder, photos included
_TEXT = (".json", ".csv")
_PAGES = (".html", ".htm")  # only their beginning is read: an export as HTML is refused with advice to choose JSON
_HEAD = 512  # bytes of a page
_LETTERS = "файли листування"
_MEDIA = ("jpg", "jpeg", "png", "gif", "webp", "heic", "mp4", "mov", "m4v", "webm", "avi", "3gp", "srt")
_PRIVATE = {"messages", "inbox", "your_activity_across_facebook_messages"}  # private messages are never read

# Exceptions of a damaged archive; an OSError (without errno) for bzip2's data, and for offsets before the file's start.
_DAMAGED = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, ValueError, OSError)


def is_archive(file: RegularFile) -> bool:
    """A ZIP by its first bytes, except a workbook, which is one inside."""
    with file.open() as stream:
        if stream.read(4) != b"PK\x03\x04":
            return False
        try:
            with zipfile.ZipFile(stream) as archive:
                return "[Content_Types].xml" not in archive.NameToInfo
        except _DAMAGED:
            return True  # opening it again reports the fault


class Export:
    """The files of one export; exceeding a limit raises ImportRefused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.display_name = path.name
        self.is_alone = not path.is_dir() and not is_archive(RegularFile.at(path))
        self.unopened = Counter[str]()  # the number of files by type that were not opened
        self._bytes_left = LARGEST_EXPORT
        self._file_count = 0

    def files(self) -> Iterator[SourceFile]:
        """Each file that may have posts, completely; of web pages only the beginning."""
        if self.path.is_dir():
            yield from self._folder()
        elif self.is_alone:
            yield self._file(RegularFile.at(self.path), self.display_name)
        else:
            yield from self._archive(RegularFile.at(self.path), self.display_name)

    def _folder(self) -> Iterator[SourceFile]:
        for file in self._files():
            name, display_name = file.name.casefold(), _printable(f"{self.display_name}/{file.name}")
            if name.endswith(".zip") and is_archive(file):
                yield from self._archive(file, display_name)
            elif name.endswith(_TEXT):
                yield self._file(file, display_name)
            elif name.endswith(_PAGES):
                with file.open() as stream:
                    yield SourceFile(display_name, stream.read(_HEAD))
            else:
                self.unopened[_kind_of(name)] += 1

    def _files(self) -> list[RegularFile]:
        """The folder's files, each folder's own before its subfolders'; ImportRefused names every irregular file."""
        files, faults = [], []
        for name, entry, is_folder in entries_below(self.path):
            if is_folder or is_leftover(name):
                continue
            if not _PRIVATE.isdisjoint(name.casefold().split("/")):
                self.unopened[_LETTERS] += 1
                continue
            self._count(self.display_name)
            if type_fault := type_fault_of(entry.stat(follow_symlinks=False)):
                faults.append(file_type_problem(f"{self.display_name}/{name}", type_fault))
            else:
                files.append(RegularFile(str(self.path), name))
        if faults:
            raise ImportRefused(faults)
        return sorted(files, key=lambda file: (file.name.split("/")[:-1], file.name))

    def _file(self, file: RegularFile, display_name: str) -> SourceFile:
        with file.open() as stream:
            return SourceFile(display_name, self._bounded(display_name, stream.read(LARGEST_FILE + 1)))

    def _archive(self, file: RegularFile, display_name: str) -> Iterator[SourceFile]:
        try:
            with file.open() as stream, zipfile.ZipFile(stream) as archive:
                members = archive.infolist()
                if faults := list(_irregular_members(members, display_name)):
                    raise ImportRefused(faults)
                for info in members:
                    self._count(display_name)
                    if source := self._member(archive, info, display_name):
                        yield source
        except _DAMAGED as error:
            if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
                raise  # the disk is at fault, not the archive
            raise refusal(
                display_name, 1, "import-broken", "архів обірвано або пошкоджено", "завантажте його з мережі ще раз"
            ) from error  # fmt: skip

    def _member(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, display_name: str) -> SourceFile | None:
        name = info.filename.casefold()
        if info.is_dir() or is_leftover(name):
            return None
        is_private = bool(_PRIVATE & set(name.split("/")))
        if is_private or not name.endswith((*_TEXT, *_PAGES)):
            self.unopened[_LETTERS if is_private else _kind_of(name)] += 1
            return None
        path = _printable(f"{display_name}/{info.filename}")
        if info.flag_bits & 1:
            raise refusal(path, 1, "import-broken", "файл в архіві закрито паролем", "розпакуйте архів і вкажіть теку")
        with archive.open(info) as file:  # never more than the limit: the archive's sizes are untrusted
            if name.endswith(_PAGES):
                return SourceFile(path, file.read(_HEAD))
            return SourceFile(path, self._bounded(path, file.read(LARGEST_FILE + 1)))

    def _count(self, display_name: str) -> None:
        self._file_count += 1
        if self._file_count > MOST_FILES:
            raise refusal(
                display_name, 1, "import-size", f"файлів понад {MOST_FILES}", "вкажіть лише теку з дописами (posts, media)"
            )  # fmt: skip

    def _bounded(self, display_name: str, raw: bytes) -> bytes:
        self._bytes_left -= len(raw)
        if len(raw) > LARGEST_FILE:
            raise refusal(
                display_name, 1, "import-size", f"файл більший за {LARGEST_FILE >> 20} МБ", "завантажте вивантаження за коротший період"
            )  # fmt: skip
        if self._bytes_left < 0:
            raise refusal(
                self.display_name, 1, "import-size", f"у вивантаженні понад {LARGEST_EXPORT >> 20} МБ тексту",
                "вкажіть лише теку з дописами або коротший період",
            )  # fmt: skip
        return raw


def _irregular_members(members: Iterable[zipfile.ZipInfo], display_name: str) -> Iterator[Problem]:
    """Links and special files of an archive; one packed on Windows has no modes."""
    for info in members:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in (0, stat.S_IFREG, stat.S_IFDIR) and _PRIVATE.isdisjoint(info.filename.casefold().split("/")):
            yield file_type_problem(
                _printable(f"{display_name}/{info.filename}"), LINK if kind == stat.S_IFLNK else SPECIAL
            )


def _kind_of(name: str) -> str:
    suffix = name.rpartition(".")[2] if "." in name.rsplit("/", 1)[-1] else ""
    return "файли світлин і відео" if suffix in _MEDIA else f"файли .{suffix}" if suffix else "файли без розширення"


def _printable(name: str) -> str:
    """A file name for printing, which need not be UTF-8."""
    return name.encode("utf-8", "replace").decode().replace("\n", " ")
