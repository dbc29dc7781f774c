"""Adds photos to an item's gallery: files and header together or, on a failure, neither; a killed run is undone by the next."""

from __future__ import annotations

import contextlib
import posixpath
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hromada.autofix.header_lists import HeaderUnclear, list_entries, with_list_entries
from hromada.console.options import Options
from hromada.domain.header_fields import KEYS
from hromada.images.photo_names import ExistingPhotos, existing_photos, folder_of_item
from hromada.importers.photo_areas import PhotosRefused
from hromada.reading.items import place_of
from hromada.storage.sqlite_store import CacheCodec
from hromada.system.atomic_files import atomic_replace, atomic_write, read_bounded, sweep
from hromada.system.disk_errors import advice, describe_error
from hromada.system.regular_files import RegularFile, content_file, sibling_names

STAGING, _JOURNAL = "photos", "journal.json"  # in the cache
_LARGEST_JOURNAL = 10_000_000  # bytes


class _Journal(NamedTuple):
    """What a run is about to write: the item's path and the paths of its photos here."""

    item: str = ""
    photos: tuple[str, ...] = ()


_JOURNAL_ENTRY = CacheCodec(_Journal)


class GalleryFile(Struct, frozen=True):
    """The Markdown file that gets the photos, `path` in the content, and their folder beside it."""

    content: Path
    path: str

    @property
    def file(self) -> RegularFile:
        return content_file(self.content, self.path)

    @property
    def folder(self) -> str:
        return folder_of_item(self.path)

    def existing(self) -> ExistingPhotos:
        """The photos that its folder has."""
        try:
            return existing_photos(sibling_names(content_file(self.content, f"{self.folder}/x")))
        except OSError:  # there is no such folder yet
            return existing_photos([])

    def _text(self) -> tuple[str, bool]:
        """The text with plain line ends, and whether it has those of Windows."""
        try:
            text = self.file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise PhotosRefused(f"{self.path}: файл не в кодуванні UTF-8. Запустіть make fix, тоді повторіть") from None
        except OSError as error:
            raise PhotosRefused(f"{self.path}: файл не читається ({describe_error(error)}), {advice(error)}") from None
        return text.replace("\r\n", "\n"), "\r\n" in text

    def entries(self) -> list[str]:
        """The gallery's entries."""
        try:
            return list_entries(self._text()[0], "gallery", KEYS)
        except HeaderUnclear as unclear:
            raise PhotosRefused(f"{self.path}: {unclear}. Нічого не взято") from None

    def add(self, entries: Sequence[str]) -> None:
        """Write the entries at the end of the gallery; the file is read anew, since an editor may have saved it meanwhile."""
        text, is_windows = self._text()
        try:
            new = with_list_entries(text, "gallery", entries, KEYS)
        except HeaderUnclear as unclear:
            raise PhotosRefused(f"{self.path}: {unclear}. Нічого не взято") from None
        if list_entries(new, "gallery", KEYS) != [*list_entries(text, "gallery", KEYS), *entries]:
            raise PhotosRefused(
                f"{self.path}: поле «gallery» не вдалося доповнити. Запустіть make check, виправте заголовок і повторіть"
            )
        atomic_replace(self.file, (new.replace("\n", "\r\n") if is_windows else new).encode())


def add_photos(options: Options, item: GalleryFile, staged: Mapping[str, Path]) -> None:
    """Put the copies into the item's folder and name them in its header: all of them, or on a failure none."""
    journal = options.cache / STAGING / _JOURNAL
    atomic_write(journal, _JOURNAL_ENTRY.encode(_Journal(item.path, tuple(staged))))
    try:
        for path, file in staged.items():
            atomic_write(content_file(options.content, path), RegularFile(str(file.parent), file.name).read())
        base = posixpath.dirname(item.path)
        item.add([f"{posixpath.relpath(path, base)} |" for path in staged])
    except BaseException as error:
        _undo(options, _Journal(item.path, tuple(staged)))
        if isinstance(error, OSError):
            raise PhotosRefused(f"Світлин не записано ({describe_error(error)}): {advice(error)}") from None
        raise


def undo_interrupted(options: Options) -> None:
    """Remove what a killed run has left behind without naming it in the header."""
    staging = options.cache / STAGING
    with contextlib.suppress(OSError):
        if journal := _JOURNAL_ENTRY.decode(read_bounded(staging / _JOURNAL, _LARGEST_JOURNAL)):
            _undo(options, journal)
    remove_staging(staging)


def _undo(options: Options, journal: _Journal) -> None:
    if place_of(journal.item) is None:
        return  # no journal of ours
    item = GalleryFile(options.content, journal.item)
    try:
        entries = item.entries()
    except PhotosRefused:
        return  # gone, renamed or broken since: another text may show them
    named = {posixpath.normpath(posixpath.join(posixpath.dirname(item.path), _target(entry))) for entry in entries}
    folder = options.content / item.folder.removeprefix("content/")
    own = [path for path in journal.photos if posixpath.dirname(path) == item.folder and path not in named]
    for path in own:
        if posixpath.basename(path) in existing_photos([posixpath.basename(path)]).names.values():
            with contextlib.suppress(OSError):
                content_file(options.content, path).path.unlink()
    with contextlib.suppress(OSError):
        sweep(folder)
        folder.rmdir()  # only an empty one


def _target(entry: str) -> str:
    return entry.partition("|")[0].strip()


def remove_staging(staging: Path) -> None:
    """Remove the folder, or a link without its target."""
    if staging.is_symlink():
        staging.unlink()
    else:
        shutil.rmtree(staging, ignore_errors=True)
