"""Hides spans that no fix may change while a text is fixed: code, links' targets, addresses, tags, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from hromada.domain.markdown_spans import CODE_BLOCKS, SpanKind, find_spans

# A hidden span is replaced by its number between two private-use characters, which are no letters, spaces or quotes.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
_PLACEHOLDER = re.compile(f"{OPEN}(\\d+){CLOSE}")
CYRILLIC = "\u0400-\u04ff"  # Cyrillic
_TEXT_START = re.compile(rf" ?[A-Za-z{CYRILLIC}«„(\"<]")
_CODE = frozenset({*CODE_BLOCKS, SpanKind.CODE, SpanKind.RAW, SpanKind.ESCAPE})


def outside_markup(text: str, fix: Callable[[str], str]) -> str:
    """Apply `fix` to the prose only."""
    return _fix_outside(text, fix, frozenset(SpanKind))


def outside_code(text: str, fix: Callable[[str], str]) -> str:
    """Apply `fix` to everything but code."""
    return _fix_outside(text, fix, _CODE)


def _fix_outside(text: str, fix: Callable[[str], str], parts: Collection[SpanKind]) -> str:
    if OPEN in text or CLOSE in text:
        return text
    visible_parts: list[str] = []
    hidden_parts: list[str] = []
    end = 0
    for span in find_spans(text):
        if span.kind in parts:
            visible_parts.append(f"{text[end : span.start]}{OPEN}{len(hidden_parts)}{CLOSE}")
            hidden_parts.append(text[span.start : span.end])
            end = span.end
    open_text = "".join((*visible_parts, text[end:]))
    done = _keep_separating_lines(open_text, fix(open_text))
    if done == open_text or _PLACEHOLDER.findall(done) != _PLACEHOLDER.findall(open_text):
        return text
    return _PLACEHOLDER.sub(lambda match: hidden_parts[int(match[1])], done)


def _keep_separating_lines(old: str, new: str) -> str:
    """The new text, in which a line may become blank only before plain text.

    Before a list, a heading or code even a line of debris separates it from what is above.
    """
    old_lines, lines = old.split("\n"), new.split("\n")
    if len(old_lines) != len(lines):
        return new
    is_text_next = True
    for index in range(len(lines) - 1, -1, -1):
        if not lines[index].strip() and old_lines[index].strip(" \t") and not is_text_next:
            lines[index] = old_lines[index]
        if lines[index].strip():  # a non-breaking space alone is a blank line to Markdown
            is_text_next = begins_with_text(lines[index])
    return "\n".join(lines)


def begins_with_text(line: str) -> bool:
    """Whether the line can only be plain text or a tag."""
    return _TEXT_START.match(line) is not None
