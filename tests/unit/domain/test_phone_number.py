"""Which words of a written telephone line become links, and what they dial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.phone_number import PhonePiece, phone_pieces

DIALLED = {
    "(057) 635-11-22": "tel:+380576351122",
    "(05763) 3-01-15": "tel:+380576330115",
    "057 63 30 115": "tel:+380576330115",
    "067-123-45-67": "tel:+380671234567",
    "0671234567": "tel:+380671234567",
    "+38 (067) 123 45 67": "tel:+380671234567",
    "38 067 123 45 67": "tel:+380671234567",
    "+380 67 123-45-67": "tel:+380671234567",
    "0 800 123 456": "tel:+380800123456",
    "+48 22 123 45 67": "tel:+48221234567",
    "112": "tel:112",
    "1580": "tel:1580",
}


@pytest.mark.parametrize(("written", "link"), DIALLED.items())
def test_a_number_dials_its_international_form(written, link):
    assert phone_pieces(written) == (PhonePiece(written, link),)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "3-01-15",
        "уточнюється",
        "каб. 5",
        "12345678",
        "2021-07-05",
        "105-06",
        "1234567890123456",
        "UA0671234567",
        "99",
    ],
)
def test_what_cannot_be_dialled_stays_text(written):
    assert [piece.link for piece in phone_pieces(written) if piece.link] == []


def test_two_numbers_and_the_words_between_are_pieces():
    pieces = phone_pieces("приймальня (057) 635-11-22, 067 123-45-67 (дод. 5)")
    assert [piece.link for piece in pieces] == ["", "tel:+380576351122", "", "tel:+380671234567", ""]


@given(st.text(alphabet="0123456789 +()-,;абв.\n", max_size=60))
def test_no_character_is_lost(written):
    assert "".join(piece.text for piece in phone_pieces(written)) == written
