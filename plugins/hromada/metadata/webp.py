"""Reads and removes metadata of WebP. Source: RFC 9649."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from hromada.metadata.limits import NotCleanable
from hromada.metadata.tiff import orientation_exif

_PICTURE = frozenset({b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"})
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def is_webp(raw: bytes) -> bool:
    return raw[:4] == b"RIFF" and raw[8:12] == b"WEBP"


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The type and data of each chunk; raises NotCleanable when one is truncated."""
    at, end = 12, 8 + int(struct.unpack_from("<I", raw, 4)[0])
    if end > len(raw):
        raise NotCleanable
    while at + 8 <= end:
        kind, (length,) = raw[at : at + 4], struct.unpack_from("<I", raw, at + 4)
        if at + 8 + length > end:
            raise NotCleanable
        yield kind, raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def exif(raw: bytes) -> bytes:
    """The EXIF block, or empty bytes."""
    try:
        return next((data for kind, data in _chunks(raw) if kind == b"EXIF"), b"")
    except NotCleanable:
        return b""


def strip_webp(raw: bytes, orientation: int) -> bytes:
    """The picture's chunks unchanged, and its orientation; nothing after the picture's end."""
    pieces = list[bytes]()
    for kind, data in _chunks(raw):
        if kind == b"VP8X" and data:
            flags = data[0] & ~(_EXIF_FLAG | _XMP_FLAG) | (_EXIF_FLAG if orientation != 1 else 0)
            pieces.append(_chunk(kind, bytes([flags]) + data[1:]))
        elif kind in _PICTURE:
            pieces.append(_chunk(kind, data))
    if orientation != 1 and pieces and pieces[0].startswith(b"VP8X"):  # EXIF is allowed only with VP8X
        pieces.append(_chunk(b"EXIF", orientation_exif(orientation)))
    body = b"WEBP" + b"".join(pieces)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _chunk(kind: bytes, data: bytes) -> bytes:
    return kind + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
