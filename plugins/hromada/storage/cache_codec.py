"""Encodes values as cache entries and back: JSON that is validated against the expected type.

A cache may come from another machine, so an entry is data only: it names no class and no function, and decoding makes
values of each codec's declared types, none of which runs code when it is made (a test checks them all). A damaged or
foreign entry, or one of another type, decodes to None. The values themselves are believed: see decisions/0019.
"""

from __future__ import annotations

import gc
from typing import Generic, TypeVar

from msgspec.json import Decoder, encode

T = TypeVar("T")


class CacheCodec(Generic[T]):
    """The codec of one type, from which no `Any` may be reachable, and no class that runs code when it is made."""

    def __init__(self, type: type[T]) -> None:
        self.type = type
        self._decoder: Decoder[T] | None = None

    def encode(self, value: T) -> bytes:
        """The entry; empty (decodes to None) for what JSON can't hold: a name that is no Unicode."""
        try:
            return encode(value)
        except UnicodeEncodeError:
            return b""

    def decode(self, entry: bytes | None) -> T | None:
        """The value; None for an invalid entry."""
        if self._decoder is None:
            self._decoder = Decoder(self.type)
        was_enabled = gc.isenabled()
        gc.disable()  # else a third of the time goes into searching the new values for garbage (measured)
        try:
            return self._decoder.decode(entry) if entry else None
        except Exception:  # a foreign entry may raise anything
            return None
        finally:
            if was_enabled:
                gc.enable()
