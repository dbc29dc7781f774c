"""From a save by the host's API to the site online, by the commands of the workflow's file; the page says where the item is."""

import base64
import functools
import io
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.request
from datetime import UTC, datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
import yaml
from PIL import Image

from tests import needs
from tests.cms_login import login_script
from tests.conftest import ROOT, cache_in
from tests.editor.bare_repository import BareRepository
from tests.editor.git_host_server import GitHostServer

pytestmark = [pytest.mark.browser, pytest.mark.long, needs.chromium]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/site.yml").read_text("utf-8"))
SITE = "https://rada.zrazok.ua"
TODAY = "2022-01-15T12:00"
CALL = (
    "import os; from pathlib import Path; from hromada.commands import dispatch; from hromada.console.options import Options;"
    "raise SystemExit(dispatch.{}(Options.from_environment(Path.cwd(), os.environ)))"
)
NEWS = "content/news/2022/2022-01-14-toloka.md"
OTHER = "content/news/2022/2022-01-13-amulatoriia.md"


def item(title, date="2022-01-14", status=""):
    return (
        f"---\ntitle: {title}\ndate: {date}\n{f'status: {status}' if status else ''}\n---\n\nПрибрали парк.\n".replace(
            "\n\n---", "\n---"
        )
    )


def photo():
    data = io.BytesIO()
    Image.new("RGB", (1600, 1200), (40, 120, 60)).save(data, "WEBP")
    return data.getvalue()


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        """A test's output stays its own."""


class Place:
    """A git host, a clone in which its runs work, and a static server that shows what they publish."""

    def __init__(self, folder):
        self.folder = folder
        files = {"content/news/2022/2022-01-10-rada.md": item("Сесія ради", "2022-01-10").encode()}
        self.host = GitHostServer(BareRepository.holding(folder / "sait.git", files))
        self.clone = folder / "запуск"
        self.git(folder, "clone", "-q", f"file://{self.host.repository.folder}", str(self.clone))
        for name in ("plugins", "theme", "pelicanconf.py", "publishconf.py", ".gitignore"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, self.clone / name)
        settings = (
            (self.clone / "pelicanconf.py")
            .read_text("utf-8")
            .replace('"handbook": "docs/редакторам"', '"handbook": ""')
        )
        settings = settings.replace('"repository": ""', f'"repository": "{self.host.setting("gitea")}"')
        (self.clone / "pelicanconf.py").write_text(settings, "utf-8")
        self.git(self.clone, "add", "-A")
        self.git(self.clone, "commit", "-qm", "Програма")
        self.git(self.clone, "push", "-q", "origin", "HEAD:main")
        self.shown = folder / "на сервері"
        self.shown.mkdir()
        handler = functools.partial(QuietHandler, directory=str(self.shown))
        self.web = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.web.serve_forever, args=(0.02,), daemon=True).start()
        self.address = f"http://127.0.0.1:{self.web.server_port}"

    @staticmethod
    def git(folder, *arguments):
        named = ["-c", "user.name=Запуск", "-c", "user.email=run@rada.example"]
        done = subprocess.run(["git", *named, *arguments], cwd=folder, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def save(self, path, text, photos=None):
        """What the form sends: an item, and its new photos in the same commit."""
        known = self.host.repository.blob_at("main", path)
        file = {
            "operation": "update" if known else "create",
            "path": path,
            "content": base64.b64encode(text.encode()).decode(),
        }
        added = [
            {"operation": "create", "path": name, "content": base64.b64encode(data).decode()}
            for name, data in (photos or {}).items()
        ]
        body = {
            "branch": "main", "message": f"Створено {path}", "files": [*added, file | ({"sha": known.sha} if known else {})],
            "author": {"name": "Олена", "email": "7+olena@users.noreply.rada.example"},
        }  # fmt: skip
        return self.ask("/contents", body)["commit"]["sha"]

    def ask(self, path, body=None):
        asked = urllib.request.Request(
            f"{self.host.address}/api/v1/repos/rada/sait{path}", json.dumps(body).encode() if body else None,
            {"Authorization": f"token {self.host.token}", "Content-Type": "application/json"},
        )  # fmt: skip
        with urllib.request.urlopen(asked) as answer:
            return json.load(answer)

    def begin_run(self, sha, status="in_progress"):
        self.host.runs.insert(0, {
            "id": len(self.host.runs) + 1, "name": "site", "display_title": "", "head_branch": "main", "head_sha": sha, "event": "push",
            "status": status, "conclusion": None, "url": "", "html_url": "", "run_started_at": "", "updated_at": "",
        })  # fmt: skip

    def run(self):
        """The steps of the workflow that are commands, with their own settings; the first that fails ends the run."""
        (job,) = WORKFLOW["jobs"].values()
        steps = [step for step in job["steps"] if step.get("run", "").startswith("python3 tasks.py ")]
        told = {
            "PYTHONPATH": "plugins", "TODAY": TODAY, "CACHE": str(cache_in(self.folder)), "JOBS": "1", "GIT_AUTHOR_NAME": "Запуск",
            "GIT_AUTHOR_EMAIL": "run@rada.example", "GIT_COMMITTER_NAME": "Запуск", "GIT_COMMITTER_EMAIL": "run@rada.example",
        }  # fmt: skip
        said = []
        for step in steps:
            command = step["run"].removeprefix("python3 tasks.py ").strip()
            if command == "online":  # it asks the site's own address, which is not on this computer
                continue
            named = {name: re.sub(r"\$\{\{.*\}\}", "", str(value)) for name, value in step.get("env", {}).items()}
            done = subprocess.run(
                [sys.executable, "-X", "utf8", "-c", CALL.format(command)], cwd=self.clone, encoding="utf-8", check=False,
                env=os.environ | told | named | {"SITEURL": SITE}, capture_output=True,
            )  # fmt: skip
            said.append(done.stdout + done.stderr)
            if done.returncode:
                break
        if self.host.runs:
            self.host.runs[0] |= {"status": "success" if done.returncode == 0 else "failure"}
        return done.returncode, "\n".join(said)

    def show(self):
        """What the host of pages does some time after a publication."""
        for old in list(self.shown.iterdir()):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
        archive = subprocess.run(
            ["git", "archive", "gh-pages"], cwd=self.host.repository.folder, capture_output=True, check=True
        ).stdout
        subprocess.run(["tar", "-x", "-C", str(self.shown)], input=archive, check=True)

    def close(self):
        self.web.shutdown()
        self.web.server_close()
        self.host.close()


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    made = Place(tmp_path_factory.mktemp("від збереження до сайту"))
    status, said = made.run()
    assert status == 0, said
    made.show()
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(place, browser):
    context = browser.new_context(locale="uk-UA", viewport={"width": 900, "height": 1000})
    context.add_init_script(login_script("gitea", place.host.token))
    page = context.new_page()
    page.faults, page.hosts = [], set()
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: page.hosts.add("/".join(request.url.split("/")[:3])))
    yield page
    context.close()


def look(page, place, now=None):
    """The page as it is now: the entries by their titles, each with its state and its words."""
    if now:
        page.clock.set_fixed_time(now)
    page.goto(f"{place.address}/admin/status/")
    page.wait_for_selector("[data-content]:not([hidden])")
    return {
        entry.locator("h3").inner_text(): (entry.locator(".status-tag").inner_text(), entry.inner_text())
        for entry in page.locator("[data-items] > li").all()
    }


def test_the_page_follows_an_item_from_the_save_to_the_site(place, page):
    sha = place.save(NEWS, item("Толока в парку", "11/13/22"))
    assert look(page, place)["Толока в парку"][0] == "Збережено"

    place.begin_run(sha)
    assert look(page, place)["Толока в парку"][0] == "Перевіряється"

    status, said = place.run()
    assert status == 2, said
    entry = look(page, place)["Толока в парку"]
    assert entry[0] == "Відмовлено"
    assert "Поле «Дата»: " in entry[1]
    assert "11/13/22" in entry[1]
    mend = page.get_by_role("link", name="Виправити у формі")
    assert mend.get_attribute("href") == "/admin/#/collections/news/entries/2022/2022-01-14-toloka"
    assert "Сайт не оновлюється: виправте зауваження нижче." in page.locator("main").inner_text()

    place.save(OTHER, item("Відкрили амбулаторію", "2022-01-13"))
    place.begin_run(place.host.repository.resolve("main"))
    place.run()
    seen = look(page, place)
    assert (seen["Толока в парку"][0], seen["Відкрили амбулаторію"][0]) == ("Відмовлено", "Чекає")
    assert "доки не виправлять інший матеріал" in seen["Відкрили амбулаторію"][1]

    gallery = "gallery:\n  - 2022-01-14-toloka/photo.webp | Люди прибирають парк"
    mended = item("Толока в парку").replace("\n---\n\n", f"\n{gallery}\n---\n\n")
    place.begin_run(place.save(NEWS, mended, {"content/news/2022/2022-01-14-toloka/photo.webp": photo()}))
    status, said = place.run()
    assert status == 0, said
    assert look(page, place)["Толока в парку"][0] == "Майже на сайті"

    place.show()
    seen = look(page, place)
    assert (seen["Толока в парку"][0], seen["Відкрили амбулаторію"][0]) == ("На сайті", "На сайті")
    page.get_by_role("link", name="Подивитися на сайті").first.click()
    page.wait_for_selector("h1")
    assert "Прибрали парк." in page.locator("main").inner_text()
    assert page.get_by_alt_text("Люди прибирають парк").first.evaluate(
        "image => image.decode().then(() => image.naturalWidth > 0)"
    )
    assert page.faults == []
    assert page.hosts == {place.address, place.host.address}


def test_drafts_scheduled_and_removed_items_are_told_from_what_everybody_sees(place, page):
    place.save("content/news/2022/2022-01-12-chernetka.md", item("Ще пишемо", status="draft"))
    place.save("content/news/2031/2031-01-12-maibutnie.md", item("Через роки", "2031-01-12 09:00"))
    place.begin_run(place.host.repository.resolve("main"))
    status, said = place.run()
    assert status == 2, said  # over a year ahead
    assert look(page, place)["Через роки"][0] == "Відмовлено"
    place.save("content/news/2031/2031-01-12-maibutnie.md", item("Незабаром", "2022-02-01 09:00"))
    place.begin_run(place.host.repository.resolve("main"))
    status, said = place.run()
    assert status == 0, said
    place.show()
    seen = look(page, place, datetime(2022, 1, 15, 10, tzinfo=UTC))

    assert seen["Ще пишемо"][0] == "Чернетка"
    assert seen["Незабаром"][0] == "Заплановано"
    assert "З’явиться на сайті 1 лютого 2022 року о 09:00" in seen["Незабаром"][1]
