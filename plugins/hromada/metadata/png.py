"""Reads and removes metadata of PNG. Source: W3C PNG, third edition, chapters 5 and 11."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from hromada.domain.lazy_regex import lazy_compile
from hromada.metadata.limits import Buffer, NotCleanable, decompress
from hromada.metadata.tiff import orientation_exif

SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Beside the critical ones: transparency, colours, size on paper, animation.
_PICTURE = frozenset(
    b"tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT cICP mDCV mDCv cLLI cLLi acTL fcTL fdAT".split()
)
_RAW_PROFILE = lazy_compile(
    rb"\s*(\w+)\s+(\d+)\s+([0-9a-fA-F\s]*)"
)  # as ImageMagick writes EXIF, XMP, IPTC into a text


def _chunks(raw: Buffer) -> Iterator[tuple[bytes, int, int]]:
    """The type, start and end of each chunk; raises NotCleanable when there is no IEND."""
    at = len(SIGNATURE)
    while at + 12 <= len(raw):
        (length,) = struct.unpack_from(">I", raw, at)
        kind, end = bytes(raw[at + 4 : at + 8]), at + 12 + length
        if end > len(raw):
            break
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end
    raise NotCleanable


def notes(raw: Buffer) -> Iterator[bytes]:
    """Texts of tEXt, zTXt and iTXt with their names, decompressed; and compressed EXIF (zxIf), of a draft."""
    try:
        for kind, at, end in _chunks(raw):
            if kind in (b"tEXt", b"zTXt", b"iTXt"):
                yield from _texts(kind, bytes(raw[at + 8 : end - 4]))
            elif kind == b"zxIf":
                yield decompress(bytes(raw[at + 13 : end - 4]))
    except NotCleanable:
        return


def _texts(kind: bytes, data: bytes) -> Iterator[bytes]:
    name, _, text = data.partition(b"\0")
    if kind == b"zTXt":
        text = decompress(text[1:])
    elif kind == b"iTXt":
        is_packed, rest = text[:1] == b"\1", text[2:]
        text = rest.split(b"\0", 2)[-1]
        text = decompress(text) if is_packed else text
    yield name + b"=" + text
    if name.startswith(b"Raw profile type") and (profile := _RAW_PROFILE.match(text)):
        digits = b"".join(profile[3].split())
        yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def exif(raw: Buffer) -> bytes:
    """The EXIF block, or empty bytes."""
    try:
        return next((bytes(raw[at + 8 : end - 4]) for kind, at, end in _chunks(raw) if kind == b"eXIf"), b"")
    except NotCleanable:
        return b""


def strip_png(raw: bytes, orientation: int) -> bytes:
    """The picture's chunks unchanged, and its orientation; nothing after the picture's end."""
    pieces = [SIGNATURE]
    for kind, at, end in _chunks(raw):
        if kind == b"IDAT" and orientation != 1:
            pieces.append(_chunk(b"eXIf", orientation_exif(orientation)))
            orientation = 1
        if kind[:1].isupper() or kind in _PICTURE:
            pieces.append(raw[at:end])
    return b"".join(pieces)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
