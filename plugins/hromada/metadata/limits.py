"""Bounds of what a file's metadata may cost to read."""

from __future__ import annotations

import zlib
from mmap import mmap

Buffer = bytes | mmap
_LARGEST_TEXT = 1 << 23  # bytes of one unpacked piece of metadata: EXIF has 64 KB, XMP some more


class NotCleanable(ValueError):
    """The file is not what its kind is from beginning to end, so nothing can be left out of it."""


class Exhausted(ValueError):
    """There is more to look at than any program writes."""


class Budget:
    """How many entries may still be looked at; Exhausted when a file has more."""

    def __init__(self, size: int) -> None:
        self._left = 20_000 + size // 64

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise Exhausted


def unpacked(raw: bytes) -> bytes:
    """A packed piece of metadata, as far as it goes and the bound allows; nothing when it is none."""
    try:
        return zlib.decompressobj().decompress(raw, _LARGEST_TEXT)
    except zlib.error:
        return b""
