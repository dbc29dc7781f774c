from hypothesis import given
from hypothesis import strategies as st

from hromada.shell.markup import Markup, make_markdown
from tests.unit.making import item

SOONER, ALL = make_markdown(), make_markdown(plain_sooner=False)

MARK = "\ue0000\ue001"


def test_the_anchors_are_those_of_the_page():
    assert Markup().text(item(), f"## Новини {MARK}").outline.anchors == ("novyny",)


def test_the_way_back_from_a_footnote_is_named_in_ukrainian():
    assert 'title="Назад до тексту, примітка 1"' in make_markdown().convert("Є[^1].\n\n[^1]: Примітка.")


WORDS = st.text(alphabet="аб1 `\\[]()!<>&;*_#-.:\n{}^\"'|+~=/", max_size=120)


@given(WORDS)
def test_a_text_that_is_read_sooner_is_read_alike(text):
    assert SOONER.reset().convert(text) == ALL.reset().convert(text)
