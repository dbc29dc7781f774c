from hromada.shell.markup import Markup
from tests.unit.making import item

MARK = "\ue0000\ue001"


def test_the_anchors_are_those_of_the_page():
    assert Markup().text(item(), f"## Новини {MARK}").outline.anchors == ("novyny",)
