from hromada.shell.markup import Markup, make_markdown
from tests.unit.making import item

MARK = "\ue0000\ue001"


def test_the_anchors_are_those_of_the_page():
    assert Markup().text(item(), f"## Новини {MARK}").outline.anchors == ("novyny",)


def test_the_way_back_from_a_footnote_is_named_in_ukrainian():
    assert 'title="Назад до тексту, примітка 1"' in make_markdown().convert("Є[^1].\n\n[^1]: Примітка.")
