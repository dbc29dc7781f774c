"""The long names of units are whole wherever the CMS shows them, and leave its buttons where they are."""

import re

import pytest
from playwright.sync_api import expect

from tests import needs
from tests.browser.waiting import wait_until
from tests.editor.office import at_work

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]
NAME = "Відділ з питань надзвичайних ситуацій, цивільного захисту, мобілізаційної та оборонної роботи"
FILES = {
    "content/units/ns/index.md": f"---\ntitle: {NAME}\n---\n\nВідділ дбає про захист.\n",
    "content/units/ns/2021-12-05-navchannia.md": '---\ntitle: Навчання\ndate: "2021-12-05"\n---\n\nУ суботу.\n',
}
# Whether the text of an element is drawn inside the window and inside the bar or list around it; letters may stand out by a few pixels.
WHOLE = """element => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const text = range.getBoundingClientRect();
  const parts = [];
  const around = element.closest("[role=toolbar], nav, header");
  for (let part = element; part !== around.parentElement; part = part.parentElement) if (part.getClientRects().length) parts.push(part);
  const isInside = (outer) => text.left >= outer.left - 4 && text.right <= outer.right + 4 && text.top >= outer.top - 4 && text.bottom <= outer.bottom + 4;
  return element.textContent.includes("оборонної роботи") && parts.every((part) => isInside(part.getBoundingClientRect())) && text.right <= innerWidth;
}"""


def seen_whole(element):
    """Wait for it: the CMS moves its pages in."""
    wait_until(element, WHOLE, timeout=10)


@pytest.mark.parametrize("width", [360, 1280])
def test_the_name_is_whole_in_the_list_above_its_messages_and_above_a_new_one(browser, tmp_path, width):
    with at_work(browser, tmp_path, more=FILES) as office:
        page = office.page
        page.set_viewport_size(
            {"width": width, "height": 800}
        )  # before the CMS starts: it notices another width only later
        office.log_in()
        office.open("collections")
        name = page.get_by_role("treeitem").filter(has_text="цивільного захисту").locator(".label")
        name.wait_for()
        seen_whole(name)

        office.open("collections/unit-ns")
        heading = page.locator("h2").filter(has_text="цивільного захисту")
        heading.wait_for()
        seen_whole(heading)
        create = page.get_by_role("button", name="Створити").last
        box = create.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width

        office.enter("unit-ns", "new")
        assert NAME in page.title()
        save = page.get_by_role("button", name="Зберегти").bounding_box()
        assert save["x"] + save["width"] <= width
        # A narrow window has no room for this heading in the CMS's bar: it stands above, where the page has its own.
        heading = page.locator("h2" if width > 768 else "h1").filter(has_text="Створення:")
        seen_whole(heading)
        assert "повідомлення" in heading.inner_text()
        office.open("collections/pages/entries/kontakty")
        page.get_by_role("heading", level=1, name="Сторінки › Контакти").wait_for()
        office.open("assets")
        # A wide window goes on to all files and names them; a narrow one has no name for their folders.
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^(Редактор сайту|Тека ресурсів.*)$"))
