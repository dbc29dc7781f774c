"""The estimate of a text's work: linear itself, silent about what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.reading import complexity
from hromada.reading.complexity import find_complexity

pytestmark = pytest.mark.long

PROSE = (
    "Слово **і** [посилання](https://a.example/) та ![опис](x.jpg), примітка[^1], `код`, 5 < 6.\n\n" * 300
) + "[^1]: Так.\n"


@given(st.text(max_size=500))
def test_a_short_text_is_never_too_much(text):
    assert find_complexity(text) is None


def test_a_long_article_is_not_too_much():
    assert find_complexity(PROSE * 10) is None
    assert find_complexity("## Розділ {}\n\n".join(map(str, range(2000)))) is None


@pytest.mark.parametrize(
    ("piece", "what"),
    [("[", "незакриті квадратні дужки"), ("<a ", "незакриті «<»"), ("*", "завеликий абзац"), ("а[^1]\n\n", "приміток понад 5000"),
     ("*[а]: б\n\n", "забагато скорочень"), ("# а\n\n", "однакових заголовків понад 3000"), ("```\n\n", "забагато фрагментів коду")],
)  # fmt: skip
def test_what_takes_minutes_is_named_with_its_line(piece, what):
    tangle = find_complexity("Вступ.\n\n" + piece * (900_000 // len(piece.encode())))

    assert tangle == (3, what)


def test_closed_brackets_cost_their_own_length_alone():
    assert complexity._unclosed("[а] " * 50_000, complexity._BRACKET, "[", "]", 200_000) == -1
    assert complexity._unclosed("[" * 700, complexity._BRACKET, "[", "]", 200_000) == 0
