"""Reads and removes metadata of JPEG: segments are left out, nothing is compressed again.

Sources: ITU-T T.81, annex B; JFIF; Exif 2.32, 4.5.4; Adobe's tech note 5116 (APP14 has the colour transform).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata.limits import Buffer, NotCleanable
from hromada.metadata.tiff import orientation_exif

START = b"\xff\xd8"
_END, _SCAN, _EXIF = 0xD9, 0xDA, b"Exif\0\0"
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})  # markers without a length
_MARKER = lazy_compile(rb"\xff+([^\x00\xff])")
_AFTER_SCAN = lazy_compile(
    rb"\xff+([^\x00\xd0-\xd7\xff])"
)  # in coded pixels 0xFF is stuffed or begins a restart marker
# Header of extended XMP, longer than a segment of 64 KB: digest, full length, offset of this piece.
_LONG_XMP, _LONG_HEAD = b"http://ns.adobe.com/xmp/extension/\0", 40


def notes(raw: Buffer) -> Iterator[tuple[int, bytes]]:
    """Metadata segments before the pixels: the marker (APP0 to APP15, COM) and the bytes of each.

    Extended XMP follows once more, joined; no program splits EXIF into several segments.
    """
    at, long = 2, list[bytes]()
    try:
        while True:
            marker, at = _marker(raw, at)
            if marker in _ALONE:
                continue
            if marker in (_SCAN, _END):
                break
            end = at + _length(raw, at)
            if 0xE0 <= marker <= 0xEF or marker == 0xFE:
                part = bytes(raw[at + 2 : end])
                yield marker, part
                if part.startswith(_LONG_XMP):
                    long.append(part[len(_LONG_XMP) + _LONG_HEAD :])
            at = end
    except NotCleanable:
        pass
    if long:
        yield 0xE1, b"".join(long)


def strip_jpeg(raw: bytes, orientation: int) -> bytes:
    """The picture's segments and its orientation (EXIF's 1 to 8); no other metadata, and nothing after the picture's end.

    A second picture or a film after the first, as phones add, would have metadata of its own.
    """
    if not raw.startswith(START):
        raise NotCleanable
    pieces, at = [START], 2
    if orientation in range(2, 9):
        exif = _EXIF + orientation_exif(orientation)
        pieces.append(b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    while True:
        marker, at = _marker(raw, at)
        if marker == _END:
            return b"".join([*pieces, b"\xff\xd9"])
        if marker in _ALONE:
            pieces.append(bytes((0xFF, marker)))
            continue
        end = at + _length(raw, at)
        if marker == _SCAN:
            end = _end_of_scan(raw, end)
        if _belongs(marker, raw[at + 2 : at + 14]):
            pieces.append(bytes((0xFF, marker)) + raw[at:end])
        at = end


def _marker(raw: Buffer, at: int) -> tuple[int, int]:
    match = _MARKER.match(raw, at)
    if match is None:
        raise NotCleanable
    return match[1][0], match.end()


def _length(raw: Buffer, at: int) -> int:
    if at + 2 > len(raw):
        raise NotCleanable
    (length,) = struct.unpack_from(">H", raw, at)
    if length < 2 or at + length > len(raw):
        raise NotCleanable
    return int(length)


def _end_of_scan(raw: bytes, at: int) -> int:
    match = _AFTER_SCAN.search(raw, at)
    if match is None:
        raise NotCleanable
    return match.start()


def _belongs(marker: int, begin: bytes) -> bool:
    """Whether to keep a segment: tables, frames and scans; of APP0 to APP15 and COM only what colours need."""
    if 0xE0 <= marker <= 0xEF:
        return begin.startswith((b"JFIF\0", b"ICC_PROFILE\0", b"Adobe"))
    return marker != 0xFE
