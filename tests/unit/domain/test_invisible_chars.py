"""Invisible signs: each is named, and what is said to be debris is what is taken out."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.pasted_text import NAMES, describe_char, find_stray_chars, remove_stray_chars


@pytest.mark.parametrize("sign", NAMES, ids=lambda sign: f"{ord(sign):04x}")
def test_each_sign_among_letters_is_said_and_taken_out(sign):
    assert [found[0] for found in find_stray_chars(f"сло{sign}во")] == [sign]
    assert remove_stray_chars(f"сло{sign}во") in ("слово", "сло во")
    assert f"U+{ord(sign):04X}" in describe_char(sign)


def test_every_format_sign_of_the_basic_plane_is_in_the_table():
    shown = {
        "\u0600",
        "\u0601",
        "\u0602",
        "\u0603",
        "\u0604",
        "\u0605",
        "\u06dd",
        "\u070f",
        "\u0890",
        "\u0891",
        "\u08e2",
    }  # Arabic
    signs = {chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) in ("Cf", "Zl", "Zp")}

    assert signs - shown - {"\u2065"} == set(NAMES)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("2020\x962021", "2020–2021"),
        ("\x93Зевс\x94\x85", "“Зевс”…"),
        ("а\x81б", "аб"),
        ("Ð\x94Ð°Ñ\x82Ð°", "Ð\x94Ð°Ñ\x82Ð°"),
        ("â\x80\x93", "â\x80\x93"),
    ],
)
def test_a_sign_of_windows_that_became_a_control_character_is_said_and_mended(text, mended):
    assert bool(list(find_stray_chars(text))) is (text != mended)
    assert remove_stray_chars(text) == mended


@given(st.text(alphabet=st.sampled_from([*NAMES, *"аa 1\nש👩\x81\x96Ð"]), max_size=20))
def test_what_is_taken_out_leaves_nothing_to_say(text):
    assert list(find_stray_chars(remove_stray_chars(text))) == []
