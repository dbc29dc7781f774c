"""Values to cache entries and back: JSON that is checked against the type its reader asks for.

A cache may come from another machine, so an entry is data alone: it names no class and no function, and decoding makes
values of the types written down at each codec, none of which does anything when it is made (a test looks at them all).
An entry that is damaged, foreign or of another shape is no value. What an entry says is believed: see decisions/0019.
"""

from __future__ import annotations

import gc
from typing import Generic, TypeVar

from msgspec.json import Decoder, encode

T = TypeVar("T")


class CacheCodec(Generic[T]):
    """How one type of values is kept. No `Any` may be reachable from it, and no class that runs code when it is made."""

    def __init__(self, made: type[T]) -> None:
        self.made = made
        self._decoder: Decoder[T] | None = None

    def encode(self, value: T) -> bytes:
        """The entry; an empty one, which is no value, for what JSON can't hold: a name that is not Unicode."""
        try:
            return encode(value)
        except UnicodeEncodeError:
            return b""

    def decode(self, entry: bytes | None) -> T | None:
        """The value, or nothing."""
        if self._decoder is None:
            self._decoder = Decoder(self.made)
        was = gc.isenabled()
        gc.disable()  # a third of the time would go into looking for garbage among things just made (measured)
        try:
            return self._decoder.decode(entry) if entry else None
        except Exception:  # whatever a foreign entry holds
            return None
        finally:
            if was:
                gc.enable()
