"""Which words of a written telephone line become links, and what they dial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.phone_number import PhonePiece, phone_pieces, phones_in_text

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


# --- in texts -----------------------------------------------------------------------------------------------------------


def dialled(text):
    return [piece.link for piece in phones_in_text(text) if piece.link]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("Телефон: (057) 635-11-22.", "tel:+380576351122"),
        ("за номером 050 123 45 67, щодня", "tel:+380501234567"),
        ("0501234567", "tel:+380501234567"),
        ("тел. 050-123-45-67", "tel:+380501234567"),
        ("тел.: 050–123–45–67", "tel:+380501234567"),
        ("+380 50 123 45 67", "tel:+380501234567"),
        ("+38 (050) 123-45-67", "tel:+380501234567"),
        ("+380501234567", "tel:+380501234567"),
        ("+38(050)123-45-67", "tel:+380501234567"),
        ("приймальня (05763) 3-01-15", "tel:+380576330115"),
        ("гаряча лінія 0 800 500 335", "tel:+380800500335"),
        ("0-800-500-335", "tel:+380800500335"),
        ("0800500335", "tel:+380800500335"),
        ("050\u00a0123\u00a045\u00a067", "tel:+380501234567"),
        ("+48 22 123 45 67", "tel:+48221234567"),
        ("(067 123 45 67)", "tel:+380671234567"),
    ],
)
def test_a_text_has_telephones(text, link):
    assert dialled(text) == [link]


def test_several_telephones_of_a_text_are_all_found():
    assert dialled("050 123 45 67, 067 123 45 67 і (057) 635-11-22; 112") == [
        "tel:+380501234567", "tel:+380671234567", "tel:+380576351122",
    ]  # fmt: skip


OTHERS = [
    "+380 57 63-00-00", "+380 50 123 45 678",  # a digit is missing or too many
    "05.07.2021", "05-07-2021 12:30", "2021-07-05 14:30", "05 07 2021 12", "з 08:00 до 17:00", "0,5 млн", "1 000 000 000 грн",
    "0 123 456 789", "ЄДРПОУ 04396874", "код ЄДРПОУ: 0439687412", "РНОКПП 0123456789", "IBAN UA213223130000026007233566001",
    "UA21 3223 1300 0002 6007 2335 6600 1", "рахунок 0501234567", "№ 0501234567", "№0501234567", "справа № 050/123/4567",
    "0501234567/21", "63120070010085847", "6312 0070 0100 8584 7", "050 123 45", "050 123 45 678", "12 050 123 45 67", "0501234567890",
    "3-01-15", "101", "112", "1545", "код 0501234567", "кадастровий номер 0501234567", "050.123.45.67", "0501234567%", "ISBN 0-306-40615-2",
    "55.0501234567", "49,0501234567", "+380", "+5 °C", "+1 000 000", "2020–2021 0501", "паспорт 0501234567", "x0501234567", "0501234567x",
]  # fmt: skip


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_another_number_is_no_telephone(text):
    assert dialled(text) == []


@given(st.text(alphabet="0123456789 +()-–,;абв.№/\n\u00a0", max_size=80))
def test_no_character_of_a_text_is_lost(text):
    assert "".join(piece.text for piece in phones_in_text(text)) == text


@given(st.dates(), st.sampled_from(["%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y"]), st.times())
def test_no_date_is_a_telephone(day, form, time):
    assert dialled(f"{day.strftime(form)} {time:%H:%M}") == []


@given(st.integers(0, 10**13))
def test_no_sum_and_no_code_is_a_telephone(number):
    assert dialled(f"{number:,} грн".replace(",", " ")) == []
    assert dialled(f"код ЄДРПОУ {number:08d}") == []


@given(st.integers(0, 10**25 - 1))
def test_no_account_is_a_telephone(number):
    plain = f"UA21{number:025d}"
    assert dialled(plain) == []
    assert dialled(" ".join(plain[start : start + 4] for start in range(0, 29, 4))) == []


@given(
    st.sampled_from(["050", "067", "057", "0800", "05763"]),
    st.text("0123456789", min_size=5, max_size=7),
    st.sampled_from([" ", "-", "\u00a0", ""]),
)
def test_every_number_of_ten_digits_with_a_code_is_one(code, rest, gap):
    rest = rest.ljust(10 - len(code), "0")[: 10 - len(code)]
    assert dialled(f"тел. {code}{gap}{rest}") == [f"tel:+38{code}{rest}"]
