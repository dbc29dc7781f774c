"""Two editors, a git host and a web server: a week of publishing by the commands alone, each step looked at as a reader would."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
import re
from pathlib import Path

import pytest

from tests import needs
from tests.system.clones import bare, clone, config, git, on_terminal, project
from tests.system.servers import Nginx

pytestmark = [pytest.mark.long, needs.nginx]

NEWS = "content/news/2022/2022-01-11-zustrich.md"
AGREE = "\n"  # the words that the command offers


def item(title: str, text: str, day: int) -> str:
    return f"---\ntitle: {title}\ndate: 2022-01-{day:02}\n---\n\n{text}\n"


def fill(content: Path) -> None:
    (content / "news/2022").mkdir(parents=True)
    (content.parent / NEWS).write_text(item("Зустріч із мешканцями", "Почнеться о десятій.", 11), "utf-8")


class Office:
    """An editor at a terminal: what they write, which commands they call, what these say."""

    def __init__(self, folder: Path, cache: Path, name: str) -> None:
        self.folder, self.cache, self.name = folder, cache, name
        git(folder, "config", "user.name", name)
        git(folder, "config", "user.email", f"{name}@hromada.invalid")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")

    def call(self, command: str, typed: str = "", **settings: str) -> str:
        """What a command shows on a terminal on which this has been typed; the command has to succeed."""
        status, shown = self.try_to(command, typed, **settings)
        assert status == 0, shown
        return shown

    def try_to(self, command: str, typed: str = "", **settings: str) -> tuple[int, str]:
        today = {"TODAY": "2022-01-15"} if command == "publish" else {}
        return on_terminal(self.folder, command, typed, CACHE=str(self.cache), **today, **settings)


@pytest.fixture
def served(tmp_path, bare):
    """The folder that nginx serves, and what a reader of the server and of the git host sees."""
    (tmp_path / "www").mkdir()
    tmp_path.chmod(0o755)
    server = Nginx(tmp_path / "nginx", tmp_path / "www/site")

    def read(address: str) -> str | None:
        """A page, equal at the git host and at the server; None where both have none."""
        name = f"{address.lstrip('/')}index.html" if address.endswith("/") else address.lstrip("/")
        status, _, body = server.get(address)
        names = git(bare, "ls-tree", "-r", "--name-only", "-z", "gh-pages").split("\0")
        assert (status == 200) == (name in names), (address, status)
        if status != 200:
            return None
        assert body.decode().strip() == git(bare, "show", f"gh-pages:{name}").strip()
        return body.decode()

    yield read
    server.stop()


def test_two_editors_publish_quarrel_undo_and_roll_back_and_readers_see_each_step_whole(tmp_path, bare, clone, served):
    folder, _ = project(tmp_path, bare, fill)
    settings = folder / "publishconf.py"
    site = tmp_path / "www/site"
    settings.write_text(settings.read_text("utf-8").replace("MIRRORS = []", f"MIRRORS = [{str(site)!r}]"), "utf-8")
    git(folder, "commit", "-qam", "Копія на сервері")
    first = Office(folder, tmp_path / "кеш 1", "Перша")
    first.call("publish")
    assert "Зустріч із мешканцями" in served("/news/zustrich-2022-01-11/")

    # A colleague's uncommitted item goes online by one command, and the first editor's next one takes it along.
    second = Office(clone("друга тека").folder, tmp_path / "кеш 2", "Друга")
    second.write("content/news/2022/2022-01-12-voda.md", item("Ремонт водогону", "Води не буде до вечора.", 12))
    assert "Новина: Ремонт водогону" in second.call("publish", AGREE)
    first.write("content/news/2022/2022-01-13-svitlo.md", item("Графік світла", "Додаємо графік.", 13))
    first.call("publish", AGREE * 2)
    for address in ("/news/zustrich-2022-01-11/", "/news/voda-2022-01-12/", "/news/svitlo-2022-01-13/"):
        assert served(address)

    # Both change one line: the second is asked, keeps her own, and no text is lost.
    second.call("publish", AGREE)
    first.write(NEWS, item("Зустріч із мешканцями", "Почнеться об одинадцятій.", 11))
    first.call("publish", AGREE)
    second.write(NEWS, item("Зустріч із мешканцями", "Почнеться о дванадцятій.", 11))
    status, shown = second.try_to("publish", AGREE)
    assert (status != 0, "build/conflict/" in shown) == (True, True), shown
    kept = sorted(path.read_text("utf-8") for path in (second.folder / "build/conflict").rglob("*") if path.is_file())
    assert ("одинадцятій" in "".join(kept), "дванадцятій" in "".join(kept)) == (True, True)
    assert "об одинадцятій" in served("/news/zustrich-2022-01-11/")
    second.call("publish", "1\n" + AGREE)
    assert "о дванадцятій" in served("/news/zustrich-2022-01-11/")

    # She takes it back; then a page deleted by mistake is stopped, and what was published is put online again without a build.
    second.call("undo", "так\n")
    second.call("publish", AGREE)
    assert "об одинадцятій" in served("/news/zustrich-2022-01-11/")
    known = json.loads(printed_json(second, "history"))
    assert [entry["online"] for entry in known][:2] == [True, False]
    (second.folder / NEWS).unlink()
    status, shown = second.try_to("publish", f"{AGREE}ні\n")
    assert (status, "/news/zustrich-2022-01-11/" in shown) == (1, True), shown
    assert served("/news/zustrich-2022-01-11/")
    second.call("undo", "так\n")
    before = json.loads(served("/version.json"))["version"]
    first.call("rollback", "так\n" * 3, TO=known[1]["version"][:12])
    assert "о дванадцятій" in served("/news/zustrich-2022-01-11/")
    assert json.loads(served("/version.json"))["version"] == known[1]["version"] != before

    # A run by itself leaves it so, a person's word publishes again.
    assert "rollback" in second.call("publish", AUTOMATIC="1")
    assert json.loads(served("/version.json"))["version"] == known[1]["version"]
    second.call("publish", AGREE)
    assert "об одинадцятій" in served("/news/zustrich-2022-01-11/")
    assert git(bare, "fsck", "--full", "--strict", "--no-dangling") == ""
    assert {git(clone.folder, "status", "--porcelain") for clone in (first, second)} == {""}
    assert re.fullmatch(r"releases/\w{64}", str((site / "current").readlink()))


def printed_json(office: Office, command: str) -> str:
    """What a command prints as JSON; the terminal's line ends are not part of it."""
    shown = office.call(command, FORMAT="json")
    return shown[shown.index("[") :]
