"""Puts a report's numbers into its HTML: as links in running text, as plain text inside links, code and headings."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from hromada.render.markdown import MARK

LINKLESS = frozenset(["a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"])  # elements without links inside
_PIECE = re.compile(r"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)[^<>]*>|(?P<placeholder>\ue000\d+\ue001)")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What replaces a placeholder: plain text, or HTML where a link is possible."""

    text: str
    html: str


def substitute_numbers(clean: str, replacements: Mapping[str, Replacement]) -> str:
    """The HTML with its placeholders replaced."""
    inside = 0  # open elements that take no link

    def replace(match: re.Match[str]) -> str:
        nonlocal inside
        if placeholder := match["placeholder"]:
            return (
                _plain(placeholder, replacements)
                if inside or placeholder not in replacements
                else replacements[placeholder].html
            )
        if match["tag"] in LINKLESS:
            inside += -1 if match["end"] else 1
        return MARK.sub(lambda placeholder: _plain(placeholder[0], replacements), match[0])

    return _PIECE.sub(replace, clean)


def _plain(placeholder: str, replacements: Mapping[str, Replacement]) -> str:
    return html.escape(replacements[placeholder].text) if placeholder in replacements else placeholder
