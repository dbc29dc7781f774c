"""The bar below the CMS: after a save it says where the item is, takes no room from the CMS, and hides by itself when all is well."""

import json

import pytest

from tests import needs
from tests.cms_login import login_script

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]


@pytest.fixture
def opened(editor_site, browser):
    context = browser.new_context(locale="uk-UA", viewport={"width": 1000, "height": 800})
    context.add_init_script(login_script("gitea", editor_site.host.token))
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page, editor_site
    context.close()


def finish_run(host, result):
    """What `make publish AUTOMATIC=1` writes."""
    if host.repository.resolve("refs/heads/site-status"):
        host.repository.delete_branch("site-status")
    base = {"branch": "main", "moment": "", "problems": [], "messages": [], "version": "", "preview": ""}
    data = json.dumps({"results": [base | {"commit": host.repository.resolve("main")} | result]}).encode()
    host.repository.commit("site-status", "Стан", changed={"results.json": data}, environment={}, parents=())


def test_after_a_save_the_bar_follows_the_item_until_it_is_online(opened):
    page, site = opened
    finish_run(site.host, {"outcome": "published"})
    page.clock.install()
    page.goto(f"{site.editor}#/collections/news/new")
    title = page.get_by_role("textbox", name="Заголовок").first
    title.wait_for(timeout=60_000)
    bar = page.locator(".status-bar")
    assert bar.count() == 1
    title.fill("Толока в парку")
    page.locator("[contenteditable=true]").first.click()
    page.keyboard.type("Прибрали парк.")
    before = site.host.repository.resolve("main")
    page.get_by_role("button", name="Зберегти").first.click()
    bar.wait_for(state="visible", timeout=60_000)
    assert site.host.repository.resolve("main") != before
    assert "«Толока в парку»: " in bar.inner_text()
    assert page.get_by_role("link", name="Стан сайту").last.get_attribute("href") == "/admin/status/"
    bar.get_by_text("збережено").wait_for()
    finish_run(site.host, {"outcome": "published"})
    page.clock.fast_forward(20_000)
    bar.get_by_text("чернетка").wait_for(timeout=30_000)  # which is what a new item is
    place = page.locator("#nc-root").bounding_box()
    assert place["y"] + place["height"] <= bar.bounding_box()["y"] + 1
    assert page.evaluate("document.documentElement.scrollHeight") <= 800
    assert page.faults == []
