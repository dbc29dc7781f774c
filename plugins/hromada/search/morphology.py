"""Lexemes of words: which other forms a word has, by the Ukrainian dictionary of pymorphy3 (`storage.lexeme_store` reads it).

A lexeme is known by the letters that all its forms begin with and by its set of endings: «громад» with «а, и, і, у, ою, о, ам,
ами, ах» and no ending. So a browser finds it by any form without having the dictionary.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from hromada.domain.lazy_regex import lazy_compile
from hromada.search.stemmer import stem
from hromada.search.tables import BOUNDS, COMMON_ENDINGS
from hromada.search.words import KEY_LENGTH, filing_key

UNKNOWN = "?"  # the endings of a word that the dictionary lacks: any
_WITHOUT_APOSTROPHE = lazy_compile("(?<=[бпвмфргкхжчшщздтнлс])(?=[яюєї])")
_UKRAINIAN = lazy_compile("[а-яіїє]+")


class Lexeme(NamedTuple):
    """The beginning of all forms, their endings, the partition where it is filed, and those where some form would be sought."""

    base: str
    endings: str  # joined by commas; UNKNOWN
    partition: int
    others: tuple[int, ...] = ()


class Endings(NamedTuple):
    """The endings of a paradigm, the usual form's first, and joined as a lexeme has them."""

    all: tuple[str, ...]
    joined: str


def partition_of(word: str) -> int:
    """The partition of a word, one of 512: shards of the index hold several."""
    return bisect_right(BOUNDS, filing_key(word))


def unknown_lexeme(word: str) -> Lexeme:
    """All words of one stem."""
    base = stem(word)
    return Lexeme(base, UNKNOWN, partition_of(base))


class FormGraph(Protocol):
    """All forms in the dictionary's spelling, each with the numbers of its paradigms and of its place in each."""

    def get(self, word: str, default: Any = ...) -> Any: ...

    def compile_replaces(self, replaces: dict[str, str]) -> Any: ...

    def similar_items(self, word: str, replaces: Any) -> Iterable[tuple[str, Any]]: ...

    def iterkeys(self, beginning: str = ...) -> Iterator[str]: ...


class Dictionary:
    """The lexemes of words. A paradigm is a list of numbers, its first third those of the suffixes of its forms."""

    def __init__(self, forms: FormGraph, suffixes: Sequence[str], paradigms: Sequence[Sequence[int]]) -> None:
        self._forms, self.suffixes, self.paradigms = forms, suffixes, paradigms
        self._replaced = forms.compile_replaces({"г": "ґ"})  # normalised words have «г» for both
        self._lexemes: dict[tuple[str, int], Lexeme | None] = {}
        self._endings_of: dict[int, Endings] = {}

    def forms(self, beginning: str) -> Iterator[str]:
        """The forms that the dictionary has with this beginning, in its spelling."""
        yield from self._forms.iterkeys(beginning)

    def lexemes(self, word: str) -> tuple[Lexeme, ...]:
        """The lexemes with this normalised form; of a word that the dictionary lacks, the one of its stem."""
        found = {lexeme for lexeme in self._found(word) if lexeme is not None} if _UKRAINIAN.fullmatch(word) else set()
        return tuple(sorted(found)) or (unknown_lexeme(word),)

    def _found(self, word: str) -> Iterator[Lexeme | None]:
        for spelling in {word, *_spellings(word)}:
            if "г" in spelling:
                items = self._forms.similar_items(spelling, self._replaced)
            else:
                items = [(spelling, self._forms.get(spelling, ()))]
            for written, forms in items:
                for paradigm, index in forms:
                    ending = self.suffixes[self.paradigms[paradigm][index]]
                    key = written.removesuffix(ending), paradigm
                    if key not in self._lexemes:
                        self._lexemes[key] = _filed(_plain(key[0]), self._endings(paradigm))
                    yield self._lexemes[key]

    def _endings(self, paradigm: int) -> Endings:
        if paradigm not in self._endings_of:
            parts = self.paradigms[paradigm]
            endings = tuple(dict.fromkeys(_plain(self.suffixes[part]) for part in parts[: len(parts) // 3]))
            self._endings_of[paradigm] = Endings(endings, ",".join(sorted(endings)))
        return self._endings_of[paradigm]


def _spellings(word: str) -> Iterator[str]:
    """«сімя» is written «сім'я»: the word with an apostrophe where one may stand."""
    for match in _WITHOUT_APOSTROPHE.finditer(word):
        yield f"{word[: match.start()]}'{word[match.start() :]}"


def _plain(letters: str) -> str:
    return letters.replace("'", "").replace("ґ", "г")


def _filed(base: str, endings: Endings) -> Lexeme | None:
    """A lexeme in its partitions; None for one without a letter."""
    usual = base + endings.all[0]
    if not usual:
        return None
    first = partition_of(usual)
    shared = filing_key(base)
    # All forms are in one partition where their common letters decide it, as they do in most words.
    if len(shared) >= KEY_LENGTH or bisect_right(BOUNDS, shared) == bisect_right(BOUNDS, shared + "\uffff"):
        others: set[int] = set()
    else:
        others = {partition_of(base + ending) for ending in endings.all} - {first}
    return Lexeme(base, endings.joined, first, tuple(sorted(others)))


def common_endings() -> dict[str, int]:
    """The sets of endings that have a number, since many words have them."""
    return {endings: number for number, endings in enumerate(COMMON_ENDINGS)}
