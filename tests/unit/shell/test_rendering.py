import pytest

from hromada.checks.links import Targets
from hromada.domain.calendar import Clock
from hromada.shell.rendering import Renderer, Said, make_markdown
from tests.unit.making import item

MARK = "\ue0000\ue001"
WORDS, LINK = "3 &amp; «4»", '<a class="figure-link" href="/r/news/">3 &amp; «4»</a>'
SAID = {MARK: Said("3 & «4»", LINK)}


def rendered(text, said=SAID):
    targets = Targets({}, frozenset(), frozenset({"/a/"}), Clock.parse("2022-01-15"))
    return Renderer(targets, None, lambda path: path).render(item(), text, said)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (f"Є {MARK}, {MARK}.", f"<p>Є {LINK}, {LINK}.</p>"),
        (f"**{MARK}**", f"<p><strong>{LINK}</strong></p>"),
        (f"[див. {MARK}](/a/) {MARK}", f'<p><a href="/a/">див. {WORDS}</a> {LINK}</p>'),
        (f"[**{MARK}**](/a/)", f'<p><a href="/a/"><strong>{WORDS}</strong></a></p>'),
        (f"`{MARK}` {MARK}", f"<p><code>{WORDS}</code> {LINK}</p>"),
        (f"    {MARK}", f"<pre><code>{WORDS}\n</code></pre>"),
        (f"## Новини: {MARK} і", f'<h2 id="novyny-i">Новини: {WORDS} і</h2>'),
        (f"# {MARK}", f'<h2 id="rozdil">{WORDS}</h2>'),
        (f'<b title="{MARK} > 2">{MARK}</b>', f'<p><b title="{WORDS} &gt; 2">{LINK}</b></p>'),
        (f"## А\n\n{MARK}", f'<h2 id="a">А</h2>\n<p>{LINK}</p>'),
    ],
)
def test_a_number_is_a_link_only_where_a_link_may_stand(text, html):
    assert rendered(text).html == html


def test_a_mark_that_stands_for_nothing_stays():
    assert rendered("\ue0005\ue001 `\ue0005\ue001`").html == "<p>\ue0005\ue001 <code>\ue0005\ue001</code></p>"


def test_quotes_of_a_number_do_not_end_an_attribute():
    assert rendered(f'<b title="{MARK}">а</b>', {MARK: Said('"3"', "")}).html == '<p><b title="&quot;3&quot;">а</b></p>'


def test_the_anchors_are_those_of_the_page():
    assert rendered(f"## Новини {MARK}").anchors == {"novyny"}


def test_the_way_back_from_a_footnote_is_named_in_ukrainian():
    assert 'title="Назад до тексту, примітка 1"' in make_markdown().convert("Є[^1].\n\n[^1]: Примітка.")
