"""Bounds of what a file's metadata may cost to read."""

from __future__ import annotations

import zlib
from mmap import mmap
from typing import Self

Buffer = bytes | mmap
_OF_AN_ENTRY = 64  # bytes
_LARGEST_TEXT = 1 << 23  # bytes of one unpacked piece of metadata: EXIF has 64 KB, XMP some more


class NotCleanable(ValueError):
    """The file is not what its kind is from beginning to end, so nothing can be left out of it."""


class BudgetExceeded(ValueError):
    """There is more to look at than any program writes."""


class Budget:
    """How many entries may still be looked at; Exhausted when a file has more."""

    def __init__(self, size: int) -> None:
        self._left = 20_000 + size // _OF_AN_ENTRY

    @classmethod
    def of_bytes(cls, count: int) -> Self:
        """A budget of bytes, where entries tell of parts that may lie in each other."""
        budget = cls(0)
        budget._left = count
        return budget

    def spend_on(self, read: bytes) -> bytes:
        """The bytes themselves; the same ones may be pointed at by every entry."""
        self.spend(len(read) // _OF_AN_ENTRY)
        return read

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise BudgetExceeded


def decompress(raw: bytes) -> bytes:
    """A packed piece of metadata, as far as it goes and the bound allows; nothing when it is none."""
    try:
        return zlib.decompressobj().decompress(raw, _LARGEST_TEXT)
    except zlib.error:
        return b""
