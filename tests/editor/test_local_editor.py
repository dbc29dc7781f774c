"""The editor of `make serve` in a browser, as a person uses it: from a page of the preview to the site that is online."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import os
import signal
import subprocess
import sys

import pytest

from tests import needs
from tests.conftest import cache_in
from tests.system.clones import PUBLISH_COMMAND, bare, clone, config, git, project
from tests.system.servers import free_port
from tests.system.test_whole_way import NEWS, fill

pytestmark = [pytest.mark.long, needs.chromium]

# The publication is the command's own code with the tests' Python; its clock comes with the call.
PUBLISH = f"import os; os.environ['TODAY'] = '2022-01-15'; {PUBLISH_COMMAND}"
SERVE = f"""
import os, sys
from pathlib import Path
from hromada.console.options import Options
from hromada.serve import publication, server
publication.publish_command = lambda root: [sys.executable, "-X", "utf8", "-c", {PUBLISH!r}]
raise SystemExit(server.serve(Options.from_environment(Path.cwd(), os.environ)))
"""


class Office:
    """A clone of the project with `make serve` running in it, and the addresses that it has printed."""

    def __init__(self, folder, tmp_path):
        self.folder = folder
        environ = {
            "PYTHONPATH": "plugins",
            "CACHE": str(cache_in(tmp_path)),
            "JOBS": "1",
            "TODAY": "2022-01-15",
            "PORT": str(free_port()),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", SERVE], cwd=folder, env=os.environ | environ, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        self.said, self.addresses = [], {}
        while "Перегляд" not in self.addresses:
            self.said.append(self.process.stdout.readline())
            assert self.said[-1], "".join(self.said)
            name, _, rest = self.said[-1].partition(": http://")
            self.addresses[name] = f"http://{rest.split()[0]}" if rest else ""

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.communicate()


def faults(page, own):
    """What axe finds in an element of ours; those of the CMS are its own."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, context={"include": [[own]]}).response["violations"]
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]


@pytest.fixture
def office(tmp_path, bare):
    folder, _ = project(tmp_path, bare, fill)
    git(folder, "config", "user.name", "Перша")
    git(folder, "config", "user.email", "persha@hromada.invalid")
    one = Office(folder, tmp_path)
    yield one
    one.close()


def test_a_text_is_opened_from_its_page_without_login_mended_by_what_the_check_says_and_published(
    office, browser, bare
):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.set_default_timeout(60_000)
    page.goto(office.addresses["Редактор"])
    page.locator("[role=row]").first.wait_for()
    assert "token" not in page.url

    page.goto(office.addresses["Перегляд"] + "news/zustrich-2022-01-11/")
    page.get_by_role("link", name="Відредагувати цю сторінку").click()
    title = page.locator('[data-key-path="title"] [role=textbox], [data-key-path="title"] input').first
    title.wait_for()
    status = page.locator(".local-bar__status")
    status.filter(has_text="Зауважень до цього тексту немає").wait_for()
    title.fill("Зустріч із мешканцями\u200b у залі")  # an invisible character, as pasted texts have
    body = page.locator('[data-key-path="body"]')
    body.wait_for()
    page.get_by_role("button", name="Зберегти", exact=True).click()
    status.filter(has_text="У цьому тексті:").wait_for()
    finding = page.locator(".local-bar__finding--error, .local-bar__finding--warning").first
    assert "Заголовок" in finding.inner_text()
    page.screenshot(path=os.environ["SHOTS"] + "/finding.png") if os.environ.get("SHOTS") else None
    page.get_by_role("link", name="Відкрити цей текст знову").click()
    page.get_by_role("button", name="Заголовок").click()
    assert page.evaluate("document.activeElement.closest('[data-key-path]').dataset.keyPath") == "title"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Зустріч із мешканцями в залі")
    page.get_by_role("button", name="Зберегти", exact=True).click()
    status.filter(has_text="Зауважень до цього тексту немає").wait_for()

    page.get_by_role("button", name="Опублікувати").first.click()
    dialog = page.get_by_role("dialog", name="Публікація сайту")
    dialog.get_by_role("button", name="Опублікувати").click()
    words = dialog.get_by_label("Що зроблено")
    words.wait_for()
    assert words.input_value() == "Змінено: Зустріч із мешканцями в залі"
    page.screenshot(path=os.environ["SHOTS"] + "/question.png") if os.environ.get("SHOTS") else None
    assert faults(page, ".local-publication") == []
    words.press("Enter")
    dialog.get_by_role("status").filter(has_text="Готово").wait_for()
    page.screenshot(path=os.environ["SHOTS"] + "/done.png") if os.environ.get("SHOTS") else None
    assert "Опубліковано: гілка gh-pages" in dialog.get_by_role("log").inner_text()
    assert "Зустріч із мешканцями в залі" in git(bare, "show", "gh-pages:news/zustrich-2022-01-11/index.html")
    assert "admin/" not in git(bare, "ls-tree", "--name-only", "gh-pages")
    context.close()
    assert not [url for url in requests if not url.startswith(("http://localhost:", "data:", "blob:"))]


def test_a_colleagues_text_is_told_of_and_stays_even_if_it_is_overwritten_on_purpose(office, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(office.addresses["Редактор"])
    page.get_by_text("Новини").first.wait_for()
    page.goto(office.addresses["Перегляд"] + "news/zustrich-2022-01-11/")
    page.get_by_role("link", name="Відредагувати цю сторінку").click()
    title = page.locator('[data-key-path="title"] [role=textbox], [data-key-path="title"] input').first
    title.wait_for()
    file = office.folder / NEWS
    theirs = file.read_text("utf-8").replace("Почнеться о десятій", "Почнеться о першій")
    file.write_text(theirs, "utf-8")
    title.fill("Моя зустріч")
    page.get_by_role("button", name="Зберегти", exact=True).click()
    anyway = page.get_by_role("button", name="Зберегти все одно")
    anyway.wait_for()
    assert file.read_text("utf-8") == theirs

    anyway.click()
    page.locator(".local-bar__finding").filter(has_text="build/conflict/").wait_for()
    page.set_viewport_size({"width": 320, "height": 640})
    assert faults(page, ".local-bar") == []
    page.get_by_role("button", name="Опублікувати").click()
    page.get_by_role("dialog", name="Публікація сайту").wait_for()
    assert faults(page, ".local-publication") == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    kept = [one.read_text("utf-8") for one in (office.folder / "build/conflict").rglob("*.md")]
    assert (kept, "Моя зустріч" in file.read_text("utf-8")) == ([theirs], True)
    context.close()
