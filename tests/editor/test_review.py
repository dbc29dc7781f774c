"""Drafts as requests: what the CMS makes of a save, of a changed title and of a second editor, and what the status page says."""

import time

import pytest

from tests import needs
from tests.cms_login import login_script
from tests.editor.conftest import build_site, served

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]
REVIEW = 'HROMADA["editor_review"] = True\n'


@pytest.fixture
def site(git_host, tmp_path):
    with served(build_site(tmp_path / "site", git_host, "github", REVIEW)) as address:
        yield address


@pytest.fixture
def opened(site, git_host, browser):
    contexts = []

    def open_page(address):
        context = browser.new_context(locale="uk-UA", viewport={"width": 1100, "height": 800})
        context.add_init_script(login_script("github", git_host.token))
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{site}{address}")
        return page

    yield open_page
    for context in contexts:
        context.close()


def wait_until(is_so):
    for _ in range(100):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError


def save(page, host, title, text=""):
    field = page.get_by_role("textbox", name="Заголовок").first
    field.wait_for(timeout=60_000)
    field.fill(title)
    if text:
        page.locator("[contenteditable=true]").first.click()
        page.keyboard.type(text)
    before = host.repository.branches()
    page.get_by_role("button", name="Зберегти").first.click()
    for _ in range(100):
        page.wait_for_timeout(100)
        if host.repository.branches() != before:
            return
    raise AssertionError(page.locator("body").inner_text()[:2000])


def test_a_draft_is_one_request_also_after_its_title_was_changed(opened, git_host):
    main = git_host.repository.resolve("main")
    page = opened("/admin/#/collections/news/new")
    save(page, git_host, "Толока в парку", "Прибрали парк.")
    wait_until(lambda: any(pull.labels for pull in git_host.pulls.values()))
    (pull,) = git_host.pulls.values()
    (changed,) = [path for _, path in git_host.repository.changed("main", pull.head)]

    assert git_host.repository.resolve("main") == main
    assert (pull.head.startswith("cms/news/"), pull.is_draft, pull.labels) == (True, True, ["sveltia-cms/draft"])
    assert changed.endswith("-toloka-v-parku.md")

    page.locator(".status-bar").get_by_text("чекає як запит на зміни").wait_for(timeout=20_000)
    status = opened("/admin/status/")
    status.wait_for_selector("[data-requests] > li")
    assert "Стан: чернетка." in status.locator("[data-requests] > li").inner_text()

    entry = changed.removeprefix("content/news/").removesuffix(".md")
    again = opened(f"/admin/#/collections/news/entries/{entry}")  # another browser, which loads everything anew
    save(again, git_host, "Толока в сквері")
    again.wait_for_timeout(1_500)
    assert list(git_host.pulls) == [1]
    assert [path for _, path in git_host.repository.changed("main", pull.head)] == [changed]
    assert "Толока в сквері" in git_host.repository.files(pull.head)[changed].decode()


def test_a_second_editor_of_the_same_item_adds_to_the_same_request_and_both_texts_are_kept(opened, git_host):
    entry = "/admin/#/collections/news/entries/2022/2022-01-10-persha-novyna"
    first, second = opened(entry), opened(entry)
    for page in (first, second):
        page.get_by_role("textbox", name="Заголовок").first.wait_for(timeout=60_000)
    save(first, git_host, "Заголовок Олени")
    wait_until(lambda: any(pull.labels for pull in git_host.pulls.values()))
    save(second, git_host, "Заголовок Івана")
    second.wait_for_timeout(1_500)
    (pull,) = git_host.pulls.values()
    texts = [
        git_host.repository.files(commit.sha)["content/news/2022/2022-01-10-persha-novyna.md"].decode()
        for commit in git_host.repository.commits(pull.head, most=2)
    ]

    assert ["Івана" in texts[0], "Олени" in texts[1]] == [True, True]
    assert "Перша новина" in git_host.repository.files()["content/news/2022/2022-01-10-persha-novyna.md"].decode()
