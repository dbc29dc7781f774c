"""Limits on the work of reading a file's metadata."""

from __future__ import annotations

import zlib
from mmap import mmap
from typing import Self

Buffer = bytes | mmap
_OF_AN_ENTRY = 64  # bytes
_LARGEST_TEXT = 1 << 23  # bytes of one unpacked piece of metadata: EXIF has 64 KB, XMP some more


class NotCleanable(ValueError):
    """The file doesn't follow its format to the end, so metadata can't be removed from it."""


class BudgetExceeded(ValueError):
    """The file has more metadata than any program writes."""


class Budget:
    """The number of entries that may still be read; raises BudgetExceeded when a file has more."""

    def __init__(self, size: int) -> None:
        self._left = 20_000 + size // _OF_AN_ENTRY

    @classmethod
    def of_bytes(cls, count: int) -> Self:
        """A budget of bytes, for entries that refer to overlapping ranges."""
        budget = cls(0)
        budget._left = count
        return budget

    def spend_on(self, read: bytes) -> bytes:
        """The bytes, charged to the budget, since every entry may refer to the same ones."""
        self.spend(len(read) // _OF_AN_ENTRY)
        return read

    def spend(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise BudgetExceeded


def decompress(raw: bytes) -> bytes:
    """Decompressed metadata up to the limit; empty for invalid data."""
    try:
        return zlib.decompressobj().decompress(raw, _LARGEST_TEXT)
    except zlib.error:
        return b""
