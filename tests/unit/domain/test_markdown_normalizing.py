"""Markdown is made stricter whatever blanks a text has."""

import pytest

from hromada.domain.markdown_normalizing import normalized


@pytest.mark.parametrize("blank", ["\r", "\xa0", "\u3000", "\x0b", "\u2028", " \xa0\t"])
def test_a_line_of_other_blanks_than_a_keyboard_has_is_read(blank):
    text = f"слово\n{blank}\nслово"

    assert normalized(text).split("\n") == text.split("\n")
    assert normalized(f"> {text}").startswith("> слово\n")
