"""A report's Markdown without its story: figures and headings stay, the rest is asked for anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from hromada.report.text.placeholders import UNWRITTEN, placeholders

_ITEM = re.compile(r" {0,3}(?:[*+-]|\d{1,9}[.)])[ \t]")
_INSIDE_ITEM = re.compile(r" {4}|\t")
_HEADING = re.compile(r"#{1,6}(?!#)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_STANDING = re.compile(r"#|<!--|\[[^\]]+\]:\s|(?:[-*_][ \t]*){3,}$")  # headings, comments, link addresses, rules
_PREFIX = re.compile(r"[ \t]*(?:(?:[*+-]|\d{1,9}[.)])[ \t]+|>[ \t]?)*")
_LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()]*\)|\[[^\[\]]*\])")
_MARKUP = re.compile(r"<[^<>]*>|&#?\w+;|[\[\]<>*_`#|{}\\~]")
_WORDS_QUOTED = 6


def clear_prose(body: str) -> str:
    """The text with the words of every block that holds no figure replaced by «[допишіть: its first words…]»."""
    return "\n".join(line for block in _blocks(body.split("\n")) for line in _kept_or_asked(block))


@dataclass(slots=True)
class _Block:
    """A block while its lines come; what the next line is asked about is known without looking through it again."""

    lines: list[str] = field(default_factory=list)
    _written: list[str] = field(default_factory=list)  # lines that are not blank, the first three
    _is_in_comment: bool = False
    _is_in_code: bool = False

    def add(self, line: str) -> None:
        self.lines.append(line)
        if line.strip() and len(self._written) < 3:
            self._written.append(line)
        opens, closes = line.rfind("<!--"), line.rfind("-->")
        if opens != closes:  # both are -1 where there is neither
            self._is_in_comment = opens > closes
        self._is_in_code ^= line.lstrip().startswith(("```", "~~~"))

    @property
    def is_underlined(self) -> bool:
        return len(self._written) == 2 and _UNDERLINE.fullmatch(self._written[1]) is not None

    def ends_before(self, line: str) -> bool:
        """Whether `line` stands outside the block, by the rules of Python-Markdown."""
        if not self.lines or not line.strip() or self._is_in_comment or self._is_in_code:
            return False  # inside a comment or fenced code, blank lines end nothing
        item = _ITEM.match(self.lines[0])
        if not self.lines[-1].strip():
            return not (item and _INSIDE_ITEM.match(line))
        heading = _HEADING.match(self.lines[-1]) or self.is_underlined
        return bool(heading or _HEADING.match(line) or (item and _ITEM.match(line)))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    """Paragraphs, headings and whole list items, each with the blank lines after it."""
    block = _Block()
    for line in lines:
        if block.ends_before(line):
            yield block
            block = _Block()
        block.add(line)
    yield block


def _kept_or_asked(block: _Block) -> list[str]:
    text = "\n".join(block.lines)
    stands = not text.strip() or _STANDING.match(text.strip()) or block.is_underlined
    if stands or UNWRITTEN in text.casefold() or any(placeholders(text)):
        return block.lines
    blank = len(block.lines) - len(text.rstrip().split("\n"))
    prefix = _PREFIX.match(block.lines[0])
    start = prefix[0] if prefix else ""
    return [f"{start}{request(text.removeprefix(start))}", *block.lines[len(block.lines) - blank :]]


def request(text: str) -> str:
    """«[допишіть: перші слова колишнього тексту…]», without markup, which would be left open."""
    plain = _MARKUP.sub(" ", _LINK.sub(r"\1", text))
    words = [word for word in plain.split() if any(sign.isalnum() for sign in word)]
    quoted = " ".join(words[:_WORDS_QUOTED]).rstrip(".,;:!?…")
    return f"{UNWRITTEN}: {quoted}…]" if quoted else f"{UNWRITTEN}…]"
