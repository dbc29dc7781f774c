"""The link to an item's form leads to the collection that has its file."""

import pytest

from hromada.domain.item import Kind
from hromada.editor.entry_links import form_kind, link_to_form, pages_and_forms
from hromada.editor.form_collections import collections_of
from hromada.editor.form_fields import FormChoices, Option
from hromada.reading.items import read_item

HEADER = "title: Назва\ndate: 2021-07-05\n\nТекст.\n"


@pytest.mark.parametrize(
    ("path", "header", "link"),
    [
        ("content/news/2021/2021-07-05-zustrich.md", HEADER, "/admin/#/collections/news/entries/2021/2021-07-05-zustrich"),
        ("content/news/2021/2021-07-05-sviato.md", f"event-date: 2021-07-09\n{HEADER}", "/admin/#/collections/events/entries/2021/2021-07-05-sviato"),
        ("content/units/viddil-zhkh/index.md", HEADER, "/admin/#/collections/unit-viddil-zhkh/entries/index"),
        ("content/units/viddil-zhkh/2021-07-05-hrafik.md", HEADER, "/admin/#/collections/unit-viddil-zhkh/entries/2021-07-05-hrafik"),
        ("content/services/dovidka.md", "title: Довідка\nunit: viddil-zhkh\n\nКрок.\n", "/admin/#/collections/services/entries/dovidka"),
        ("content/pages/kontakty.md", "title: Контакти\n\nТекст.\n", "/admin/#/collections/pages/entries/kontakty"),
        ("content/reports/2021-h2.md", "title: Звіт\nperiod: 2021-H2\n\nТекст.\n", "/admin/#/collections/reports/entries/2021-h2"),
        ("content/pages/наша історія.md", "title: Історія\n\nТекст.\n", "/admin/#/collections/pages/entries/%D0%BD%D0%B0%D1%88%D0%B0%20%D1%96%D1%81%D1%82%D0%BE%D1%80%D1%96%D1%8F"),
        ("content/pages/history.en.md", "title: History\nlang: en\n\nText.\n", ""),
    ],
)  # fmt: skip
def test_each_kind_of_item_has_the_address_of_its_form(path, header, link):
    item = read_item(path, header.encode()).item

    assert link_to_form(item) == link


def test_the_pages_of_many_items_have_the_forms_of_each():
    texts = {
        "content/news/2021/2021-07-05-a.md": HEADER, "content/news/2021/2021-07-05-b.md": f"event-date: 2021-07-09\n{HEADER}",
        "content/pages/c.en.md": "title: C\nlang: en\n\nText.\n", "content/units/x/index.md": HEADER,
    }  # fmt: skip
    items = [read_item(path, text.encode()).item for path, text in texts.items()]
    gone = items[1].without_content()

    pages = pages_and_forms([items[0], gone, *items[2:]], {gone.path: items[1]})
    assert pages == {item.path: (item.address, form_kind(item)) for item in items}


def test_every_collection_that_a_link_names_exists_and_has_the_folder_of_the_file():
    choices = FormChoices(units=(Option("viddil-zhkh", "Відділ ЖКГ"),))
    folders = {one["name"]: one["folder"] for one in collections_of(choices) if "folder" in one}
    paths = {
        Kind.NEWS: "content/news/2021/a.md", Kind.MESSAGE: "content/units/viddil-zhkh/a.md", Kind.UNIT: "content/units/viddil-zhkh/index.md",
        Kind.SERVICE: "content/services/a.md", Kind.PAGE: "content/pages/a.md", Kind.REPORT: "content/reports/a.md",
    }  # fmt: skip
    assert paths.keys() == set(Kind)
    for path in paths.values():
        item = read_item(path, HEADER.encode()).item
        _, _, collection, _, entry = link_to_form(item).partition("#")[2].split("/", 4)
        assert f"{folders[collection]}/{entry}.md" == path
