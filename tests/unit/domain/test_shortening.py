from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.shortening import shortened, without_middle


@given(st.text(max_size=50), st.integers(1, 50))
def test_a_text_is_whole_or_ends_with_an_ellipsis(text, most):
    assert shortened(text, most) == (text if len(text) <= most else f"{text[: most - 1]}…")


def test_a_text_without_its_middle_keeps_both_ends():
    assert without_middle("абвгд" * 4, 4) == "аб … гд"
    assert without_middle("абвг", 4) == "абвг"
