"""Removes metadata about places, people and computers from files; the result is verified before a file is replaced."""

from __future__ import annotations

from mmap import ACCESS_READ, mmap
from typing import NamedTuple

from hromada.checks.attachment_rules import check_attachment
from hromada.domain.document_metadata import CLEANED_TYPES, DocumentMetadata
from hromada.domain.file_types import is_picture, suffix_of
from hromada.metadata import office, pdf_metadata
from hromada.metadata.limits import NotCleanable
from hromada.metadata.picture_metadata import has_coordinates, metadata_of, without_metadata
from hromada.pictures.copies import PictureInfo
from hromada.reading.active_content_scan import active_content
from hromada.reading.attachment_metadata import read_attachment_metadata
from hromada.render.picture_files import cleaned, cleaned_inside, place_metadata
from hromada.system.atomic_files import atomic_replace
from hromada.system.regular_files import RegularFile, sibling_names

_SIGNED = "документ підписано: зміна зробила б підпис недійсним"
_DAMAGED = "файл пошкоджено, захищено або він не того виду, що в назві"
_REMAINS = "прибрати вдалося не все"


class CleaningRefused(Exception):
    """The file stays unchanged; the message is Ukrainian. `is_error`: its metadata are an error of the check."""

    def __init__(self, message: str, metadata: DocumentMetadata) -> None:
        super().__init__(message)
        self.is_error = metadata.has_coordinates


class Cleaned(NamedTuple):
    """The cleaned bytes, and what was removed, in Ukrainian."""

    data: bytes
    summary: str


def is_cleaned(path: str) -> bool:
    """Whether metadata can be removed from files of this type."""
    return is_picture(path) or suffix_of(path) in CLEANED_TYPES


def metadata_in_file(path: str, file: RegularFile) -> DocumentMetadata:
    """The metadata of a picture or a document, and a document's active content. Memory-mapped: a video may have 100 MB."""
    with file.open() as stream:
        if not stream.seek(0, 2):
            return DocumentMetadata()
        with mmap(stream.fileno(), 0, access=ACCESS_READ) as raw:
            metadata = _metadata(path, raw)
            return metadata if is_picture(path) else metadata._replace(active=active_content(path, raw))


def _metadata(name: str, raw: bytes | mmap) -> DocumentMetadata:
    return place_metadata(metadata_of(raw)) if is_picture(name) else read_attachment_metadata(name, raw)


def clean_file(path: str, file: RegularFile) -> Cleaned | None:
    """A file without its metadata; None if there is nothing to remove."""
    before = metadata_in_file(path, file)
    if not _is_to_clean(path, before):
        return None
    if f"{file.path.name}.p7s".casefold() in {name.casefold() for name in sibling_names(file)}:
        raise CleaningRefused(_SIGNED, before)
    return clean_bytes(path, file.read(), before)


def clean_in_place(path: str, file: RegularFile, *, is_dry: bool = False) -> str:
    """Clean a file and return what was removed; empty if nothing. OSError if it is being written at the same time."""
    before = _state(file)
    cleaned_file = clean_file(path, file)
    if cleaned_file is None:
        return ""
    if _state(file) != before:
        raise OSError(0, "файл саме змінюють")
    if not is_dry:
        atomic_replace(file, cleaned_file.data)
    return cleaned_file.summary


def _state(file: RegularFile) -> tuple[int, int]:
    state = file.state()
    return state.st_size, state.st_mtime_ns


def has_nothing_to_remove(path: str, cached: object) -> bool:
    """Whether the cached metadata of a picture or a document leave nothing to remove."""
    metadata = cached.metadata if isinstance(cached, PictureInfo) else cached
    return isinstance(metadata, DocumentMetadata) and not _is_to_clean(path, metadata)


def clean_bytes(path: str, raw: bytes, before: DocumentMetadata | None = None) -> Cleaned | None:
    """The same for bytes; `before` are their metadata, if known."""
    before = _metadata(path, raw) if before is None else before
    if not _is_to_clean(path, before):
        return None
    try:
        data = _cleaned(path, raw)
    except office.Signed:
        raise CleaningRefused(_SIGNED, before) from None
    except NotCleanable:
        raise CleaningRefused(_DAMAGED, before) from None
    after = _metadata(path, data)
    if _is_to_clean(path, after):
        raise CleaningRefused(_REMAINS, before)
    return Cleaned(data, _summary(before, after))


def _is_to_clean(path: str, metadata: DocumentMetadata) -> bool:
    """Whether the check would report something that needs no person's decision."""
    if is_picture(path):
        return metadata.has_coordinates or bool(metadata.place_names)
    return any(check_attachment(path, metadata._replace(has_notes=False)))


def _cleaned(path: str, raw: bytes) -> bytes:
    suffix = suffix_of(path)
    if is_picture(path):
        return cleaned(raw) or raw
    if suffix == ".pdf":
        return pdf_metadata.without_metadata(raw, _member)
    if suffix in office.VIDEO_TYPES:
        return without_metadata(raw)
    return office.without_metadata(raw, _member, is_archive=suffix == ".zip")


def _member(name: str, raw: bytes) -> bytes | None:
    """A cleaned member of a document or an archive; None if it stays: the check of the whole file reports it."""
    suffix = suffix_of(name)
    try:
        if office.is_embedded_picture(name):
            return cleaned_inside(raw)
        if suffix in office.VIDEO_TYPES:
            return without_metadata(raw) if has_coordinates(raw) else None
        if suffix in (*office.OFFICE_TYPES, ".pdf"):
            cleaned_file = clean_bytes(name, raw)
            return cleaned_file.data if cleaned_file else None
    except (NotCleanable, CleaningRefused):
        pass
    return None


def _summary(before: DocumentMetadata, after: DocumentMetadata) -> str:
    """«дані про місце; імена: Олена Зразкова; …»"""
    people = [name for name in before.people if name not in after.people]
    parts = ["дані про місце"] if before.has_coordinates else []
    parts += [f"назви місць: {', '.join(before.place_names)}"] if before.place_names else []
    parts += [f"імена: {', '.join(people)}"] if people else []
    parts += [f"теки комп’ютера: {len(before.paths)}"] if before.paths else []
    parts += ["дані про зйомку"] if before.cameras else []
    return f"знято {'; '.join(parts)}"
