"""A part of the index: the words of some drawers with their documents, as one file.

    {"w": [[base, endings, ending, postings, ending, postings …], …], "a": [[base, endings, piece], …]}

`endings` is the number of a common set, the set itself, or -1 for words that the dictionary lacks. `a` are the lexemes that lie
in another piece, since their other forms begin with other letters («рік», «року»). A piece follows from the documents alone:
taking one out and putting it in again gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from hromada.search.morphology import UNKNOWN, Lexeme, common_endings
from hromada.search.postings import CODE_BITS, count_numbers, decode_postings, encode_postings
from hromada.search.tables import BOUNDS, COMMON_ENDINGS

DRAWERS = len(BOUNDS) + 1
Key = tuple[str, str]  # base and endings
_NUMBERS = common_endings()
_NO_DICTIONARY = -1


def piece_of(drawer: int, pieces: int) -> int:
    """The piece that holds a drawer, where the index is cut into so many."""
    return drawer * pieces // DRAWERS


class Piece:
    """The words of one piece: postings of each form by its ending, and where other lexemes are.

    Postings are packed numbers, or the text of the file until they are changed: a change of one document touches few.
    """

    def __init__(self) -> None:
        self.postings: dict[Key, dict[str, Sequence[int] | str]] = {}
        self.elsewhere: dict[Key, int] = {}

    @classmethod
    def parse(cls, raw: bytes) -> Piece:
        """The piece of a file that `encode` has made."""
        piece, read = cls(), json.loads(raw)
        for base, endings, *forms in read["w"]:
            piece.postings[base, _endings(endings)] = dict(zip(forms[::2], forms[1::2], strict=True))
        piece.elsewhere = {(base, _endings(endings)): number for base, endings, number in read["a"]}
        return piece

    def add(self, key: Key, ending: str, packed: Iterable[int]) -> None:
        """Put documents into the list of a form, in any order."""
        by_ending = self.postings.setdefault(key, {})
        by_ending[ending] = sorted({*numbers_of(by_ending.get(ending, ())), *packed})

    def remove(self, key: Key, ending: str, ids: Iterable[int]) -> None:
        """Take documents out of the list of a form; a form and a lexeme without documents vanish."""
        gone, by_ending = set(ids), self.postings.get(key, {})
        left = [number for number in numbers_of(by_ending.get(ending, ())) if number >> CODE_BITS not in gone]
        if left:
            by_ending[ending] = left
            return
        by_ending.pop(ending, None)
        if not by_ending:
            self.postings.pop(key, None)

    def encode(self) -> bytes:
        words = [
            [
                base,
                _number(endings),
                *(part for ending in sorted(forms) for part in (ending, _text_of(forms[ending]))),
            ]
            for (base, endings), forms in sorted(self.postings.items())
        ]
        elsewhere = [[base, _number(endings), piece] for (base, endings), piece in sorted(self.elsewhere.items())]
        return json.dumps({"w": words, "a": elsewhere}, ensure_ascii=False, separators=(",", ":")).encode()

    def words(self, least: int) -> str:
        """The usual form of each lexeme that at least so many documents have, for readers who have mistyped one.

        Each begins with the number of letters that it shares with the one before, as a digit.
        """
        usual = set()
        for (base, _), forms in self.postings.items():
            counts = {ending: _count_of(postings) for ending, postings in forms.items()}
            if sum(counts.values()) >= least and len(base) > 2:
                usual.add(base + min(counts, key=lambda ending: (-counts[ending], ending)))
        pieces, last = list[str](), ""
        for word in sorted(word for word in usual if word.isalpha()):
            shared = 0
            while shared < min(9, len(last), len(word)) and last[shared] == word[shared]:
                shared += 1
            pieces.append(f"{shared}{word[shared:]}")
            last = word
        return "".join(pieces)


def numbers_of(postings: Sequence[int] | str) -> Iterable[int]:
    """The packed numbers of a form."""
    return decode_postings(postings) if isinstance(postings, str) else postings


def _text_of(postings: Sequence[int] | str) -> str:
    return postings if isinstance(postings, str) else encode_postings(postings)


def _count_of(postings: Sequence[int] | str) -> int:
    return count_numbers(postings) if isinstance(postings, str) else len(postings)


def _number(endings: str) -> int | str:
    return _NO_DICTIONARY if endings == UNKNOWN else _NUMBERS.get(endings, endings)


def _endings(written: int | str) -> str:
    if isinstance(written, str):
        return written
    return UNKNOWN if written == _NO_DICTIONARY else COMMON_ENDINGS[written]


def build_pieces(
    postings: Mapping[str, Sequence[int]], lexemes: Mapping[str, Iterable[Lexeme]], pieces: int
) -> list[Piece]:
    """All pieces from the postings of every word."""
    made = [Piece() for _ in range(pieces)]
    homes = [piece_of(drawer, pieces) for drawer in range(DRAWERS)]
    for word, packed in postings.items():
        for lexeme in lexemes[word]:
            key, home = (lexeme.base, lexeme.endings), homes[lexeme.drawer]
            made[home].postings.setdefault(key, {})[word[len(lexeme.base) :]] = packed
            if lexeme.others:
                for number in other_pieces(lexeme, pieces):
                    made[number].elsewhere[key] = home
    return made


def other_pieces(lexeme: Lexeme, pieces: int) -> set[int]:
    """The pieces beside its own in which some form of a lexeme would be looked up."""
    return {piece_of(drawer, pieces) for drawer in lexeme.others} - {piece_of(lexeme.drawer, pieces)}
