import pytest

from hromada.checks.link_rules import Targets
from hromada.checks.redirect_rules import RedirectPage, redirect_pages
from hromada.domain.entry import SourceLocation
from hromada.domain.site_urls import REDIRECTS, Redirect
from tests.unit.making import item

ITEM = item("2021-07-05", slug="x")
LATER = item("2030-07-05", slug="later")
TARGETS = Targets({ITEM.path: ITEM.address, LATER.path: ""}, ("content/files/a.pdf",), {"/", "/news/", ITEM.address})


def follow(*pairs):
    redirects = [
        Redirect(address, target, SourceLocation(REDIRECTS, line)) for line, (address, target) in enumerate(pairs, 2)
    ]
    moved, problems = redirect_pages(redirects, [ITEM, LATER], TARGETS)
    return list(moved), [(one.line, one.code) for one in problems]


def test_an_old_address_leads_to_the_page_of_its_item():
    page = RedirectPage("2021/07/x/index.html", "/news/x-2021-07-05/", "Назва")

    assert follow(("/2021/07/x/", ITEM.path)) == ([page], [])
    assert follow(("/2021/07/x", "/news/x-2021-07-05/")) == ([page], [])
    assert follow(("/2021/07/x", "news/x.md")) == ([page], [])


def test_a_removed_page_says_so_at_its_address_in_any_case_of_the_word():
    assert follow(("/2021/07/x/", "gone")) == ([RedirectPage("2021/07/x/index.html", "", "")], [])
    assert follow((LATER.address, "gone")) == ([RedirectPage(f"{LATER.address.strip('/')}/index.html", "", "")], [])


@pytest.mark.parametrize("address", [ITEM.address, "/", "/news/"])
def test_a_page_that_is_there_can_not_be_called_removed(address):
    assert follow((address, "gone"))[1] == [(2, "redirect-shadows")]


def test_what_is_not_due_yet_is_not_drawn_and_no_fault():
    assert follow(("/later/", LATER.path)) == ([], [])


def test_a_target_is_a_page_of_this_site():
    targets = ("content/news/y.md", "https://inshyi.example/", "content/files/a.pdf", "/nowhere/", "../../etc/passwd",
               "/news/#x", "", "?a=1")  # fmt: skip

    assert follow(*((f"/{number}/", one) for number, one in enumerate(targets))) == (
        [],
        [(line, "redirect-target") for line in range(2, 2 + len(targets))],
    )


def test_a_target_is_no_old_address_so_nobody_goes_in_circles():
    assert follow(("/a/", "/b/"), ("/b/", "/a/"), ("/c/", "/c/"))[1] == [(line, "redirect-loop") for line in (2, 3, 4)]


def test_no_page_of_the_site_is_hidden():
    own = ("/index.html", "/news", "/news/X-2021-07-05/", "/news/2021/07/page/2/", "/news/2021/07/", "/news/category/x/page/3",
           "/news/later-2030-07-05/", "/units/okruh/page/2/", "/reports/2021-h2/news/", "/theme/x.html", "/images/a",
           "/files/a/", "/404.html", "/photos/2021/07/", "/photos/2021/07/page/2/")  # fmt: skip
    _, problems = follow(*((address, ITEM.path) for address in own))

    assert [code for _, code in problems] == ["redirect-shadows"] * len(own)


@pytest.mark.parametrize(
    "address", ["/photos/", "/events", "/messages/", "/services/", "/search/", "/text/", "/admin/index.html"]
)
def test_a_page_that_made_room_for_one_of_the_sites_own_has_a_row_without_a_page(address):
    assert follow((address, ITEM.path)) == ([], [])


def test_pages_of_a_list_that_the_site_does_not_make_are_old_addresses():
    assert follow(("/news/page/2/", ITEM.path))[1] == []


def test_a_file_does_not_stand_where_a_folder_is():
    assert follow(("/a.html", ITEM.path), ("/a.html/b/", ITEM.path))[1] == [(2, "redirect-shadows")]


def test_addresses_that_differ_in_case_alone_are_one():
    assert follow(("/a/", ITEM.path), ("/A", ITEM.path))[1] == [(3, "redirect-repeated")]
