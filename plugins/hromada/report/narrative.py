"""A report's Markdown without its story: figures and headings stay, the rest is asked for anew."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hromada.report.placeholders import UNWRITTEN, placeholders

_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]")
_INSIDE_ITEM = re.compile(r" {4}|\t")
_HEADING = re.compile(r"#{1,6}(?!#)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_STANDING = re.compile(r"#|<!--|\[[^\]]+\]:\s|(?:[-*_][ \t]*){3,}$")  # headings, comments, link addresses, rules
_PREFIX = re.compile(r"[ \t]*(?:(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]?)*")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;|[\[\]<>*_`#|{}\\~]")
_WORDS_QUOTED = 6


def emptied(body: str) -> str:
    """The text with the words of every block that holds no figure replaced by «[допишіть: its first words…]»."""
    return "\n".join(line for block in _blocks(body.split("\n")) for line in _kept_or_asked(block))


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Paragraphs, headings and whole list items, each with the blank lines after it."""
    block: list[str] = []
    for line in lines:
        if block and _begins(block, line):
            yield block
            block = []
        block.append(line)
    yield block


def _begins(block: list[str], line: str) -> bool:
    """Whether `line` stands outside the block before it, by the rules of Python-Markdown."""
    if not line.strip() or _is_open(block):
        return False
    item = _ITEM.match(block[0])
    if not block[-1].strip():
        return not (item and _INSIDE_ITEM.match(line))
    heading = _HEADING.match(block[-1]) or _is_underlined(block)
    return bool(heading or _HEADING.match(line) or (item and _ITEM.match(line)))


def _is_open(block: list[str]) -> bool:
    """Inside a comment or fenced code, blank lines end nothing."""
    text = "\n".join(block)
    fences = sum(line.lstrip().startswith(("```", "~~~")) for line in block)
    return text.rfind("<!--") > text.rfind("-->") or fences % 2 == 1


def _is_underlined(block: list[str]) -> bool:
    lines = [line for line in block if line.strip()]
    return len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]) is not None


def _kept_or_asked(block: list[str]) -> list[str]:
    text = "\n".join(block)
    stands = not text.strip() or _STANDING.match(text.strip()) or _is_underlined(block)
    if stands or UNWRITTEN in text.casefold() or any(placeholders(text)):
        return block
    blank = len(block) - len(text.rstrip().split("\n"))
    prefix = _PREFIX.match(block[0])
    start = prefix[0] if prefix else ""
    return [f"{start}{request(text.removeprefix(start))}", *block[len(block) - blank :]]


def request(text: str) -> str:
    """«[допишіть: перші слова колишнього тексту…]», without markup, which would be left open."""
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    words = [word for word in plain.split() if any(sign.isalnum() for sign in word)]
    quoted = " ".join(words[:_WORDS_QUOTED]).rstrip(".,;:!?…")
    return f"{UNWRITTEN}: {quoted}…]" if quoted else f"{UNWRITTEN}…]"
