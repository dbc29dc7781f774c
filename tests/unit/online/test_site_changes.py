"""Which files of a site have an address, and how two sites are compared."""

import json

import pytest

from hromada.domain.refusal import Refusal
from hromada.online.site_changes import (
    MovedPage,
    SiteChanges,
    StateChange,
    address_of,
    compare_figures,
    compare_sites,
    compare_states,
)


@pytest.mark.parametrize(
    ("file", "address"),
    [
        ("index.html", "/"), ("news/x-2021-07-05/index.html", "/news/x-2021-07-05/"), ("storinka.html", "/storinka.html"),
        ("news/feed.atom", "/news/feed.atom"), ("files/plan.csv", "/files/plan.csv"), ("news/2021/план робіт.pdf", "/news/2021/план робіт.pdf"),
        ("reports/2021-h2/report.docx", "/reports/2021-h2/report.docx"), ("reports/2021-h2/news/items.csv", "/reports/2021-h2/news/items.csv"),
        ("images/plan.pdf", "/images/plan.pdf"), ("page/index.html", "/page/"), ("news/page/x/index.html", "/news/page/x/"),
        ("units/okruh/page/1/index.html", ""), ("reports/2021-h2/news/page/12/index.html", ""), ("theme/css/site.8717250366.css", ""),
        ("admin/index.html", "/admin/"), ("admin/parts-0123456789/editor.js", ""), ("admin/sveltia-0123456789/assets/x.wasm", ""),
        ("images/c2cbee1b10716107-60.webp", ""), ("404.html", ""), ("robots.txt", ""), ("sitemap.xml", ""), ("CNAME", ""), (".nojekyll", ""),
    ],
)  # fmt: skip
def test_pages_feeds_and_documents_have_an_address(file, address):
    assert address_of(file) == address


def test_two_sites_are_compared_by_their_bytes():
    online = {"a.html": "1", "b.html": "1", "c.html": "1", "d.html": "1", "theme/x.css": "1", "robots.txt": "1"}
    now = {
        "a.html": "1",
        "b.html": "2",
        "d.html": "2",
        "e.html": "1",
        "f.html": "1",
        "theme/y.css": "1",
        "robots.txt": "2",
    }
    found = compare_sites(online, now, {"d.html": "/e.html", "f.html": "/a.html"}, [], 12)

    assert found == SiteChanges(
        ("/e.html", "/f.html"), ("/b.html",), ("/c.html",), (MovedPage("/d.html", "/e.html"),), others=3, bytes=12
    )


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"figures": 1}', b'{"figures": [{}]}', b'{"figures": [1]}', b"\xff"]
)
def test_what_is_no_report_online_has_no_figures(data):
    now = json.dumps({"figures": [{"id": "news", "value": 0}]}).encode()

    assert compare_figures({"reports/x/report.json": data}, {"reports/x/report.json": now}) == [("x", "news", None, 0)]


def test_former_versions_of_a_report_are_no_reports():
    now = json.dumps({"figures": [{"id": "news", "value": 1}]}).encode()

    assert compare_figures({}, {"reports/x/v1/report.json": now}) == []


def test_long_lists_are_cut_on_the_terminal_and_whole_for_programs():
    changes = SiteChanges(new=tuple(f"/{number:02}/" for number in range(12)), bytes=1_234_567)

    assert changes.as_lines() == [
        "Нові адреси: 12", *(f"  /{number:02}/" for number in range(10)), "  … і ще 2",
        "Розмір сайту: 1,2 МБ, 0,1 % того, що приймає хостинг (1\N{NO-BREAK SPACE}000 МБ)",
    ]  # fmt: skip
    answer = changes.as_object([Refusal("behind", "x")])
    assert (len(answer["new"]), answer["refusals"]) == (12, [{"code": "behind", "message": "x"}])


def states(*named):
    return {
        f"reports/{name}/report.json": json.dumps({"status": status, "figures": []}).encode() for name, status in named
    }


def test_a_signed_report_whose_state_on_the_site_changes_is_named():
    online = states(("2021-h1", "approved"), ("2021-h2", "approved"), ("2022-h1", "open"), ("2020-h1", "changed"))
    now = states(("2021-h1", "changed"), ("2021-h2", "approved"), ("2022-h1", "approved"), ("2020-h1", "approved"))

    assert [change.as_line() for change in compare_states(online, now)] == [
        "2020-h1: відрізняється від затвердженого → затверджений",
        "2021-h1: затверджений → відрізняється від затвердженого",
    ]
    assert compare_states(online, {"reports/2021-h1/report.json": b"{"})[0].now == ""


def test_changed_states_are_in_the_summary_and_not_in_the_answer_for_programs():
    changes = SiteChanges(states=(StateChange("2021-h2", "approved", "changed"),))

    assert "  2021-h2: затверджений → відрізняється від затвердженого" in changes.as_lines()
    assert list(changes.as_object([])) == ["new", "changed", "gone", "moved", "figures", "bytes", "refusals"]
