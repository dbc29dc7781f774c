"""The editors' handbook in Markdown: which documents are its chapters, what they name, what each is called."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from hromada.domain.markdown_spans import blank_out, code_lines

# Of a numbered list of the first document: «1. [Перший день](перший-день.md)». Its order is that of the chapters.
_CHAPTER = re.compile(r"^\d+\. \[[^\]\n]*\]\(([^)\s#]+\.md)\)", re.MULTILINE)
_REFERENCE = re.compile(r"\]\(([^)\s#]+)")
_TITLE = re.compile(r"\A\s*# (?P<title>[^\n]+?)[ \t]*(?:\n|\Z)")


class HandbookChapter(NamedTuple):
    """A document as it is shown: its title, the text after that, the line on which the text begins."""

    title: str
    body: str
    body_line: int


def list_chapters(first: str, text: str) -> tuple[str, ...]:
    """The paths of the chapters in their order; `first` is the path of the document that lists them, and the first."""
    return tuple(dict.fromkeys([first, *(_beside(first, reference) for reference in _CHAPTER.findall(text))]))


@lru_cache(maxsize=256)  # a build asks twice, `make serve` with every build
def referenced_paths(path: str, text: str) -> tuple[str, ...]:
    """The paths of all files that a document leads to or shows; code is no reference."""
    references = _REFERENCE.findall(blank_out(text, code_lines(text)))
    return tuple(
        dict.fromkeys(
            _beside(path, reference)
            for reference in references
            if ":" not in reference and not reference.startswith("/")
        )
    )


def read_chapter(path: str, text: str) -> HandbookChapter:
    """A document taken apart; one without a first-level heading is called as its file."""
    match = _TITLE.match(text)
    if match is None:
        return HandbookChapter(posixpath.splitext(posixpath.basename(path))[0], text, 1)
    return HandbookChapter(match["title"], text[match.end() :], text.count("\n", 0, match.end()) + 1)


def host_anchor(heading: str) -> str:
    """What a git host calls a heading: its letters, digits, hyphens and underscores, spaces as hyphens."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def _beside(path: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(reference)))
