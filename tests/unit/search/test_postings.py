"""Lists of documents as text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.search.postings import (
    CODE_BITS,
    SIGNS,
    count_numbers,
    decode_postings,
    encode_numbers,
    encode_postings,
    without_documents,
)
from hromada.search.words import USUAL

POSTINGS = st.dictionaries(st.integers(0, 2**40), st.integers(1, 27)).map(
    lambda codes: [id << CODE_BITS | code for id, code in sorted(codes.items())]
)


@given(POSTINGS)
def test_what_is_written_is_read(packed):
    assert list(decode_postings(encode_postings(packed))) == packed
    assert count_numbers(encode_postings(packed)) == len(packed)


@given(POSTINGS, st.data())
def test_without_some_documents_the_text_is_that_of_the_others(packed, data):
    ids = [one >> CODE_BITS for one in packed]
    gone = data.draw(st.sets(st.sampled_from(ids) if ids else st.nothing()) | st.sets(st.integers(0, 2**40)))

    left = [one for one in packed if one >> CODE_BITS not in gone]
    assert without_documents(encode_postings(packed), gone) == encode_postings(left)


@pytest.mark.parametrize("step", [3, 40, 5_000, 2**24])
def test_any_document_is_taken_out_of_a_long_list(step):
    packed = [(step * index + index % 3) << CODE_BITS | 1 + index % 5 for index in range(1, 1_500)]
    text = encode_postings(packed)

    for place in (0, 1, 300, 511, 512, 513, 900, len(packed) - 2, len(packed) - 1):
        left = packed[:place] + packed[place + 1 :]
        assert without_documents(text, [packed[place] >> CODE_BITS]) == encode_postings(left)


@given(st.sets(st.integers(0, 2**30)))
def test_numbers_alone_have_the_usual_code(numbers):
    packed = list(decode_postings(encode_numbers(sorted(numbers))))

    assert packed == [number << CODE_BITS | USUAL for number in sorted(numbers)]


def test_the_signs_need_no_escape_in_json():
    assert len(set(SIGNS)) == len(SIGNS) == 92
    assert not {'"', "\\"} & set(SIGNS)


def test_a_near_document_with_the_usual_code_takes_one_sign():
    assert [len(encode_postings([number << CODE_BITS | USUAL])) for number in (1, 31, 32, 1023, 1024)] == [
        1,
        1,
        2,
        2,
        3,
    ]
