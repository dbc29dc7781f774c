"""Which line of a text a place in it is on: the text is gone through once, however many places are asked for."""

from __future__ import annotations

from bisect import bisect_left
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
