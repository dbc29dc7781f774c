"""What programs read: feeds, the map of the site, robots; and what the build remembers of its inputs."""

import re

import feedparser
import pytest
from lxml import etree

from hromada.build.manifest import code_digest, inputs_digest
from tests.conftest import ROOT

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
BASE = "https://zrazkova.example/sait/"


@pytest.fixture
def output(built_golden):
    return built_golden.output


@pytest.mark.parametrize("name", ["news/feed.atom", "units/okruh/feed.atom", "units/partner/feed.atom"])
def test_a_feed_is_valid_atom_even_when_it_is_empty(output, name):
    raw = (output / name).read_bytes()
    feed = etree.fromstring(raw)
    ids = [one.text for one in feed.iter(f"{ATOM}id")]
    dates = [one.text for tag in ("updated", "published") for one in feed.iter(ATOM + tag)]

    assert not feedparser.parse(raw).bozo
    assert len(ids) == len(set(ids)) == len(feed.findall(f"{ATOM}entry")) + 1
    assert all(one.startswith(BASE) for one in ids)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[23]:00", one) for one in dates)
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == BASE + name
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Зразкова адміністрація"


def test_a_feed_is_in_order_and_without_hidden_drafts_and_translations(output):
    titles = [entry.title for entry in feedparser.parse((output / "news/feed.atom").read_bytes()).entries]

    assert titles == ["Пізніше", "Останній", "Другий", "Перший день: півріччя", "Раніше"]


def test_the_map_names_every_page_that_may_be_found_and_no_other(output):
    found = [one.text for one in etree.parse(output / "sitemap.xml").iter(f"{MAP}loc")]
    pages = {path.relative_to(output).as_posix().removesuffix("index.html") for path in output.rglob("index.html")}
    hidden = {page for page in pages if "noindex" in (output / page / "index.html").read_text("utf-8")}
    lists = {page for page in pages if "/page/" in page or re.match(r"reports/[^/]+/[^/]+/", page)}

    assert len(found) == len(set(found))
    assert {one.removeprefix(BASE) for one in found} == pages - hidden - lists
    versions = {"text/", "text/oholoshennia/"}  # they repeat what other pages say
    tags = {"tags/", "tags/khlib-sil/", "tags/pershyi/"}  # of one item each, so they lead to nothing further
    assert (
        hidden == {"news/prykhovane-2021-08-02/", "2021/07/05/druha-novyna/"} | versions | tags
    )  # the second leads on


def test_robots_name_the_map(output):
    assert f"Sitemap: {BASE}sitemap.xml" in (output / "robots.txt").read_text("utf-8")


def test_the_build_ends_with_what_is_scheduled(built_golden):
    assert built_golden.said.endswith(
        "Чекають своєї дати:\n  01.02.2022  Заплановано  (content/news/2022/2022-02-01-zaplanovano.md)\n"
    )


@pytest.mark.parametrize(
    "changed",
    ["theme/templates/base.html", "theme/static/css/tokens.css", "plugins/hromada/report/count/counting.py"],
)
def test_a_changed_template_style_or_rule_is_never_missed(tmp_path, changed):
    for name in (
        "theme/templates/base.html",
        "theme/static/css/tokens.css",
        "plugins/hromada/report/count/counting.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((ROOT / name).read_bytes())

    def digest(settings="settings"):
        return inputs_digest({}, tmp_path / "theme", code_digest(tmp_path), settings)

    before = digest()
    path = tmp_path / changed
    path.write_text(path.read_text("utf-8") + " ", "utf-8")

    assert len({"", before, digest(), digest("other settings")}) == 4
