from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hromada.conversion.site.import_plan import target_name
from hromada.conversion.site.old_item import OldItem, clean_title, distinct_summary, safe_name, strip_html
from hromada.domain.entry import SourceLocation
from hromada.domain.item import Kind, Status
from hromada.reading.items import read_item

RESERVED = frozenset({"news", "units"})
WHEN = datetime(2021, 7, 5, 10)


def old(**changes):
    values = {"location": SourceLocation("export.xml"), "kind": Kind.NEWS, "title": "Назва", "when": WHEN}
    return OldItem(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "path", "address"),
    [
        ({}, "content/news/2021/2021-07-05-nazva.md", "/news/nazva-2021-07-05/"),
        ({"slug": "sviato"}, "content/news/2021/2021-07-05-sviato.md", "/news/sviato-2021-07-05/"),
        ({"address": "https://s.example/news/dribnytsi-2021-07-04"}, "content/news/2021/2021-07-04-dribnytsi.md", "/news/dribnytsi-2021-07-04/"),
        ({"address": "https://s.example/2021/zustrich.html"}, "content/news/2021/2021-07-05-zustrich.md", "/news/zustrich-2021-07-05/"),
        ({"slug": "зустріч"}, "content/news/2021/2021-07-05-zustrich.md", "/news/zustrich-2021-07-05/"),
        ({"title": "!!!"}, "content/news/2021/2021-07-05-novyna.md", "/news/novyna-2021-07-05/"),
        ({"when": None, "status": Status.DRAFT}, "content/news/nazva.md", ""),
        ({"lang": "en"}, "content/news/2021/2021-07-05-nazva.en.md", "/en/news/nazva-2021-07-05/"),
        ({"kind": Kind.PAGE, "section": "pages"}, "content/pages/nazva.md", "/nazva/"),
        ({"kind": Kind.PAGE, "section": "pages", "slug": "news"}, "content/pages/news-storinka.md", "/news-storinka/"),
        ({"kind": Kind.PAGE, "section": "pages", "slug": "nul"}, "content/pages/nul-storinka.md", "/nul-storinka/"),
        ({"kind": Kind.MESSAGE, "section": "units/okruh"}, "content/units/okruh/2021-07-05-nazva.md", "/units/okruh/nazva-2021-07-05/"),
    ],
)  # fmt: skip
def test_a_file_is_called_so_and_its_page_stands_there(changes, path, address):
    assert target_name(old(**changes), RESERVED) == (path, address)


@given(st.text(), st.text(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
def test_our_reader_finds_the_page_where_the_plan_says(title, slug, day):
    item = old(title=title, slug=slug, when=datetime(day.year, day.month, day.day))
    target = target_name(item, RESERVED)
    found = read_item(target.path, f"title: x\ndate: {day}\n\n".encode())

    assert (found.item.address, found.problems) == (target.address, [])
    assert len(target.path.rpartition("/")[2].encode()) <= 255


@pytest.mark.parametrize(
    ("name", "safe"),
    [("2021/07/a.JPG", "2021/07/a.jpg"), ("../../etc/passwd", "etc/passwd"), ("a\\..\\b.png", "a/b.png"),
     ("con.jpg", "file-con.jpg"), ("Thumbs.db", "file-Thumbs.db"), ("a:b?.pdf", "a-b-.pdf"), (".htaccess", "htaccess"),
     ("x. ", "x"), ("Порядок денний.pdf", "Порядок денний.pdf"), (f"{'ї' * 300}.pdf", f"{'ї' * 100}.pdf")],
)  # fmt: skip
def test_a_file_gets_a_name_that_every_system_can_write(name, safe):
    assert safe_name(name) == safe


@given(st.text())
def test_no_name_climbs(name):
    parts = safe_name(name).split("/")

    assert ".." not in parts
    assert not safe_name(name).startswith("/")


@pytest.mark.parametrize(
    ("written", "title"),
    [("Рада &amp; громада", "Рада & громада"), ("&#171;Свято&#187;", "«Свято»"), ("a &laquo;b", "a «b"), ("AT&T", "AT&T"),
     (" Два\n  рядки ", "Два рядки"), ("<b>Жирний</b> заголовок", "Жирний заголовок"), ("5 < 7 > 3", "5 < 7 > 3"),
     ("Об’єкт  із двома пробілами", "Об’єкт  із двома пробілами")],
)  # fmt: skip
def test_a_title_is_kept_exactly_with_its_entities_decoded(written, title):
    assert clean_title(written) == title


def test_a_summary_that_is_the_beginning_of_the_text_is_none():
    assert strip_html("<p>Слова &amp; <b>ще</b></p>") == "Слова & ще"
    assert distinct_summary("Слова", "<p>Слова далі</p>") == ""
    assert distinct_summary("Слова далі […]", "<p>Інше</p>") == ""
    assert distinct_summary("Коротко", "<p>Інше</p>") == "Коротко"
