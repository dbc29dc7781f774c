"""Links, pipes, devices and sockets wherever a site is made from, or to: refused by name, never opened, never followed."""

import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hromada.commands import dispatch as commands
from tests.conftest import ROOT
from tests.system.test_approval import SIGNED
from tests.unit.system.test_regular_files import bound

SECRET = "title: ТАЄМНЕ\ndate: 2021-07-05\n\nТАЄМНЕ п'ять\n"
TARGETS = {
    "file": "../outside/x.md", "folder": "../outside", "nothing": "nowhere", "itself": "", "absolute": "/etc/passwd",
    "environment": "/proc/self/environ", "zero": "/dev/zero", "git": "../.git/config",
}  # fmt: skip
PLACES = (
    "news/{}.md", "news/2021/{}.jpg", "news/2021/{}", "units/{}.md", "units/rada/{}.md", "units/{}", "pages/{}.md",
    "registers/social/{}.csv", "registers/social/{}.xlsx", "registers/{}", "reports/{}.md", "reports/approved/{}.json",
    "images/{}.jpg", "files/{}.pdf", "files/{}.txt", "files/{}", "{}", "{}.md", ".{}", "{}.weird",
)  # fmt: skip
ALONE = (
    "registers/accounts.toml", "reports/figures.toml", "reports/approved", "categories.toml", "law.toml", "redirects.csv", "files",
    "images", "tasks.toml", "alerts.toml",
)  # fmt: skip
PIPES = ("news/p.md", "registers/social/p.csv", "files/p.pdf", "images/p.jpg", "p")


@pytest.fixture(autouse=True)
def limit():
    """Whatever waits or reads without end is ended."""
    signal.alarm(120)
    yield
    signal.alarm(0)


@pytest.fixture
def outside(tmp_path):
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/x.md").write_text(SECRET, "utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text(SECRET, "utf-8")
    return tmp_path / "outside"


def put(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    path.symlink_to(target or path.name)


def odd(said: str, code: str) -> list[str]:
    return [one["path"].removeprefix("content/") for one in json.loads(said) if one["code"] == code]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_every_link_and_odd_file_of_the_content_is_refused_at_once_and_none_is_opened(golden, outside, capsys):
    links = [place.format(target) for place in PLACES for target in TARGETS]
    for place in PLACES:
        for name, target in TARGETS.items():
            deep = "../" * place.count("/")
            put(golden.content / place.format(name), f"{deep}{target}" if target.startswith("..") else target)
    for name in PIPES:
        os.mkfifo(golden.content / name)
    bound(golden.content / "files/s.pdf")
    golden.write("news/faulty.md", "date: 2021-07-05\n\nБез назви.\n")
    before = tree(outside)
    status, said, err = golden.run(commands.check, format="json")

    assert (status, err) == (2, "")
    assert sorted(odd(said, "symbolic-link")) == sorted(links)
    assert sorted(odd(said, "special-file")) == sorted([*PIPES, "files/s.pdf"])
    assert "news/faulty.md" in odd(said, "title-missing")
    assert {one["line"] for one in json.loads(said) if one["code"] in ("symbolic-link", "special-file")} == {1}
    assert "ТАЄМНЕ" not in said
    for command in (commands.html, commands.figures, commands.fix):
        status, out, err = golden.run(command, period="2021-H2")
        assert (status, "ТАЄМНЕ" in out + err, "content/files/file.pdf:1: " in out + err) == (2, False, True)
    assert (golden.files(), tree(outside)) == ({}, before)


@pytest.mark.parametrize("name", ALONE)
def test_a_table_or_folder_of_the_sites_own_behind_a_link_is_refused(golden, outside, name):
    put(golden.content / name, "../" * (name.count("/") + 1) + "outside/x.md")

    assert odd(golden.run(commands.check, format="json")[1], "symbolic-link") == [name]


def test_the_content_and_the_output_may_be_reached_through_a_link(site):
    (site.folder / "real/content/news").mkdir(parents=True)
    (site.folder / "real/output").mkdir()
    (site.folder / "real/content/news/a.md").write_text("title: Назва\ndate: 2021-07-05\n\nТекст.\n", "utf-8")
    for name in ("content", "output"):
        (site.folder / name).symlink_to(site.folder / "real" / name)

    assert site.html()[0] == 0
    assert (site.folder / "real/output/news/a-2021-07-05/index.html").is_file()


NEWS = "title: Назва\ndate: 2021-07-05\n\n[Лист](/files/lyst.pdf)\n"


@pytest.fixture
def built(site):
    site.write("news/a.md", NEWS)
    site.write("files/lyst.pdf", b"%PDF-1.7\n%%EOF\n")
    assert site.html()[0] == 0
    return site


def test_a_file_that_is_replaced_by_a_link_is_refused_by_the_next_build_and_nothing_published(built, outside):
    put(built.content / "files/lyst.pdf", "../../outside/x.md")
    status, _, err = built.html()

    assert (status, "content/files/lyst.pdf:1: це посилання" in err) == (2, True)
    assert built.files()["files/lyst.pdf"] == b"%PDF-1.7\n%%EOF\n"


@pytest.mark.parametrize(("path", "kind"), [("news", "folder"), ("news/a.md", "file"), ("files/lyst.pdf", "pipe"), ("files", "folder")])  # fmt: skip
def test_what_is_replaced_after_the_walk_is_refused_in_ukrainian(site, outside, monkeypatch, path, kind):
    from hromada.content import folder_reader

    site.write("news/a.md", NEWS)
    site.write("files/lyst.pdf", b"%PDF-1.7\n%%EOF\n")
    real = folder_reader.read_files

    def replaced_meanwhile(*given, **named):
        place = site.content / path
        if kind == "pipe":
            place.unlink()
            os.mkfifo(place)
        else:
            place.rename(site.folder / "moved")
            place.symlink_to(site.folder / "moved")
        return real(*given, **named)

    monkeypatch.setattr(folder_reader, "read_files", replaced_meanwhile)
    status, out, err = site.html()

    assert (status, out, " це " in err) == (2, "", True)
    assert site.files() == {}


# --- the output ---------------------------------------------------------------------------------------------------


def test_a_link_in_an_output_that_nobody_knows_yet_is_refused_and_left(site, outside):
    site.write("news/a.md", NEWS.replace("[Лист](/files/lyst.pdf)", "Текст"))
    put(site.output / "secret.txt", "../outside/x.md")
    os.mkfifo(site.output / "pipe")
    status, _, err = site.html()

    assert (status, sorted(os.listdir(site.output))) == (2, ["pipe", "secret.txt"])  # noqa: PTH208
    assert "secret.txt:1: це посилання, а не сам файл чи тека" in err
    assert "pipe:1: це не звичайний файл" in err


def test_a_workflow_that_trusts_no_stamp_finds_a_link_in_any_output(built, outside):
    put(built.output / "secret.txt", "../outside/x.md")

    assert built.html()[0] == 0  # it is not ours, is not followed, and this folder is looked at only where we write
    assert built.html(ignore_mtimes=True)[0] == 2


def test_nothing_is_written_or_removed_behind_a_link_in_the_output(built, outside):
    (outside / "a-2021-07-05").mkdir()
    (outside / "a-2021-07-05/index.html").write_text("чуже", "utf-8")
    before = tree(outside)
    shutil.rmtree(built.output / "news")
    (built.output / "news").symlink_to(outside)
    built.write("news/b.md", NEWS)
    status, _, err = built.html()
    assert (status, "це посилання, а не сам файл чи тека" in err) == (1, True)

    (built.content / "news/a.md").unlink()
    (built.content / "news/b.md").unlink()
    built.html()
    assert tree(outside) == before


def test_a_link_in_the_place_of_a_page_becomes_that_page(built, outside):
    page = built.output / "news/a-2021-07-05/index.html"
    was = page.read_bytes()
    (outside / "page.html").write_bytes(was)
    put(page, str(outside / "page.html"))
    built.html()

    assert (page.is_symlink(), page.read_bytes()) == (False, was)


@pytest.mark.parametrize("name", ["secret.txt", "news", "news/a-2021-07-05/index.html"])
def test_what_is_published_holds_no_link(built, outside, name):
    from hromada.build.content_steps import checked_snapshot
    from hromada.build.pipeline import write_site

    options, before, wanted = built.options(), tree(outside), built.files()
    put(built.output / name, str(outside))
    os.mkfifo(built.output / "pipe")
    write_site(options, checked_snapshot(options), delete_unknown=True)

    assert [path for path in built.output.rglob("*") if path.is_symlink() or path.is_fifo()] == []
    assert (built.files(), tree(outside)) == (wanted, before)


# --- what content is made by --------------------------------------------------------------------------------------


def test_the_theme_and_the_handbook_are_held_to_the_same(golden, outside):
    root = golden.folder / "project"
    for name in ("docs/редакторам", "docs/img", "theme"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "pelicanconf.py", root)
    for name in ("plugins", "requirements"):
        (root / name).symlink_to(ROOT / name)
    places = {"root": root, "settings_file": "pelicanconf.py"}
    assert golden.html(**places)[0] == 0
    fonts = next((root / "theme/documents/fonts").iterdir())
    for path in (
        root / "theme/static/x.svg",
        root / "theme/templates/components/x.html",
        fonts,
        root / "docs/редакторам/новина.md",
    ):
        path.exists() and shutil.copy(path, outside / path.name)
        put(path, str(outside / path.name if (outside / path.name).exists() else outside / "x.md"))
    os.mkfifo(root / "theme/static/pipe.js")
    put(root / "docs/редакторам/unused.md", str(outside / "x.md"))
    os.mkfifo(root / "docs/редакторам/unused.webp")
    picture = sorted((root / "docs/img").glob("handbook-*.webp"))[0]
    put(picture, str(outside / "x.md"))
    status, _, err = golden.html(**places)

    names = [path.relative_to(root).as_posix() for path in (fonts, picture)]
    assert status == 2
    for name in ("theme/static/x.svg", "theme/templates/components/x.html", "docs/редакторам/новина.md", *names):
        assert f"{name}:1: це посилання, а не сам файл чи тека" in err
    assert "theme/static/pipe.js:1: це не звичайний файл" in err
    assert "docs/редакторам/unused.md:1: це посилання" in err
    assert "docs/редакторам/unused.webp:1: це не звичайний файл" in err
    assert err.count("docs/редакторам/новина.md:1: ") == 1
    assert "ТАЄМНЕ" not in err


# --- what is written to the content -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["news", "news/2022"])
def test_a_new_file_is_not_made_behind_a_link(site, outside, name):
    site.write("news/2021/a.md", "title: Назва\ndate: 2021-07-05\n\nТекст.\n")
    put(site.content / name, str(outside))
    status, _, err = site.run(commands.new, kind="news", title="Нова новина")

    assert (status, "це посилання" in err) == (2, True)
    assert sorted(path.name for path in outside.iterdir()) == ["x.md"]


def test_a_report_is_neither_begun_nor_signed_behind_a_link(site, outside):
    site.write("reports/2021-h2.md", "title: Звіт\nperiod: 2021-H2\n\nТекст.\n")
    put(site.content / "reports/approved", str(outside))
    assert site.run(commands.approve, period="2021-H2", **SIGNED)[0] == 2

    put(site.content / "reports", str(outside))
    assert site.run(commands.new_report, period="2022-H1")[::2][0] == 2
    assert sorted(path.name for path in outside.iterdir()) == ["x.md"]


@pytest.mark.parametrize("file", ["content/news/y.md", "content/linked/x.md", "content/linked", ""])
def test_the_mends_are_not_written_through_a_link(site, outside, file):
    put(site.content / "news/y.md", str(outside / "x.md"))
    put(site.content / "linked", str(outside))
    os.mkfifo(site.content / "news/p.md")

    assert site.run(commands.fix, file=file)[0] == 2
    assert (outside / "x.md").read_text("utf-8") == SECRET


def test_the_sample_archive_is_not_written_through_links(tmp_path, outside, monkeypatch):
    from hromada.commands import demo

    content = tmp_path / "demo/content"
    monkeypatch.setattr(demo, "archive", lambda volumes: [("news/a.md", b"a"), ("news/b/c.md", b"c")])
    put(content / "news/a.md", str(outside / "x.md"))
    put(content / "news/b", str(outside))
    put(content / "others", str(outside))
    os.mkfifo(content / "pipe")
    demo._write_archive(content, 1)

    assert tree(content) == {str(content / "news/a.md"): b"a", str(content / "news/b/c.md"): b"c"}
    assert [path for path in content.rglob("*") if path.is_symlink() or path.is_fifo()] == []
    assert (outside / "x.md").read_text("utf-8") == SECRET
    assert sorted(path.name for path in outside.iterdir()) == ["x.md"]


# --- imports ------------------------------------------------------------------------------------------------------


def test_an_export_with_links_is_refused_with_all_their_names(site, outside):
    export = site.folder / "export"
    put(export / "posts/a.json", str(outside / "x.md"))
    put(export / "b", str(outside))
    put(export / "c.zip", "nowhere")
    os.mkfifo(export / "posts/d.json")
    site.write(
        "registers/accounts.toml", '[[account]]\nid = "rada"\nname = "Рада"\nnetworks = ["facebook"]\ngroup = "main"\n'
    )
    status, _, err = site.run(commands.import_social, file=str(export))

    assert status == 2
    assert [line.partition(":")[0] for line in err.splitlines()[:-1]] == [
        "export/b", "export/c.zip", "export/posts/a.json", "export/posts/d.json",
    ]  # fmt: skip
    assert "ТАЄМНЕ" not in err


@pytest.mark.parametrize(
    ("mode", "code"), [(0o120777, "symbolic-link"), (0o010644, "special-file"), (0o020644, "special-file")]
)
def test_an_archive_with_links_is_refused(site, mode, code):
    path = site.folder / "export.zip"
    with zipfile.ZipFile(path, "w") as made:
        for name, kind in (
            ("posts/a.json", 0o100644),
            ("posts/b.json", mode),
            ("photos/c.jpg", mode),
            ("messages/d.json", mode),
        ):
            info = zipfile.ZipInfo(name)
            info.external_attr = kind << 16
            made.writestr(info, "../../../etc/passwd")
    site.write(
        "registers/accounts.toml", '[[account]]\nid = "rada"\nname = "Рада"\nnetworks = ["facebook"]\ngroup = "main"\n'
    )
    status, _, err = site.run(commands.import_social, file=str(path))

    assert status == 2
    assert [line.partition(":")[0] for line in err.splitlines()[:-1]] == [
        "export.zip/photos/c.jpg",
        "export.zip/posts/b.json",
    ]
    assert err.count(f"[{code}]") == 2


def test_rows_are_not_added_behind_a_link(site, outside):
    site.write("registers/accounts.toml", "")
    put(site.content / "registers", str(outside))
    (site.folder / "x.json").write_text("{}")
    status, _, err = site.run(commands.import_social, file=str(site.folder / "x.json"))

    assert (status, "content/registers:1: це посилання" in err) == (2, True)


def test_an_earlier_site_comes_without_what_is_behind_links(site, outside):
    old = site.folder / "old"
    (old / "news").mkdir(parents=True)
    (old / "news/2021-07-05-a.md").write_text("title: Назва\ndate: 2021-07-05\n\nТекст.\n", "utf-8")
    put(old / "news/b.md", str(outside / "x.md"))
    put(old / "more", str(outside))
    os.mkfifo(old / "news/c.pdf")
    put(old / ".venv/bin/python", sys.executable)
    status, _, err = site.run(commands.import_site, file=str(old))

    assert status == 2
    assert [line.partition(":")[0] for line in err.splitlines()] == ["more", "news/b.md", "news/c.pdf"]
    assert len(list(site.content.rglob("*.md"))) == 1


# --- where a site may be built --------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["html", "serve"])
@pytest.mark.parametrize("output", ["content", ".", ".git/x", "theme/out", "..", "demo"])
def test_a_site_is_not_built_among_what_it_is_made_from(command, output, tmp_path):
    port = ["PORT=8731"] if command == "serve" else []
    made = [sys.executable, str(ROOT / "tasks.py"), command, f"OUTPUT={output}", *port]
    environment = os.environ | {"CACHE": ""}  # the tests' own may lie in the folder above a clone
    done = subprocess.run(made, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=60)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("OUTPUT: ")
    assert not (ROOT / output / "index.html").exists()
