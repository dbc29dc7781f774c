"""The engine as a whole: the same bytes as plain Pelican, whatever the number of processes; nothing done in vain."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pelican import signals

from hromada.build.content_steps import checked_snapshot
from hromada.build.manifest import output_lock
from hromada.build.pipeline import write_site
from hromada.console.options import Options
from hromada.demo.recipe import Volumes, archive
from hromada.system.disk_errors import DiskError
from hromada.system.scan import MTIME_GRANULARITY_NS
from tests.conftest import ROOT, copy_golden
from tests.system.clones import run_command
from tests.system.plain import CLEAN, TODAY, plain_pelican, tree

SEVERAL_PAGES = Volumes(150, 20, 46, 90, 50, 12)  # of every list; a whole archive takes four times as long


def html(content, output, **environ):
    places = {"CONTENT": str(content), "OUTPUT": str(output), "CACHE": os.environ["CACHE"]}
    status, _, errors = run_command(ROOT, "html", **({"CI": ""} | TODAY | places | environ))
    assert status == 0, errors


def demo_content(folder):
    for name, data in archive(SEVERAL_PAGES):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(params=["golden", "demo"])
def content(request, tmp_path):
    folder = tmp_path / "зміст"
    return copy_golden(folder) if request.param == "golden" else demo_content(folder)


def test_an_edited_site_equals_what_plain_pelican_makes_of_it(content, tmp_path):
    html(content, tmp_path / "два", JOBS="2")
    html(content, tmp_path / "один", JOBS="1")
    news = sorted((content / "news").rglob("*.md"))[0]
    news.write_text(news.read_text("utf-8") + "\n\nДописано.\n", "utf-8")
    gone = sorted((content / "units").iterdir())[0]
    shutil.rmtree(gone)
    for service in (content / "services").glob("*.md"):
        if gone.name in service.read_text("utf-8"):
            service.unlink()
    html(content, tmp_path / "два", JOBS="2")
    html(content, tmp_path / "один", JOBS="1")
    plain = plain_pelican(content, tmp_path / "pelican")

    assert tree(tmp_path / "два") == plain
    assert tree(tmp_path / "один") == plain


@pytest.mark.parametrize("first", ["news/*/index.html", "search/old/*.json"])
def test_a_first_build_that_is_killed_while_it_writes_is_completed_by_the_next(tmp_path, first):
    content, output, whole = demo_content(tmp_path / "зміст"), tmp_path / "сайт", tmp_path / "цілий"
    places = {"CONTENT": str(content), "OUTPUT": str(output), "CACHE": os.environ["CACHE"], "CI": "", "JOBS": "2"}
    killed = subprocess.Popen(
        [sys.executable, str(ROOT / "tasks.py"), "html"], env=CLEAN | TODAY | places, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    while not any(output.glob(first)):
        assert killed.poll() is None
        os.sched_yield()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert not (output / "version.json").exists()
    texts = "".join(path.read_text("utf-8") for path in content.rglob("*.md"))
    news = [
        path for path in sorted((content / "news").rglob("*.md")) if path.name not in texts and ".en" not in path.name
    ]
    for path in news[::2]:
        if not path.with_suffix(".en.md").exists():
            path.unlink()  # what was written of it is no longer of the site
    html(content, output, JOBS="2")
    html(content, whole, JOBS="1")

    assert tree(output) == tree(whole)


WARMING = """
import os, sys
from pathlib import Path
sys.path[:0] = [{plugins!r}, {root!r}]
from hromada.build.pipeline import build
from hromada.console.options import Options
from hromada.pages.search_pages import SearchPages
warm_cache, parent = SearchPages.warm_cache, os.getpid()
def told(pages):
    warm_cache(pages)
    Path(sys.argv[1]).write_text(str(os.getpid() != parent))
SearchPages.warm_cache = told
sys.exit(build(Options.from_environment(Path({root!r}), os.environ)).status)
"""


def test_a_first_build_makes_the_index_in_one_process_while_another_renders_and_its_bytes_are_the_same(tmp_path):
    content, told = demo_content(tmp_path / "зміст"), tmp_path / "told"
    code = WARMING.format(plugins=str(ROOT / "plugins"), root=str(ROOT))
    for jobs in ("1", "2"):
        places = {"CONTENT": str(content), "OUTPUT": str(tmp_path / jobs), "CACHE": str(tmp_path / f"cache{jobs}")}
        environ = CLEAN | TODAY | places | {"JOBS": jobs}
        subprocess.run([sys.executable, "-X", "utf8", "-c", code, str(told)], env=environ, check=True, timeout=120)
        assert told.exists() is (jobs == "2")

    assert told.read_text() == "True"
    assert tree(tmp_path / "1") == tree(tmp_path / "2")


LOADED = """
import json, os, sys
from pathlib import Path
sys.path[:0] = [{plugins!r}, {root!r}]
from hromada.build.pipeline import build
from hromada.console.options import Options
build(Options.from_environment(Path({root!r}), os.environ))
print(json.dumps([name for name in ("pelican", "jinja2", "markdown", "nh3", "PIL", "hromada.content.reports") if name in sys.modules]))
"""


def loaded(content, output, **environ):
    """The libraries that a build has needed."""
    code = LOADED.format(plugins=str(ROOT / "plugins"), root=str(ROOT))
    places = {"CONTENT": str(content), "OUTPUT": str(output), "CACHE": os.environ["CACHE"]}
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], env=CLEAN | TODAY | places | environ, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


def test_a_build_that_finds_nothing_new_loads_no_library(tmp_path):
    content = copy_golden(tmp_path / "content")
    time.sleep(
        MTIME_GRANULARITY_NS / 1e9
    )  # stamps are trusted when they are old, and no program can make that of an inode older
    html(content, tmp_path / "output")
    assert loaded(content, tmp_path / "output", JOBS="1") == []


def test_an_edited_text_counts_no_report_anew(tmp_path):
    content = copy_golden(tmp_path / "content")
    html(content, tmp_path / "output")
    news = content / "news/2021/drugyi.md"
    news.write_text(news.read_text("utf-8") + "\nДописано.\n", "utf-8")

    needed = loaded(content, tmp_path / "output", JOBS="1")
    assert "pelican" in needed
    assert "hromada.content.reports" not in needed


def test_an_edit_writes_the_item_and_the_lists_that_show_it_alone(tmp_path):
    content = copy_golden(tmp_path / "content")
    output = tmp_path / "output"
    html(content, output)
    before = {name: path.stat().st_mtime_ns for name in tree(output) if (path := output / name)}
    news = content / "news/2021/drugyi.md"
    news.write_text(news.read_text("utf-8").replace("Текст", "Інший текст"), "utf-8")
    html(content, output)

    changed = {name for name, time in before.items() if (output / name).stat().st_mtime_ns != time}
    assert changed == {
        "news/0123-2021-07-05/index.html", "news/2021/07/index.html", "news/category/osvita/index.html",
        "news/category/osvita/feed.atom", "search/old/0.json", "search/old/cards-0.json",
        "news/feed.atom", "news/index.html",
    }  # fmt: skip


def test_a_new_item_draws_no_numbered_page_of_a_list(tmp_path):
    content = copy_golden(tmp_path / "content")
    output = tmp_path / "output"

    def publish(number):
        text = f"title: {{}} {number}\ndate: 2021-09-{number // 2 + 1:02d}\n\nТекст {number}.\n"
        (content / f"news/2021/n{number:02d}.md").write_text(f"category: Освіта\n{text.format('Новина')}", "utf-8")
        (content / f"units/okruh/m{number:02d}.md").write_text(text.format("Повідомлення"), "utf-8")

    for number in range(45):
        publish(number)
    html(content, output)
    before = {name: path.stat().st_mtime_ns for name in tree(output) if (path := output / name)}
    publish(45)
    html(content, output)

    assert len([name for name in before if "/page/" in name and name.startswith(("news/", "units/"))]) >= 3
    changed = {name for name, time in before.items() if (output / name).stat().st_mtime_ns != time}
    assert {"news/2021/09/index.html", "news/category/osvita/index.html", "units/okruh/index.html"} <= changed
    assert [name for name in changed if "/page/" in name] == []


@pytest.fixture
def reading(tmp_path):
    """The golden content and an edition of it that has been read and not drawn."""
    content = copy_golden(tmp_path / "content")
    places = {"CONTENT": str(content), "OUTPUT": str(tmp_path / "output"), "CACHE": os.environ["CACHE"], "JOBS": "1"}
    options = Options.from_environment(ROOT, TODAY | places)
    return content, options, checked_snapshot(options)


def test_a_text_saved_again_meanwhile_is_not_taken_for_the_one_that_was_read(reading):
    content, options, snapshot = reading
    snapshot.file_cache._texts.clear()  # as when the store was lost
    snapshot.file_cache._metadata.clear()
    news = content / "news/2021/drugyi.md"
    news.write_text(news.read_text("utf-8") + "\nДописано.\n", "utf-8")

    with pytest.raises(DiskError, match=r"content/news/2021/drugyi\.md: файл щойно змінено"):
        write_site(options, snapshot)


def test_a_lost_text_is_kept_again(reading):
    _, options, snapshot = reading
    snapshot.file_cache._texts.clear()
    snapshot.file_cache._metadata.clear()
    write_site(options, snapshot)
    snapshot.remember()
    path = "content/news/2021/drugyi.md"
    again = checked_snapshot(options)

    assert again.file_cache.text(path, again.content.entries[path].digest) is not None


def test_a_second_build_into_the_same_folder_waits_for_the_first(tmp_path):
    output = tmp_path / "output"
    places = {"CONTENT": str(ROOT / "tests/sites/golden/content"), "OUTPUT": str(output), "PYTHONUNBUFFERED": "1",
              "CACHE": os.environ["CACHE"]}  # fmt: skip
    with output_lock(output, Path(os.environ["CACHE"]), waiting=pytest.fail):
        second = subprocess.Popen(
            [sys.executable, str(ROOT / "tasks.py"), "html"], env=CLEAN | TODAY | places, encoding="utf-8",
            stdout=subprocess.PIPE,
        )  # fmt: skip
        assert second.stdout.readline().startswith("Чекаю")
        assert not output.exists()
    said, _ = second.communicate(timeout=60)

    assert second.returncode == 0
    assert (output / "index.html").exists(), said


def test_a_template_that_shows_what_pelican_has_read_is_refused(tmp_path):
    theme = shutil.copytree(ROOT / "theme", tmp_path / "theme")
    page = theme / "templates/page.html"
    page.write_text(
        page.read_text("utf-8").replace("{% block main %}", "{% block main %}{{ articles | length }}"), "utf-8"
    )
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(tmp_path / "output")]
    done = subprocess.run(
        [*command, "-t", str(theme)], cwd=ROOT, env=CLEAN | TODAY, capture_output=True, text=True, check=False
    )

    assert done.returncode != 0
    assert "'articles' is undefined" in done.stdout + done.stderr


def test_a_page_that_another_plugin_writes_once_more_is_not_drawn_again(golden):
    def sign(path, context):
        with Path(path).open("ab") as page:
            page.write(b"<!-- seen -->")

    with signals.content_written.connected_to(sign):
        golden.html()
        _, said, _ = golden.html()

    assert "Нічого не змінилося" in said
    assert (golden.output / "index.html").read_bytes().endswith(b"<!-- seen -->")


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_stands_in_the_place_of_a_page_is_named_and_left_alone(golden, jobs):
    golden.html()
    shutil.rmtree(golden.output / "news")
    (golden.output / "news").write_text("чуже", "utf-8")
    status, _, said = golden.html(jobs=jobs)

    assert status == 1
    assert said.startswith(f"Не вдалося записати {golden.output}/news/")
    assert said.endswith("(на шляху до нього файл замість теки). Приберіть той файл.\n")
    assert (golden.output / "news").read_text("utf-8") == "чуже"
    (golden.output / "news").unlink()
    assert golden.html()[0] == 0
    assert (golden.output / "news/index.html").is_file()
