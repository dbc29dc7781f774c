"""What of a Markdown text is no person's words, and what is."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.markdown_spans import SpanKind, blank_out, find_spans


def found(text):
    """Each piece as its words and its kind."""
    return [(text[one.start : one.end], one.kind) for one in find_spans(text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("слово `код` слово", [("`код`", SpanKind.CODE)]),
        ("``а ` б`` в", [("``а ` б``", SpanKind.CODE)]),
        ("`а\n\nб`", []),
        ("об`єкт і п`ять", []),
        ("об`єкт [а](б) п`ять", [("](б)", SpanKind.TARGET)]),
        ("\\`не код\\`", [("\\`", SpanKind.ESCAPE), ("\\`", SpanKind.ESCAPE)]),
        ("```\nкод\n```\nслово", [("```", SpanKind.FENCED), ("код", SpanKind.FENCED), ("```", SpanKind.FENCED)]),
        ("````\n```\nкод\n````", [(one, SpanKind.FENCED) for one in ("````", "```", "код", "````")]),
        ("```код``` слово", [("```код```", SpanKind.CODE)]),
        ("слово\n\n    код\n\n    ще\n", [("    код", SpanKind.INDENTED), ("    ще", SpanKind.INDENTED)]),
        ("слово\n    слово", []),
        ("- пункт\n\n    слово\n\n        код", [("        код", SpanKind.INDENTED)]),
        ("<!-- `\n\n    а --> б", [("<!-- `\n\n    а -->", SpanKind.COMMENT)]),
        ("<!-- а", []),
        ("<PRE>`</pre> б", [("<PRE>`</pre>", SpanKind.CODE)]),
        ("<pre>б", [("<pre>", SpanKind.TAG)]),
        ("<script>if (a<b)</script>", [("<script>if (a<b)</script>", SpanKind.RAW)]),
        ('<a title="а > б">в</a>', [('<a title="а > б">', SpanKind.TAG), ("</a>", SpanKind.TAG)]),
        ("a < b > c", []),
        ("[а](б (в) г)", [("](б (в) г)", SpanKind.TARGET)]),
        ("[а][б]\n\n[б]: /в \"г\"", [("[б]", SpanKind.LABEL), ('[б]: /в "г"', SpanKind.DEFINITION)]),
        ("[Б] і а\n\n[б]: /в", [("[Б]", SpanKind.LABEL), ("[б]: /в", SpanKind.DEFINITION)]),
        ("ДМР\n\n*[ДМР]: Рада", [("ДМР", SpanKind.LABEL), ("*[ДМР]: Рада", SpanKind.DEFINITION)]),
        ("[[news зн.]] а[^1]", [("[[news зн.]]", SpanKind.PLACEHOLDER), ("[^1]", SpanKind.PLACEHOLDER)]),
        ("## А {#b} {: .в}", [("{#b}", SpanKind.PLACEHOLDER), ("{: .в}", SpanKind.PLACEHOLDER)]),
        ("див. https://a.example/б, www.в.example", [("https://a.example/б,", SpanKind.ADDRESS), ("www.в.example", SpanKind.ADDRESS)]),
        ("пишіть: rada@a.example.", [("rada@a.example", SpanKind.ADDRESS)]),
    ],
)  # fmt: skip
def test_pieces(text, pieces):
    assert found(text) == pieces


SIGNS = st.sampled_from(
    [*"аб \n`~<>[](){}:#*@\\/!-\"'^", "    ", "```", "<!--", "-->", "<pre>", "</pre>", "[а]: ", "http://", "*["]
)


@given(st.lists(SIGNS, max_size=60).map("".join))
def test_pieces_stand_in_order_and_a_text_without_them_has_its_length_and_lines(text):
    spans = find_spans(text)
    plain = blank_out(text, spans)

    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(one.start < one.end for one in spans)
    assert [len(line) for line in plain.split("\n")] == [len(line) for line in text.split("\n")]
