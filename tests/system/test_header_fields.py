"""A field that only a page shows is one row of domain/header_fields: here `event-url`, from the header to the page."""

import pytest

from hromada.commands import dispatch as commands
from hromada.domain.header_fields import FIELDS
from hromada.domain.item import Item, UnitDetails
from hromada.domain.service import ServiceDetails
from hromada.reading.items import read_item

ITEM = '---\nЗаголовок: Зустріч\nДата: "2021-07-05"\n{}\n---\n\nТекст.\n'
PATH = "content/news/2021-07-05-zustrich.md"
URL = "https://zoom.example/j/1?pwd=a&b=%D1%94"


def page_with(site, field):
    site.write("news/2021-07-05-zustrich.md", ITEM.format(field))
    assert site.html()[0] == 0
    return site.files()["news/zustrich-2021-07-05/index.html"].decode()


@pytest.mark.parametrize(
    "field",
    [f'event-url: "{URL}"', f'Сторінка події: "{URL}"', f'СТОРІНКА ПОДІЇ: "{URL}"', f'Посилання на подію: "{URL}"'],
)
def test_a_page_leads_to_its_events_page(site, field):
    assert f'<a href="{URL.replace("&", "&amp;")}">Сторінка події</a>' in page_with(site, field)


@pytest.mark.parametrize("field", ["event-url:", "event-place: Рада"])
def test_a_page_without_one_has_no_such_link(site, field):
    assert "Сторінка події" not in page_with(site, field)


@pytest.mark.parametrize(
    "value", ["zoom.example/j/1", "javascript:alert(1)", "mailto:a@rada.example", "ftp://a.example/b", "є"]
)
def test_what_is_no_address_of_a_page_is_refused(site, value):
    site.write("news/2021-07-05-zustrich.md", ITEM.format(f'event-url: "{value}"'))
    status, said, _ = site.run(commands.check)

    assert (status, "[link-scheme]" in said) == (2, True)


@pytest.mark.parametrize("name", ["registration", "join-url", "event-link"])
def test_what_others_call_it_is_told(site, name):
    site.write("news/2021-07-05-zustrich.md", ITEM.format(f"{name}: {URL}"))
    _, said, _ = site.run(commands.check)

    assert "«event-url»" in said


def test_an_address_that_comes_or_changes_is_another_content_for_readers():
    digests = [
        read_item(PATH, ITEM.format(field).encode()).item.digests[-1]
        for field in ("", f"event-url: {URL}", f"event-url: {URL}2")
    ]

    assert len(set(digests)) == 3


def test_every_attribute_of_the_table_is_one_of_an_item_a_unit_or_a_service():
    known = {*Item._fields, *UnitDetails.__struct_fields__, *ServiceDetails.__struct_fields__}

    assert {spec.attribute for spec in FIELDS} - {""} <= known
