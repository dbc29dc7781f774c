from hypothesis import example, given
from hypothesis import strategies as st

from hromada.domain.markdown_normalizing import normalize_markdown
from hromada.render.markdown import Dialect, whole_language

DIALECT, WHOLE = Dialect(), whole_language()

# Characters that the language is made of, pieces that begin its parts, and words between them.
PIECES = [
    *"аб1 `\\[]()!<>&;*_#-.:\n{}^\"'|+~=/\t\r\x02",
    "\n\n", "\n    ", "```\n", "[^1]", "\n[^1]: ", "[TOC]\n", "\n: ", "\n---\n", "\n- ", "\n1. ", "> ", "|-|\n",
    "{#а}", "~~", "\n  - ", "\n<div>", "</div>\n", "<details markdown=\"1\">\n", "\\\n", "- [x] ", "\n|а|\n", "– ", "> - ", "*[аб]: ", "<b>", "</b>", "<!-- ", "-->", "&nbsp;", "  \n", "## ", "слово ", "\u00a0", "\n\u00a0\n", "\u2003",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(TEXTS)
@example("Зміст\n\n[TOC]\n\nа\n=\n")
@example("> Термін\n> : пояснення")
@example("- Термін\n    : пояснення")
@example("а\n\u00a0")
@example("[\x02^1]\n\n[^1]: примітка")
def test_a_text_is_read_as_by_the_whole_language(text):
    assert DIALECT.html(text) == WHOLE.reset().convert(normalize_markdown(text))


def test_a_text_of_many_parts_does_not_spoil_the_next_one():
    notes = "Є[^1], [тут].\n\n[^1]: Примітка.\n\n[тут]: https://example.org/"
    first = DIALECT.html(notes)
    DIALECT.html("Просто текст[^1] і [тут].")
    assert DIALECT.html(notes) == first


def test_the_way_back_from_a_footnote_is_named_in_ukrainian():
    assert 'title="Назад до тексту, примітка 1"' in DIALECT.html("Є[^1].\n\n[^1]: Примітка.")
