"""The one list of types."""

import pytest

from hromada.domain.file_types import (
    TYPES,
    FileKind,
    is_attachment,
    is_picture,
    is_published_type,
    is_run_by_name,
    may_lie_in_content,
    suffix_of,
)  # fmt: skip

RUN = [
    "html", "htm", "xhtml", "xht", "shtml", "svg", "svgz", "xml", "xsl", "xslt", "rss", "atom", "rdf", "kml", "gpx", "mathml", "xul",
    "js", "mjs", "wasm", "swf", "mht", "mhtml", "hta", "htc", "webmanifest", "appcache", "php", "phtml", "aspx", "jsp", "cgi", "jar",
]  # fmt: skip
UNKNOWN = [
    "",
    "exe",
    "md",
    "toml",
    "css",
    "heic",
    "docm",
    "xlsm",
    "pptm",
    "bak",
    "pdf ",
    "pdf.",
    "pdf~",
    "url",
    "lnk",
    "bat",
    "ps1",
]


@pytest.mark.parametrize("ending", [*RUN, *UNKNOWN])
@pytest.mark.parametrize("folder", ["files", "files/2021", "news/2021", "units/okruh", "pages", "images", "reports"])
def test_what_is_not_in_the_list_lies_nowhere(folder, ending):
    for written in {ending, ending.upper(), ending.title()}:
        assert not may_lie_in_content(f"content/{folder}/x.{written}")


@pytest.mark.parametrize("ending", RUN)
def test_what_a_browser_runs_is_known_for_the_advice(ending):
    assert is_run_by_name(f"content/files/x.{ending.upper()}")
    assert f".{ending}" not in TYPES


@pytest.mark.parametrize(
    "name",
    [
        "_headers", "_redirects", "CNAME", "web", ".htaccess", ".html", ".pdf", "x.html.txt", "x.php.txt", "x.svg.geojson", "x.xml.json",
        "x.PHP.csv", "x.html;.txt", "x.asp;.csv", "x.html .txt",
    ],
)  # fmt: skip
def test_a_name_without_a_type_or_with_one_that_runs_inside_is_refused(name):
    assert not may_lie_in_content(f"content/files/{name}")
    assert not is_published_type(f"files/{name}")


@pytest.mark.parametrize(
    "name", ["a.b.pdf", "РІШЕННЯ.PDF", "x.html.pdf", "dani.xml.zip", "dani.xml.p7s", "12.03.2021.txt", "v1.2.csv"]
)
def test_a_name_with_dots_is_none_the_worse(name):
    assert may_lie_in_content(f"content/files/{name}")
    assert is_published_type(f"files/{name}")


@pytest.mark.parametrize("suffix", TYPES)
def test_data_lies_in_files_alone_and_the_others_beside_items_too(suffix):
    is_data = TYPES[suffix].kind is FileKind.DATA

    assert may_lie_in_content(f"content/files/x{suffix}")
    assert may_lie_in_content(f"content/news/2021/x{suffix}") is not is_data
    assert is_published_type(f"files/x{suffix}")
    assert [is_picture(f"x{suffix}"), is_attachment(f"x{suffix}"), is_data].count(True) == 1


@pytest.mark.parametrize(
    "name",
    [
        "index.html", "404.html", "stara/storinka.htm", "robots.txt", "sitemap.xml", "news/feed.atom", "CNAME", ".nojekyll", "images/a-480.webp",
        "events/calendar.ics", "news/x-2021-07-05/event.ics",
        "theme/css/site.a.css", "theme/img/mark.a.svg", "theme/fonts/OFL.a.txt", "theme/fonts/a.woff2", "reports/x/report.json",
        "reports/x/items.csv", "reports/x/report.docx", "admin/index.html", "admin/config.json", "admin/parts-0123456789/editor.js",
        "admin/sveltia-0123456789/sveltia-cms.js", "admin/sveltia-0123456789/assets/x.wasm", "admin/sveltia-0123456789/LICENSES.txt",
    ],
)  # fmt: skip
def test_what_the_site_makes_itself_is_published(name):
    assert is_published_type(name)


@pytest.mark.parametrize(
    "name",
    [
        "files/x.html", "files/a/index.html", "images/x.html", "x.svg", "files/x.svg", "news/2021/x.xml", "files/sitemap.xml", "x.js", "sw.js",
        "files/x.css", "admin/x.js", "admin/parts/x.js", "admin/parts-0123456789/x.html.js/y.exe", "x.wasm", "files/x.wasm", "x.atom", "x.ics", "files/calendar.ics", "x", "files/CNAME", "a/.nojekyll", ".htaccess",
    ],
)  # fmt: skip
def test_what_stands_where_the_site_makes_no_such_file_is_not(name):
    assert not is_published_type(name)


@pytest.mark.parametrize(
    ("path", "suffix"), [("a/b.PDF", ".pdf"), ("a.b/c", ""), ("a/.html", ""), ("a/x.", "."), ("x.tar.GZ", ".gz")]
)
def test_the_suffix_is_what_stands_behind_the_last_dot_of_the_name(path, suffix):
    assert suffix_of(path) == suffix
