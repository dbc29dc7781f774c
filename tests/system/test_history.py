"""`make history` and `make rollback`: what was published when, and an earlier publication online again."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json

import pytest

from hromada.publish import rollback as publish_rollback
from hromada.publish.history import Publication, history
from hromada.publish.repository import PublicationRefused
from hromada.publish.rollback import RollbackRequest, rollback
from hromada.publish.site_tree import file_digests, write_version
from tests.conftest import copy_golden
from tests.system.clones import bare, clone, commits, config, editor, git, names_online, project, run_command, tip


def build_with_version(editor):
    """The build of a clone, with the version of the site as the real one writes it."""

    def build(output):
        status = editor.build(output)
        write_version(output, file_digests(output))
        return status

    return build


@pytest.fixture
def published(editor):
    """Three publications: one item, two items, the second item changed."""
    for name, text in [("друга", "друга"), ("третя", "третя"), ("друга", "змінено")]:
        editor.write(f"{name}.md", text)
        editor.publish(build=build_with_version(editor))
    return editor


def tree(bare, revision="gh-pages"):
    return git(bare, "rev-parse", f"{revision}^{{tree}}")


def roll_back(editor, target, **options):
    rollback(editor.folder, RollbackRequest(target, print_lines=editor.said.append, **options))


def test_publications_are_listed_newest_first_with_their_numbers_and_summaries(published):
    known = history(published.folder)

    assert [publication.number for publication in known] == [3, 2, 1]
    assert [publication.summary for publication in known] == [
        "Адрес: змінених 1.",
        "Адрес: нових 1.",
        "Адрес: нових 3.",
    ]
    assert len({publication.version for publication in known}) == 3
    assert known[0].source == published.head()


def test_a_site_never_published_has_no_history(editor):
    assert history(editor.folder) == []


def test_a_version_is_the_same_for_the_same_files_and_another_for_each_change(tmp_path):
    folder = tmp_path / "сайт"
    folder.mkdir()
    (folder / "index.html").write_text("а", "utf-8")
    versions = [write_version(folder, file_digests(folder)), write_version(folder, file_digests(folder))]
    (folder / "index.html").rename(folder / "інше.html")
    versions.append(write_version(folder, file_digests(folder)))
    (folder / "інше.html").write_text("б", "utf-8")
    versions.append(write_version(folder, file_digests(folder)))

    assert versions[0] == versions[1]
    assert len(set(versions)) == 3
    assert json.loads((folder / "version.json").read_text("utf-8")) == {"version": versions[-1]}


@pytest.mark.parametrize("by", ["number", "version", "beginning of the version"])
def test_a_rollback_brings_back_every_byte_as_a_new_commit(published, bare, by):
    former = history(published.folder)[1]
    before = commits(bare)
    name = {"number": "2", "version": former.version, "beginning of the version": former.version[:8]}[by]
    roll_back(published, name)

    assert tree(bare) == tree(bare, former.commit)
    assert commits(bare) == before + 1
    newest = history(published.folder)[0]
    assert (newest.number, newest.version, newest.returned_to) == (4, former.version, former.version)


def test_what_has_been_taken_off_the_site_returns_only_when_forced(published, bare):
    (published.folder / "content/третя.md").unlink()
    git(published.folder, "commit", "-qam", "Прибрано")
    published.publish(build=build_with_version(published), force=("address-gone",))
    online = tip(bare)
    with pytest.raises(PublicationRefused, match=r"/третя\.html") as refused:
        roll_back(published, "3")
    assert (refused.value.code, tip(bare)) == ("withdrawn-returns", online)
    roll_back(published, "3", forced=frozenset({"withdrawn-returns"}))

    assert "третя.html" in names_online(bare)


def test_a_page_marked_as_gone_returns_only_when_forced(published, bare):
    published.write("redirects.csv", "Звідки;Куди\n/третя.html;gone\n")
    published.write("третя.md", "Матеріал прибрано")
    published.publish(build=build_with_version(published))
    with pytest.raises(PublicationRefused, match=r"/третя\.html"):
        roll_back(published, "3")


def test_a_removed_picture_returns_only_when_forced(published, bare):
    def build(output):
        (output / "images").mkdir(parents=True, exist_ok=True)
        status = published.build(output)
        (output / "images/0123456789abcdef-480.webp").write_bytes(b"RIFF....WEBP")
        return status

    published.publish(build=build)
    published.publish(build=build_with_version(published))
    with pytest.raises(PublicationRefused, match=r"/images/0123456789abcdef-480\.webp"):
        roll_back(published, "4")


def test_an_earlier_version_of_a_document_returns_only_when_forced(published, bare):
    """Names may have been blacked out since."""

    def build(text):
        def made(output):
            (output / "files").mkdir(parents=True, exist_ok=True)
            status = published.build(output)
            (output / "files/rishennia.pdf").write_bytes(text)
            return status

        return made

    for text in (b"%PDF names", b"%PDF blacked out"):
        published.write("друга.md", text.decode())
        published.publish(build=build(text))
    with pytest.raises(PublicationRefused, match=r"/files/rishennia\.pdf"):
        roll_back(published, "4")
    roll_back(published, "4", forced=frozenset({"withdrawn-returns"}))


def test_an_automatic_run_leaves_a_rolled_back_site_alone_until_a_person_publishes(published, bare):
    roll_back(published, "2")
    online = tip(bare)
    published.write("нова.md", "нова")
    assert published.publish(is_automatic=True) == 0
    assert tip(bare) == online
    assert published.said[-1].startswith("Сайт повернено до ранішої публікації")
    published.publish()
    assert "нова.html" in names_online(bare)
    published.write("ще.md", "ще")
    published.publish(is_automatic=True)

    assert "ще.html" in names_online(bare)


def test_a_rollback_to_what_is_online_changes_nothing(published, bare):
    online = tip(bare)
    roll_back(published, "3")

    assert tip(bare) == online


def test_without_a_store_a_rollback_reads_no_text_that_stays(published, monkeypatch):
    read = []
    real = publish_rollback.pictures_in
    monkeypatch.setattr(publish_rollback, "pictures_in", lambda git, ids: read.extend(ids) or real(git, ids))
    changed = git(published.folder, "rev-parse", "origin/gh-pages~1:друга.html", "origin/gh-pages~1:version.json")
    roll_back(published, "2")

    assert sorted(read) == sorted(changed.split())


@pytest.mark.parametrize("target", ["0", "4", "ffffffff", "abc", "-1", "²"])
def test_an_unknown_publication_is_refused(published, bare, target):
    online = tip(bare)
    with pytest.raises(PublicationRefused, match="make history") as refused:
        roll_back(published, target)

    assert (refused.value.code, tip(bare)) == ("unknown-publication", online)


def test_a_file_that_others_keep_on_the_branch_survives_a_rollback(published, bare, clone, tmp_path):
    folder = tmp_path / "host"
    git(tmp_path, "clone", "-q", "--branch", "gh-pages", f"file://{bare}", str(folder))
    (folder / "google1234.html").write_text("перевірка", "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Перевірка")
    git(folder, "push", "-q", "origin", "gh-pages")
    roll_back(published, "2")

    assert "google1234.html" in names_online(bare)


def test_another_domain_comes_back_only_when_forced(editor, bare):
    editor.publish(domain="former.example")
    editor.publish(domain="new.example", force=("domain-changed",))
    with pytest.raises(PublicationRefused, match=r"former\.example") as refused:
        roll_back(editor, "1")
    assert refused.value.code == "domain-changed"
    roll_back(editor, "1", forced=frozenset({"domain-changed"}))

    assert git(bare, "show", "gh-pages:CNAME") == "former.example"


def test_without_a_remote_the_clones_own_branch_is_rolled_back(published):
    git(published.folder, "fetch", "-q", "origin", "gh-pages:gh-pages")
    git(published.folder, "remote", "remove", "origin")
    before = history(published.folder)
    roll_back(published, str(before[1].number))

    assert git(published.folder, "rev-parse", "gh-pages^{tree}") == git(
        published.folder, "rev-parse", f"{before[1].commit}^{{tree}}"
    )


# --- the whole command ----------------------------------------------------------------------------------------------


def test_a_removed_item_is_asked_about_answers_with_a_notice_and_comes_back(tmp_path, bare):
    folder, publish = project(tmp_path, bare, copy_golden)
    assert publish(DOMAIN="hromada.zrazok.ua")[0] == 0
    item = folder / "content/news/2021/2021-07-06-masyv.md"
    item = item if item.exists() else next((folder / "content/news/2021").glob("2021-0*-*.md"))
    removed = f"/news/{item.stem[11:]}-{item.stem[:10]}/"
    assert f"{removed[1:]}index.html" in names_online(bare)
    item.unlink()
    git(folder, "commit", "-qam", "Прибрано новину")
    online = tip(bare)
    status, _, err = publish()
    assert (status, tip(bare)) == (1, online)
    assert f"  {removed}" in err
    assert "FORCE=address-gone" in err

    with (folder / "content/redirects.csv").open("a", encoding="utf-8") as file:
        file.write(f"{removed};gone\n")
    git(folder, "commit", "-qam", "Адресу позначено")
    status, out, err = publish()
    assert status == 0, err
    assert "Матеріал прибрано" in git(bare, "show", f"gh-pages:{removed[1:]}index.html")
    version = json.loads(git(bare, "show", "gh-pages:version.json"))["version"]

    status, out, _ = run_command(folder, "history", FORMAT="json")
    known = json.loads(out)
    assert (status, [one["number"] for one in known]) == (0, [2, 1])
    assert [one["online"] for one in known] == [True, False]
    assert known[0]["version"] == version
    status, _, err = run_command(folder, "rollback", TO="1")
    assert (status, removed in err) == (1, True)
    status, out, err = run_command(folder, "rollback", TO="1", FORCE="withdrawn-returns")
    assert status == 0, err
    assert git(bare, "rev-parse", "gh-pages^{tree}") == git(bare, "rev-parse", "gh-pages~2^{tree}")
    assert run_command(folder, "rollback")[0] == 2
    assert run_command(folder, "rollback", TO="99")[0] == 2


def test_moments_of_publications_are_shown_in_kyiv():
    publication = Publication(1, "a" * 40, "b" * 40, "2021-12-31T22:30:00+00:00", "Адреси ті самі.", "c" * 64)

    assert "  2022-01-01 00:30  " in publication.as_line(is_online=False)
