"""What references become, and when what was looked up no longer holds."""

import pytest

from hromada.checks.link_rules import Targets
from hromada.render.html import Markup
from hromada.render.links import Linker
from tests.unit.making import item

PAGES = {"content/news/a.md": "/news/a-2021-07-05/", "content/news/b.md": ""}


def linker(pages=PAGES, files=frozenset({"content/files/x.pdf"}), size=5):
    return Linker(Targets(pages, files, frozenset({"/a/"})), None, lambda path: f"/base{path}", lambda path: size)


def drawn(text, **frozen):
    one = item(path="content/news/x.md")
    marked, metadata = Markup().text(one, text)
    return linker().html(one, marked, metadata, **frozen)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[x](a.md#b)", '<p><a href="/base/news/a-2021-07-05/#b">x</a></p>'),
        ("[x](/files/x.pdf)", '<p><a href="/base/files/x.pdf">x</a></p>'),
        ("[x](/files/x.pdf#page=2)", '<p><a href="/base/files/x.pdf#page=2">x</a></p>'),
        ("[x](<https://e.example/План 1.pdf>)", '<p><a href="https://e.example/План%201.pdf">x</a></p>'),
        ("[x](https://e.example/?a=1&b)", '<p><a href="https://e.example/?a=1&amp;b">x</a></p>'),
        ('<a title="\ue0020\ue003" href="/a/">x</a>', '<p><a title="\ue0020\ue003" href="/base/a/">x</a></p>'),
        ("\ue0020\ue003 [x](https://e.example/\ue0025\ue003) [y](/a/)",
         '<p>\ue0020\ue003 <a href="https://e.example/\ue0025\ue003">x</a> <a href="/base/a/">y</a></p>'),
        ('href="\ue0020\ue003" [y](/a/)', '<p>href="\ue0020\ue003" <a href="/base/a/">y</a></p>'),
    ],
)  # fmt: skip
def test_a_reference_leads_where_it_should_and_words_that_look_like_a_mark_stay(text, html):
    assert drawn(text) == html


@pytest.mark.parametrize(
    "address",
    ["https:/e.example/a", "https:e.example/a", "https//e.example/a", "https;//e.example/a", "HTTPS/:e.example/a"],
)
def test_a_mistyped_beginning_of_an_address_is_told_with_the_right_one(address):
    one = item(path="content/news/x.md", body_line=4)
    _, metadata = Markup().text(one, f"[x]({address})")
    (said,) = linker().linked(one, metadata).problems

    assert (said.line, said.fix) == (4, "напишіть її так: https://e.example/a")


@pytest.mark.parametrize("address", ["localhost:8000/news/", "localhost:8000", "LOCALHOST:8000/news/"])
def test_an_address_of_the_preview_without_its_scheme_is_private_too(address):
    for text in (f"[x]({address})", f"<b>Є</b> <a href='{address}'>x</a>"):
        _, metadata = Markup().text(item(path="content/news/x.md", body_line=4), text)

        assert [(one.code, one.line) for one in metadata.problems] == [("link-private", 4)]


def test_a_link_of_an_approved_text_that_leads_nowhere_keeps_its_words():
    assert drawn("[x](gone.md)", frozen=True) == "<p><a>x</a></p>"


@pytest.mark.parametrize(
    "now",
    [
        {"pages": {**PAGES, "content/news/a.md": "/news/other-2021-07-05/"}},
        {"pages": {**PAGES, "content/news/a.md": ""}},
        {"pages": {"content/news/b.md": ""}},
        {"files": frozenset()},
        {"size": 6},
    ],
)
def test_what_was_looked_up_holds_until_something_else_stands_behind_a_name(now):
    one = item(path="content/news/x.md")
    _, metadata = Markup().text(one, "[a](a.md) [b](/files/x.pdf) [c](/a/)")
    linked = linker().linked(one, metadata)

    assert linker().is_current(linked)
    assert not linker(**now).is_current(linked)
