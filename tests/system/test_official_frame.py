"""The frame around the pages, as built: the map, the English home, the statement's results, security.txt, all components once."""

import re

from hromada.commands import dispatch as commands
from hromada.domain.accessibility import AccessibilityResults
from hromada.domain.dates import Clock
from hromada.reading.accessibility_results import accessibility_results_text
from tests.conftest import ROOT

# Shown on the pages of services and units, which browser tests open.
NEWS = "title: Новина\ndate: 2021-07-05\n\nТекст новини, достатньо довгий.\n"
RESULTS = AccessibilityResults(
    Clock.parse("2022-01-10").day, "ДСТУ EN 301 549:2022", ("axe-core 4",), ("Головна",), ("темне",), 21
)


def built(site):
    assert site.html()[0] == 0
    return {path.relative_to(site.output).as_posix() for path in site.output.rglob("*") if path.is_file()}


def test_the_map_names_every_page_unit_and_category(site):
    site.write("units/okruh/index.md", "title: Округ\n\nТекст.\n")
    site.write("pages/pro.md", "title: Про нас\n\nТекст.\n")
    site.write("news/a.md", NEWS.replace("date:", "category: Культура\ndate:"))
    built(site)
    page = (site.output / "karta-saitu/index.html").read_text("utf-8")

    for link in ("/units/okruh/", "/pro/", "/news/category/kultura/", "/news/archive/", "/photos/", "/reports/"):
        assert f'href="/sait{link}"' in page, link


def test_the_english_home_exists_with_the_first_translation_and_goes_with_it(site):
    site.write("news/a.md", NEWS)
    assert "en/index.html" not in built(site)
    site.write("news/a.en.md", "title: A news item\ndate: 2021-07-05\n\nText.\n")
    assert "en/index.html" in built(site)
    assert 'href="/sait/en/"' in (site.output / "index.html").read_text("utf-8")
    assert "/en/</loc>" in (site.output / "sitemap.xml").read_text("utf-8")
    (site.content / "news/a.en.md").unlink()
    assert "en/index.html" not in built(site)
    assert 'href="/sait/en/"' not in (site.output / "index.html").read_text("utf-8")


def test_a_hidden_translation_makes_no_english_home(site):
    site.write("news/a.md", NEWS)
    site.write("news/a.en.md", "title: A news item\ndate: 2021-07-05\nstatus: hidden\n\nText.\n")

    assert "en/index.html" not in built(site)


def test_a_translation_that_says_more_than_the_original_is_a_warning(site):
    site.write("news/a.md", NEWS)
    site.write("news/a.en.md", f"title: A news item\ndate: 2021-07-05\n\n{'Many more words. ' * 40}\n")
    status, said, _ = site.run(commands.check)

    assert status == 0
    assert "[translation-larger]" in said


def test_the_statement_shows_the_results_and_no_other_page_changes(site):
    site.write("pages/dostupnist.md", "title: Доступність\n\nТекст.\n")
    site.write("news/a.md", NEWS)
    built(site)
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("*.html")}
    site.write("accessibility.toml", accessibility_results_text(RESULTS))
    built(site)
    page = (site.output / "dostupnist/index.html").read_text("utf-8")
    changed = {path for path, stamp in before.items() if path.stat().st_mtime_ns != stamp}

    assert "ДСТУ EN 301 549:2022" in page
    assert "21\N{NO-BREAK SPACE}перевірка" in page
    assert changed == {site.output / "dostupnist/index.html"}


def test_every_component_stands_on_the_page_of_components_which_only_the_demo_has(site):
    site.write("news/a.md", NEWS)
    files = built(site)
    template = (ROOT / "theme/templates/components.html").read_text("utf-8")
    used = set(re.findall(r'from "components/([a-z-]+)\.html"', template))
    every = {path.stem for path in (ROOT / "theme/templates/components").glob("*.html")}
    elsewhere = {
        "breadcrumbs",
        "official-line",
        "view-panel",
        "photo-caption",
        "list-filter",
        "alert-sheet",
        "search-box",
        "search-results",
    }  # of the frame, in others, on paper, on the page of the search

    assert every - used == elsewhere
    assert "komponenty/index.html" not in files
