"""`make serve` as an editor sees it: a saved change is in the browser, a broken file is named and recovers."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.conftest import ROOT

PAGE = "/news/0123-2021-07-05/"


class Preview:
    """A running `make serve` of a content folder; its own process group, so that nothing outlives the test."""

    def __init__(self, content, output):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environ = {"CONTENT": str(content), "OUTPUT": str(output), "PORT": str(self.port), "TODAY": "2022-01-15"}
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "tasks.py"), "serve"], env=kept | environ, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        said = [""]
        while "http://localhost" not in said[-1]:
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
        self.process.communicate()


@pytest.fixture
def content(tmp_path):
    shutil.copytree(ROOT / "tests/sites/golden/content", tmp_path / "content")
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
