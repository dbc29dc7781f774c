"""What the sanitiser lets through, and what is said of the rest."""

import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.render.html import Markup
from hromada.render.sanitizer import SCHEMES, Sanitizer, dropped
from tests.browser import payloads
from tests.unit.making import item

PIECES = ["<", ">", '"', "'", "=", "/", " ", "a", "img", "svg", "style", "math", "script", "href", "src", "title", "onclick", "id",
          "javascript:", "data:", "x", "&lt;", "&quot;", "&#9;", "<!--", "-->", "]]>", "<![CDATA[", "p", "\n", "\0", "\ue002", "0", "\ue003"]  # fmt: skip


def kept(converted):
    return Sanitizer().cleaned(converted, lambda tag, name, value: value)


class Seen(html.parser.HTMLParser):
    """Tags and attributes of finished HTML."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_whatever_is_cleaned_holds_no_code(text):
    seen = Seen(kept(text))

    assert not {"script", "style", "svg", "math", "iframe", "object", "form", "base", "meta"} & seen.tags
    assert not [
        name for name, _ in seen.attributes if name.startswith("on") or name in ("style", "name", "srcset", "target")
    ]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_the_tags_of_cleaned_html_end_at_their_first_bracket(text):
    """The patterns that look for pictures and links in it rely on this."""
    clean = kept(f'<a title="{text}" href="x">т</a>')

    assert all("<" not in piece.split(">")[0] for piece in clean.split("<")[1:])


@pytest.mark.parametrize("address", payloads.SCHEMES)
def test_no_spelling_of_a_scheme_gets_into_a_link(address):
    for _, value in Seen(kept(f'<a href="{address}">т</a>')).attributes:
        assert ":" not in value.split("/")[0] or value.split(":")[0].casefold() in SCHEMES


def test_what_the_callback_raises_is_raised():
    def careless(tag, name, value):
        raise LookupError(value)

    with pytest.raises(LookupError):
        Sanitizer().cleaned('<a href="x">т</a>', careless)


def said(text):
    return [(one.line - 3, one.code, one.message) for one in Markup().text(item(), text).metadata.problems]


@pytest.mark.parametrize(
    ("text", "code", "what"),
    [
        ("<svg></svg>", "unsafe-html", "<svg"),
        ("<p onclick=x>т</p>", "unsafe-html", "onclick"),
        ("[т](java&#115;cript:x)", "unsafe-html", "javascript:"),
        ("<a href='\tjavascript:x'>т</a>", "unsafe-html", "javascript:"),
        ("<form action=x></form>", "unsafe-html", "<form"),
        ("![т](data:image/png;base64,AA)", "picture-inline", "base64"),
        ("[т](ftp://a.example/)", "link-scheme", "ftp:"),
        ("<p style='color:red'>т</p>", "html-dropped", "style="),
        ("<a name=x>т</a>", "html-dropped", "name="),
        ("[т](http://a.example/){: target=_blank }", "html-dropped", "target="),
        ("<center>т</center>", "html-dropped", "<center>"),
    ],
)
def test_nothing_vanishes_without_a_word(text, code, what):
    assert [(line, problem, what in message) for line, problem, message in said(f"Вступ.\n\n{text}")] == [
        (3, code, True)
    ]


@pytest.mark.parametrize(
    "text",
    ["Слова **і** [посилання](https://a.example/)", "| а | б |\n|:-|-:|\n| 1 | 2 |", "Є[^1].\n\n[^1]: Примітка.", "```python\nx\n```",
     "<ivan@rada.example> <https://a.example/>", "<span class='nota'>т</span>", "*[ДМР]: рада\n\nДМР", "[TOC]\n\n## Розділ {#a}", "5 < 6 && 7 > 3"],
)  # fmt: skip
def test_what_people_write_is_not_complained_of(text):
    assert said(text) == []


def test_columns_keep_their_side_without_a_style():
    assert '<td class="to-right">2</td>' in Markup().text(item(), "| а | б |\n|-|-:|\n| 1 | 2 |").html


def test_a_control_character_written_as_a_number_does_not_reach_the_page():
    assert Markup().text(item(), "а&#8;б&#11;в").html == "<p>абв</p>"


def test_a_malformed_declaration_is_refused():
    assert [one.level for one in dropped("<![if IE]>x<![endif]>", has_html=True)] in (["unsafe"], [])
