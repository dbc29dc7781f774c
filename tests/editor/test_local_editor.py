"""The editor of `make serve` in a browser, as a person uses it: from a page of the preview to the site that is online."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import os
import re
import signal
import subprocess
import sys

import pytest

from tests import needs
from tests.browser.axe import violations
from tests.browser.waiting import wait_until
from tests.conftest import cache_in
from tests.system.clones import PUBLISH_COMMAND, bare, clone, config, git, project
from tests.system.servers import free_port
from tests.system.test_whole_way import NEWS, fill

pytestmark = [pytest.mark.long, needs.chromium]

ADDRESS = "https://dergachi.gov.ua"
STEPS = ["Дивлюся, що змінили ви й колеги", "Перевіряю матеріали й будую сайт", "Надсилаю матеріали й сайт у мережу"]
TERMINAL = re.compile(r"make |git|коміт|гілк|термінал|Enter|FORCE|Напишіть")  # words that nobody at a form has to know
# The publication is the command's own code with the tests' Python; its clock comes with the call.
PUBLISH = f"import os; os.environ['TODAY'] = '2022-01-15'; {PUBLISH_COMMAND}"
SERVE = f"""
import os, sys
from pathlib import Path
from hromada.console.options import Options
from hromada.serve import publish_process, server
publish_process.publish_command = lambda root: [sys.executable, "-X", "utf8", "-c", {PUBLISH!r}]
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
            "SITEURL": ADDRESS,
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


def dialog_violations(page):
    """What axe finds in the open dialog; Sveltia's passing message fades inside it, and half-faded text has low contrast."""
    page.wait_for_function("() => !document.querySelector('.local-publication .toast')")
    return violations(page, within=".local-publication")


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
    status.filter(has_text="Зауважень до збереженого тексту немає").wait_for()
    title.fill("Зустріч із мешканцями\u200b у залі")  # an invisible character, as pasted texts have
    body = page.locator('[data-key-path="body"]')
    body.wait_for()
    page.get_by_role("button", name="Зберегти", exact=True).click()
    status.filter(has_text="У збереженому тексті:").wait_for()
    finding = page.locator(".local-bar__finding--error, .local-bar__finding--warning").first
    assert "Заголовок" in finding.inner_text()
    page.screenshot(path=os.environ["SHOTS"] + "/finding.png") if os.environ.get("SHOTS") else None
    page.get_by_role("link", name="Відкрити цей текст знову").click()
    page.get_by_role("button", name="Заголовок").click()
    assert page.evaluate("document.activeElement.closest('[data-key-path]').dataset.keyPath") == "title"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("Зустріч із мешканцями в залі")
    page.get_by_role("button", name="Зберегти", exact=True).click()
    status.filter(has_text="Зауважень до збереженого тексту немає").wait_for()

    page.get_by_role("button", name="Опублікувати").first.click()
    dialog = page.get_by_role("dialog", name="Публікація сайту")
    dialog.get_by_role("button", name="Опублікувати").click()
    words = dialog.get_by_label("Що зроблено? Цей рядок лишиться в історії змін.")
    words.wait_for()
    assert words.input_value() == "Змінено: Зустріч із мешканцями в залі"
    assert "Буде опубліковано:" in dialog.inner_text()
    page.screenshot(path=os.environ["SHOTS"] + "/question.png") if os.environ.get("SHOTS") else None
    assert dialog_violations(page) == []
    words.press("Enter")
    dialog.get_by_role("status").filter(has_text="Опубліковано.").wait_for()
    assert dialog.get_by_role("link").get_attribute("href") == f"{ADDRESS}/"
    page.screenshot(path=os.environ["SHOTS"] + "/done.png") if os.environ.get("SHOTS") else None
    assert dialog.get_by_role("listitem").all_inner_texts() == STEPS
    assert not TERMINAL.search(dialog.inner_text())
    dialog.get_by_text("Подробиці для того, хто доглядає").click()
    assert "Опубліковано: гілка gh-pages" in dialog.get_by_role("region", name="Подробиці").inner_text()
    assert dialog_violations(page) == []
    assert "Зустріч із мешканцями в залі" in git(bare, "show", "gh-pages:news/zustrich-2022-01-11/index.html")
    assert "admin/" not in git(bare, "ls-tree", "--name-only", "gh-pages")
    context.close()
    assert not [url for url in requests if not url.startswith(("http://127.0.0.1:", "data:", "blob:"))]


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
    assert violations(page, within=".local-bar") == []
    page.get_by_role("button", name="Опублікувати").click()
    page.get_by_role("dialog", name="Публікація сайту").wait_for()
    assert dialog_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    kept = [one.read_text("utf-8") for one in (office.folder / "build/conflict").rglob("*.md")]
    assert (kept, "Моя зустріч" in file.read_text("utf-8")) == ([theirs], True)
    context.close()


def test_the_window_says_why_nothing_went_online_and_asks_before_pages_vanish(office, browser):
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(office.addresses["Редактор"])
    page.locator(".local-bar__status").wait_for()
    second = office.folder / "content/news/2022/2022-01-12-druha.md"
    second.write_text("---\ntitle: Друга\ndate: 2022-01-12\n---\n\nТекст.\n", "utf-8")
    page.get_by_role("button", name="Опублікувати").click()
    dialog = page.get_by_role("dialog", name="Публікація сайту")
    outcome = dialog.get_by_role("status")

    def publish(*answers):
        dialog.get_by_role("button", name=re.compile("^Опублікувати")).click()
        for name in answers:
            dialog.get_by_role("button", name=name).click()
        outcome.filter(has_text=re.compile("^(Опубліковано|Не опубліковано|На сайті вже)")).wait_for()
        said = outcome.inner_text()
        assert not TERMINAL.search(dialog.inner_text())
        return said

    assert publish("Не публікувати") == "Не опубліковано: так ви вирішили. Написане лишилося на цьому комп’ютері."
    assert publish("Зберегти й публікувати") == f"Опубліковано. За кілька хвилин зміни побачать читачі: {ADDRESS}/"
    assert publish() == f"На сайті вже саме це: публікувати нічого. {ADDRESS}/"

    wrong = second.read_text("utf-8").replace("Текст.", "[Сюди](/nema/).")
    second.write_text(wrong, "utf-8")
    page.locator(".local-bar__status").filter(has_text="1 помилка").wait_for()
    assert publish("Зберегти й публікувати").startswith("Не опубліковано: у матеріалах є помилки.")
    (problem,) = dialog.locator(".local-publication__problems li").all()
    assert "2022-01-12-druha.md, рядок 6: посилання веде в нікуди" in problem.inner_text()
    assert problem.get_by_role("link").get_attribute("href").endswith("/news/entries/2022/2022-01-12-druha")
    assert dialog_violations(page) == []

    second.unlink()
    page.locator(".local-bar__status").filter(has_not_text="помилка").wait_for()
    gone = re.compile("Так, ці адреси більше не потрібні")
    dialog.get_by_role("button", name="Опублікувати ще раз").click()
    dialog.get_by_role("button", name="Зберегти й публікувати").click()
    dialog.get_by_role("button", name=gone).wait_for()
    assert "/news/druha-2022-01-12/" in dialog.inner_text()
    assert not TERMINAL.search(dialog.inner_text())
    assert dialog_violations(page) == []
    page.screenshot(path=os.environ["SHOTS"] + "/guard.png") if os.environ.get("SHOTS") else None
    dialog.get_by_role("button", name="Не публікувати").click()
    outcome.filter(has_text="Не опубліковано: так ви вирішили").wait_for()
    assert publish(gone).startswith("Опубліковано.")

    base = office.folder / "theme/templates/base.html"
    base.write_text(base.read_text("utf-8").replace("</body>", '<a href="/nema/">Сюди</a></body>'), "utf-8")
    git(office.folder, "commit", "-qam", "Оформлення")
    assert publish().startswith("Не опубліковано. На побудованій сторінці щось веде в нікуди")
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    context.close()


def test_the_bar_says_what_was_looked_at(office, browser):
    page = browser.new_page()
    page.set_default_timeout(60_000)
    page.goto(office.addresses["Редактор"])
    status = page.locator(".local-bar__status")
    page.get_by_text("Новини").first.wait_for()
    page.evaluate("location.hash = '#/collections/news/new'")
    status.filter(has_text="Цього тексту ще не збережено: його перевірять, коли ви його збережете.").wait_for()

    draft = office.folder / "content/news/2022/2022-01-12-chernetka.md"
    draft.write_text("---\ntitle: Чернетка\ndate: 2022-01-12\nstatus: draft\n---\n\n[Сюди](/nema/).\n", "utf-8")
    page.evaluate("location.hash = '#/collections/news/entries/2022/2022-01-12-chernetka'")
    status.filter(has_text="Зауважень до полів немає. Текст, посилання й світлини перевірять, коли").wait_for()
    page.evaluate(
        f"location.hash = '#/collections/news/entries/{NEWS.removeprefix('content/news/').removesuffix('.md')}'"
    )
    status.filter(has_text="Зауважень до збереженого тексту немає.").wait_for()
    page.close()


# Whether a click into the middle of an element would reach it.
REACHED = """element => {
  element.scrollIntoView({ block: "nearest", behavior: "instant" });
  const { x, y, width, height } = element.getBoundingClientRect();
  return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def reach(element):
    """Wait for it, as long as a page of the CMS fades in; what it tells stands longer."""
    wait_until(element, REACHED, timeout=2)


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.soak)])
def test_nothing_covers_the_buttons_that_save_and_publish(office, browser, width):
    paper = office.folder / "content/registers/newspaper/2021-h2.csv"
    paper.parent.mkdir(parents=True, exist_ok=True)
    rows = "".join(f"{day:02}.11.2030;Вісті;{day};Назва {day};\n" for day in range(1, 29))  # each of them an error
    paper.write_text(f"Дата;Видання;Номер;Назва;Посилання\n{rows}", "utf-8")
    page = browser.new_page(viewport={"width": width, "height": 740})
    page.set_default_timeout(60_000)
    page.clock.set_fixed_time("2021-12-20T10:00:00+02:00")
    page.goto(office.addresses["Редактор"])
    page.locator(".local-bar__status").wait_for()
    page.goto(f"{office.addresses['Редактор'].partition('#')[0]}registers/#newspaper")

    for name in ("Про воду", "Про світло"):  # before the findings are shown, and under them
        page.get_by_label("Назва", exact=True).first.fill(name)
        page.keyboard.press("Enter")
        save = page.get_by_role("button", name="Зберегти")
        save.wait_for()
        reach(save)
        reach(page.get_by_role("button", name="Скасувати останню дію"))
        save.click()
        page.locator(".local-bar__finding--error").first.wait_for()
        page.screenshot(path=os.environ["SHOTS"] + f"/rows-{width}-{name}.png") if os.environ.get("SHOTS") else None
        reach(page.get_by_role("button", name="Додати рядок"))

    page.goto(office.addresses["Редактор"])
    page.get_by_text("Новини").first.wait_for()
    page.evaluate("location.hash = '#/collections/news/new'")
    page.locator('[data-key-path="title"] input').fill("Толока")
    page.locator('[data-key-path="body"] [contenteditable=true]').fill("Текст")
    page.get_by_role("button", name="Зберегти").click()
    page.get_by_text("Збережено 1 запис").wait_for()
    page.screenshot(path=os.environ["SHOTS"] + f"/toast-{width}.png") if os.environ.get("SHOTS") else None
    reach(page.get_by_role("button", name="Опублікувати"))
    reach(page.get_by_role("link", name="Переглянути"))
    page.close()


def test_a_colleagues_change_of_the_same_place_is_asked_about_and_both_texts_are_kept(office, browser, bare, clone):
    git(office.folder, "push", "-q", "-u", "origin", "main")
    colleague = clone("колега")
    before = (office.folder / NEWS).read_text("utf-8")
    theirs = before.replace("Почнеться о десятій", "Почнеться о першій")
    colleague.write(NEWS.removeprefix("content/"), theirs)
    git(colleague.folder, "push", "-q")
    sent = colleague.head()

    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.set_default_timeout(60_000)
    page.goto(office.addresses["Редактор"])
    page.get_by_text("Новини").first.wait_for()
    page.evaluate(
        f"location.hash = '#/collections/news/entries/{NEWS.removeprefix('content/news/').removesuffix('.md')}'"
    )
    page.locator('[data-key-path="body"] [contenteditable=true]').fill("Почнеться опівдні.")
    page.get_by_role("button", name="Зберегти", exact=True).click()
    page.get_by_text("Збережено 1 запис").wait_for()
    ours = (office.folder / NEWS).read_text("utf-8")
    assert "Почнеться опівдні." in ours

    page.get_by_role("button", name="Опублікувати").click()
    dialog = page.get_by_role("dialog", name="Публікація сайту")
    outcome, question = dialog.get_by_role("status"), dialog.locator(".local-publication__question")
    dialog.get_by_role("button", name="Опублікувати").click()
    dialog.get_by_role("button", name="Зберегти й публікувати").click()
    later = dialog.get_by_role("button", name="Не публікувати поки що")
    later.wait_for()
    page.screenshot(path=os.environ["SHOTS"] + "/conflict.png") if os.environ.get("SHOTS") else None
    assert question.locator("p").inner_text().endswith("«Зустріч із мешканцями»: чий текст опублікувати?")
    lines = question.get_by_role("listitem").all_inner_texts()
    assert lines[lines.index("У вас інакше:") + 1] == "«Почнеться опівдні.»"
    assert lines[lines.index("У колеги інакше:") + 1] == "«Почнеться о першій.»"
    assert not TERMINAL.search(dialog.inner_text())
    assert dialog_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    kept = office.folder / "build/conflict/news/2022"
    assert {file.read_text("utf-8") for file in kept.iterdir()} == {ours, theirs}
    later.click()
    outcome.filter(has_text="Не опубліковано: так ви вирішили").wait_for()
    assert (office.folder / NEWS).read_text("utf-8") == ours
    assert git(bare, "rev-parse", "main") == sent
    assert "gh-pages" not in git(bare, "branch", "--list")

    dialog.get_by_role("button", name="Опублікувати ще раз").click()
    dialog.get_by_role("button", name="Лишити ваш текст").click()
    outcome.filter(has_text="Опубліковано.").wait_for()
    assert not TERMINAL.search(dialog.inner_text())
    assert git(bare, "show", f"main:{NEWS}") == ours.strip()
    assert git(bare, "show", f"main^2:{NEWS}") == theirs.strip()  # the colleague's text stays in the history
    assert "Почнеться опівдні." in git(bare, "show", "gh-pages:news/zustrich-2022-01-11/index.html")
    assert {file.read_text("utf-8") for file in kept.iterdir()} == {ours, theirs}
    page.close()
