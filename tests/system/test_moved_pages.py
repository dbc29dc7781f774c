"""Old addresses in the built site: a small page at each, that leads to where its item is now."""

import html5lib

from tests.system.plain import plain_pelican

BASE = "/sait"


def page(golden, name):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(golden.files()[name].decode())


def test_a_page_at_an_old_address_leads_on_at_once_and_by_a_plain_link(golden):
    golden.html()
    tree = page(golden, "2021/07/05/druha-novyna/index.html")
    target = "/news/0123-2021-07-05/"
    heads = {one.get("name") or one.get("http-equiv"): one.get("content") for one in tree.iter("meta")}

    assert heads["refresh"] == f"0; url={BASE}{target}"
    assert heads["robots"] == "noindex"
    assert heads["Content-Security-Policy"].startswith("default-src 'none'")
    assert [one.get("href") for one in tree.iter("link") if one.get("rel") == "canonical"] == [
        f"https://zrazkova.example{BASE}{target}"
    ]
    assert [(one.get("href"), one.text) for one in tree.iter("a")] == [(BASE + target, "Другий")]
    assert f"{target[1:]}index.html" in golden.files()
    assert not list(tree.iter("script"))


def test_an_old_address_of_a_scheduled_item_appears_with_it(golden):
    golden.html(today="2022-01-31")
    assert "news/майбутня-новина/index.html" not in golden.files()
    golden.html(today="2022-02-01")

    assert b"/news/zaplanovano-2022-02-01/" in golden.files()["news/майбутня-новина/index.html"]


def test_a_removed_row_takes_its_page_with_it_and_a_new_one_adds_one_page(golden):
    golden.html()
    whole = golden.files()
    golden.write("redirects.csv", "Звідки;Куди\n/storinka.html;/kontakty-nema/\n")
    assert golden.html()[0] == 2
    assert golden.files() == whole
    golden.write("redirects.csv", "Звідки;Куди\n/storinka.html;/pro-nas/\n/nova;/news/\n")
    status, said, _ = golden.html()

    assert (status, "оновлено 1\N{NO-BREAK SPACE}сторінку" in said, "прибрано 1" in said) == (0, True, True)
    assert set(golden.files()) - set(whole) == {"nova/index.html"}
    assert set(whole) - set(golden.files()) == {"2021/07/05/druha-novyna/index.html"}


def test_the_map_and_the_counts_know_no_old_address(golden):
    golden.html()
    files = golden.files()

    assert b"storinka" not in files["sitemap.xml"]
    assert b"storinka" not in files["reports/2021-h2/items.csv"]


def test_plain_pelican_draws_the_same_pages(golden, tmp_path):
    golden.html()
    plain = plain_pelican(golden.content, tmp_path / "pelican")

    assert {"storinka.html", "2021/07/05/druha-novyna/index.html"} <= plain.keys()
