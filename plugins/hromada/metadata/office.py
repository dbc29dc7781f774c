"""Removes names, paths and pictures' metadata from Office files and archives; other parts stay byte for byte."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Callable

from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata.limits import NotCleanable
from hromada.metadata.xml_parts import apply_edits, as_utf8, find_edits

OFFICE_TYPES = (".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp")
VIDEO_TYPES = (".mp4", ".mov")
_MOST = 1 << 29  # bytes of all parts together
_SIGNATURES = lazy_compile(r"_xmlsignatures/|meta-inf/[^/]*signatures[^/]*\.xml|.*\.p7[sm]")
_PICTURES = (".jpg", ".jpeg", ".jfif", ".png", ".gif", ".webp", ".avif", ".tif", ".tiff", ".bmp")

Clean = Callable[[str, bytes], bytes | None]  # (name, bytes) to bytes without metadata; None: it has none


class Signed(NotCleanable):
    """The file is signed: a change would invalidate the signature."""


def without_metadata(raw: bytes, clean: Clean, *, is_archive: bool) -> bytes:
    """The file with its pictures and documents cleaned by `clean`; raises NotCleanable when it can't be read."""
    into = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(into, "w") as after:
            members = before.infolist()
            _refuse(members)
            after.comment = before.comment
            for member in members:
                data = before.read(member)
                after.writestr(member, _cleaned(member, data, clean, is_archive=is_archive))
    except NotCleanable:
        raise
    except Exception as error:  # whatever zipfile and zlib make of a damaged file
        raise NotCleanable from error
    return into.getvalue()


def _refuse(members: list[zipfile.ZipInfo]) -> None:
    names = [normalize_part_name(member.filename) for member in members]
    if any(_SIGNATURES.match(name) for name in names):
        raise Signed
    if len({*names}) < len(names) or any(member.flag_bits & 1 for member in members):
        raise NotCleanable
    if sum(member.file_size for member in members) > _MOST:
        raise NotCleanable


def _cleaned(member: zipfile.ZipInfo, data: bytes, clean: Clean, *, is_archive: bool) -> bytes:
    name = normalize_part_name(member.filename)
    if not is_archive and name.endswith((".xml", ".rels")):
        text = as_utf8(data)
        changes = find_edits(name, text)
        return apply_edits(text, changes) if changes else data
    if name.endswith((*_PICTURES, *OFFICE_TYPES, *VIDEO_TYPES, ".pdf")):
        return clean(name, data) or data
    return data


def is_embedded_picture(name: str) -> bool:
    return name.endswith(_PICTURES)


def normalize_part_name(name: str) -> str:
    """A part's name for comparison: lower case, forward slashes."""
    return posixpath.normpath(name.replace("\\", "/").lstrip("/")).casefold()
