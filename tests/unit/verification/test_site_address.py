"""From a written reference to a file of the site."""

import pytest

from hromada.verification.site_address import SiteAddress

SITE, ROOT = SiteAddress("https://rada.example/sait", "/sait"), SiteAddress("https://rada.example", "")
PAGE = "news/x/index.html"


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("/sait/", "index.html"), ("/sait/a/", "a/index.html"), ("/sait/a", "a"), ("/sait/a.pdf#page=2", "a.pdf"),
        ("/sait/a/#b", "a/index.html#b"), ("/sait/a/#%D0%B0", "a/index.html#а"), ("/sait/a/?b=/c#d", "a/index.html#d"), ("/sait/%D0%B0.pdf", "а.pdf"),
        ("/sait/a/../b/", "b/index.html"), ("/sait/../b/", "/b/"), ("/sait", "/sait"), ("/", "/"), ("/saiti/a/", "/saiti/a/"),
        ("#b", f"{PAGE}#b"), ("#", PAGE), ("#top", PAGE), ("#:~:text=x", PAGE), ("", ""), ("y.pdf", "news/x/y.pdf"), ("../y/", "news/y/index.html"),
        ("?a=1", "news/x/index.html"), ("https://rada.example/sait/a/", "a/index.html"), ("https://rada.example/sait", "index.html"),
        ("https://rada.example/saiti/", ""), ("https://rada.example/", ""), ("https://inshe.example/sait/", ""), ("//rada.example/sait/", ""),
        ("mailto:a@rada.example", ""), ("tel:1", ""), ("data:x", ""),
    ],
)  # fmt: skip
def test_the_target_of_a_reference(reference, target):
    assert SITE.target(reference, PAGE) == target


def test_a_site_at_the_root_of_its_host():
    assert ROOT.target("/", PAGE) == ROOT.target("https://rada.example", PAGE) == "index.html"
    assert ROOT.target("https://rada.example.inshe/", PAGE) == ""
    assert SiteAddress().target("/a/", PAGE) == "a/index.html"


@pytest.mark.parametrize("reference", ["/sait/a/", "/sait/", "/sait/a.pdf", "/sait/a/#b", "/inshe/"])
def test_a_target_is_shown_as_it_was_written(reference):
    assert SITE.shown(SITE.target(reference, PAGE)) == reference


@pytest.mark.parametrize(
    ("reference", "is_foreign"),
    [("https://inshe.example/", True), ("//rada.example/", True), ("https://rada.example/sait/a", False), ("/a", False), ("data:x", False), ("HTTP://x", True)],
)  # fmt: skip
def test_what_comes_from_another_host(reference, is_foreign):
    assert SITE.is_foreign(reference) is is_foreign
