import pytest

from hromada.checks.link_rules import Targets
from hromada.render.html import Markup
from hromada.render.links import Linker, Replacement, substitute_numbers
from tests.unit.making import item

MARK = "\ue0000\ue001"
WORDS, LINK = "3 &amp; «4»", '<a class="figure-link" href="/r/news/">3 &amp; «4»</a>'
SAID = {MARK: Replacement("3 & «4»", LINK)}


def rendered(text, said=SAID):
    """A text's HTML on its page: its links followed, then its numbers said."""
    linker = Linker(Targets({}, frozenset(), frozenset({"/a/"})), None, lambda path: path, lambda path: 0)
    return substitute_numbers(linker.html(item(), *Markup().text(item(), text)), said)


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
    assert rendered(text) == html


def test_a_mark_that_stands_for_nothing_stays():
    assert rendered("\ue0005\ue001 `\ue0005\ue001`") == "<p>\ue0005\ue001 <code>\ue0005\ue001</code></p>"


def test_quotes_of_a_number_do_not_end_an_attribute():
    assert (
        rendered(f'<b title="{MARK}">а</b>', {MARK: Replacement('"3"', "")}) == '<p><b title="&quot;3&quot;">а</b></p>'
    )
