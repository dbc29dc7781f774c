"""Reads the editors' handbook in Markdown: its chapters, their titles, the files that they refer to."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from hromada.domain.markdown_spans import blank_out, code_lines

# An entry of the numbered list in the first document, in the order of the chapters: «1. [Перший день](перший-день.md)».
_CHAPTER = re.compile(r"^\d+\. \[[^\]\n]*\]\(([^)\s#]+\.md)\)", re.MULTILINE)
_REFERENCE = re.compile(r"\]\(([^)\s#]+)")
_TITLE = re.compile(r"\A\s*# (?P<title>[^\n]+?)[ \t]*(?:\n|\Z)")


class HandbookChapter(NamedTuple):
    """A chapter: its title, the text after that, the line on which the text begins."""

    title: str
    body: str
    body_line: int


def list_chapters(first: str, text: str) -> tuple[str, ...]:
    """The paths of the chapters in their order; `first` is the document that lists them and the first chapter."""
    return tuple(dict.fromkeys([first, *(_beside(first, reference) for reference in _CHAPTER.findall(text))]))


@lru_cache(maxsize=256)  # called twice in a build, and again in every build of `make serve`
def referenced_paths(path: str, text: str) -> tuple[str, ...]:
    """The paths of all files that a document links or shows; code is skipped."""
    references = _REFERENCE.findall(blank_out(text, code_lines(text)))
    return tuple(
        dict.fromkeys(
            _beside(path, reference)
            for reference in references
            if ":" not in reference and not reference.startswith("/")
        )
    )


def read_chapter(path: str, text: str) -> HandbookChapter:
    """The chapter in a document; without a first-level heading the file's name is its title."""
    match = _TITLE.match(text)
    if match is None:
        return HandbookChapter(posixpath.splitext(posixpath.basename(path))[0], text, 1)
    return HandbookChapter(match["title"], text[match.end() :], text.count("\n", 0, match.end()) + 1)


def host_anchor(heading: str) -> str:
    """The anchor of a heading on a git host: its letters, digits, hyphens and underscores, with hyphens for spaces."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def _beside(path: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(reference)))
