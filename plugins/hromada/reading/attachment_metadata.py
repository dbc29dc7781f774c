"""Reads a document's metadata: authors, comments and tracked changes, GPS data of its photos, paths of computers.

Reads Office files, PDF and archives of them. A file that can't be read has no metadata; whether it opens is checked
elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain
from mmap import mmap
from typing import Any, TypeVar

from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_types import suffix_of
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.merge_conflict import find_conflict_in_bytes
from hromada.metadata import pdf_metadata
from hromada.metadata.office import OFFICE_TYPES, is_embedded_picture
from hromada.metadata.picture_metadata import Metadata, metadata_of
from hromada.metadata.xml_parts import Edit, as_utf8, find_edits
from hromada.reading.workbook.parts import Parts

T = TypeVar("T")

_NOTES = {  # by the part that holds the text: comments and tracked changes of Word and of LibreOffice Writer
    "word/document.xml": {"commentReference", "ins", "del", "moveFrom"},
    "content.xml": {"annotation", "changed-region"},
}
_OLD, _FILMS = (".doc", ".xls", ".ppt"), (".mp4", ".mov", ".heic", ".heif")
_NO_PHOTOS = (".xml", ".rels", ".txt", ".csv", ".bin", ".emf", ".wmf", ".odttf", ".ttf")
_PHOTO = lazy_compile(rb"\xff\xd8\xff|\x89PNG|RIFF[\s\S]{4}WEBP|II[*RU]\0|MM\0[*R]|[\s\S]{4}ftyp|FUJIFILM|\xff\x0a")
_TEXTS = (".csv", ".txt", ".json", ".geojson")  # plain text: no metadata
_NOBODY: tuple[str, ...] = ()
_UNEDITED: tuple[Edit, ...] = ()
_UTF8 = 65001  # as Windows numbers it
_HEAD = 1 << 18  # bytes of a picture: EXIF comes before the pixels and has at most 64 KB, XMP follows
_LARGEST_PART, _LOOKED_AT = 1 << 25, 1 << 28  # bytes: limits of one unpacked part, and of all parts of a file
_DEEPEST = 2  # a document in a document
_HOME = lazy_compile(rb"[A-Za-z]:\\(?:Users|Documents and Settings)\\[^\\\0-\x1f\"<>|*?:]{1,60}")
_WIDE_HOME = lazy_compile(rb"[A-Za-z]\0:\0\\\0(?:U\0s\0e\0r\0s\0)\\\0(?:[^\\\0-\x1f\"<>|*?:][\0\x04]){1,60}")


def read_attachment_metadata(name: str, raw: bytes | mmap, deep: int = 0) -> DocumentMetadata:
    """The metadata of a file by its name and bytes."""
    suffix = suffix_of(name)
    if suffix in _TEXTS:
        return DocumentMetadata(merge=find_conflict_in_bytes(raw))
    if (suffix == ".zip" or suffix in OFFICE_TYPES) and (parts := _or_default(lambda: Parts(bytes(raw)), None)):
        return _of_archive(parts, deep) if suffix == ".zip" else _of_office_file(parts, deep)
    pictures = metadata_of(raw)
    has_gps = pictures.has_coordinates
    if suffix == ".pdf":
        has_gps = has_gps or pdf_metadata.has_packed_coordinates(raw)
        people, paths = _or_default(lambda: pdf_metadata.people_and_paths(bytes(raw)), (_NOBODY, _NOBODY))
        return DocumentMetadata(
            _distinct([*people, *pictures.people]), False, has_gps, pictures.places, _distinct(paths), pictures.cameras
        )
    if suffix in _OLD:
        people, paths = (
            _or_default(lambda: _old_makers(bytes(raw)), _NOBODY),
            _or_default(lambda: _old_paths(raw), _NOBODY),
        )
        return DocumentMetadata(_distinct(people), has_gps=has_gps, paths=_distinct(paths))
    return DocumentMetadata(has_gps=has_gps)


def _or_default(read: Callable[[], T], otherwise: T) -> T:
    """The result of `read`, or the default for a damaged, protected or excessive part, so that others are still read."""
    try:
        return read()
    except Exception:  # whatever zipfile, zlib, expat, pypdf and olefile make of it
        return otherwise


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stripped for name in names if (stripped := name.strip("\0 "))))


def _old_makers(raw: bytes) -> tuple[str, ...]:
    """Names in the properties of Word, Excel and PowerPoint files before 2007, decoded by their code page."""
    from olefile import OleFileIO

    with OleFileIO(raw) as file:
        properties: Any = file.get_metadata()
    page = (properties.codepage or 1252) & 0xFFFF
    names = (properties.author, properties.last_saved_by, properties.manager, properties.company)
    return tuple(name.decode("utf-8" if page == _UTF8 else f"cp{page}") for name in names if name)


def _old_paths(raw: bytes | mmap) -> tuple[str, ...]:
    """Home folders in the paths of a document or its template."""
    paths = [match[0].decode("cp1251") for match in _HOME.finditer(raw)]
    return tuple(paths + [match[0].decode("utf-16-le") for match in _WIDE_HOME.finditer(raw)])


class _BoundedParts:
    """An archive's parts with a limit on the bytes unpacked in all."""

    def __init__(self, parts: Parts) -> None:
        self.parts, self._left = parts, _LOOKED_AT

    def bytes_of(self, name: str) -> bytes:
        """A part, or its first bytes when it or all parts together are too large."""
        data = self.parts.head_of(name, max(_HEAD, min(_LARGEST_PART, self._left)))
        self._left -= len(data)
        return data


def _of_office_file(parts: Parts, deep: int) -> DocumentMetadata:
    parts_read = _BoundedParts(parts)
    edits_found = [
        edit
        for name in parts
        if name.endswith((".xml", ".rels"))
        for edit in _or_default(partial(_edits, parts_read, name), _UNEDITED)
    ]
    people, paths = (
        (edit.value for edit in edits_found if not edit.is_path),
        (edit.value for edit in edits_found if edit.is_path),
    )
    notes = _or_default(lambda: _has_notes(parts), False)
    return _combined([DocumentMetadata(_distinct(people), notes, paths=_distinct(paths)), *_inside(parts_read, deep)])


def _edits(parts_read: _BoundedParts, name: str) -> tuple[Edit, ...]:
    return tuple(find_edits(name, as_utf8(parts_read.bytes_of(name))))


def _of_archive(parts: Parts, deep: int) -> DocumentMetadata:
    """The metadata of all documents in an archive, also in an archive inside it."""
    return _combined(_inside(_BoundedParts(parts), deep))


def _inside(parts_read: _BoundedParts, deep: int) -> Iterator[DocumentMetadata]:
    """The metadata of each picture, video and document in an archive; a camera's raw photo is known by its first bytes."""
    for name in parts_read.parts:
        if (
            is_embedded_picture(name)
            or name.endswith((*_FILMS, ".xmp"))
            or _or_default(partial(_is_photo, parts_read, name), False)
        ):
            metadata = _or_default(partial(_metadata, parts_read, name), Metadata())
            yield DocumentMetadata(
                metadata.people, False, metadata.has_coordinates, metadata.places, (), metadata.cameras
            )
        elif deep < _DEEPEST and name.endswith((*OFFICE_TYPES, *_OLD, ".pdf", ".zip")):
            yield _or_default(partial(_of_member, parts_read, name, deep + 1), DocumentMetadata())


def _is_photo(parts_read: _BoundedParts, name: str) -> bool:
    """Whether a part of another name is a photo, such as a camera's raw one or Word's `image1.tmp`."""
    return not name.endswith(_NO_PHOTOS) and bool(_PHOTO.match(parts_read.parts.head_of(name, 16)))


def _metadata(parts_read: _BoundedParts, name: str) -> Metadata:
    return metadata_of(parts_read.bytes_of(name))


def _of_member(parts_read: _BoundedParts, name: str, deep: int) -> DocumentMetadata:
    return read_attachment_metadata(name, parts_read.bytes_of(name), deep)


def _combined(metadata: Iterable[DocumentMetadata]) -> DocumentMetadata:
    people, notes, has_gps, places, paths, cameras, *_ = zip(DocumentMetadata(), *metadata, strict=True)
    every = chain.from_iterable
    return DocumentMetadata(
        _distinct(every(people)), any(notes), any(has_gps), _distinct(every(places)), _distinct(every(paths)),
        _distinct(every(cameras)),
    )  # fmt: skip


def _has_notes(parts: Parts) -> bool:
    tags: set[str] = set()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        tags.add(_local(tag))

    for name, notes in _NOTES.items():
        if name in parts:
            parts.parse(name, start)
            if tags & notes:
                return True
    return False


def _local(tag: str) -> str:
    """A name without its namespace, which differs in the strict form of OOXML."""
    return tag.rpartition(" ")[2]
