"""The layout's own ids are reserved for each kind of page that shows an editor's text."""

import re

import pytest

from hromada.checks.rendered_text_rules import RESERVED_IDS, is_reserved
from hromada.domain.item import Kind
from tests.conftest import ROOT

TEMPLATES = ROOT / "theme/templates"
PAGES = {Kind.NEWS: "article.html", Kind.MESSAGE: "article.html", Kind.PAGE: "page.html", Kind.UNIT: "unit.html", Kind.REPORT: "report.html", Kind.SERVICE: "service.html"}  # fmt: skip
REFERENCE = re.compile(r"""\{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")


def ids_of(name, seen=()):
    """The literal ids of a template and of all that it takes in."""
    text = (TEMPLATES / name).read_text("utf-8")
    found = {id for id in re.findall(r'\sid="([^"]+)"', text) if "{" not in id}
    for other in REFERENCE.findall(text):
        if other not in seen:
            found |= ids_of(other, (*seen, name))
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_every_id_of_the_layout_is_reserved(kind):
    assert {id for id in ids_of(PAGES[kind]) if not is_reserved(kind, id)} == set()


def test_the_parts_of_charts_are_reserved_in_reports_alone():
    assert is_reserved(Kind.REPORT, "chart-news-title")
    assert not is_reserved(Kind.NEWS, "chart-news-title")


def test_what_headings_become_in_ukrainian_is_free():
    assert not any(is_reserved(kind, "dokumenty") for kind in RESERVED_IDS)
