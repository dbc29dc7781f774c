"""Shards of the index: made at once or word by word, they are the same bytes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from hromada.search.morphology import UNKNOWN, Lexeme
from hromada.search.postings import CODE_BITS
from hromada.search.shards import PARTITIONS, Shard, build_shards, other_shards, shard_of

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


def built(texts, shards):
    postings = {}
    for id in sorted(texts):
        for word, code in texts[id].items():
            postings.setdefault(word, []).append(id << CODE_BITS | code)
    return {number: shard.encode() for number, shard in enumerate(build_shards(postings, LEXEMES, shards))}


@given(TEXTS, st.sampled_from([1, 8, 512]))
def test_a_shard_is_read_as_it_was_written(texts, shards):
    for raw in built(texts, shards).values():
        assert Shard.parse(raw).encode() == raw


@given(TEXTS, TEXTS)
def test_documents_taken_out_and_put_in_leave_the_bytes_of_a_new_shard(before, after):
    shards = {number: Shard.parse(raw) for number, raw in built(before, 8).items()}
    for texts, is_coming in ((before, False), (after, True)):
        for id, codes in texts.items():
            for word, code in codes.items():
                for lexeme in LEXEMES[word]:
                    key, home = (lexeme.base, lexeme.endings), shard_of(lexeme.partition, 8)
                    ending = word[len(lexeme.base) :]
                    if is_coming:
                        shards[home].add(key, ending, [id << CODE_BITS | code])
                    else:
                        shards[home].remove(key, ending, [id])
                    for number in other_shards(lexeme, 8):
                        shards[number].elsewhere.pop(key, None)
                        if key in shards[home].postings:
                            shards[number].elsewhere[key] = home

    assert {number: shard.encode() for number, shard in shards.items()} == built(after, 8)


def test_a_form_that_begins_otherwise_leads_to_the_shard_of_its_lexeme():
    home, other = shard_of(300, 512), shard_of(310, 512)
    shards = {number: json.loads(raw) for number, raw in built({7: {"року": 1}}, 512).items()}

    assert shards[home]["w"][0][:3] == ["р", "ік,оку", "оку"]
    assert ["р", "ік,оку", home] in shards[other]["a"]


def test_partitions_of_one_shard_are_neighbours():
    assert [shard_of(partition, 8) for partition in range(PARTITIONS)] == [
        number for number in range(8) for _ in range(PARTITIONS // 8)
    ]


def test_words_for_readers_who_mistyped_one_are_its_usual_forms():
    shard = Shard.parse(built({1: {"громада": 1}, 2: {"громади": 1}, 3: {"громади": 1}}, 1)[0])

    assert shard.words(1) == "0громади"
    assert shard.words(4) == ""
