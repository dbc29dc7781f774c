"""Reads and removes metadata of GIF. Sources: GIF89a; XMP 1.2, part 3, 1.1.2."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.metadata.limits import Buffer, NotCleanable

SIGNATURES = (b"GIF87a", b"GIF89a")
_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _COMMENT, _PLAIN_TEXT, _APPLICATION = 0xF9, 0xFE, 0x01, 0xFF
_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")  # loop count, colour profile


def _blocks(raw: Buffer) -> Iterator[tuple[int, int, int]]:
    """Each block's type (an image, or the extension's label), start and end. Raises NotCleanable."""
    at = 13 + _table(raw, 10)
    while True:
        match _byte(raw, at):
            case 0x2C:
                end = _skip(raw, at + 10 + _table(raw, at + 9) + 1)
                yield _IMAGE, at, end
            case 0x21:
                end = _skip(raw, at + 2)
                yield _byte(raw, at + 1), at, end
            case 0x3B:
                yield _END, at, at + 1
                return
            case _:
                raise NotCleanable
        at = end


def _byte(raw: Buffer, at: int) -> int:
    if at >= len(raw):
        raise NotCleanable
    return raw[at]


def _table(raw: Buffer, at: int) -> int:
    """The size in bytes of the colour table that the packed field at this offset describes."""
    packed = _byte(raw, at)
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _skip(raw: Buffer, at: int) -> int:
    """The end of the sub-blocks (a length byte, up to 255 bytes) that begin here."""
    while length := _byte(raw, at):
        at += 1 + length
    return at + 1


def notes(raw: Buffer) -> Iterator[bytes]:
    """Comments, plain text and application data, each joined from its sub-blocks."""
    try:
        for kind, at, _ in _blocks(raw):
            if kind in (_COMMENT, _PLAIN_TEXT, _APPLICATION):
                yield _joined(raw, at + 2)
    except NotCleanable:
        return


def _joined(raw: Buffer, at: int) -> bytes:
    pieces = list[bytes]()
    while length := _byte(raw, at):
        pieces.append(bytes(raw[at + 1 : at + 1 + length]))
        at += 1 + length
    return b"".join(pieces)


def strip_gif(raw: bytes) -> bytes:
    """The images with timing and looping; no other extensions, nothing after the end."""
    pieces = [raw[: 13 + _table(raw, 10)]]
    for kind, at, end in _blocks(raw):
        is_needed = kind in (_IMAGE, _END, _CONTROL) or (kind == _APPLICATION and raw[at + 3 : at + 14] in _KEPT)
        if is_needed:
            pieces.append(raw[at:end])
    return b"".join(pieces)
