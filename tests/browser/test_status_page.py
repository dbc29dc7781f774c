"""The page /admin/status/ with every state at once, over a git host with a real repository: words, links, axe, narrow, dark."""

import functools
import json
import threading
from datetime import UTC, datetime, timedelta

import jinja2
import pytest

from hromada.domain.settings import SiteSettings
from hromada.domain.site_urls import ADMIN_STATUS
from hromada.editor.admin_pages import ADMIN_PAGES, host_data, policy
from hromada.editor.configuration import configuration
from hromada.editor.form_fields import FormChoices, Option
from hromada.editor.git_host import git_host
from hromada.editor.script_tables import script_tables
from tests import needs
from tests.browser.admin_modules import ADMIN, module_page
from tests.browser.axe import violations
from tests.browser.test_pages import QuietHandler, Server
from tests.cms_login import login_script
from tests.editor.bare_repository import BareRepository
from tests.editor.git_host_server import Answer, GitHostServer

pytestmark = [pytest.mark.browser, needs.chromium]
NOW = datetime(2022, 1, 15, 10, 0, tzinfo=UTC)  # noon in Kyiv
UNITS = FormChoices(units=(Option("tsnap", "ЦНАП"),))


def news(title, date="2022-01-14", **more):
    fields = "".join(f"{key}: {value}\n" for key, value in {"title": title, "date": date, **more}.items())
    return f"---\n{fields}---\n\nТекст.\n".encode()


class Desk:
    """A git host, and the page of a site whose settings name it."""

    def __init__(self, folder, backend):
        self.repository = BareRepository.holding(
            folder / "sait.git", {"content/news/2022/2022-01-10-rada.md": news("Сесія ради", "2022-01-10")}
        )
        self.host = GitHostServer(self.repository)
        self.backend, self.folder = backend, folder / "сайт"
        setting = self.host.setting(backend)
        known = git_host(setting)
        settings = SiteSettings.parse(
            {
                "name": "Громада",
                "address": "https://rada.zrazok.ua",
                "publishers": [("2020-01-01", "Рада")],
                "repository": setting,
            }
        )
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(ADMIN.parent / "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
        )
        environment.filters |= {"url": str, "asset": "/static/{}".format}
        shown = next(page for page in ADMIN_PAGES if page.path == ADMIN_STATUS)
        page = environment.get_template(shown.template).render(
            page_title=shown.title, path=shown.path, policy=policy(shown, known), parts="/admin/parts/", host=host_data(known, ""),
            admin_pages=ADMIN_PAGES, site={"name": "Дергачівська громада"},
        )  # fmt: skip
        (self.folder / "admin/status").mkdir(parents=True)
        (self.folder / "admin/status/index.html").write_text(page, "utf-8")
        (self.folder / "admin/config.json").write_text(json.dumps(configuration(known, settings, UNITS)), "utf-8")
        (self.folder / "admin/tables.json").write_text(json.dumps(script_tables()), "utf-8")
        (self.folder / "admin/parts").symlink_to(ADMIN)
        (self.folder / "static").symlink_to(ADMIN.parent / "static")
        self.server = Server(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(self.folder)))
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.host.close()

    def save(self, path, data, ago=60, branch="main"):
        when = (NOW - timedelta(minutes=ago)).strftime("%Y-%m-%dT%H:%M:%SZ")
        named = {
            f"GIT_{who}_{field}": value
            for who in ("AUTHOR", "COMMITTER")
            for field, value in (("NAME", "Олена Коваль"), ("EMAIL", "o@rada.example"), ("DATE", when))
        }
        removed = () if data is not None else (path,)
        return self.repository.commit(
            branch,
            f"Зміна {path}",
            changed={path: data} if data is not None else {},
            removed=removed,
            environment=named,
        )

    def publish(self, source, version="1", more=""):
        self._orphan(
            "gh-pages",
            {"version.json": json.dumps({"version": version}).encode()},
            f"Сайт\n\nSource-Commit: {source}\n{more}",
        )
        (self.folder / "version.json").write_text(json.dumps({"version": version}), "utf-8")

    def tell(self, *results):
        base = {
            "branch": "main",
            "commit": "",
            "moment": "",
            "outcome": "published",
            "problems": [],
            "messages": [],
            "version": "",
            "preview": "",
        }
        self._orphan(
            "site-status",
            {"results.json": json.dumps({"results": [base | one for one in results]}).encode()},
            "Стан запусків",
        )

    def _orphan(self, branch, files, message):
        if self.repository.resolve(f"refs/heads/{branch}"):
            self.repository.delete_branch(branch)
        self.repository.commit(branch, message, changed=files, environment=_IDENTITY, parents=())

    def run(self, status, branch="main", **more):
        # GitHub tells the state of a finished run apart; Forgejo's tasks have one word.
        finished = self.backend == "github" and status in ("success", "failure", "cancelled")
        self.host.runs.append({
            "id": len(self.host.runs) + 1, "name": "site", "display_title": "", "head_branch": branch, "head_sha": "", "event": "push",
            "status": "completed" if finished else status, "conclusion": status if finished else None, "url": "", "html_url": "",
            "run_started_at": "", "updated_at": "", **more,
        })  # fmt: skip


_IDENTITY = {
    f"GIT_{who}_{field}": value
    for who in ("AUTHOR", "COMMITTER")
    for field, value in (("NAME", "Сайт"), ("EMAIL", "s@rada.example"))
}


@pytest.fixture(params=["gitea", "github"])
def desk(tmp_path, request):
    made = Desk(tmp_path, request.param)
    yield made
    made.close()


@pytest.fixture
def open_page(browser):
    contexts = []

    def look(desk, token=None, width=900, scheme="light", colours="none"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, forced_colors=colours
        )
        contexts.append(context)
        page = context.new_page()
        page.clock.set_fixed_time(NOW)
        page.add_init_script(login_script(desk.backend, desk.host.token if token is None else token))
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.goto(f"{desk.address}/admin/status/")
        page.wait_for_selector("[data-content]:not([hidden]), [data-sign-in]:not([hidden]), [data-fault]:not([hidden])")
        return page

    yield look
    for context in contexts:
        context.close()


def entries(page, where="items"):
    return {
        entry.locator("h3").inner_text(): (entry.locator(".status-tag").inner_text(), entry.inner_text())
        for entry in page.locator(f"[data-{where}] > li").all()
    }


def error(path, line=2, message="дата незрозуміла", fix="напишіть 2022-01-14"):
    return {"path": path, "line": line, "level": "error", "code": "date-format", "message": message, "fix": fix}


def fill(desk):
    """Every state of items that can stand side by side, and three requests."""
    online = desk.save("content/news/2022/2022-01-11-vidkryto.md", news("Амбулаторію відкрито"), 300)
    desk.save("content/units/tsnap/2022-01-12-hrafik.md", news("ЦНАП працює довше", "2022-01-12"), 200)
    refused = desk.save("content/news/2022/2022-01-14-toloka.md", news("Толока в парку", "14/13/22"), 100)
    desk.publish(online)
    desk.tell(
        {"commit": refused, "outcome": "refused", "problems": [error("content/news/2022/2022-01-14-toloka.md", 3)]},
        {"branch": "cms/news/a", "commit": "", "outcome": "checked", "preview": "https://p.zrazok.ua/a-1/"},
    )
    desk.save("content/news/2022/2022-01-15-zaraz.md", news("Щойно збережене"), 2)
    for name, stage, draft in (("a", "pending_review", False), ("b", "draft", True)):
        desk.repository.create_branch(f"cms/news/{name}", online)
        desk.save(f"content/news/2022/2022-01-15-{name}.md", news(f"Запит {name}"), 30, f"cms/news/{name}")
        pull = desk.host.open_pull(
            {"title": f"Запит {name}", "head": f"cms/news/{name}", "base": "main", "draft": draft}
        )
        pull.labels, pull.updated = [f"sveltia-cms/{stage}"], "2022-01-15T09:30:00Z"
    sha = desk.repository.resolve("refs/heads/cms/news/a")
    desk.tell(
        {"commit": refused, "outcome": "refused", "problems": [error("content/news/2022/2022-01-14-toloka.md", 3)]},
        {"branch": "cms/news/a", "commit": sha, "outcome": "checked", "preview": "https://p.zrazok.ua/a-1/"},
    )


def test_each_item_and_request_says_where_it_is_and_where_to_go(desk, open_page):
    fill(desk)
    page = open_page(desk)
    seen, requests = entries(page), entries(page, "requests")

    assert {title: state for title, (state, _) in seen.items()} == {
        "Щойно збережене": "Збережено", "Толока в парку": "Відмовлено", "ЦНАП працює довше": "Чекає", "Амбулаторію відкрито": "На сайті",
        "Сесія ради": "На сайті",
    }  # fmt: skip
    assert "Поле «Дата»: дата незрозуміла, напишіть 2022-01-14." in seen["Толока в парку"][1]
    assert "12:00" not in seen["Толока в парку"][1]
    assert "Олена Коваль" in seen["Толока в парку"][1]
    links = {
        link.inner_text(): link.get_attribute("href")
        for link in page.locator("[data-items] > li", has_text="Толока").locator("a").all()
    }
    assert links["Виправити у формі"] == "/admin/#/collections/news/entries/2022/2022-01-14-toloka"
    assert page.locator("[data-items] > li", has_text="ЦНАП працює довше").get_by_role(
        "link", name="Форма: ЦНАП працює довше"
    ).get_attribute("href") == ("/admin/#/collections/unit-tsnap/entries/2022-01-12-hrafik")
    assert (
        page.get_by_role("link", name="Подивитися на сайті").first.get_attribute("href") == "/news/vidkryto-2022-01-11/"
    )
    assert {title: state for title, (state, _) in requests.items()} == {"Запит a": "Перевірено", "Запит b": "Стоїть"}
    assert "Стан: на розгляді." in requests["Запит a"][1]
    assert "Стан: чернетка." in requests["Запит b"][1]
    assert page.get_by_role("link", name="Перегляд цих змін").get_attribute("href") == "https://p.zrazok.ua/a-1/"
    assert page.locator("[data-status]").inner_text() == "Сайт не оновлюється: виправте зауваження нижче."
    assert page.faults == []


@pytest.mark.parametrize("desk", ["gitea"], indirect=True)
def test_axe_finds_nothing_and_nothing_is_cut_off_in_any_width_or_scheme(desk, open_page):
    fill(desk)
    for width, scheme, colours in ((900, "light", "none"), (320, "dark", "none"), (320, "light", "active")):
        page = open_page(desk, width=width, scheme=scheme, colours=colours)
        rules = {"color-contrast": {"enabled": colours == "none"}}  # forced colours are the reader's own
        assert violations(page, {"rules": rules}) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            "[...document.querySelectorAll('main a, main button')].filter((e) => e.getBoundingClientRect().height < 24).map((e) => e.textContent)"
        )
        assert small == []


@pytest.mark.parametrize(
    ("ago", "runs", "outcome", "state"),
    [
        (2, [], None, "Збережено"),
        (40, [], None, "Стоїть"),
        (40, ["queued"], None, "Перевіряється"),
        (40, ["cancelled", "failure"], None, "Збій"),
        (40, ["success"], {"outcome": "failed", "messages": ["сховище не відповідає"]}, "Збій"),
        (40, ["failure"], {"outcome": "refused", "messages": ["Зникне адреса /news/a/"]}, "Чекає на рішення"),
        (40, ["success"], {"outcome": "published"}, "На сайті"),
    ],
)  # fmt: skip
def test_what_the_last_run_did_tells_the_state(desk, open_page, ago, runs, outcome, state):
    first = desk.repository.resolve("main")
    desk.publish(first)
    sha = desk.save("content/news/2022/2022-01-14-toloka.md", news("Толока в парку"), ago)
    for status in runs:
        desk.run(status)
    if outcome:
        desk.tell({"commit": sha, **outcome})
    found = entries(open_page(desk))["Толока в парку"]

    assert found[0] == state
    assert all(message in found[1] for message in (outcome or {}).get("messages", []))


def test_a_commit_that_was_merged_after_the_publication_is_not_online_though_it_is_older(desk, open_page):
    first = desk.repository.resolve("main")
    desk.repository.create_branch("cms/news/a", first)
    desk.save("content/news/2022/2022-01-09-davno.md", news("Написано давно"), 500, "cms/news/a")
    online = desk.save("content/news/2022/2022-01-11-vidkryto.md", news("Амбулаторію відкрито"), 300)
    desk.publish(online)
    desk.repository.merge("main", "refs/heads/cms/news/a", "Прийнято", _IDENTITY)

    assert {title: state for title, (state, _) in entries(open_page(desk)).items()}["Написано давно"] == "Стоїть"


def test_a_site_that_does_not_show_the_publication_yet_and_one_that_was_put_back(desk, open_page):
    head = desk.save("content/news/2022/2022-01-14-toloka.md", news("Толока в парку"))
    desk.publish(head, "2")
    (desk.folder / "version.json").write_text('{"version": "1"}', "utf-8")
    assert entries(open_page(desk))["Толока в парку"][0] == "Майже на сайті"

    desk.publish(desk.repository.commits("main", most=2)[1].sha, "1", "Rollback-To: 1\n")
    desk.tell({"commit": head})
    page = open_page(desk)
    assert page.locator("[data-rolled-back]").is_visible()
    assert entries(page)["Толока в парку"][0] == "Стоїть"


def test_a_token_that_may_not_see_runs_still_gets_the_results(desk, open_page):
    fill(desk)

    def refuse(method, path):
        if "/actions/" in path:
            raise Answer(403, {"message": "Resource not accessible by personal access token"})

    desk.host.before = refuse
    page = open_page(desk)
    assert page.locator("[data-runs-hidden]").is_visible()
    assert entries(page)["Толока в парку"][0] == "Відмовлено"


def test_without_a_login_a_token_is_asked_for_and_stands_in_no_address(desk, open_page):
    fill(desk)
    page = open_page(desk, token="")
    page.get_by_label("Токен").fill(desk.host.token)
    page.get_by_role("button", name="Увійти").click()
    page.wait_for_selector("[data-content]:not([hidden])")

    assert entries(page)["Толока в парку"][0] == "Відмовлено"
    assert not [asked for asked in desk.host.requests if desk.host.token in f"{asked.path}{asked.query}"]
    assert desk.host.token not in page.url
    assert {asked.method for asked in desk.host.requests} <= {"GET", "OPTIONS"}


def test_what_editors_write_is_text_and_never_markup(desk, open_page):
    desk.publish(desk.repository.resolve("main"))
    evil = "<img src=x onerror=alert(1)>"
    sha = desk.save("content/news/2022/2022-01-14-toloka.md", news(f'"{evil}"'))
    desk.tell(
        {
            "commit": sha,
            "outcome": "refused",
            "problems": [error("content/news/2022/2022-01-14-toloka.md", 3, evil, evil)],
        }
    )
    page = open_page(desk)

    assert evil in entries(page)
    assert page.locator("main img").count() == 0
    assert page.faults == []


@pytest.mark.parametrize("desk", ["gitea"], indirect=True)
@pytest.mark.parametrize("name", ["config.json", "tables.json"])
def test_tables_that_do_not_come_are_told_and_asked_for_again(desk, open_page, name):
    fill(desk)
    file = desk.folder / "admin" / name
    file.rename(file.with_suffix(".away"))
    page = open_page(desk)
    assert "Немає зв’язку" in page.locator("[data-fault]").inner_text()
    assert not page.locator("[data-content]").is_visible()

    page.clock.install(time=NOW)
    page.evaluate(
        "import('/admin/parts/status_bar.js').then((bar) => bar.startStatusBar({registerEventListener() {}}))"
    )
    bar = page.locator(".status-bar")
    bar.get_by_text("Немає зв’язку").wait_for()
    file.with_suffix(".away").rename(file)
    page.clock.run_for(61_000)
    bar.get_by_text("Толока в парку").wait_for()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.locator("[data-content]").wait_for()
    assert entries(page)["Толока в парку"][0] == "Відмовлено"
    assert not page.locator("[data-fault]").is_visible()
    assert page.faults == []


def test_a_date_is_its_moment_in_kyiv(browser):
    written = {
        "2022-08-05": "2022-08-05 00:00",
        "2022-08-05 9:30": "2022-08-05 09:30",
        "05.08.2022 9:30": "2022-08-05 09:30",
        "2022-08-05T14:30": "2022-08-05 14:30",
        "2022-08-05T14:30:00Z": "2022-08-05 17:30",
        "2022-08-05 23:30+00": "2022-08-06 02:30",
        "2022-01-05T9:30:00.5 -0530": "2022-01-05 17:00",
        "2022-08-05 99:30Z": "2022-08-05 99:30",
        "колись": "",
    }
    with module_page(browser) as page:
        found = page.evaluate(
            "async (all) => { const { momentOf } = await import('/site_status.js'); return all.map((one) => momentOf(one)); }",
            list(written),
        )
    assert dict(zip(written, found, strict=True)) == written


def test_a_date_with_a_zone_is_scheduled_until_its_moment_in_kyiv(desk, open_page):
    desk.save("content/news/2022/2022-01-15-zaraz.md", news("О 13:30", '"2022-01-15T11:30Z"'))
    desk.publish(desk.save("content/news/2022/2022-01-15-ranok.md", news("О 9:30", '"2022-01-15 9:30"')))
    seen = entries(open_page(desk))

    assert seen["О 13:30"][0] == "Заплановано"
    assert "15 січня 2022 року о 13:30" in seen["О 13:30"][1]
    assert seen["О 9:30"][0] == "На сайті"


@pytest.mark.parametrize("desk", ["gitea"], indirect=True)
def test_on_ones_own_computer_nothing_is_asked_for(desk, browser):
    page_file = desk.folder / "admin/status/index.html"
    page_file.write_text(
        page_file.read_text("utf-8").replace('"repository": "rada/sait"', '"repository": "local/site"'), "utf-8"
    )
    page = browser.new_page()
    page.goto(f"{desk.address}/admin/status/")
    page.wait_for_selector("[data-own-computer]:not([hidden])")

    assert not page.locator("[data-content]").is_visible()
    assert not page.locator("[data-sign-in]").is_visible()
    assert desk.host.requests == []
    page.close()
