"""Pieces of the index: made at once or word by word, they are the same bytes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hromada.search.morphology import UNKNOWN, Lexeme
from hromada.search.pieces import DRAWERS, Piece, build_pieces, other_pieces, piece_of
from hromada.search.postings import CODE_BITS

LEXEMES = {
    "громада": (Lexeme("громад", "а,и,у", 100),),
    "громади": (Lexeme("громад", "а,и,у", 100),),
    "року": (Lexeme("р", "ік,оку", 300, (310,)), Lexeme("рок", "у,", 310)),
    "рік": (Lexeme("р", "ік,оку", 300, (310,)),),
    "боратині": (Lexeme("боратин", UNKNOWN, 12),),
}
TEXTS = st.dictionaries(
    st.integers(0, 5000), st.dictionaries(st.sampled_from(list(LEXEMES)), st.integers(1, 27)), max_size=12
)


def built(texts, pieces):
    postings = {}
    for id in sorted(texts):
        for word, code in texts[id].items():
            postings.setdefault(word, []).append(id << CODE_BITS | code)
    return {number: piece.encode() for number, piece in enumerate(build_pieces(postings, LEXEMES, pieces))}


@given(TEXTS, st.sampled_from([1, 8, 512]))
def test_a_piece_is_read_as_it_was_written(texts, pieces):
    for raw in built(texts, pieces).values():
        assert Piece.parse(raw).encode() == raw


@given(TEXTS, TEXTS)
def test_documents_taken_out_and_put_in_leave_the_bytes_of_a_new_piece(before, after):
    pieces = {number: Piece.parse(raw) for number, raw in built(before, 8).items()}
    for texts, is_coming in ((before, False), (after, True)):
        for id, codes in texts.items():
            for word, code in codes.items():
                for lexeme in LEXEMES[word]:
                    key, home = (lexeme.base, lexeme.endings), piece_of(lexeme.drawer, 8)
                    ending = word[len(lexeme.base) :]
                    if is_coming:
                        pieces[home].add(key, ending, [id << CODE_BITS | code])
                    else:
                        pieces[home].remove(key, ending, [id])
                    for number in other_pieces(lexeme, 8):
                        pieces[number].elsewhere.pop(key, None)
                        if key in pieces[home].postings:
                            pieces[number].elsewhere[key] = home

    assert {number: piece.encode() for number, piece in pieces.items()} == built(after, 8)


def test_a_form_that_begins_otherwise_leads_to_the_piece_of_its_lexeme():
    home, other = piece_of(300, 512), piece_of(310, 512)
    pieces = {number: json.loads(raw) for number, raw in built({7: {"року": 1}}, 512).items()}

    assert pieces[home]["w"][0][:3] == ["р", "ік,оку", "оку"]
    assert ["р", "ік,оку", home] in pieces[other]["a"]


def test_drawers_of_one_piece_are_neighbours():
    assert [piece_of(drawer, 8) for drawer in range(DRAWERS)] == [
        number for number in range(8) for _ in range(DRAWERS // 8)
    ]


def test_words_for_readers_who_mistyped_one_are_its_usual_forms():
    piece = Piece.parse(built({1: {"громада": 1}, 2: {"громади": 1}, 3: {"громади": 1}}, 1)[0])

    assert piece.words(1) == "0громади"
    assert piece.words(4) == ""
