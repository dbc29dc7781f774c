"""A row's title: the first sentence of the post, cut at a word."""

from __future__ import annotations

import re
import unicodedata

from hromada.domain.account import PostKind
from hromada.domain.table_text import is_error

MAX_TITLE = 120  # characters: one line in Excel at an ordinary width
MIN_TITLE = 15  # «УВАГА!» alone says nothing: the next sentence is added
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"»”)]*\s+")
_ABBREVIATION = re.compile(r"(?:^|[\s(«\"])\w{1,3}\.$")  # «вул.», «с.», «м.», «ст.», an initial
_WORDLESS = {
    PostKind.POST: "Допис без тексту",
    PostKind.PHOTO: "Світлина без підпису",
    PostKind.VIDEO: "Відео без підпису",
    PostKind.REEL: "Рілс без підпису",
    PostKind.LIVE: "Ефір без підпису",
    PostKind.REPOST: "Репост без тексту",
    PostKind.STORY: "Сторіз без підпису",
}


def post_title(text: str, kind: PostKind) -> str:
    """One line of at most LONGEST characters; words for the kind where the post has no letters."""
    lines = [clean for line in re.split(r"[\n\r\u2028\u2029]+", text) if (clean := _plain(line))]
    parts: list[str] = []
    size, is_worded = -1, False
    for sentence in (sentence for line in lines for sentence in _sentences(line)):
        parts.append(sentence)
        size, is_worded = size + 1 + len(sentence), is_worded or _has_words(sentence)
        if size >= MIN_TITLE and is_worded:
            break
    title = " ".join(parts)
    if is_error(title):  # a register's reader would take these words for a spreadsheet's fault
        return f"«{title}»"
    return _shorten(title) if _has_words(title) else _WORDLESS[kind]


def is_wordless(title: str) -> bool:
    """Whether the title only says the kind of a publication without words: two exports may call the kind differently."""
    return title in _WORDLESS.values()


def _plain(line: str) -> str:
    """Without control and invisible characters (a zero-width joiner inside an emoji stays), with single spaces."""
    visible = "".join(
        character
        for character in line
        if character in "\t\u200d" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(visible.split())


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


_MAX_ABBREVIATION = 40  # letters: no abbreviation is longer


def _sentences(line: str) -> list[str]:
    """The line's sentences; a dot after an abbreviation or before a small letter ends none."""
    sentences: list[str] = []
    start = 0
    for end in _SENTENCE_END.finditer(line):
        before, after = line[max(start, end.start() - _MAX_ABBREVIATION) : end.start()], line[end.end() : end.end() + 1]
        if before.endswith(".") and (_ABBREVIATION.search(before) or after.islower()):
            continue
        sentences.append(line[start : end.end()].strip())
        start = end.end()
    return [*sentences, line[start:]] if line[start:] else sentences


def _shorten(text: str) -> str:
    if len(text) <= MAX_TITLE:
        return text
    shortened = text[: MAX_TITLE - 1].rsplit(" ", 1)[0]  # the ellipsis takes the last place
    return shortened.rstrip(" ,;:–—-") + "…"
