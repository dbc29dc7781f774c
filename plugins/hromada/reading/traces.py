"""What a document says beside its words: who made it, whose notes are left in it, where its photos were taken.

Office files, PDF and archives of them; a file that can't be read shows no traces: whether it opens is not the matter here.
"""

from __future__ import annotations

import io
import logging
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from mmap import mmap
from typing import Any, TypeVar

from hromada.domain.traces import Traces
from hromada.reading.workbook.parts import Parts

T = TypeVar("T")
IsPlaced = Callable[[bytes], bool]  # whether a block of EXIF holds coordinates

_MAKERS = {"creator", "lastModifiedBy", "initial-creator", "printed-by"}  # of docProps/core.xml and of meta.xml
_NOTES = {  # by the part that holds the text: comments and tracked changes of Word and of LibreOffice Writer
    "word/document.xml": {"commentReference", "ins", "del", "moveFrom"},
    "content.xml": {"annotation", "changed-region"},
}
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".avif")
_ZIPPED = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
_OLD = (".doc", ".xls", ".ppt")
_UTF8 = 65001  # as Windows numbers it
_HEAD = 1 << 18  # bytes of a picture: EXIF stands before the pixels and has at most 64 KB, XMP comes next
_EXIF = re.compile(rb"(?:Exif\0\0|eXIf|EXIF[\s\S]{4})(?=II\*\0|MM\0\*)")  # JPEG and HEIC, PNG, WebP
_EXIF_SIZE = 1 << 16
# Coordinates as text: XMP of a picture, the place of a video from a phone (QuickTime's two forms).
_PLACE = re.compile(rb"exif:GPSLatitude[=>]|\xa9xyz|com\.apple\.quicktime\.location\.ISO6709")


def traces_of(name: str, raw: bytes | mmap, is_placed: IsPlaced) -> Traces:
    """The traces in a file's bytes; what kind of file it is, its name says."""
    suffix = posixpath.splitext(name)[1].casefold()
    if (suffix == ".zip" or suffix in _ZIPPED) and (parts := _told(lambda: Parts(bytes(raw)), None)):
        return _of_archive(parts, is_placed) if suffix == ".zip" else _of_office_file(parts, is_placed)
    placed = _has_place(raw, is_placed)
    if suffix == ".pdf":
        return Traces(_told(lambda: _distinct(_pdf_makers(bytes(raw))), ()), is_placed=placed)
    if suffix in _OLD:
        return Traces(_told(lambda: _distinct(_old_makers(bytes(raw))), ()), is_placed=placed)
    return Traces(is_placed=placed)


def _told(read: Callable[[], T], otherwise: T) -> T:
    """What can be read; nothing of a damaged, protected or excessive part, and the rest is still looked at."""
    try:
        return read()
    except Exception:  # whatever zipfile, zlib, expat, pypdf and olefile make of it
        return otherwise


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(stripped for name in names if (stripped := name.strip("\0 "))))


def _has_place(raw: bytes | mmap, is_placed: IsPlaced) -> bool:
    if _PLACE.search(raw):
        return True
    return any(is_placed(b"Exif\0\0" + raw[one.end() : one.end() + _EXIF_SIZE]) for one in _EXIF.finditer(raw))


def _pdf_makers(raw: bytes) -> Iterator[str]:
    """The author of the properties, and of XMP, where programs put him a second time."""
    from pypdf import PdfReader  # 0.1 s: only for those who have a new PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every blemish that it mends
    reader = PdfReader(io.BytesIO(raw))
    if reader.metadata and reader.metadata.author:
        yield reader.metadata.author
    if reader.xmp_metadata:
        yield from reader.xmp_metadata.dc_creator or ()


def _old_makers(raw: bytes) -> Iterator[str]:
    """Word, Excel and PowerPoint before 2007 keep names in the bytes of a code page; one that lies gives no name."""
    from olefile import OleFileIO

    with OleFileIO(raw) as file:
        properties: Any = file.get_metadata()
    page = (properties.codepage or 1252) & 0xFFFF
    for name in (properties.author, properties.last_saved_by):
        if name:
            yield name.decode("utf-8" if page == _UTF8 else f"cp{page}")


def _of_office_file(parts: Parts, is_placed: IsPlaced) -> Traces:
    return Traces(
        _told(lambda: _distinct(_makers(parts)), ()), _told(lambda: _has_notes(parts), False), _shows_place(parts, is_placed)
    )  # fmt: skip


def _of_archive(parts: Parts, is_placed: IsPlaced) -> Traces:
    """Of all that lies in it together; an archive within it stays closed."""
    names = [name for name in parts if name.endswith((*_ZIPPED, *_OLD, ".pdf"))]
    inside = [_told(partial(_of_member, parts, name, is_placed), Traces()) for name in names]
    return Traces(
        _distinct(name for one in inside for name in one.people),
        any(one.has_notes for one in inside),
        _shows_place(parts, is_placed) or any(one.is_placed for one in inside),
    )


def _of_member(parts: Parts, name: str, is_placed: IsPlaced) -> Traces:
    return traces_of(name, parts.bytes_of(name), is_placed)


def _shows_place(parts: Parts, is_placed: IsPlaced) -> bool:
    def shows(name: str) -> bool:
        return _told(lambda: _has_place(parts.head_of(name, _HEAD), is_placed), False)

    return any(shows(name) for name in parts if name.endswith(_PICTURES))


def _makers(parts: Parts) -> Iterator[str]:
    inside: list[str] = []
    found: list[str] = []

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        inside.append(_local(tag))

    def end(tag: str) -> None:
        inside.pop()

    def text(words: str) -> None:
        if inside and inside[-1] in _MAKERS:
            found.append(words)

    for name in ("docprops/core.xml", "meta.xml"):
        if name in parts:
            parts.parse(name, start, end, text)
    return iter(found)


def _has_notes(parts: Parts) -> bool:
    found: set[str] = set()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        found.add(_local(tag))

    for name, notes in _NOTES.items():
        if name in parts:
            parts.parse(name, start)
            if found & notes:
                return True
    return False


def _local(tag: str) -> str:
    """A name without its namespace: the strict form of the format has others."""
    return tag.rpartition(" ")[2]
