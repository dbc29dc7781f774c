"""A report's text as blocks (paragraphs, lists, tables) of styled runs, for documents that are not HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `link` is an absolute address."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the text; `level` is 2 to 6, since the title is the first."""

    level: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; an ordered one starts at `start`. An item holds blocks: paragraphs, further lists."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quote:
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of the text; `head` may be empty."""

    head: tuple[tuple[Run, ...], ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture of the text; documents print its description instead."""

    alt: str


Block: TypeAlias = Paragraph | Heading | ListBlock | Quote | TextTable | PictureBlock
