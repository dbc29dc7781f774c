"""Searches pages for words of what is not published: runs of words that hardly stand anywhere else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import unescape

from hromada.domain.lazy_regex import lazy_compile

_WORD = lazy_compile(r"\w+")
_MARKUP = lazy_compile(r"[\[\](){}<>*_`!|\\#&\n]")  # a run of words between these stands in the page as it is written
_TOKEN = lazy_compile(r"\S++")
_OF_ADDRESSES = lazy_compile(r"[/@=_]|-[^-]*+-")  # in a token: it is the address of a page or a file
_TITLE, _SENTENCE = 5, 8  # words: fewer may be a common phrase
_LONGEST = 12  # words of a phrase
_MOST = 4  # phrases of one text


def phrases_of(title: str, body: str) -> Iterator[str]:
    """The title, if it is long, and the first long runs of words of a Markdown text."""
    words = _WORD.findall(title)
    if len(words) >= _TITLE:
        yield " ".join(words)
    found = 0
    for run in _MARKUP.split(_TOKEN.sub(_without_address, body)):
        words = _WORD.findall(run)
        if len(words) >= _SENTENCE:
            yield " ".join(words[:_LONGEST])
            found += 1
            if found == _MOST:
                return


def _without_address(token: re.Match[str]) -> str:
    return "\n" if _OF_ADDRESSES.search(token[0]) else token[0]


class PhraseSearch:
    """Finds phrases in texts; a text is searched only for those whose longest word it has."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        for phrase in dict.fromkeys(phrases):
            self._by_word.setdefault(max(phrase.split(" "), key=len), []).append(phrase)

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def found_in(self, text: str) -> list[str]:
        """The phrases in a page or another text of the site."""
        words = _WORD.findall(unescape(text) if "&" in text else text)
        keys = self._by_word.keys() & words
        if not keys:
            return []
        joined = f" {' '.join(words)} "
        return [phrase for key in sorted(keys) for phrase in self._by_word[key] if f" {phrase} " in joined]


def phrases_in(phrases: Collection[str], texts: Iterable[str]) -> set[str]:
    """Which phrases stand in any of the texts; stops reading when all of them do."""
    found = set[str]()
    search = PhraseSearch(phrases)
    for text in texts:
        found.update(search.found_in(text))
        if len(found) == len(set(phrases)):
            break
    return found
