"""Fast lookups in long texts: line numbers of offsets, and whether a text has one of some rare substrings."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property


class LineNumbers:
    """Line numbers, from 1, of offsets; the text is scanned once for any number of lookups."""

    def __init__(self, text: str) -> None:
        self._text = text

    def at(self, offset: int) -> int:
        return bisect_left(self._ends, offset) + 1

    @cached_property
    def _ends(self) -> list[int]:
        ends, at = [], self._text.find("\n")
        while at >= 0:
            ends.append(at)
            at = self._text.find("\n", at + 1)
        return ends


_COMMON = "-:/]!\n "  # frequent characters, the rarest first; every other one is rarer


class RareSubstrings:
    """Substrings searched in two steps: the rarest ASCII character of each in bytes, which is many times quicker, then the whole."""

    def __init__(self, substrings: Iterable[str]) -> None:
        self._by_byte: dict[bytes, list[str]] = {}
        for substring in substrings:
            rarest = min((char for char in substring if char.isascii()), key=_COMMON.find, default="")
            self._by_byte.setdefault(rarest.encode(), []).append(substring)

    def are_in(self, text: str) -> bool:
        """Whether the text contains any of them."""
        encoded = text.encode("utf-8", "surrogatepass")
        for byte, substrings in self._by_byte.items():
            if byte in encoded:
                for substring in substrings:
                    if substring in text:
                        return True
        return False
