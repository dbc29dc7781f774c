import pytest

from hromada.render.html import Markup
from tests.unit.making import item

MARK = "\ue0000\ue001"


def test_the_anchors_are_those_of_the_page():
    assert Markup().text(item(), f"## Новини {MARK}").metadata.anchors == ("novyny",)


def test_the_pages_title_is_the_one_first_level_heading():
    html, _ = Markup().text(item(), "# Розділ\n\n## Частина")

    assert html == '<h2 id="rozdil">Розділ</h2>\n<h3 id="chastyna">Частина</h3>'


@pytest.mark.parametrize(
    ("text", "stills"),
    [
        ("![a](a.jpg)", [False]),
        ("[![a](a.jpg)](https://youtu.be/abcdefghijk)", [True]),
        ("[![a](a.jpg) ![b](b.jpg)](https://www.youtube.com/watch?v=abcdefghijk) ![c](c.jpg)", [True, True, False]),
        ("[відео](https://youtu.be/abcdefghijk) ![a](a.jpg)", [False]),
        ("[![a](a.jpg)](https://vimeo.com/123456)", [True]),
        ("[![a](a.jpg)](https://rada.example/sviato)", [False]),
        ("[![a](a.jpg)](b.jpg)", [False]),
        ("[![a](a.jpg)](../kontakty.md) [![b](b.jpg)](https://youtu.be/abcdefghijk)", [False, True]),
    ],
)
def test_a_picture_that_links_to_a_video_is_a_still(text, stills):
    _, metadata = Markup().text(item(), text)

    assert [reference.is_still for reference in metadata.references if reference.tag == "img"] == stills
