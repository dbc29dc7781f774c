"""Which line of a text a place in it is on: the text is gone through once, however many places are asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property


class LineNumbers:
    """The lines of a text, from 1."""

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


_COMMON = "-:/]!\n "  # from the rarest of these in texts on; every other one is rarer


class RareSubstrings:
    """Signs looked for in two steps: for a sign's rarest ASCII character in bytes, which is many times quicker, then for all of it."""

    def __init__(self, substrings: Iterable[str]) -> None:
        self._by_byte: dict[bytes, list[str]] = {}
        for substring in substrings:
            rarest = min((char for char in substring if char.isascii()), key=_COMMON.find, default="")
            self._by_byte.setdefault(rarest.encode(), []).append(substring)

    def are_in(self, text: str) -> bool:
        """Whether the text holds any of them."""
        encoded = text.encode("utf-8", "surrogatepass")
        for byte, substrings in self._by_byte.items():
            if byte in encoded:
                for substring in substrings:
                    if substring in text:
                        return True
        return False
