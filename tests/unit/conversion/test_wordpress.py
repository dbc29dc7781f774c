import pytest

from hromada.conversion.site.wordpress import add_paragraphs, expand_wordpress
from tests.unit.conversion.test_html_text import references


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Один\n\nдва", "<p>Один</p>\n\n<p>два</p>"),
        ("Один\nдва", "<p>Один<br>\nдва</p>"),
        ("<ul>\n<li>а</li>\n\n<li>б</li>\n</ul>", "<ul>\n<li>а</li>\n\n<li>б</li>\n</ul>"),
        ("Текст\n<h2>Розділ</h2>\nдалі", "<p>Текст</p>\n<h2>Розділ</h2>\nдалі"),
        ("<pre>а\n\nб</pre>", "<pre>а\n\nб</pre>"),
        ("", ""),
    ],
)
def test_blank_lines_part_paragraphs(text, html):
    assert add_paragraphs(text) == html


def test_blocks_are_html_with_comments_and_get_no_paragraphs_of_ours():
    text = "<!-- wp:paragraph -->\n<p>а</p>\n<!-- /wp:paragraph -->\n\n<!--more-->\n<!-- wp:list {\"x\":1} -->\n<ul></ul>\n<!-- /wp:list -->"  # fmt: skip

    assert expand_wordpress(text, references()).html.split() == ["<p>а</p>", "<ul></ul>"]


def test_short_codes_become_what_they_showed_or_are_told():
    text = '[embed]https://y.example/v[/embed] [sic] [[gallery]] [tabs style="x"]а[/tabs] [gallery]'
    unfolded = expand_wordpress(text, references())

    assert '<a href="https://y.example/v">' in unfolded.html
    assert unfolded.unconverted == {"короткий код [tabs]": 1, "галерея без переліку світлин": 1}
    assert all(word in unfolded.html for word in ("[sic]", "[[gallery]]", '[tabs style="x"]а[/tabs]'))
