"""What a publication leaves online, or in the local branch where there is no remote."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import pytest

from hromada.publish.repository import PublicationRefused
from tests.system.clones import (
    bare,
    clone,
    commits,
    config,
    editor,
    git,
    names_online,
    served,
    tip,
)


def test_the_served_branch_is_the_output_byte_for_byte(editor, bare, tmp_path, config):
    odd = {"дані/items.csv": b"\xef\xbb\xbfa;b\r\nc;d\r\n", "фото.jpg": bytes(range(256)), "а б\u00a0в.html": b"x"}
    attributes = tmp_path / "attributes"
    attributes.write_text("*.csv text eol=lf\n")
    config(f"[core]\n\tattributesFile = {attributes}\n\tautocrlf = input\n")  # for the editor's other work

    def build(output):
        editor.build(output)
        (output / "дані").mkdir()
        for name, data in odd.items():
            (output / name).write_bytes(data)
        return 0

    assert editor.publish(build=build, domain="hromada.example") == 0

    config("[core]\n\tattributesFile = /dev/null\n\tautocrlf = false\n")
    files = {p.relative_to(editor.output).as_posix(): p.read_bytes() for p in editor.output.rglob("*") if p.is_file()}
    assert served(bare, tmp_path) == files | {".nojekyll": b"", "CNAME": b"hromada.example"}
    assert files.items() >= odd.items()


def test_the_commit_names_its_source_and_the_branch_is_online_too(editor, bare):
    editor.publish()

    assert f"Source-Commit: {editor.head()}" in git(bare, "log", "-1", "--format=%B", "gh-pages")
    assert tip(bare, "main") == editor.head()
    assert editor.leftovers() == []


@pytest.mark.parametrize("time", ["the first time", "with nothing changed"])
def test_where_readers_find_the_site_is_said_at_the_end(editor, time):
    editor.publish(address="https://rada.zrazok.ua/sait")
    if time != "the first time":
        editor.publish(address="https://rada.zrazok.ua/sait")

    assert editor.said[-1] == "Адреса сайту: https://rada.zrazok.ua/sait/ (чи вона вже показує це: make online)"


def test_a_site_that_is_not_built_has_no_address_to_be_said(editor):
    assert editor.publish(address="https://rada.example", build=lambda output: 2) == 2
    assert [line for line in editor.said if "Адреса" in line] == []


def test_nothing_changed_makes_no_commit(editor, bare):
    editor.publish()
    editor.publish()

    assert (commits(bare), editor.said[-1]) == (1, "На сайті вже саме це: публікувати нічого.")


def test_a_change_is_one_commit_on_top_and_the_domain_stays(editor, bare):
    editor.publish(domain="hromada.example")
    editor.write("друга.md", "друга")
    editor.publish(domain="hromada.example")

    assert commits(bare) == 2
    assert {"друга.html", "CNAME", ".nojekyll"} <= names_online(bare)
    assert f"Source-Commit: {editor.head()}" in git(bare, "log", "-1", "--format=%B", "gh-pages")


def test_a_removed_page_goes_from_the_site(editor, bare):
    editor.write("друга.md", "друга")
    editor.publish()
    (editor.folder / "content" / "друга.md").unlink()
    git(editor.folder, "commit", "-qam", "Прибрано")
    with pytest.raises(PublicationRefused, match=r"/друга\.html"):
        editor.publish()
    assert "друга.html" in names_online(bare)
    editor.publish(force=("address-gone",))

    assert names_online(bare) == {"index.html", "перша.html", ".nojekyll"}


@pytest.mark.parametrize(
    ("settings", "author"),
    [
        ("", "Публікація сайту <site@hromada.invalid>"),
        ("[user]\n\tname =\n\temail =\n", "Публікація сайту <site@hromada.invalid>"),
        ("[user]\n\tname = Олена\n", "Публікація сайту <site@hromada.invalid>"),
        ("[user]\n\tname = Олена <ІВ>\n\temail = olena@rada.invalid\n", "Олена ІВ <olena@rada.invalid>"),
    ],
    ids=["none", "empty", "half", "brackets"],
)
def test_the_author_is_never_empty(editor, bare, config, settings, author):
    config(settings)

    editor.publish()

    assert git(bare, "log", "-1", "--format=%an <%ae>", "gh-pages") == author


def test_the_branch_may_have_any_name(editor, bare):
    git(editor.folder, "branch", "-m", "головна")

    editor.publish()

    assert tip(bare, "головна") == editor.head()
    assert git(bare, "for-each-ref", "--format=%(refname:lstrip=2)").split() == ["gh-pages", "головна"]


def test_without_origin_the_local_branch_is_written(editor):
    git(editor.folder, "remote", "remove", "origin")

    editor.publish()
    editor.publish()

    assert git(editor.folder, "show", "gh-pages:index.html") == "головна"
    assert commits(editor.folder) == 1
    assert "git remote add origin" in editor.said[-1]


def test_an_origin_added_later_gets_the_site(editor, bare):
    git(editor.folder, "remote", "remove", "origin")
    editor.publish()
    git(editor.folder, "remote", "add", "origin", str(bare))
    editor.publish()

    assert "перша.html" in names_online(bare)
    assert tip(bare) == tip(editor.folder)


def test_a_local_branch_made_by_a_person_is_left_alone(editor, bare):
    git(editor.folder, "branch", "gh-pages")

    editor.publish()

    assert "перша.html" in names_online(bare)
    assert tip(editor.folder) == editor.head()


def test_a_shallow_clone_publishes(editor, clone, bare):
    editor.write("друга.md", "друга")
    editor.publish()
    shallow = clone("неглибока", "--depth", "1")
    shallow.write("третя.md", "третя")

    shallow.publish()

    assert {"перша.html", "друга.html", "третя.html"} <= names_online(bare)
    assert commits(bare) == 2


def test_a_hook_that_points_git_elsewhere_changes_nothing(editor, bare, monkeypatch, tmp_path):
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(tmp_path / "інше"))

    assert editor.publish() == 0

    monkeypatch.undo()
    assert "перша.html" in names_online(bare)
