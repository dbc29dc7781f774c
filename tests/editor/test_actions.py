"""How much a person has to do: every click, key chord, typed text and chosen file is one action, from the login to the saved item."""

import pytest

from hromada.reading.items import read_item
from tests import needs
from tests.editor.office import CONTENT, at_work
from tests.editor.test_saved_forms import phone_photos

pytestmark = [pytest.mark.browser, needs.chromium]
MOST_FOR_NEWS, MOST_FOR_A_MESSAGE = 25, 12


@pytest.fixture
def office(browser, tmp_path):
    with at_work(browser, tmp_path) as office:
        office.log_in()
        yield office


def _enter(office, key, text):
    """A click into a field and the text."""
    field = office.field(key)
    office.click(field.locator("[contenteditable]:visible, input:visible, textarea:visible").first)
    office.type(text)


def _saved(office):
    assert office.save(), office.words
    files = {path: data for path, data in office.host.repository.files().items() if path not in CONTENT}
    (path,) = [path for path in files if path.endswith(".md")]
    read = read_item(path, files[path])
    assert not read.problems
    return read.item, set(files) - {path}


def test_a_news_item_with_three_photos(office, tmp_path):
    office.click(office.page.get_by_role("button", name="Створити новий запис").first)
    _enter(office, "title", "Зустріч із мешканцями")
    office.fill("category", "Події")
    office.fill("status", "опубліковано")
    _enter(office, "body", "Говорили про дороги.")
    office.add_photos(phone_photos(tmp_path))
    office.type("Люди в залі")  # the cursor is in the first description
    _enter(office, "gallery.1.alt", "Голова відповідає")
    _enter(office, "gallery.2.alt", "Повна зала")

    item, photos = _saved(office)
    assert (item.title, item.category, item.status) == ("Зустріч із мешканцями", "Події", "published")
    assert [picture.alt for picture in item.gallery] == ["Люди в залі", "Голова відповідає", "Повна зала"]
    assert len(photos) == 3
    assert office.actions <= MOST_FOR_NEWS, office.actions
    print("actions for a news item:", office.actions)


def test_a_message_of_a_unit(office):
    office.click(office.page.get_by_text("Відділ ЖКГ", exact=True))
    office.click(office.page.get_by_role("button", name="Створити новий запис").first)
    _enter(office, "title", "Води не буде")
    office.fill("status", "опубліковано")
    _enter(office, "body", "Ремонт до вечора.")

    item, _ = _saved(office)
    assert (item.section, item.title) == ("units/viddil-zhkh", "Води не буде")
    assert office.actions <= MOST_FOR_A_MESSAGE, office.actions
    print("actions for a message:", office.actions)


def test_the_editor_opens_in_one_tab_alone(office):
    second = office.page.context.new_page()
    second.goto(f"{office.address}/admin/")
    second.get_by_text("Редактор уже відкрито в іншій вкладці").wait_for()
    assert second.get_by_text("Колекції").count() == 0

    office.page.close()
    second.get_by_text("Колекції").first.wait_for()
