from hypothesis import given
from hypothesis import strategies as st

from hromada.domain.text_lookup import RareSubstrings

SIGNS = ("<", "&lt;", "‹", "«!", "!--", "{#", "]:", "\n- ", "---")


@given(st.text("<&lt;‹«!-{#]:\n Аб\ud800", max_size=12))
def test_a_sign_is_found_wherever_it_stands(text):
    assert RareSubstrings(SIGNS).are_in(text) == any(sign in text for sign in SIGNS)
