"""Reads and removes metadata of PDF with pypdf, which rewrites the whole file: properties, XMP, pictures."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from itertools import chain, pairwise
from mmap import mmap
from typing import TYPE_CHECKING

from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata.limits import NotCleanable
from hromada.metadata.office import Clean, Signed
from hromada.metadata.picture_metadata import has_coordinates
from hromada.metadata.xml_parts import Edit, apply_edits, base_name, find_edits, path_in

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

_PEOPLE = ("/Author", "/Company", "/Manager", "/LastModifiedBy", "/SourceModifiedBy")
_NO_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>'
_SIGNATURE = lazy_compile(rb"/ByteRange\s*\[|/Type\s*/Sig\b")


_STREAM = lazy_compile(rb"(?P<end>end)?stream(?:\r?\n)?")
_DICTIONARY = 1000  # bytes before a stream that may tell what it is
_PACKED = lazy_compile(rb"/DCTDecode|/EmbeddedFile\b|/Type\s*/Metadata|/Subtype\s*/XML")
_LARGEST_STREAM, _LARGEST_STREAMS = 1 << 25, 1 << 28  # bytes: limits of one unpacked stream, and of all of a file


def has_packed_coordinates(raw: bytes | mmap) -> bool:
    """Whether a photo, XMP or an attached file has coordinates that are not seen because it is compressed once more."""
    left, last = _LARGEST_STREAMS, 0
    for stream, after in pairwise(chain(_STREAM.finditer(raw), [None])):
        if stream is None or stream["end"]:
            continue
        told = bytes(raw[max(last, stream.start() - _DICTIONARY) : stream.start()])
        last = stream.end()
        told = told[told.rfind(b" obj") + 1 :]
        if b"/FlateDecode" not in told or not _PACKED.search(told):
            continue
        packed = raw[last : after.start() if after else len(raw)]
        try:
            data = zlib.decompressobj().decompress(packed, min(left, _LARGEST_STREAM))
        except zlib.error:  # encrypted or damaged
            continue
        left -= len(data)
        if left <= 0 or has_coordinates(data):
            return True
    return False


def open_pdf(raw: bytes) -> PdfReader:
    from pypdf import PdfReader  # takes 0.1 s: only when there is a PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it logs every defect that it repairs
    return PdfReader(io.BytesIO(raw))


def people_and_paths(raw: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """People and paths in the properties and XMP."""
    reader = open_pdf(raw)
    people, paths = list[str](), list[str]()
    for key, value in (reader.metadata or {}).items():
        if key in _PEOPLE:
            people.append(str(value))
        elif path := path_in(str(value)):
            paths.append(path)
    for edit in _of_xmp(reader):
        (paths if edit.is_path else people).append(edit.value)
    return tuple(people), tuple(paths)


def _of_xmp(reader: PdfReader) -> Iterator[Edit]:
    stream = reader.root_object.get("/Metadata")
    if stream is not None:
        yield from find_edits("xmp", stream.get_object().get_data())


def without_metadata(raw: bytes, clean: Clean) -> bytes:
    """The same pages without metadata; raises NotCleanable when it is signed, protected or damaged, or pages would change."""
    from pypdf import PdfWriter

    if _SIGNATURE.search(raw):
        raise Signed
    try:
        reader = open_pdf(raw)
        if reader.is_encrypted:
            raise NotCleanable
        writer = PdfWriter(clone_from=reader)
        _clean_properties(writer)
        _clean_streams(writer, clean)
        into = io.BytesIO()
        writer.write(into)
        cleaned = into.getvalue()
        if _pages(reader) != _pages(open_pdf(cleaned)):
            raise NotCleanable
    except NotCleanable:
        raise
    except Exception as error:  # whatever pypdf makes of a damaged file
        raise NotCleanable from error
    return cleaned


def _clean_properties(writer: PdfWriter) -> None:
    from pypdf.generic import NameObject, TextStringObject

    info = writer._info
    if info is None:
        return
    for key in list(info):
        if key in _PEOPLE:
            del info[key]
        elif path := path_in(str(info[key])):
            info[NameObject(key)] = TextStringObject(base_name(path))


def _clean_streams(writer: PdfWriter, clean: Clean) -> None:
    from pypdf.generic import DictionaryObject, StreamObject

    holders = (
        value["/Metadata"] for value in writer._objects if isinstance(value, DictionaryObject) and "/Metadata" in value
    )
    metadata = {id(value.get_object()) for value in holders}
    for value in writer._objects:
        if not isinstance(value, StreamObject):
            continue
        if id(value) in metadata or value.get("/Type") == "/Metadata":
            text = value.get_data()
            if has_coordinates(text):
                value.set_data(_NO_XMP)
            elif changes := find_edits("xmp", text):
                value.set_data(apply_edits(text, changes))
        elif value.get("/Subtype") == "/Image" and value.get("/Filter") in ("/DCTDecode", ["/DCTDecode"]):
            value._data = clean("a.jpg", value._data) or value._data


def _pages(reader: PdfReader) -> list[bytes]:
    """The content stream of each page."""
    return [contents.get_data() if (contents := page.get_contents()) else b"" for page in reader.pages]
