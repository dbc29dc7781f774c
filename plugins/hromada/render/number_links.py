"""A report's numbers in its HTML: a link in running text, plain words wherever a link would break it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hromada.render.markdown import MARK

LINKLESS = frozenset(["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"])  # a number inside is plain words
_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>|(?P<mark>\ue000\d+\ue001)")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What stands for a mark: its words, and the HTML of them for the places where a link may be."""

    text: str
    html: str


def substitute_numbers(clean: str, said: Mapping[str, Replacement]) -> str:
    """The HTML with its marks replaced."""
    inside = 0  # how many elements that take no link are open

    def replaced(found: re.Match[str]) -> str:
        nonlocal inside
        if mark := found["mark"]:
            return _plainly(mark, said) if inside or mark not in said else said[mark].html
        if found["tag"] in LINKLESS:
            inside += -1 if found["end"] else 1
        return MARK.sub(lambda one: _plainly(one[0], said), found[0])

    return _PIECE.sub(replaced, clean)


def _plainly(mark: str, said: Mapping[str, Replacement]) -> str:
    return html.escape(said[mark].text) if mark in said else mark
