"""Takes documents out of the pieces of an index and puts others in: what an edit changes, without building the pieces anew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from hromada.search.morphology import Lexeme
from hromada.search.pieces import Piece, other_pieces, piece_of


class PiecePatch:
    """Pieces of a segment that are changed word by word; `stored` gives the bytes of a piece by its number, None if they are lost."""

    def __init__(self, stored: Callable[[int], bytes | None], count: int) -> None:
        self._stored, self._count = stored, count
        self.pieces: dict[int, Piece] = {}
        self._aliases: dict[tuple[tuple[str, str], int], Lexeme] = {}

    def _piece(self, number: int) -> Piece | None:
        if number not in self.pieces:
            raw = self._stored(number)
            if raw is None:
                return None
            self.pieces[number] = Piece.parse(raw)
        return self.pieces[number]

    def apply(self, word: str, lexemes: Iterable[Lexeme], gone: Collection[int], come: Collection[int]) -> bool:
        """Take a word's documents out and put others in; False if a piece is lost."""
        for lexeme in lexemes:
            home, key = piece_of(lexeme.drawer, self._count), (lexeme.base, lexeme.endings)
            piece = self._piece(home)
            if piece is None:
                return False
            was_there = key in piece.postings
            ending = word[len(lexeme.base) :]
            if gone:
                piece.remove(key, ending, gone)
            if come:
                piece.add(key, ending, come)
            if lexeme.others and was_there != (key in piece.postings):
                self._aliases[key, home] = lexeme
        return True

    def move_aliases(self) -> bool:
        """Name new lexemes in the other pieces where they are looked up, and forget those that are gone."""
        for (key, home), lexeme in self._aliases.items():
            for number in other_pieces(lexeme, self._count):
                piece = self._piece(number)
                if piece is None:
                    return False
                if key in self.pieces[home].postings:
                    piece.elsewhere[key] = home
                else:
                    piece.elsewhere.pop(key, None)
        return True
