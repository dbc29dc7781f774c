from hromada.render.html import Markup
from tests.unit.making import item

MARK = "\ue0000\ue001"


def test_the_anchors_are_those_of_the_page():
    assert Markup().text(item(), f"## Новини {MARK}").metadata.anchors == ("novyny",)


def test_the_pages_title_is_the_one_first_level_heading():
    html, _ = Markup().text(item(), "# Розділ\n\n## Частина")

    assert html == '<h2 id="rozdil">Розділ</h2>\n<h3 id="chastyna">Частина</h3>'
