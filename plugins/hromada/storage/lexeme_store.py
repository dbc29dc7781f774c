"""The Ukrainian dictionary, and the lexemes of the words that were looked up in it, remembered between builds.

They depend on nothing but the dictionary and the rules of `search`, so sites of all addresses share them, and a new
version of the program keeps them as long as those rules stay.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from msgspec import json

from hromada.search import morphology, stemmer, tables, words
from hromada.search.morphology import Dictionary, Lexeme, partition_of
from hromada.search.shards import PARTITIONS
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.regular_files import digest_of
from hromada.system.workers import parallel_map

_KIND = "lexemes"
_MANY = PARTITIONS // 8  # partitions: to read them all is faster than one by one, and to look up in several processes
_LEXEMES = CacheCodec(dict[str, tuple[Lexeme, ...]])
_RULES = (morphology, stemmer, tables, words)


def _dictionary_folder() -> Path:
    import pymorphy3_dicts_uk

    return Path(pymorphy3_dicts_uk.get_path())


@cache
def load_dictionary() -> Dictionary:
    """The dictionary of `pymorphy3_dicts_uk`, read once in a process.

    The files are read here, as pymorphy3's documentation describes them and as its `load_dict` does: with the library, its
    tags and its analysers, which nothing here needs, it takes 0.17 s instead of 0.04 s (measured). A test compares the two.
    """
    from dawg import RecordDAWG

    folder = _dictionary_folder()
    numbers = array("H", (folder / "paradigms.array").read_bytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    paradigms, start = list[Sequence[int]](), 1
    for _ in range(numbers[0]):  # each begins with its length
        end = start + 1 + numbers[start]
        paradigms.append(numbers[start + 1 : end])
        start = end
    suffixes = json.decode((folder / "suffixes.json").read_bytes(), type=list[str])
    forms = RecordDAWG(">HH").load(str(folder / "words.dawg"))
    return Dictionary(forms, suffixes, paradigms)


class LexemeStore:
    """The lexemes of words; each word is looked up in the dictionary once. Without a path none is remembered."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    @cached_property
    def _store(self) -> Store:
        files = [__file__, *(module.__file__ or "" for module in _RULES)]
        rules = b"\0".join(Path(file).read_bytes() for file in files)
        description = (_dictionary_folder() / "meta.json").read_bytes()  # with the dictionary's version
        return Store(self._path, digest_of(b"\0".join((rules, description))))

    def of(self, words: Collection[str], jobs: int) -> dict[str, tuple[Lexeme, ...]]:
        """The lexemes of each of these normalised words."""
        by_partition: dict[int, list[str]] = {}
        for word in words:
            by_partition.setdefault(partition_of(word), []).append(word)
        if len(by_partition) > _MANY:
            blobs: Mapping[str, bytes | None] = self._store.all(_KIND)
        else:
            blobs = {str(partition): self._store.get(_KIND, str(partition)) for partition in by_partition}
        lexemes: dict[str, tuple[Lexeme, ...]] = {}
        missing: list[tuple[int, list[str]]] = []
        known: dict[int, dict[str, tuple[Lexeme, ...]]] = {}
        for partition, in_partition in by_partition.items():
            remembered = known[partition] = _remembered(blobs.get(str(partition)))
            lexemes |= {word: remembered[word] for word in in_partition if word in remembered}
            if new := [word for word in in_partition if word not in remembered]:
                missing.append((partition, new))
        if missing:
            changed = {}
            for partition, found in parallel_map(missing, _look_up, jobs if len(missing) > _MANY else 1, named=str):
                lexemes |= found
                changed[_KIND, str(partition)] = _LEXEMES.encode(known[partition] | found)
            self._store.put(changed)
        return lexemes


def _remembered(blob: bytes | None) -> dict[str, tuple[Lexeme, ...]]:
    """The words of an entry with their lexemes; none if it names a partition that there is not."""
    words = _LEXEMES.decode(blob) or {}
    partitions = {
        number for found in words.values() for lexeme in found for number in (lexeme.partition, *lexeme.others)
    }
    return words if all(0 <= number < PARTITIONS for number in partitions) else {}


def _look_up(task: tuple[int, list[str]]) -> tuple[int, dict[str, tuple[Lexeme, ...]]]:
    partition, words = task
    dictionary = load_dictionary()
    return partition, {word: dictionary.lexemes(word) for word in words}
