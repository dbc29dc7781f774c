"""What of a Markdown text is no person's words, and what is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.markdown_spans import Part, spans_of, without


def found(text):
    """Each piece as its words and its kind."""
    return [(text[one.start : one.end], one.part) for one in spans_of(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("слово `код` слово", [("`код`", Part.CODE)]),
        ("``а ` б`` в", [("``а ` б``", Part.CODE)]),
        ("`а\n\nб`", []),
        ("об`єкт і п`ять", []),
        ("об`єкт [а](б) п`ять", [("](б)", Part.TARGET)]),
        ("\\`не код\\`", [("\\`", Part.ESCAPE), ("\\`", Part.ESCAPE)]),
        ("```\nкод\n```\nслово", [("```", Part.FENCED), ("код", Part.FENCED), ("```", Part.FENCED)]),
        ("````\n```\nкод\n````", [(one, Part.FENCED) for one in ("````", "```", "код", "````")]),
        ("```код``` слово", [("```код```", Part.CODE)]),
        ("слово\n\n    код\n\n    ще\n", [("    код", Part.INDENTED), ("    ще", Part.INDENTED)]),
        ("слово\n    слово", []),
        ("- пункт\n\n    слово\n\n        код", [("        код", Part.INDENTED)]),
        ("<!-- `\n\n    а --> б", [("<!-- `\n\n    а -->", Part.COMMENT)]),
        ("<!-- а", []),
        ("<PRE>`</pre> б", [("<PRE>`</pre>", Part.CODE)]),
        ("<pre>б", [("<pre>", Part.TAG)]),
        ("<script>if (a<b)</script>", [("<script>if (a<b)</script>", Part.RAW)]),
        ('<a title="а > б">в</a>', [('<a title="а > б">', Part.TAG), ("</a>", Part.TAG)]),
        ("a < b > c", []),
        ("[а](б (в) г)", [("](б (в) г)", Part.TARGET)]),
        ("[а][б]\n\n[б]: /в \"г\"", [("[б]", Part.LABEL), ('[б]: /в "г"', Part.DEFINITION)]),
        ("[Б] і а\n\n[б]: /в", [("[Б]", Part.LABEL), ("[б]: /в", Part.DEFINITION)]),
        ("ДМР\n\n*[ДМР]: Рада", [("ДМР", Part.LABEL), ("*[ДМР]: Рада", Part.DEFINITION)]),
        ("[[news зн.]] а[^1]", [("[[news зн.]]", Part.PLACEHOLDER), ("[^1]", Part.PLACEHOLDER)]),
        ("## А {#b} {: .в}", [("{#b}", Part.PLACEHOLDER), ("{: .в}", Part.PLACEHOLDER)]),
        ("див. https://a.example/б, www.в.example", [("https://a.example/б,", Part.ADDRESS), ("www.в.example", Part.ADDRESS)]),
        ("пишіть: rada@a.example.", [("rada@a.example", Part.ADDRESS)]),
    ],
)  # fmt: skip
def test_pieces(text, pieces):
    assert found(text) == pieces


SIGNS = st.sampled_from(
    [*"аб \n`~<>[](){}:#*@\\/!-\"'^", "    ", "```", "<!--", "-->", "<pre>", "</pre>", "[а]: ", "http://", "*["]
)


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_pieces_stand_in_order_and_a_text_without_them_has_its_length_and_lines(text):
    spans = spans_of(text)
    plain = without(text, spans)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(one.start < one.end for one in spans)
    assert [len(line) for line in plain.split("\n")] == [len(line) for line in text.split("\n")]
