"""Feeds: whole texts, whole addresses, the cover as an enclosure; one for each category."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest

from hromada.listing.absolute_links import with_absolute_links
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://zrazkova.example/sait"
HOST, PAGE = "https://zrazkova.example", f"{SITE}/news/x-2022-01-10/"


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ('<a href="/sait/x/">x</a>', f'<a href="{SITE}/x/">x</a>'),
        ('<a href="#fn">1</a>', f'<a href="{PAGE}#fn">1</a>'),
        ('<a href="https://a.example/">x</a>', '<a href="https://a.example/">x</a>'),
        ('<a href="//a.example/">x</a>', '<a href="//a.example/">x</a>'),
        ('<a href="mailto:a@b.example">x</a>', '<a href="mailto:a@b.example">x</a>'),
        ('<img alt="src=/x" src="/sait/i.webp" srcset="/sait/i.webp 480w, /sait/j.webp 1200w">',
         f'<img alt="src=/x" src="{SITE}/i.webp" srcset="{SITE}/i.webp 480w, {SITE}/j.webp 1200w">'),
        ('<code>href="/x"</code>', '<code>href="/x"</code>'),
        ('<img alt="a > b" src="/sait/i.webp">', f'<img alt="a > b" src="{SITE}/i.webp">'),
        ("", ""),
    ],
)  # fmt: skip
def test_links_get_their_whole_addresses(given, wanted):
    assert with_absolute_links(given, HOST, PAGE) == wanted


@pytest.fixture
def town(site):
    foto = next((ROOT / "tests/sites/golden/content").rglob("*.png")).read_bytes()
    site.write("news/foto.png", foto)
    site.write(
        "news/2022-01-10-x.md",
        "title: Ікс\ndate: 2022-01-10\ncategory: Освіта\nimage: foto.png\nimage-alt: Опис\n\nТекст. [Далі](2022-01-11-y.md)\n",
    )
    site.write("news/2022-01-11-y.md", "title: Ігрек\ndate: 2022-01-11\ncategory: Культура\n\nДругий текст.\n")
    return site


def feeds(site):
    assert site.html()[0] == 0
    return {name: data for name, data in site.files().items() if name.endswith(".atom")}


def test_each_category_has_a_feed_of_its_own_items(town):
    all_feeds = feeds(town)
    titles = {
        name: [entry.findtext(f"{ATOM}title") for entry in ElementTree.fromstring(data).iter(f"{ATOM}entry")]
        for name, data in all_feeds.items()
    }
    assert titles["news/category/osvita/feed.atom"] == ["Ікс"]
    assert titles["news/category/kultura/feed.atom"] == ["Ігрек"]
    assert titles["news/feed.atom"] == ["Ігрек", "Ікс"]
    page = town.files()["news/category/osvita/index.html"].decode()
    assert (
        'type="application/atom+xml" title="Зразкова громада: Освіта" href="/sait/news/category/osvita/feed.atom"'
        in page
    )


def test_a_feed_has_the_text_with_whole_addresses_and_the_cover(town):
    data = feeds(town)["news/category/osvita/feed.atom"]
    entry = ElementTree.fromstring(data).find(f"{ATOM}entry")
    text = unescape(entry.findtext(f"{ATOM}content"))

    assert "Текст." in text
    assert f'href="{SITE}/news/y-2022-01-11/"' in text
    assert re.findall(r'(?:src|href)="/', text) == []
    (enclosure,) = [link for link in entry.iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert enclosure.get("type") == "image/jpeg"
    assert enclosure.get("href").removeprefix(f"{SITE}/") in town.files()


def test_a_new_item_redraws_the_feed_of_its_category_alone(town):
    before = feeds(town)
    town.write("news/2022-01-12-z.md", "title: Зет\ndate: 2022-01-12\ncategory: Освіта\n\nТретій.\n")
    after = feeds(town)
    assert {name for name in after if before.get(name) != after[name]} == {
        "news/feed.atom",
        "news/category/osvita/feed.atom",
    }
