"""What a page says, and that whatever html5lib calls an error is called one here, too."""

import random

import html5lib
import pytest
from html5lib.constants import E

from hromada.verification import html_page
from hromada.verification.html_page import Reference, read_page, references_of
from tests.conftest import ROOT

GOLDEN = ROOT / "tests/sites/golden/expected"
PAGES = sorted(GOLDEN.rglob("*.html"))
POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"""
# What damages a page: pieces that are put in, and what takes pieces away or changes their order.
PIECES = (
    "<", ">", "&", '"', "'", "</p>", "<p>", "<div>", "</div>", "<b>", "</i>", "<a href='x'>", "</a>", "<td>", "<table>", "&amp", "&nema;",
    "&#0;", "\0", "<!--", "-->", "</main>", "<li>", "<br/>", "</br>", "<p/>", "<h1>", "<button>", "<form>", "<select>", "<body>", "<html>",
    "=", " id=a id=b", "<svg>", "</svg>", "<math>", "<option>", "<title>", "</head>", "<script>", "<style>", "<textarea>", "<!doctype html>",
)  # fmt: skip


def page(body, head=""):
    return f"<!doctype html>\n<html><head><title>x</title>{POLICY}{head}</head>\n<body>{body}</body></html>\n"


def damaged(text, dice):
    place = dice.randrange(len(text))
    match dice.randrange(4):
        case 0:
            return text[:place] + dice.choice(PIECES) + text[place:]
        case 1:
            return text[:place] + text[place + dice.randrange(1, 12) :]
        case 2:
            return text[:place] + text[place : place + 30] * 2 + text[place + 30 :]
        case _:
            tags = text.split("<")
            first, second = sorted(dice.sample(range(1, len(tags)), 2))
            tags[first], tags[second] = tags[second], tags[first]
            return "<".join(tags)


def differs(seed, pages):
    """Faults that html5lib sees and the verification does not, in damaged pages."""
    dice = random.Random(seed)
    text = damaged(dice.choice(pages).read_text("utf-8"), dice)
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    return [E[code] % words for _, code, words in parser.errors] if parser.errors and not read_page(text).faults else []


@pytest.mark.parametrize("seed", range(60))
def test_what_html5lib_calls_an_error_is_a_fault(seed):
    assert differs(seed, PAGES) == []


@pytest.mark.soak
def test_what_html5lib_calls_an_error_is_a_fault_in_thousands_of_damaged_pages():
    assert [seed for seed in range(60, 6000) if differs(seed, PAGES)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_a_page_of_the_golden_site_has_no_fault(path):
    assert read_page(path.read_text("utf-8")).faults == ()


def test_pages_are_known_as_built_without_being_compared_tag_by_tag(monkeypatch):
    """That takes a third more of a verification's time; a template that writes tags in another way than lexbor shows here."""
    compared = []
    monkeypatch.setattr(html_page, "_repairs", lambda *_: compared.append(1) or iter(()))
    for path in PAGES:
        read_page(path.read_text("utf-8"))
    assert len(compared) < len(PAGES) / 4


def test_an_attribute_without_a_value_is_no_repair_and_hides_none():
    assert read_page(page("<p hidden>x</p>")).faults == ()
    assert read_page(page('<p hidden="">x</p>')).faults == ()
    assert read_page(page('<p =""hidden>x</p>')).faults != ()
    assert read_page(page("<p hidden><p>x</p></p>")).faults != ()


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href=" /x/?a=1&amp;b#c ">x</a>', {("/x/?a=1&b#c", False)}),
        ("<a href='/x/'>x</a>", {("/x/", False)}),
        ("<a href=/x>x</a>", {("/x", False)}),
        ('<img src="/a" srcset="/b 1x, /c,d 2x">', {("/a", True), ("/b", True), ("/c,d", True)}),
        ('<link rel="preload" imagesrcset="/b 100w" href="/a">', {("/a", True), ("/b", True)}),
        ('<link rel="alternate" href="/a">', {("/a", False)}),
        ('<form action="/a"><button formaction="/b">x</button></form>', {("/a", False), ("/b", False)}),
        ('<object data="/a"></object>', {("/a", True)}),
        ('<svg><use xlink:href="#a"></use></svg>', {("#a", True)}),
        ('<meta http-equiv="refresh" content="0; url=/a/">', {("/a/", False)}),
        ('<meta property="og:image" content="https://x.example/a">', {("https://x.example/a", False)}),
        ('<meta property="og:title" content="Слова /a">', set()),
        ('<meta name="description" content="/a">', set()),
        ('<!-- <a href="/x">x</a> -->&lt;a href="/y"&gt;', set()),
        ('<script type="application/ld+json">{"a": "<img src=\'/x\'>"}</script>', set()),
        ('<script src="/x.js"></script>', {("/x.js", True)}),
    ],
)
def test_the_references_of_a_page(html, found):
    assert references_of(html) == {Reference(*one) for one in found}


def test_the_place_of_a_fault_is_its_line():
    (fault,) = read_page(page("<p>x</p>\n<p>\n&nema;</p>")).faults

    assert (fault.line, str(fault)) == (4, "невідомий знак «&nema;» (рядок 4)")


def test_anchors_are_ids_and_names_of_links():
    facts = read_page(page('<p id="а">x</p><a name="b">x</a><input name="c">'))

    assert (facts.ids, facts.faults) == (("а", "b"), ())


def test_a_policy_written_in_a_text_is_none():
    text = page(POLICY.replace("<", "&lt;").replace(">", "&gt;")).replace(POLICY, "", 1)

    assert [fault.code for fault in read_page(text).faults] == ["missing-policy"]


EDITOR_POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; connect-src 'self' https://git.example blob:"


def policy_faults(policy, is_editor):
    return [fault.code for fault in read_page(whole_page(policy), is_editor=is_editor).faults]


def whole_page(policy):
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n<title>x</title>\n'
    return (
        f'<!doctype html>\n<html lang="uk">\n<head>\n<meta charset="utf-8">\n{head}</head>\n<body>\n</body>\n</html>\n'
    )


def test_a_page_of_the_editor_may_show_photos_from_memory_and_no_other_page_may():
    assert policy_faults(EDITOR_POLICY, is_editor=True) == []
    assert policy_faults(EDITOR_POLICY, is_editor=False) == ["missing-policy"]


@pytest.mark.parametrize(
    "change",
    [
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' 'unsafe-eval'"),
        ("script-src 'self'", "script-src 'self' blob:"),
        ("script-src 'self'", "style-src 'self' 'unsafe-inline'; script-src 'self'"),
        ("https://git.example", "https:"),
        ("https://git.example", "*"),
        ("default-src 'none'", "default-src 'self'"),
    ],
)
def test_a_page_of_the_editor_runs_and_tells_no_more_than_it_needs(change):
    assert policy_faults(EDITOR_POLICY.replace(*change), is_editor=True) == ["missing-policy"]


TAGS = (
    '<a href="/x/">', '<a class="b" name="x">', '<p id="x">', '<img src="x" alt="">', '<img srcset="a 1x, b 2x">',
    '<link imagesrcset="a 1x">', '<form action="/x">', '<button formaction="/x">', '<video poster="x">', '<object data="x">',
    '<use xlink:href="#x">', '<p style="x">', '<p onclick="x">', '<p lang="uk" onclick>', '<script src="/x">', '<script async="">',
    '<meta http-equiv="refresh" content="1; url=/x">', '<meta property="og:image" content="/x">',
    '<a href="/?a=1&amp;b=2">', '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
)  # fmt: skip


def says_something(token):
    return html_page._tag(token)[1:] != html_page._tag("<p>")[1:]


@pytest.mark.parametrize("token", TAGS)
def test_a_canonical_tag_says_what_it_says_in_any_form(token):
    (name, attributes) = html_page._CANONICAL_TAG.fullmatch(token).groups()
    canonical, tag = html_page._canonical_tag(name, attributes), html_page._tag(token)

    assert says_something(token)
    assert canonical == (None if tag.fault else tag)


def test_of_our_pages_no_tag_that_says_something_is_passed_over():
    tags = {tag for path in PAGES for tag in html_page._CANONICAL_TAG.findall(path.read_text("utf-8")) if tag[1]}
    passed_over = [
        (name, written) for name, written in tags if html_page._canonical_tag(name, written) is html_page._NO_FACTS
    ]
    assert [tag for tag in passed_over if says_something("<{}{}>".format(*tag))] == []
    assert len(tags) > 1000
    assert passed_over


def read_tag_by_tag(text):
    """The facts of a page that is read without what follows from its being the text of its tree."""
    pieces = html_page._TOKEN.split(text)
    return html_page._contents([html_page._tag(piece) for piece in pieces[1::2]])


def test_a_page_that_is_the_text_of_its_tree_says_the_same_when_read_tag_by_tag():
    read = 0
    for path in PAGES:
        text = path.read_text("utf-8")
        if (contents := html_page._contents_as_built(text)) is not None:
            assert contents == read_tag_by_tag(text), path
            read += 1
    assert read > len(PAGES) * 0.9


@pytest.mark.parametrize(
    "body",
    [
        '<script type="application/ld+json">\n<a href="/x">\n</script>',
        '<script type="application/ld+json">{"a":"<b>"}</script>',
        "<script>1</script>",
        "<script>1<script>2</script>",
        "<style>a{}</style>",
        '<!--\n<a href="/x">\n-->',
        '<p id="a">x</p>\n<p id="a">y</p>',
        '<p title="\n<a href=/x>">x</p>',
        '<p title="a>b">x</p>',
        "<p>a < b</p>",
        "<p>a\x00b</p>",
        "<p class=a>x</p>",
        "<p class='a'>x</p>",
        '<p a=""">x</p>',
        '<p "">x</p>',
        '<p ="">x</p>',
        '<p a="b"c="d">x</p>',
        '<p a"b="c">x</p>',
    ],
)
def test_what_is_unusual_or_wrong_is_read_tag_by_tag(body):
    assert html_page._contents_as_built(page(body)) is None


@pytest.mark.parametrize(
    "body", ["<p/><header></header>", '<p>x</p>\n<p card.jpg">y</p>', "<p a<b>x</p>", "<b =x>y</b>"]
)
def test_a_tag_that_a_browser_only_forgives_is_a_fault(body):
    assert read_page(page(body)).faults


def test_a_second_doctype_is_a_fault():
    assert read_page(f"<!doctype html>{page('')}").faults


@pytest.mark.parametrize(
    "before_head",
    [
        '<html id="a" id="b">', '<html lang="x" lang="y">', '<html ID="a" id="b">', '</p id="zz"><html>', '<html></p href="/x">',
        '<html ONCLICK="x">', '<html STYLE="x">', '<html><html lang="x">', "</p><html>", "<html></div>", "</head><html>",
        '<html lang="&nema;">', "<p><html>", "x<html>", "<html/>",
    ],
)  # fmt: skip
def test_a_fault_before_the_head_is_seen(before_head):
    found = read_page(page("").replace("<html>", before_head, 1))
    assert found.faults
    assert found.references == frozenset()


@pytest.mark.parametrize("body", ['<p class="x"\xa0id="y">z</p>', '<p id\xa0="x">z</p>', '<p \xa0id="x">z</p>'])
def test_a_no_break_space_parts_no_attributes(body):
    assert read_page(page(body)).ids == ()


def test_data_are_in_scripts_alone():
    link = '<link rel="alternate" type="application/ld+json" href="/x">'
    assert read_page(page("", link)).data == read_page(page("<!-- a -->", link)).data == ()


def test_a_script_may_hold_the_tags_of_others():
    assert read_page(page("""<script type="application/ld+json">{"a": "<script src=x>"}</script>""")).faults == ()
    assert read_page(page("""<script type="application/ld+json">{"a": "</style>"}</script>""")).faults == ()


def test_an_unknown_reference_in_the_address_of_a_script_is_a_fault():
    assert read_page(page('<script src="/a&ampb.js"></script>')).faults
    assert read_page(page('<script type="application/json">{"a": "b&ampc"}</script>')).faults == ()


def test_a_part_of_a_drawing_may_end_itself():
    assert read_page(page('<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>')).faults == ()
