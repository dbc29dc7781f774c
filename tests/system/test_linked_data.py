"""What pages tell search engines: each description fits the vocabulary, and depends on the page's own sources alone."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.linked_data_schema import SCHEMA

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
VALIDATOR = Draft202012Validator(json.loads(SCHEMA.read_text("utf-8")))
EVENT = """title: Толока <у парку>
date: 2022-01-10
modified: 2022-01-12
event-date: 2022-01-20 10:00
event-end: 2022-01-20 12:30
event-place: Парк
category: Довкілля
tags: толока; парк

Запрошуємо.
"""
TEXT = "Слова про те, як знайти раду, коли вона працює і кому телефонувати. " * 3


def blocks(page):
    return [json.loads(text) for text in BLOCK.findall(page.decode())]


def described(page, kind):
    (node,) = [node for node in blocks(page) if node["@type"] == kind]
    return node


@pytest.fixture
def town(site):
    site.write("pages/kontakty.md", f"title: Контакти\n\n{TEXT}\n")
    site.write("units/vodokanal/index.md", f"title: Водоканал\nphone: (057) 635-11-22\n\n{TEXT}\n")
    site.write("units/partner/index.md", f"title: Фонд\nkind: partner\n\n{TEXT}\n")
    site.write("units/vodokanal/2022-01-10-remont.md", "title: Ремонт\ndate: 2022-01-10 14:30\n\nТекст.\n")
    site.write("news/2022-01-10-toloka.md", EVENT)
    site.write("news/2022-01-11-taina.md", "title: Таємне\ndate: 2022-01-11\nstatus: hidden\n\nТекст.\n")
    return site


@pytest.fixture
def files(town):
    assert town.html()[0] == 0
    return town.files()


TOLOKA = "news/toloka-2022-01-10/index.html"


def test_every_block_of_a_site_fits_the_published_vocabulary(built_signed_golden, files):
    found = 0
    for site in (built_signed_golden.files(), files):
        for name, page in site.items():
            if name.endswith(".html"):
                for node in blocks(page):
                    assert [f"{name}: {fault.message}" for fault in VALIDATOR.iter_errors(node)] == []
                    found += 1
    assert found > 50


def test_the_schema_refuses_what_the_vocabulary_has_not():
    good = {"@context": "https://schema.org", "@type": "Place", "name": "Парк"}
    assert VALIDATOR.is_valid(good)
    assert not VALIDATOR.is_valid(good | {"nazva": "Парк"})
    assert not VALIDATOR.is_valid(good | {"@type": "Misce"})
    assert not VALIDATOR.is_valid({"@context": "https://schema.org", "@type": "Place"})


def test_a_news_item_is_described_with_its_times_and_picture(files):
    node = described(files[TOLOKA], "NewsArticle")

    assert node["headline"] == "Толока <у парку>"
    assert (node["datePublished"], node["dateModified"]) == ("2022-01-10", "2022-01-12")
    assert node["mainEntityOfPage"] == "https://zrazkova.example/sait/news/toloka-2022-01-10/"
    assert re.fullmatch(r"https://zrazkova\.example/sait/images/[0-9a-f]{16}-card\.jpg", node["image"])
    assert (node["articleSection"], node["keywords"]) == ("Довкілля", "толока, парк")
    assert node["publisher"]["name"] == "Зразкова адміністрація"


def test_a_time_is_told_with_kyivs_offset(files):
    page = files["units/vodokanal/remont-2022-01-10/index.html"]
    assert described(page, "NewsArticle")["datePublished"] == "2022-01-10T14:30:00+02:00"
    assert b'<meta property="article:published_time" content="2022-01-10T14:30:00+02:00">' in page


def test_an_event_is_described_beside_its_news(files):
    node = described(files[TOLOKA], "Event")
    assert (node["startDate"], node["endDate"]) == ("2022-01-20T10:00:00+02:00", "2022-01-20T12:30:00+02:00")
    assert (node["location"]["name"], node["eventStatus"]) == ("Парк", "https://schema.org/EventScheduled")


REPEATED = [
    ("2022-01-20 10:00", "2022-01-20 12:30", "щотижня до 17.02.2022, крім 03.02.2022", {
        "repeatFrequency": "P1W", "byDay": "https://schema.org/Thursday", "startDate": "2022-01-20", "endDate": "2022-02-17",
        "startTime": "10:00:00", "endTime": "12:30:00", "exceptDate": ["2022-02-03"],
    }),
    ("2022-01-20", "2022-01-21", "що два тижні до 04.02.2022", {
        "repeatFrequency": "P2W", "byDay": "https://schema.org/Thursday", "startDate": "2022-01-20", "endDate": "2022-02-03",
        "duration": "P2D",
    }),
    ("2022-01-31 22:00", "2022-02-02 00:30", "щомісяця до 30.04.2022", {  # no 31st of February and of April
        "repeatFrequency": "P1M", "byMonthDay": 31, "startDate": "2022-01-31", "endDate": "2022-03-31", "startTime": "22:00:00",
        "duration": "P1DT2H30M",
    }),
    ("2022-01-20 10:00", "", "щодня до 22.01.2022, крім 20.01.2022", {
        "repeatFrequency": "P1D", "startDate": "2022-01-21", "endDate": "2022-01-22", "startTime": "10:00:00",
    }),
    ("2022-01-20", "", "щороку до 20.01.2023", {
        "repeatFrequency": "P1Y", "byMonth": 1, "byMonthDay": 20, "startDate": "2022-01-20", "endDate": "2023-01-20",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("start", "end", "repeat", "schedule"), REPEATED)
def test_a_repeated_event_is_described_by_its_schedule_alone(site, start, end, repeat, schedule):
    site.write(
        "news/2022-01-10-toloka.md",
        f"title: Толока\ndate: 2022-01-10\nevent-date: {start}\nevent-end: {end}\nevent-repeat: {repeat}\n\nТекст.\n",
    )
    assert site.html()[0] == 0
    node = described(site.files()[TOLOKA], "Event")

    assert [fault.message for fault in VALIDATOR.iter_errors(node)] == []
    assert node["eventSchedule"] == {"@type": "Schedule", "scheduleTimezone": "Europe/Kyiv"} | schedule
    assert not {"startDate", "endDate"} & node.keys()


@pytest.mark.parametrize("added", [{"startDate": "2022-01-20"}, {"endDate": "2022-02-17"}])
def test_the_schema_refuses_a_date_beside_a_schedule(added):
    schedule = {"@type": "Schedule", "repeatFrequency": "P1D", "startDate": "2022-01-20", "endDate": "2022-02-17",
                "scheduleTimezone": "Europe/Kyiv"}  # fmt: skip
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "x",
        "url": "https://a.example/",
        "location": "Парк",
    }

    assert VALIDATOR.is_valid(event | {"eventSchedule": schedule})
    assert not VALIDATOR.is_valid(event | {"eventSchedule": schedule} | added)
    assert not VALIDATOR.is_valid(event)


def test_no_word_of_an_editor_ends_the_script(files):
    text = files[TOLOKA].decode()
    assert "\\u003cу парку>" in text
    assert all("<" not in block for block in BLOCK.findall(text))


def test_home_and_contacts_name_the_codes_and_other_pages_do_not(files):
    for name in ("index.html", "kontakty/index.html"):
        node = described(files[name], "GovernmentOrganization")
        assert node["identifier"]["value"] == "00000000"
        assert node["areaServed"]["identifier"]["value"] == "UA00000000000000001"
    assert '"00000000"' not in files[TOLOKA].decode()


def test_the_site_says_how_it_is_searched(files):
    target = described(files["index.html"], "WebSite")["potentialAction"]["target"]
    assert target["urlTemplate"] == "https://zrazkova.example/sait/search/?q={search_term_string}"


@pytest.mark.parametrize(("unit", "kind"), [("vodokanal", "GovernmentOrganization"), ("partner", "Organization")])
def test_a_unit_is_an_organization(files, unit, kind):
    node = described(files[f"units/{unit}/index.html"], kind)
    assert node["url"] == f"https://zrazkova.example/sait/units/{unit}/"
    assert ("parentOrganization" in node) is (unit == "vodokanal")


def test_breadcrumbs_end_with_the_page_itself(files):
    entries = described(files[TOLOKA], "BreadcrumbList")["itemListElement"]
    assert [(entry["name"], entry.get("item", "")) for entry in entries] == [
        ("Головна", "https://zrazkova.example/sait/"), ("Новини", "https://zrazkova.example/sait/news/"),
        ("Толока <у парку>", ""),
    ]  # fmt: skip


def test_a_hidden_item_is_not_described(files):
    page = files["news/taina-2022-01-11/index.html"]
    assert [node["@type"] for node in blocks(page)] == ["BreadcrumbList"]


def test_every_item_has_a_card_for_messengers(files):
    items = [
        page
        for name, page in files.items()
        if re.fullmatch(r"(news|units/\w+)/[a-z]+-\d{4}-\d\d-\d\d/index.html", name)
    ]
    assert len(items) == 3
    assert sum(b'rel="canonical"' in page for page in items) == 2  # no search engine is led to the hidden one
    for page in items:
        for key in ("og:title", "og:description", "og:image", "og:image:alt", "twitter:card"):
            assert re.search(rf'<meta (?:property|name)="{key}" content="[^"]+">', page.decode()), key
        name = re.search(r'og:image" content="https://zrazkova\.example/sait/([^"]+)"', page.decode())[1]
        assert files[name].startswith(b"\xff\xd8\xff")


def test_another_item_leaves_a_description_alone(town, files):
    town.write("news/2022-01-12-insha.md", "title: Інша\ndate: 2022-01-12\n\nТекст.\n")
    assert town.html()[0] == 0
    assert town.files()[TOLOKA] == files[TOLOKA]


def test_codes_that_are_none_are_left_out(town):
    conf = Path("tests/sites/golden/conf.py").read_text("utf-8")
    settings = town.folder / "conf.py"
    settings.write_text(conf.replace('"00000000"', '""').replace('"UA00000000000000001"', '""'), "utf-8")
    assert town.html(settings_file=str(settings))[0] == 0
    node = described(town.files()["index.html"], "GovernmentOrganization")
    assert "identifier" not in node
    assert node["areaServed"] == {"@type": "AdministrativeArea", "name": "Зразкова громада"}
