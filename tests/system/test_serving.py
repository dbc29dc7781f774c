"""`make serve` as an editor sees it: a saved change is in the browser, a broken file is named and recovers."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from hromada.metadata.picture_metadata import has_coordinates
from tests.conftest import ROOT, copy_golden
from tests.unit.metadata.samples import placed

PAGE = "/news/0123-2021-07-05/"


class Preview:
    """A running `make serve` of a content folder; its own process group, so that nothing outlives the test."""

    def __init__(self, content, output, today="2022-01-15"):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environ = {"CONTENT": str(content), "OUTPUT": str(output), "PORT": str(self.port), "TODAY": today}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tasks.py"), "serve"], env=kept | environ, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        said = [""]
        while "http://127.0.0.1" not in said[-1]:
            said.append(self.process.stdout.readline())
            assert said[-1], "".join(said)

    def get(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.read().decode()

    def until(self, path, words):
        """The page as soon as it holds the words."""
        for _ in range(400):
            page = self.get(path)
            if words in page:
                return page
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never came: {page[:2000]}")

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        if self.process.returncode is None:
            self.said = self.process.communicate()[0]


@pytest.fixture
def content(tmp_path):
    copy_golden(tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def preview(tmp_path, content):
    one = Preview(content, tmp_path / "output")
    yield one
    one.close()


def test_a_saved_change_is_shown_and_a_broken_file_is_named_until_it_is_mended(preview, content):
    news = content / "news/2021/drugyi.md"
    whole = news.read_text("utf-8")
    version = preview.get("/__version")

    news.write_text(whole + "\nЩойно дописано.\n", "utf-8")
    assert '<script src="/__reload.js">' in preview.until(PAGE, "Щойно дописано.")
    preview.until("/__version", str(int(version) + 1))

    news.write_text(f"ключ: так\n{whole}", "utf-8")
    trouble = preview.until("/", "Сайт не побудовано")
    assert "content/news/2021/drugyi.md:1: " in trouble
    assert "[header-unknown-key]" in trouble

    news.write_text(whole, "utf-8")
    assert "Щойно дописано." not in preview.until(PAGE, "</article>")


def test_a_photo_dropped_into_the_folder_loses_its_place_before_it_is_shown(preview, content):
    (content / "news/2021/alleia.jpg").write_bytes(placed(orientation=6))
    news = content / "news/2021/drugyi.md"
    news.write_text(news.read_text("utf-8") + "\n![Алея з новою бруківкою](alleia.jpg)\n", "utf-8")

    assert "Алея з новою бруківкою" in preview.until(PAGE, "Алея")
    assert not has_coordinates((content / "news/2021/alleia.jpg").read_bytes())
    assert "Сайт не побудовано" not in preview.get("/")
    preview.close()
    assert "content/news/2021/alleia.jpg: знято дані про місце" in preview.said


def test_a_new_and_a_deleted_item_come_and_go(preview, content):
    new = content / "news/2021/2021-09-09-nove.md"
    new.write_text("title: Нове\ndate: 2021-09-09\n\nТекст.\n", "utf-8")
    preview.until("/news/nove-2021-09-09/", "Нове")
    preview.until("/news/", "Нове")

    new.unlink()
    preview.until("/news/nove-2021-09-09/", "Такої сторінки немає")


def test_content_that_is_broken_from_the_start_is_shown_and_recovers(tmp_path, content):
    (content / "news/2021/zlamane.md").write_text("Без заголовка.\n", "utf-8")
    preview = Preview(content, tmp_path / "output")
    try:
        assert "content/news/2021/zlamane.md:" in preview.get("/")
        (content / "news/2021/zlamane.md").unlink()
        preview.until("/", "Новини")
    finally:
        preview.close()


def test_content_that_was_moved_away_and_back_is_watched_again(preview, content):
    away = content.rename(content.parent / "деінде")
    preview.until("/", "content-missing")
    away.rename(content)
    preview.until(PAGE, "</article>")

    news = content / "news/2021/drugyi.md"
    news.write_text(news.read_text("utf-8") + "\nЩойно дописано.\n", "utf-8")
    preview.until(PAGE, "Щойно дописано.")


def test_a_page_that_somebody_removed_is_back_when_it_is_asked_for(preview, tmp_path):
    (tmp_path / "output" / PAGE.strip("/") / "index.html").unlink()

    assert "Такої сторінки немає" in preview.get(PAGE)
    preview.until(PAGE, "</article>")


def test_a_page_that_is_nowhere_does_not_make_the_browser_reload_for_ever(preview):
    version = preview.get("/__version")
    for _ in range(3):
        preview.get("/nema/")
        time.sleep(0.6)

    assert preview.get("/__version") == version


def test_an_item_appears_when_its_moment_comes(tmp_path, content):
    due = datetime.now(ZoneInfo("Europe/Kyiv")) + timedelta(seconds=8)
    news = content / f"news/{due:%Y}/{due:%Y-%m-%d}-nezabarom.md"
    news.parent.mkdir(exist_ok=True)
    news.write_text(f"title: Незабаром\ndate: {due.isoformat(timespec='seconds')}\n\nТекст.\n", "utf-8")
    page = f"/news/nezabarom-{due:%Y-%m-%d}/"
    preview = Preview(content, tmp_path / "output", today="")
    try:
        assert "Такої сторінки немає" in preview.get(page)
        preview.until(page, "Незабаром")
    finally:
        preview.close()


class Builder:
    """The process behind `make serve`, alone: an order is one line, and so is the answer."""

    def __init__(self, content, output):
        paths = os.pathsep.join([str(ROOT / "plugins"), str(ROOT)])
        environ = {"CONTENT": str(content), "OUTPUT": str(output), "TODAY": "2022-01-15", "PYTHONPATH": paths}
        self.process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "hromada.serve.build_process", str(ROOT)], env=os.environ | environ,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
        )  # fmt: skip

    def order(self, **order):
        self.process.stdin.write(f"{json.dumps(order)}\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


@pytest.fixture
def builder(tmp_path, content):
    one = Builder(content, tmp_path / "output")
    yield one
    one.process.kill()
    one.process.communicate()


def test_what_the_watch_has_missed_is_found_afterwards(builder, content, tmp_path):
    told, missed = content / "news/2021/drugyi.md", content / "news/2021/2021-09-09-nove.md"
    page = tmp_path / "output/news/nove-2021-09-09/index.html"
    first = builder.order()
    told.write_text(told.read_text("utf-8") + "\nЩойно дописано.\n", "utf-8")
    missed.write_text("title: Нове\ndate: 2021-09-09\n\nТекст.\n", "utf-8")
    saved = builder.order(saved=[str(told)])
    shown, missing = (tmp_path / "output" / PAGE.strip("/") / "index.html").read_text("utf-8"), page.exists()
    verified = builder.order(verify=True)

    assert (first["sure"], saved["sure"], verified["sure"]) == (True, False, True)
    assert (saved["changed"], verified["changed"]) == (True, True)
    assert ("Щойно дописано." in shown, missing, page.exists()) == (True, False, True)


def test_nothing_is_built_when_the_watch_has_missed_nothing(builder, content):
    news = content / "news/2021/drugyi.md"
    builder.order()
    news.write_text(news.read_text("utf-8") + "\nЩойно дописано.\n", "utf-8")
    saved = builder.order(saved=[str(news)])
    verified = builder.order(verify=True)

    assert (saved["status"], saved["changed"], saved["sure"]) == (0, True, False)
    assert verified == saved | {"changed": False, "sure": True}


def test_half_of_a_change_shows_no_trouble(builder, content):
    register = next((content / "registers").rglob("*.csv"))
    news = content / "news/2021/drugyi.md"
    builder.order()
    news.write_text(news.read_text("utf-8") + "\nЩойно дописано.\n", "utf-8")
    register.unlink()
    saved = builder.order(saved=[str(news)])

    assert (saved["status"], saved["sure"], saved["problems"]) == (0, True, [])


def test_the_text_for_social_networks_is_a_click_away(preview):
    assert f'href="/__post{PAGE}"' in preview.until(PAGE, "</article>")
    page = preview.get(f"/__post{PAGE}")

    assert [f'<label for="{name}">' in page for name in ("facebook", "instagram", "telegram")] == [True] * 3
    assert f"/sait{PAGE}" in page or f"example{PAGE}" in page
    assert "POSTED=https://" in page
