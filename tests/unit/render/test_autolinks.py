"""Bare addresses, mailboxes and telephones of a text become links; what is a link, code or an attribute stays as it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.render.autolinks import with_autolinks

TEL = '<a href="tel:+380501234567">050 123 45 67</a>'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p>Тел. 050 123 45 67.</p>", f"<p>Тел. {TEL}.</p>"),
        ("<li>050 123 45 67</li>", f"<li>{TEL}</li>"),
        ("<td><strong>050 123 45 67</strong></td>", f"<td><strong>{TEL}</strong></td>"),
        (
            "<p>rada@rada.example або 050 123 45 67</p>",
            f'<p><a href="mailto:rada@rada.example">rada@rada.example</a> або {TEL}</p>',
        ),
        (
            "<p>https://rada.example/0501234567 і 050 123 45 67</p>",
            f'<p><a href="https://rada.example/0501234567">https://rada.example/0501234567</a> і {TEL}</p>',
        ),
    ],
)
def test_a_bare_telephone_becomes_a_link(before, after):
    assert with_autolinks(before) == after


@pytest.mark.parametrize(
    "kept",
    [
        '<p><a href="tel:+380501234567">050 123 45 67</a></p>',
        '<p><a href="/x/">про 050 123 45 67 тут</a></p>',
        "<p><code>050 123 45 67</code></p>",
        "<pre><code>тел. 0501234567\n</code></pre>",
        '<p><img alt="050 123 45 67" src="a.jpg"></p>',
        '<p title="050 123 45 67">текст</p>',
        "<p>05.07.2021, № 0501234567, ЄДРПОУ 04396874</p>",
    ],
)
def test_what_is_no_bare_telephone_stays(kept):
    assert with_autolinks(kept) == kept


@given(st.text(alphabet="0123456789 +()-–,;абв.№@/:\n", max_size=80))
def test_links_change_no_word(text):
    assert re.sub(r"<[^>]*>", "", with_autolinks(f"<p>{text}</p>")) == text
