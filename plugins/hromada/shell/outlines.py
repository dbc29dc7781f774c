"""A text as it is kept: its HTML with marks in the place of references, and what must be known of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from hromada.domain.problem import Problem

# A mark is a whole value: the same characters in an editor's own words are no mark.
REFERRING = re.compile('<(?:a|img)\\b[^>]*?(?P<attribute>\\s(?:href|src)="\ue002(?P<number>\\d+)\ue003")[^>]*>')


class Reference(NamedTuple):
    """An inner link (`a`) or a picture (`img`) as the text has it, with its line in the file."""

    tag: str
    value: str
    line: int
    alt: str = ""


class Outline(NamedTuple):
    """What must be known of a text when it is not drawn."""

    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    summary: str = ""


class Text(NamedTuple):
    """A text's HTML with its marks, and its outline."""

    html: str
    outline: Outline


def mark_of(number: int) -> str:
    """What stands for a reference in the HTML."""
    return f"\ue002{number}\ue003"
