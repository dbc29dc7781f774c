"""What only unpublished items use is not published; what is published does not lead to them."""

import unicodedata
from datetime import datetime
from urllib.parse import quote

import pytest

from hromada.checks.link_rules import content_path, find_file_references, referenced_files, withheld_files
from hromada.checks.site_rules import check_site
from hromada.domain.dates import Clock
from hromada.domain.item import Kind, Status
from tests.unit.making import item, row, site

CLOCK = Clock.parse("2022-01-15")
SITE = "https://hromada.example/sait"
PLAN = "content/files/2022/План дій.pdf"


@pytest.mark.parametrize(
    "reference",
    [
        "/files/2022/План дій.pdf",
        "../../files/2022/План дій.pdf",
        "{static}/files/2022/План дій.pdf",
        "|static|/files/2022/План дій.pdf",
        f"/files/2022/{quote('План дій')}.pdf",
        "/%66iles/2022/План дій.pdf#page=2",
        " /images/../files/2022/План дій.pdf?x=1 ",
        "https://hromada.example/sait/files/2022/План дій.pdf",
        "http://HROMADA.example/sait/./files/2022/План%20дій.pdf#x",
        "//hromada.example/sait/files/2022/План дій.pdf",
        "/files/2022/ПЛАН дій.PDF",  # which leads nowhere, and is meant all the same
        unicodedata.normalize("NFD", "/files/2022/План дій.pdf"),
    ],
)
def test_a_file_is_meant_however_it_is_named(reference):
    named = referenced_files([reference], "content/news/2022/x.md")

    assert withheld_files({PLAN}, named, [], SITE) == {PLAN}
    assert withheld_files({PLAN}, named, [PLAN], SITE) == set()


@pytest.mark.parametrize(
    "reference",
    [
        "https://other.example/sait/files/2022/План дій.pdf",
        "https://hromada.example/files/2022/План дій.pdf",
        "https://[/files/x",
        "http://[/files/2022/План дій.pdf",
        "/images/files/2022/План дій.pdf",
        "files/2022/План дій.pdf",
        "#files/",
        "",
    ],
)
def test_another_file_is_not_meant(reference):
    assert withheld_files({PLAN}, referenced_files([reference], "content/news/2022/x.md"), [], SITE) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Дивіться https://hromada.example/sait/files/2022/plan.pdf.",
        "summary: (див. /files/2022/plan.pdf)\n\nТекст",
        "<object data='/files/2022/plan.pdf'></object>",
        '<form action="&#47;files/2022/plan.pdf">',
        "`/files/2022/plan.pdf`, **/files/2022/plan.pdf**",
        "| {static}/files/2022/plan.pdf|",
        "«/%66iles/2022/pl%61n.pdf»",
    ],
)
def test_a_file_is_meant_by_its_address_in_words_too(text):
    plan = "content/files/2022/plan.pdf"

    assert withheld_files({plan}, referenced_files(find_file_references(text), "content/news/2022/x.md"), [], SITE) == {
        plan
    }


@pytest.mark.parametrize("text", ["", "Файли: plan.pdf", "https://other.example/files/2022/plan.pdf", "profiles/x"])
def test_other_words_mean_no_file_of_the_site(text):
    named = referenced_files(find_file_references(text), "content/news/2022/x.md")

    assert withheld_files({"content/files/2022/plan.pdf", "content/files/x"}, named, [], SITE) == set()


def test_of_a_whole_address_the_site_is_asked_later():
    (name,) = referenced_files(["https://hromada.example/files/x.pdf"], "content/news/x.md")

    assert content_path(name, "https://hromada.example") == "content/files/x.pdf"
    assert content_path(name, SITE) == ""


WAITING = item("2022-02-01", slug="w", path="content/news/w.md")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"url": "/news/w-2022-02-01/"}, ["link-broken"]),
        ({"url": "/news/w-2022-02-01"}, ["link-broken"]),
        ({"url": "https://hromada.example/news/w-2022-02-01/?x=1"}, ["link-broken"]),
        ({"url": "https://other.example/news/w-2022-02-01/"}, []),
        ({"url": "/news/a-2021-07-05/"}, []),
        ({"url": ""}, []),
        ({"url": "/news/w-2022-02-01/", "when": datetime(2022, 2, 1)}, []),  # it is not due either
    ],
)
def test_a_row_may_not_lead_to_what_is_not_published(changes, codes):
    draft = item(None, slug="d", status=Status.DRAFT)
    place = site([item(slug="a"), WAITING, draft], [row(**{"register": "x"} | changes)])

    assert [one.code for one in check_site(place, CLOCK) if one.path.startswith("content/registers")] == codes


def test_a_page_dated_far_ahead_is_a_slip_too_and_a_unit_may_be_planned_long_before():
    far = {"when": datetime(2024, 1, 1)}
    page = item("2024-01-01", kind=Kind.PAGE, section="pages", address="/x/", path="content/pages/x.md")
    unit = item("2024-01-01", kind=Kind.UNIT, section="units/x", address="/units/x/", path="content/units/x/index.md")

    found = [(one.path, one.code) for one in check_site(site([page, unit], [row(**far)]), CLOCK)]

    assert ("content/pages/x.md", "date-far-ahead") in found
    assert [path for path, _ in found if "units" in path] == []
