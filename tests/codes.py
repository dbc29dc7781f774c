"""docs/зауваження.md taken apart: what it says of each code, and its examples as files.

A line «`content/x.md`:», or «`content/x.md` – how it is made:», stands over the block that holds a file's text; without
the colon no text is needed. «**Погано**» begins the files that give the messages under «`make check` скаже:», «**Добре**»
the mended ones; files before either belong to both. A sign that nobody sees is written ⟨U+00AD⟩.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from tests.conftest import ROOT

TEXT = (ROOT / "docs/зауваження.md").read_text("utf-8")
_ROW = re.compile(
    r"^\| \[`(?P<code>[a-z-]+)`\]\(#(?P<anchor>[a-z-]+)\) \| (?P<level>[^|]+) \| (?P<words>[^|]+) \|$", re.M
)
_SECTION = re.compile(r"### `(?P<code>[a-z-]+)`$")
_FILE = re.compile(r"`(?P<path>content/[^`]+)`(?: – (?P<made>[^:]+))?(?P<has_text>:)?$")
_SAYS = re.compile(r"`make (?:check|check-commits|import-social|photos)` скаже:$")
_HIDDEN = re.compile(r"⟨U\+([0-9A-F]{4})⟩")


class Row(NamedTuple):
    """A line of the index."""

    code: str
    anchor: str
    level: str
    words: str


class File(NamedTuple):
    """A file of an example; `made` says how, where it is more than its text in UTF-8."""

    path: str
    text: str
    made: str


@dataclass
class Section:
    """What stands under a code's heading: its words, the files of its examples, the messages."""

    code: str
    words: list[str] = field(default_factory=list)
    both: list[File] = field(default_factory=list)
    bad: list[File] = field(default_factory=list)
    good: list[File] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    @property
    def levels(self) -> str:
        """As the index has it: what the messages of this code are."""
        own = [message for message in self.messages if message.endswith(f"[{self.code}]")]
        found = {"попередження" if ": попередження: " in message else "помилка" for message in own}
        return " або ".join(sorted(found))


def index() -> list[Row]:
    return [Row(*found.groups()) for found in _ROW.finditer(TEXT)]


def sections() -> tuple[list[File], list[Section]]:
    """The files that stand in every example, from the introduction, and the sections in their order."""
    begin = Section("")
    found: list[Section] = []
    one, part = begin, begin.both
    lines = iter(TEXT.split("\n"))
    for line in lines:
        if heading := _SECTION.match(line):
            found.append(one := Section(heading["code"]))
            part = one.both
        elif line == "**Погано**":
            part = one.bad
        elif line == "**Добре**":
            part = one.good
        elif _SAYS.match(line):
            one.messages += _block(lines).split("\n")[:-1]
        elif file := _FILE.match(line):
            part.append(File(file["path"], _block(lines) if file["has_text"] else "", file["made"] or ""))
        elif line.startswith("```"):
            _rest(lines)
        elif line and not line.startswith("#"):
            one.words.append(line)
    return begin.both, found


def _block(lines) -> str:
    """The text of the block that begins on the next line."""
    opening = next(lines)
    assert opening.startswith("```"), f"no block under its heading: {opening!r}"
    return _HIDDEN.sub(lambda sign: chr(int(sign[1], 16)), _rest(lines))


def _rest(lines) -> str:
    text = ""
    while (line := next(lines)) != "```":
        text += f"{line}\n"
    return text
