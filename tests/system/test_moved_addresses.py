"""A renamed file, a changed address or a renamed unit: the old address gets a row of redirects.csv by `make fix`."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from hromada.commands.check import check
from hromada.commands.fix import fix
from hromada.domain.refusal import Refusal
from hromada.domain.site_urls import file_at
from hromada.publish.moved_addresses import moved_pages, with_rows
from hromada.system.git import Git
from tests.system.clones import bare, clone, config
from tests.system.test_editing_together import NEWS, first, git, item

OLD = "/news/zustrich-2022-01-10/"
UNIT = "---\ntitle: Відділ\nkind: unit\n---\n\nТекст.\n"
MESSAGE = "---\ntitle: Оголошення\ndate: 2022-01-12\n---\n\nТекст оголошення.\n"


def put_online(editor, *addresses):
    """A published commit that has a page at each address."""
    git(editor.folder, "push", "-q", "origin", "main")
    blob = editor.run("hash-object", "-w", "--stdin", stdin=b"x")
    scratch = Git(editor.folder, index=str(editor.folder.parent / "index"))
    for address in addresses:
        scratch.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{file_at(address)}")
    commit = scratch.run("commit-tree", scratch.run("write-tree"), "-m", f"Сайт\n\nSource-Commit: {editor.tip()}")
    git(editor.folder, "push", "-qf", "origin", f"{commit}:refs/heads/gh-pages")
    git(editor.folder, "fetch", "-q")


@pytest.fixture
def online(first):
    first.run = Git(first.folder).run
    first.write("units/viddil/index.md", UNIT)
    first.commit("units/viddil/2022-01-12-ogoloshennia.md", MESSAGE)
    put_online(first, OLD, "/units/viddil/", "/units/viddil/ogoloshennia-2022-01-12/")
    return first


def rename(editor, old, new):
    target = editor.folder / "content" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (editor.folder / "content" / old).rename(target)


def rows(editor):
    path = editor.folder / "content/redirects.csv"
    return path.read_text("utf-8-sig").splitlines() if path.exists() else []


@pytest.mark.parametrize("commits", [False, True])
def test_a_renamed_file_gets_a_row_for_the_address_that_was_online(online, commits, capsys):
    rename(online, NEWS, "news/2022/2022-01-10-збори мешканців.md")
    if commits:
        git(online.folder, "add", "-A")
        git(online.folder, "commit", "-qm", "Перейменовано")
    check(online.options())
    assert f"на сайті він за адресою {OLD}, і вона зникне" in capsys.readouterr().out

    assert fix(online.options()) == 0
    assert rows(online) == ["Звідки;Куди", f"{OLD};content/news/2022/2022-01-10-збори мешканців.md"]
    assert check(online.options()) == 0
    assert "address-moved" not in capsys.readouterr().out


def test_a_changed_slug_gets_a_row_and_a_second_run_adds_none(online, capsys):
    online.write(NEWS, item("Зустріч").replace("date:", "slug: zbory\ndate:"))
    fix(online.options())
    fix(online.options())

    assert rows(online) == ["Звідки;Куди", f"{OLD};content/{NEWS}"]


def test_a_renamed_unit_gets_rows_for_its_page_and_its_messages(online):
    rename(online, "units/viddil", "units/upravlinnia")
    fix(online.options())

    assert rows(online)[1:] == [
        "/units/viddil/;content/units/upravlinnia/index.md",
        "/units/viddil/ogoloshennia-2022-01-12/;content/units/upravlinnia/2022-01-12-ogoloshennia.md",
    ]
    assert check(online.options()) == 0


def test_only_showing_writes_nothing(online, capsys):
    rename(online, NEWS, "news/2022/2022-01-10-zbory.md")
    fix(online.options(DRY_RUN="1"))

    assert f"+{OLD};content/news/2022/2022-01-10-zbory.md" in capsys.readouterr().out
    assert rows(online) == []


def test_for_a_deleted_item_and_another_like_it_nothing_is_invented(online):
    (online.folder / "content" / NEWS).unlink()
    online.write(
        "news/2022/2022-01-17-zustrich.md", item("Зустріч").replace("2022-01-10", "2022-01-17").replace("Другий", "2")
    )
    fix(online.options())

    assert moved_pages(Git(online.folder)) == []
    assert rows(online) == []


def test_a_page_that_was_never_online_needs_no_row(online):
    online.commit("news/2022/2022-01-13-nova.md", item("Нова"))
    rename(online, "news/2022/2022-01-13-nova.md", "news/2022/2022-01-13-novisha.md")

    assert moved_pages(Git(online.folder)) == []


def test_rows_follow_a_file_and_a_file_renamed_back_leaves_none(online):
    rename(online, NEWS, "news/2022/2022-01-10-zbory.md")
    fix(online.options())
    git(online.folder, "add", "-A")
    git(online.folder, "commit", "-qm", "Перейменовано")
    put_online(online, "/news/zbory-2022-01-10/", "/units/viddil/", "/units/viddil/ogoloshennia-2022-01-12/")
    rename(online, "news/2022/2022-01-10-zbory.md", "news/2022/2022-01-10-tretia.md")
    fix(online.options())
    assert rows(online)[1:] == [
        f"{OLD};content/news/2022/2022-01-10-tretia.md",
        "/news/zbory-2022-01-10/;content/news/2022/2022-01-10-tretia.md",
    ]

    rename(online, "news/2022/2022-01-10-tretia.md", NEWS)
    fix(online.options())
    assert rows(online)[1:] == [f"/news/zbory-2022-01-10/;content/{NEWS}"]
    assert check(online.options()) == 0


def test_the_guard_names_the_rows_of_pages_that_have_only_moved(online):
    rename(online, NEWS, "news/2022/2022-01-10-zbory.md")
    gone = (OLD, "/news/inshe-2022-01-01/")
    (refusal,) = with_rows([Refusal("address-gone", "Зникне")], gone, Git(online.folder))

    assert refusal.message.split("\n") == [
        "Зникне",
        "Ці матеріали переїхали; make fix допише до content/redirects.csv такі рядки:",
        f"  {OLD};content/news/2022/2022-01-10-zbory.md",
    ]
    assert with_rows([Refusal("near-limit", "x")], gone, Git(online.folder)) == [Refusal("near-limit", "x")]


def test_other_content_than_the_clones_and_a_clone_never_published_need_no_rows(first, tmp_path):
    assert moved_pages(Git(first.folder)) == []
    assert moved_pages(Git(tmp_path)) == []
