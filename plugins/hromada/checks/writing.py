"""A text as its author wrote it, for the rules that look at one file alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from hromada.domain.item import Item
from hromada.domain.problem import Problem, warning

# What is no prose: code, tags, the targets of links, addresses, what a report counts. Blanked out, so that places stay;
# each only where its sign stands: one pattern for all of them takes 0.15 ms a text (measured).
_NO_PROSE = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("```", r"```(?s:.*?)(?:```|\Z)"),
        ("~~~", r"~~~(?s:.*?)(?:~~~|\Z)"),
        ("`", r"`[^`\n]+`"),
        ("<", r"<[^<>\n]*>"),
        ("](", r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)"),
        ("[[", r"\[\[[^\[\]\n]*\]\]"),
        ("http", r"https?://[^\s<>()]+"),
        ("www.", r"www\.[^\s<>()]+"),
        ("@", r"[\w.+-]{1,64}@[\w-]+\.[\w.-]+"),
    )
)
_CODE = re.compile(r"(?P<fence>```|~~~)(?s:.*?)(?:(?P=fence)|\Z)|`[^`\n]+`|<!--(?s:.*?)-->")
# Values of the header that are names of files, addresses and days, not words.
_NAMES = re.compile(
    r"(?m)^(?:slug|image|gallery|date|modified|event-date|event-end|expires|period|window-[a-z-]+|адреса|зображення|галерея|дата|змінено|дата події|кінець події|діє до)[ \t]*:.*$",
    re.IGNORECASE,
)
MOST_SPOKEN = 3  # a fault is said so often in one file: more of the same kind make nobody any wiser


class Writing:
    """One Markdown file: its item, the whole text from its first line on, and where its body begins.

    Offsets are those of `text`; `prose` and `markup` are of the same length.
    """

    def __init__(self, item: Item, text: str) -> None:
        self.item, self.text = item, text

    @cached_property
    def start(self) -> int:
        """The offset of the body."""
        ends = (found.end() for found in re.finditer("\n", self.text))
        return next(islice(ends, self.item.body_line - 2, None), len(self.text)) if self.item.body_line > 1 else 0

    @cached_property
    def prose(self) -> str:
        """The words alone, of header and body."""
        head, body = _NAMES.sub(_blank, self.text[: self.start]), self.text[self.start :]
        for sign, pattern in _NO_PROSE:
            if sign in body:
                body = pattern.sub(_blank, body)
        return head + body

    @cached_property
    def markup(self) -> str:
        """The body without code and comments, after as many blanks as the header has characters."""
        body = self.text[self.start :]
        return _blank_of(self.text[: self.start]) + (
            _CODE.sub(_blank, body) if "`" in body or "~" in body or "<!" in body else body
        )

    def line(self, offset: int) -> int:
        return self.text.count("\n", 0, offset) + 1

    def refuse(self, offset: int, code: str, message: str, fix: str) -> Problem:
        return Problem(self.item.path, self.line(offset), code, message, fix)

    def warn(self, offset: int, code: str, message: str, fix: str) -> Problem:
        return warning(self.item.path, self.line(offset), code, message, fix)


def first_of_each(found: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """The first match of each different text, three at most."""
    seen: set[str] = set()
    return islice((one for one in found if one[0] not in seen and not seen.add(one[0])), MOST_SPOKEN)  # type: ignore[func-returns-value]


def _blank(found: re.Match[str]) -> str:
    return _blank_of(found[0])


def _blank_of(text: str) -> str:
    """As many characters and the same lines, without a word."""
    return "\n".join(" " * len(line) for line in text.split("\n"))
