"""A light stemmer for words that no dictionary has: names of people and villages, abbreviations, new words.

It only takes an ending off. The browser has the same rule (`stem` in theme/static/js/search-engine.js) and gets the endings
with the index; a test compares both on the forms of the dictionary.
"""

from __future__ import annotations

from hromada.domain.lazy_regex import lazy_compile

SHORTEST = 3  # letters that always stay
ENDINGS = frozenset(
    """ами ями ими іми ові еві єві ого ому ої ому ою ею єю ію ам ям ах ях ом ем єм ів їв ей ий ій їй ої их іх їх им ім їм
    ую юю а я о е є и і ї у ю ь й""".split()  # noqa: SIM905  # a hundred words are read as a text
)
LONGEST = max(map(len, ENDINGS))
_UKRAINIAN = lazy_compile("[а-яіїєґ]+")


def stem(word: str) -> str:
    """A normalised word without its ending; a word with other signs than Ukrainian letters stays."""
    if not _UKRAINIAN.fullmatch(word):
        return word
    for size in range(LONGEST, 0, -1):
        if len(word) - size >= SHORTEST and word[-size:] in ENDINGS:
            return word[:-size]
    return word
