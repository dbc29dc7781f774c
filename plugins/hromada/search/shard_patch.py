"""Takes documents out of the shards of an index and puts others in: what an edit changes, without building the shards anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from hromada.search.morphology import Lexeme
from hromada.search.shards import Shard, other_shards, shard_of


class ShardPatch:
    """Shards of a segment that are changed word by word; `stored` gives the bytes of a shard by its number, None if they are lost."""

    def __init__(self, stored: Callable[[int], bytes | None], count: int) -> None:
        self._stored, self._count = stored, count
        self.shards: dict[int, Shard] = {}
        self._aliases: dict[tuple[tuple[str, str], int], Lexeme] = {}

    def _shard(self, number: int) -> Shard | None:
        if number not in self.shards:
            raw = self._stored(number)
            if raw is None:
                return None
            self.shards[number] = Shard.parse(raw)
        return self.shards[number]

    def apply(self, word: str, lexemes: Iterable[Lexeme], gone: Collection[int], come: Collection[int]) -> bool:
        """Take a word's documents out and put others in; False if a shard is lost."""
        for lexeme in lexemes:
            home, key = shard_of(lexeme.partition, self._count), (lexeme.base, lexeme.endings)
            shard = self._shard(home)
            if shard is None:
                return False
            was_there = key in shard.postings
            ending = word[len(lexeme.base) :]
            if gone:
                shard.remove(key, ending, gone)
            if come:
                shard.add(key, ending, come)
            if lexeme.others and was_there != (key in shard.postings):
                self._aliases[key, home] = lexeme
        return True

    def move_aliases(self) -> bool:
        """Name new lexemes in the other shards where they are looked up, and forget those that are gone."""
        for (key, home), lexeme in self._aliases.items():
            for number in other_shards(lexeme, self._count):
                shard = self._shard(number)
                if shard is None:
                    return False
                if key in self.shards[home].postings:
                    shard.elsewhere[key] = home
                else:
                    shard.elsewhere.pop(key, None)
        return True
