"""Markdown is made stricter whatever blanks a text has."""

import pytest

from hromada.domain.markdown_normalizing import normalize_markdown


@pytest.mark.parametrize("blank", ["\r", "\xa0", "\u3000", "\x0b", "\u2028", " \xa0\t"])
def test_a_line_of_other_blanks_than_a_keyboard_has_is_read(blank):
    text = f"слово\n{blank}\nслово"

    assert [line.rstrip(" ") for line in normalize_markdown(text).split("\n")] == [
        line.rstrip(" ") for line in text.split("\n")
    ]
    assert normalize_markdown(f"> {text}").startswith("> слово")


def test_a_line_of_a_no_break_space_keeps_the_lines_apart_as_its_author_sees_them():
    assert (
        normalize_markdown("Докладно на сайті.\n\u00a0\nНаступний рядок.")
        == "Докладно на сайті.  \n\u00a0  \nНаступний рядок."
    )
