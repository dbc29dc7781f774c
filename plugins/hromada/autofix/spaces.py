"""Non-breaking spaces that Word leaves where they mean nothing; those before a dash, a number or a unit stay."""

from __future__ import annotations

import re

from hromada.autofix.markdown_file import HeaderLine
from hromada.autofix.protected_spans import CLOSE, LETTERS

_NBSP = "\u00a0"
_WORDS_FOLLOW = rf"[A-Za-z{LETTERS}«„(\"]"
_AT_THE_END = re.compile(rf"(?<![ \t{_NBSP}])[ \t]*{_NBSP}[ \t{_NBSP}]*$", re.MULTILINE)
_LETTER = re.compile(f"[A-Za-z{LETTERS}]")
_ALONE = re.compile(rf"^(?:[ \t{_NBSP}]*{_NBSP}[ \t{_NBSP}]*|[ \t]*&nbsp;[ \t]*)$", re.MULTILINE)
# Not before what could become a list, a heading or code by it. Beside a hard break (two spaces, a backslash, <br>, which is
# hidden) it is a verse, whose lines are set by such spaces.
_BREAKS = ("  \n", "\\\n", f"{CLOSE}\n")
_AT_THE_START = re.compile(
    rf"^ {{0,3}}{_NBSP}[ {_NBSP}]*(?={_WORDS_FOLLOW})(?![^\n]*(?:  |\\|{CLOSE})\n)", re.MULTILINE
)
# Only after words: behind a sign at a line's beginning a plain space would make a list or a heading.
_REPEATED = re.compile(
    rf"(?:(?<=[A-Za-z0-9{LETTERS},;:!?…»“)–—])|(?<=[A-Za-z{LETTERS}»)]\.))"
    rf"(?:{_NBSP}[ {_NBSP}]+| +{_NBSP}[ {_NBSP}]*)(?P<dash>(?=[–—]))?"
)
_LONG = "а-яґєії"  # no rule keeps two whole words together; a name and a surname may be kept, so no capital
_BETWEEN_WORDS = re.compile(f"(?<=[{LETTERS}]{{4}}){_NBSP}(?=[{_LONG}]{{4}})")


def without_stray_spaces(text: str) -> str:
    """At either end of a line, in a row, alone in a line, between two long words."""
    if _NBSP not in text and "&nbsp;" not in text:
        return text
    text = _AT_THE_START.sub(_unindented, _AT_THE_END.sub(_after_words, _ALONE.sub("", text)))
    text = _REPEATED.sub(lambda found: " " if found["dash"] is None else _NBSP, text)
    return _BETWEEN_WORDS.sub(" ", text)


def _after_words(found: re.Match[str]) -> str:
    line = found.string.rfind("\n", 0, found.start()) + 1
    return "" if _LETTER.search(found.string, line, found.start()) else found[0]


def _unindented(found: re.Match[str]) -> str:
    return found[0] if found.string.endswith(_BREAKS, 0, found.start()) else ""


def with_plain_colon(line: HeaderLine) -> HeaderLine:
    """A key's colon with plain spaces: the reader knows no others there."""
    return line._replace(colon=line.colon.replace(_NBSP, " "))
