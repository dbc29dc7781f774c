"""What no mend may touch, hidden while a text is mended: code, links' targets, addresses, tags, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from hromada.domain.markdown_spans import CODE_BLOCKS, SpanKind, find_spans

# What stands for a hidden piece: its number between two private characters, which are no letters, spaces or quotes.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
LETTERS = "\u0400-\u04ff"  # Cyrillic
_WORDS = re.compile(rf" ?[A-Za-z{LETTERS}«„(\"<]")
_CODE = frozenset({*CODE_BLOCKS, SpanKind.CODE, SpanKind.RAW, SpanKind.ESCAPE})


def outside_markup(text: str, fix: Callable[[str], str]) -> str:
    """The text mended where it is a person's words."""
    return _hidden(text, fix, frozenset(SpanKind))


def outside_code(text: str, fix: Callable[[str], str]) -> str:
    """The text mended where it is no code."""
    return _hidden(text, fix, _CODE)


def _hidden(text: str, fix: Callable[[str], str], parts: Collection[SpanKind]) -> str:
    if OPEN in text or CLOSE in text:
        return text
    shown: list[str] = []
    stash: list[str] = []
    end = 0
    for span in find_spans(text):
        if span.kind in parts:
            shown.append(f"{text[end : span.start]}{OPEN}{len(stash)}{CLOSE}")
            stash.append(text[span.start : span.end])
            end = span.end
    open_text = "".join((*shown, text[end:]))
    done = _with_kept_lines(open_text, fix(open_text))
    if done == open_text or _MARK.findall(done) != _MARK.findall(open_text):
        return text
    return _MARK.sub(lambda found: stash[int(found[1])], done)


def _with_kept_lines(old: str, new: str) -> str:
    """The mended text, in which a line goes blank only before plain words.

    Before a list, a heading or code even a line of debris parts it from what stands above: without it they would join.
    """
    was, lines = old.split("\n"), new.split("\n")
    if len(was) != len(lines):
        return new
    are_words_next = True
    for number in range(len(lines) - 1, -1, -1):
        if not lines[number].strip() and was[number].strip(" \t") and not are_words_next:
            lines[number] = was[number]
        if lines[number].strip():  # a non-breaking space alone is a blank line to Markdown
            are_words_next = begins_with_words(lines[number])
    return "\n".join(lines)


def begins_with_words(line: str) -> bool:
    """Whether the line can be nothing but a person's words, or a tag."""
    return _WORDS.match(line) is not None
