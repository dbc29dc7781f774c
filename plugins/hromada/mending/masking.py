"""What no mend may touch, hidden while a text is mended: code, links' targets, addresses, tags, placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

# What stands for a hidden piece: its number between two private characters, which are no letters, spaces or quotes.
OPEN, CLOSE = "\ue0f0", "\ue0f1"
_MARK = re.compile(f"{OPEN}(\\d+){CLOSE}")
LETTERS = "\u0400-\u04ff"  # Cyrillic
# «об`єкт» is no beginning of code: the most usual slip of the Ukrainian keyboard.
_APOSTROPHE_BEFORE = re.compile(f"[{LETTERS}]$")
_APOSTROPHE_AFTER = re.compile("[єїюяЄЇЮЯ]")
_WORDS = re.compile(rf" ?[A-Za-z{LETTERS}«„(\"<]")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_ITEM = re.compile(r"[ ]{0,3}(?:[-*+]|\d+[.)]|:|\[\^[^\]]+\]:)[ \t]")
_LABEL = re.compile(
    r"^[ ]{0,3}(?P<abbreviation>\*?)\[(?P<label>(?!\^)[^\]\n]+)\]:[^\n]*(?:\n[ \t]+[\"'(][^\n]*)?", re.MULTILINE
)
_SPAN = r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)"
_ELEMENT = r"<(?P<element>pre|code|script|style|kbd|samp|textarea)\b[^<>]*>.*?</(?P=element)>"
_TAG = r"<[A-Za-z/!?](?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'])*>"
_CODE = re.compile(rf"\\[^\w\s]|{_SPAN}|{_ELEMENT}", re.DOTALL | re.IGNORECASE)
_KEPT = re.compile(
    rf"\\[^\w\s]|{_SPAN}|<!--.*?-->|{_ELEMENT}"
    r"|\[\[[^\[\]]*\]\]"  # a figure's place in a report
    r"|\]\((?:[^()\n]|\([^()\n]*\))*\)|\]\([^\s)]*"
    r"|\]\[[^\]\n]*\]|\[\^[^\]\n]+\]:?|\[TOC\]"
    rf"|{_TAG}"
    r"|\{[:#.][^}\n]*\}|\{(?:filename|static|attach)\}\S*"
    r"|\b(?:[a-z][a-z0-9+.-]{0,30}://|www\.|mailto:|tel:)[^\s<>\"«»]+"
    r"|(?<![\w.+-]{64})[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
    re.DOTALL | re.IGNORECASE,
)


def masked(text: str, mend: Callable[[str], str]) -> str:
    """The text mended where it is a person's words."""
    return _hidden(text, mend, _KEPT)


def code_masked(text: str, mend: Callable[[str], str]) -> str:
    """The text mended where it is no code."""
    return _hidden(text, mend, _CODE)


def _hidden(text: str, mend: Callable[[str], str], kept: re.Pattern[str]) -> str:
    if OPEN in text or CLOSE in text:
        return text
    stash: list[str] = []
    open_text = _without_blocks(text, stash)
    if kept is _KEPT:
        open_text = _without_labels(open_text, stash)
    open_text = _without_pieces(open_text, kept, stash)
    done = _with_kept_lines(open_text, mend(open_text))
    if done == open_text or _MARK.findall(done) != _MARK.findall(open_text):
        return text
    return _shown(done, stash)


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


def _hide(piece: str, stash: list[str]) -> str:
    stash.append(piece)
    return f"{OPEN}{len(stash) - 1}{CLOSE}"


def _shown(text: str, stash: list[str]) -> str:
    """Every piece back in its place; one may hold others, which were hidden before it."""
    while OPEN in text:
        text = _MARK.sub(lambda found: stash[int(found[1])], text)
    return text


def _without_blocks(text: str, stash: list[str]) -> str:
    """Fenced and indented code, line by line; what stands under a list's item is a person's words."""
    lines, fence, in_list, was_blank = [], "", False, True
    for line in text.split("\n"):
        found = _FENCE.match(line)
        is_blank = not line.strip(" \t")  # a non-breaking space in code is code
        indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
        is_code = bool(fence or found)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" \t>`~"):
                fence = ""
        elif found:
            fence, in_list = found[1], False
        elif not is_blank and indent < 4:
            in_list = bool(_ITEM.match(line)) or (in_list and not was_blank)
        elif not is_blank:
            is_code = indent >= 8 or not in_list
        was_blank = is_blank
        lines.append(_hide(line, stash) if is_code and line else line)
    return "\n".join(lines)


def _without_labels(text: str, stash: list[str]) -> str:
    """Links' labels and abbreviations, where they are defined and where they are used: they must stay alike."""
    words = {found["label"] if found["abbreviation"] else f"[{found['label']}]" for found in _LABEL.finditer(text)}
    if not words:
        return text
    used = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return _without_pieces(text, re.compile(f"{_LABEL.pattern}|{used}", re.MULTILINE | re.IGNORECASE), stash)


def _without_pieces(text: str, kept: re.Pattern[str], stash: list[str]) -> str:
    return "".join(_open_parts(text, kept, stash))


def _open_parts(text: str, kept: re.Pattern[str], stash: list[str]) -> Iterator[str]:
    end = 0
    for found in kept.finditer(text):
        yield text[end : found.start()]
        end = found.end()
        if _is_apostrophes(found):
            yield f"`{_without_pieces(found['code'], kept, stash)}`"
        else:
            yield _hide(found[0], stash)
    yield text[end:]


def _is_apostrophes(found: re.Match[str]) -> bool:
    """«об`єкт і п`ять» has no code in it, whatever Markdown thinks."""
    if found.groupdict().get("ticks") != "`":
        return False
    text, first, last = found.string, found.start(), found.end() - 1
    return all(
        _APOSTROPHE_BEFORE.search(text, max(0, at - 1), at) and _APOSTROPHE_AFTER.match(text, at + 1)
        for at in (first, last)
    )
