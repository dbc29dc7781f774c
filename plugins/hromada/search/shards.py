"""A part of the index: the words of some partitions with their documents, as one file.

    {"w": [[base, endings, ending, postings, ending, postings …], …], "a": [[base, endings, shard], …]}

`endings` is the number of a common set, the set itself, or -1 for words that the dictionary lacks. `a` are the lexemes that lie
in another shard, since their other forms begin with other letters («рік», «року»). A shard follows from the documents alone:
taking one out and putting it in again gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec.json import decode, encode

from hromada.search.morphology import UNKNOWN, Lexeme, common_endings
from hromada.search.postings import CODE_BITS, count_numbers, decode_postings, encode_postings, without_documents
from hromada.search.tables import BOUNDS, COMMON_ENDINGS

PARTITIONS = len(BOUNDS) + 1
Key = tuple[str, str]  # base and endings
_NUMBERS = common_endings()
_NO_DICTIONARY = -1


def shard_of(partition: int, shards: int) -> int:
    """The shard that holds a partition, where the index is cut into so many."""
    return partition * shards // PARTITIONS


class Shard:
    """The words of one shard: postings of each form by its ending, and where other lexemes are.

    Postings are packed numbers, or the text of the file until they are changed: a change of one document touches few.
    """

    def __init__(self) -> None:
        self.postings: dict[Key, dict[str, Sequence[int] | str]] = {}
        self.elsewhere: dict[Key, int] = {}

    @classmethod
    def parse(cls, raw: bytes) -> Shard:
        """The shard of a file that `encode` has made."""
        shard, read = cls(), decode(raw)
        for base, endings, *forms in read["w"]:
            shard.postings[base, _endings(endings)] = dict(zip(forms[::2], forms[1::2], strict=True))
        shard.elsewhere = {(base, _endings(endings)): number for base, endings, number in read["a"]}
        return shard

    def add(self, key: Key, ending: str, packed: Iterable[int]) -> None:
        """Put documents into the list of a form, in any order."""
        by_ending = self.postings.setdefault(key, {})
        by_ending[ending] = sorted({*numbers_of(by_ending.get(ending, ())), *packed})

    def remove(self, key: Key, ending: str, ids: Iterable[int]) -> None:
        """Take documents out of the list of a form; a form and a lexeme without documents vanish."""
        gone, by_ending = set(ids), self.postings.get(key, {})
        left = _without(by_ending.get(ending, ()), gone)
        if left:
            by_ending[ending] = left
            return
        by_ending.pop(ending, None)
        if not by_ending:
            self.postings.pop(key, None)

    def encode(self, texts: dict[int, str] | None = None) -> bytes:
        """The file. `texts` has the texts of lists by their `id`, and gets new ones: words of several lexemes have one list."""
        texts = {} if texts is None else texts
        words = [
            [base, _number(endings), *_encoded(forms, texts)]
            for (base, endings), forms in sorted(self.postings.items())
        ]
        elsewhere = [[base, _number(endings), shard] for (base, endings), shard in sorted(self.elsewhere.items())]
        return encode({"w": words, "a": elsewhere})

    def words(self, least: int) -> str:
        """The usual form of each lexeme that at least so many documents have, for readers who have mistyped one.

        Each begins with the number of letters that it shares with the one before, as a digit.
        """
        usual = set()
        for (base, _), forms in self.postings.items():
            counts = {ending: _count_of(postings) for ending, postings in forms.items()}
            if sum(counts.values()) >= least and len(base) > 2:
                usual.add(base + min(counts, key=lambda ending: (-counts[ending], ending)))
        parts, last = list[str](), ""
        for word in sorted(word for word in usual if word.isalpha()):
            shared = 0
            while shared < min(9, len(last), len(word)) and last[shared] == word[shared]:
                shared += 1
            parts.append(f"{shared}{word[shared:]}")
            last = word
        return "".join(parts)


def _encoded(forms: Mapping[str, Sequence[int] | str], texts: dict[int, str]) -> Iterator[str]:
    """Each form's ending and list, as text."""
    for ending in sorted(forms):
        postings = forms[ending]
        if isinstance(postings, str):
            text = postings
        elif (text := texts.get(id(postings), "")) == "":
            text = texts[id(postings)] = encode_postings(postings)
        yield from (ending, text)


def numbers_of(postings: Sequence[int] | str) -> Iterable[int]:
    """The packed numbers of a form."""
    return decode_postings(postings) if isinstance(postings, str) else postings


def _without(postings: Sequence[int] | str, gone: Collection[int]) -> Sequence[int] | str:
    if isinstance(postings, str):
        return without_documents(postings, gone)
    return [one for one in postings if one >> CODE_BITS not in gone]


def _count_of(postings: Sequence[int] | str) -> int:
    return count_numbers(postings) if isinstance(postings, str) else len(postings)


def _number(endings: str) -> int | str:
    return _NO_DICTIONARY if endings == UNKNOWN else _NUMBERS.get(endings, endings)


def _endings(written: int | str) -> str:
    if isinstance(written, str):
        return written
    return UNKNOWN if written == _NO_DICTIONARY else COMMON_ENDINGS[written]


def build_shards(
    postings: Mapping[str, Sequence[int]], lexemes: Mapping[str, Iterable[Lexeme]], shards: int
) -> list[Shard]:
    """All shards from the postings of every word."""
    made = [Shard() for _ in range(shards)]
    homes = [shard_of(partition, shards) for partition in range(PARTITIONS)]
    for word, packed in postings.items():
        for lexeme in lexemes[word]:
            key, home = (lexeme.base, lexeme.endings), homes[lexeme.partition]
            made[home].postings.setdefault(key, {})[word[len(lexeme.base) :]] = packed
            if lexeme.others:
                for number in other_shards(lexeme, shards):
                    made[number].elsewhere[key] = home
    return made


def other_shards(lexeme: Lexeme, shards: int) -> set[int]:
    """The shards beside its own in which some form of a lexeme would be looked up."""
    return {shard_of(partition, shards) for partition in lexeme.others} - {shard_of(lexeme.partition, shards)}
