"""`make preview`: a request's content checked, built and shown in a folder of another repository, and gone after the merge."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
import os
import subprocess

import pytest

from hromada.commands import dispatch
from hromada.console.options import Options
from hromada.publish import preview_repository
from hromada.publish.preview_repository import Preview, PreviewRepository, PreviewsFailed
from hromada.publish.repository import RESULTS_BRANCH
from hromada.publish.site_tree import read_site
from tests.conftest import ROOT, cache_in
from tests.system.clones import bare, config, git, project, refuse_pushes_to, run_command, tip

NEWS = "title: Толока в парку\ndate: 2022-01-11\n\nПрибрали парк.\n"


@pytest.fixture
def shown(tmp_path):
    folder = tmp_path / "перегляди.git"
    git(tmp_path, "init", "-q", "--bare", str(folder))
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


@pytest.fixture
def repository(tmp_path, shown):
    return PreviewRepository(f"file://{shown}", tmp_path / "кеш" / "previews.git")


def site(tmp_path, name, **files):
    folder = tmp_path / name
    for path, text in {"index": "головна", **files}.items():
        (folder / f"{path}.html").parent.mkdir(parents=True, exist_ok=True)
        (folder / f"{path}.html").write_text(text, "utf-8")
    return read_site(folder)


def put(repository, tmp_path, request, moment="2022-01-15T10:00:00", size=None, **files):
    folder = repository.folder_of(request)
    files = site(tmp_path, folder, **files)
    gone = repository.put(Preview(request, folder, files.size if size is None else size, moment), files)
    return folder, [preview.request for preview in gone]


def names(shown):
    return git(shown, "ls-tree", "-r", "--name-only", "gh-pages").split("\n")


def folders(shown):
    return [name for name in git(shown, "ls-tree", "--name-only", "-d", "gh-pages").split("\n") if name]


def test_each_request_has_one_folder_whose_name_tells_what_it_is_and_can_not_be_guessed(repository, tmp_path, shown):
    first, _ = put(repository, tmp_path, "cms/news/2022-01-11-toloka")
    again, _ = put(repository, tmp_path, "cms/news/2022-01-11-toloka", again="знову")
    other, _ = put(repository, tmp_path, "cms/news/2022-01-11-toloka-2")

    assert first == again != other
    assert first.startswith("cms-news-2022-01-11-toloka-")
    assert len(first.rpartition("-")[2]) == 16
    assert sorted(folders(shown)) == sorted([first, other])
    assert {f"{first}/index.html", f"{first}/again.html", f"{other}/index.html"} < set(names(shown))


def test_the_root_asks_programs_to_look_at_nothing_and_leads_to_no_preview(repository, tmp_path, shown):
    folder, _ = put(repository, tmp_path, "cms/news/a")
    root = {
        name: git(shown, "show", f"gh-pages:{name}") for name in ("robots.txt", "index.html", "404.html", ".nojekyll")
    }

    assert root["robots.txt"] == "User-agent: *\nDisallow: /"
    assert 'content="noindex"' in root["index.html"]
    assert 'content="noindex"' in root["404.html"]
    assert not any(folder in text for text in root.values())


def test_what_is_removed_is_in_no_history(repository, tmp_path, shown):
    folder, _ = put(repository, tmp_path, "cms/news/a", secret="ще не вирішено")
    other, _ = put(repository, tmp_path, "cms/news/b")

    assert [repository.remove("cms/news/a"), repository.remove("cms/news/a")] == [True, False]
    assert folders(shown) == [other]
    assert git(shown, "rev-list", "--count", "gh-pages") == "1"
    assert folder not in git(shown, "rev-list", "--objects", "--all")


def test_another_clone_keeps_the_previews_whose_files_it_has_never_fetched(repository, tmp_path, shown):
    first, _ = put(repository, tmp_path, "cms/news/a", photo="світлина")
    elsewhere = PreviewRepository(f"file://{shown}", tmp_path / "інший" / "previews.git")
    second, _ = put(elsewhere, tmp_path, "cms/news/b")
    missing = git(tmp_path / "інший" / "previews.git", "rev-list", "--objects", "--all", "--missing=print").split("\n")

    assert git(shown, "show", f"gh-pages:{first}/photo.html") == "світлина"
    assert git(shown, "show", f"gh-pages:{second}/index.html") == "головна"
    assert [line for line in missing if line.startswith("?")]
    assert git(shown, "fsck", "--connectivity-only", "--no-dangling") == ""


def test_two_runs_at_once_lose_neither_preview(repository, tmp_path, shown, monkeypatch):
    put(repository, tmp_path, "cms/news/a")
    elsewhere = PreviewRepository(f"file://{shown}", tmp_path / "інший" / "previews.git")
    trees = PreviewRepository._trees
    turns = []

    def while_another_pushes(self, commit):
        if self is repository and not turns:
            turns.append(put(elsewhere, tmp_path, "cms/news/b"))
        return trees(self, commit)

    monkeypatch.setattr(PreviewRepository, "_trees", while_another_pushes)
    third, _ = put(repository, tmp_path, "cms/news/c")

    assert len(folders(shown)) == 3
    assert third in folders(shown)


def test_the_oldest_previews_go_when_there_are_too_many_or_they_are_too_large(repository, tmp_path, shown, monkeypatch):
    monkeypatch.setattr(preview_repository, "MOST_PREVIEWS", 2)
    monkeypatch.setattr(preview_repository, "MOST_BYTES", 100)
    put(repository, tmp_path, "a", "2022-01-15T10:00:00", size=10)
    put(repository, tmp_path, "b", "2022-01-15T11:00:00", size=10)

    assert put(repository, tmp_path, "c", "2022-01-15T12:00:00", size=10)[1] == ["a"]
    assert put(repository, tmp_path, "d", "2022-01-15T13:00:00", size=95)[1] == ["c", "b"]
    assert len(folders(shown)) == 1
    with pytest.raises(PreviewsFailed, match="Сайт завеликий для перегляду"):
        put(repository, tmp_path, "e", "2022-01-15T14:00:00", size=101)


def test_a_branch_with_other_things_is_left_alone(repository, tmp_path, shown):
    other = tmp_path / "чуже"
    git(tmp_path, "clone", "-q", f"file://{shown}", str(other))
    (other / "index.html").write_text("чужий сайт", "utf-8")
    (other / "about.html").write_text("про нас", "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "Чуже")
    git(other, "push", "-q", "origin", "HEAD:gh-pages")
    before = tip(shown)

    with pytest.raises(PreviewsFailed, match="має чуже"):
        put(repository, tmp_path, "cms/news/a")
    assert tip(shown) == before


def test_a_token_is_given_to_its_host_alone_and_is_in_no_file_message_or_command(tmp_path):
    environ = {**os.environ, "PREVIEWS_TOKEN": "таємниця-123"}
    one = PreviewRepository("https://previews.hromada.invalid/rada/p.git", tmp_path / "кеш", environ)
    asked = {
        host: subprocess.run(
            ["git", "credential", "fill"], input=f"protocol=https\nhost={host}\n\n", env=one._git.environment(), cwd=tmp_path,
            capture_output=True, text=True, check=False,
        ).stdout
        for host in ("previews.hromada.invalid", "elsewhere.invalid")
    }  # fmt: skip

    assert "password=таємниця-123" in asked["previews.hromada.invalid"]
    assert "таємниця" not in asked["elsewhere.invalid"]
    with pytest.raises(PreviewsFailed) as failed:
        one.remove("cms/news/a")
    assert "таємниця" not in str(failed.value)
    assert not [
        path for path in (tmp_path / "кеш").rglob("*") if path.is_file() and "таємниця".encode() in path.read_bytes()
    ]


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def request_of(tmp_path, bare, shown):
    """The project's clone with the program and the accepted content, and beside it the content of a request."""

    def fill(content):
        (content / "news").mkdir(parents=True)
        (content / "news/2022-01-10-rada.md").write_text(
            "title: Сесія ради\ndate: 2022-01-10\n\nВідбулася сесія.\n", "utf-8"
        )

    folder, _ = project(tmp_path, bare, fill)
    git(folder, "push", "-q", "origin", "HEAD:main")
    changed = tmp_path / "запит" / "content"
    fill(changed)

    def run(news=NEWS, request="cms/news/2022-01-11-toloka", **settings):
        (changed / "news/2022-01-11-toloka.md").write_text(news, "utf-8")
        told = {
            "TODAY": "2022-01-15", "CACHE": str(cache_in(tmp_path)), "JOBS": "1", "CONTENT": str(changed),
            "REQUEST": request, "TIP": "f" * 40, "TO": f"file://{shown}", "PREVIEWS": "https://pereglyad.zrazok.ua",
            "SITEURL": "https://rada.zrazok.ua",
        }  # fmt: skip
        return run_command(folder, "preview", **(told | settings))

    return run


def results(bare):
    told = json.loads(git(bare, "show", f"{RESULTS_BRANCH}:results.json"))["results"]
    return {result["branch"]: result for result in told}


@pytest.mark.long
def test_a_request_is_shown_says_that_it_is_no_site_and_vanishes_after_the_merge(request_of, bare, shown):
    status, said, told = request_of()
    assert (status, told) == (0, ""), told
    (folder,) = folders(shown)
    pages = {
        name: git(shown, "show", f"gh-pages:{name}")
        for name in names(shown)
        if name.endswith("index.html") and "/" in name
    }

    assert f"Перегляд: https://pereglyad.zrazok.ua/{folder}/" in said
    assert "Прибрали парк." in pages[f"{folder}/news/toloka-2022-01-11/index.html"]
    assert {name for name, page in pages.items() if "Перегляд, не сайт." not in page} == set()
    assert {name for name, page in pages.items() if '<meta name="robots" content="noindex">' not in page} == set()
    assert not [name for name in names(shown) if "/admin/" in name]
    found = results(bare)["cms/news/2022-01-11-toloka"]
    assert (found["outcome"], found["commit"]) == ("checked", "f" * 40)
    assert found["preview"] == f"https://pereglyad.zrazok.ua/{folder}/"
    assert git(bare, "for-each-ref", "--format=%(refname:short)", "refs/heads").split() == ["main", RESULTS_BRANCH]

    assert request_of(DELETE="1", CONTENT="request/content")[0::2] == (0, "")  # after the close it is not checked out
    assert folders(shown) == []
    assert results(bare) == {}


@pytest.mark.long
def test_refused_content_is_told_by_file_and_line_and_is_not_shown(request_of, bare, shown):
    status, _, told = request_of("title: Толока\ndate: 11/13/22\n\nПрибрали парк.\n")

    assert status == 2
    assert "content/news/2022-01-11-toloka.md:2:" in told
    found = results(bare)["cms/news/2022-01-11-toloka"]
    assert found["outcome"] == "refused"
    assert [
        (problem["path"], problem["line"], problem["code"])
        for problem in found["problems"]
        if problem["level"] == "error"
    ] == [("content/news/2022-01-11-toloka.md", 2, "date-format")]
    assert git(shown, "for-each-ref") == ""


@pytest.mark.long
def test_what_is_wrong_with_the_text_is_told_though_the_place_for_previews_fails(request_of, bare, tmp_path):
    status, _, _ = request_of("title: Толока\ndate: 11/13/22\n\nПрибрали парк.\n", TO=f"file://{tmp_path}/nema.git")

    assert status != 0
    (problem,) = [p for p in results(bare)["cms/news/2022-01-11-toloka"]["problems"] if p["level"] == "error"]
    assert (problem["path"], problem["code"]) == ("content/news/2022-01-11-toloka.md", "date-format")


def test_a_preview_never_shares_a_host_with_the_site_and_its_editor(request_of, shown):
    status, _, told = request_of(SITEURL="https://rada.zrazok.ua/site", PREVIEWS="https://RADA.zrazok.ua/pereglyad")

    assert status == 2
    assert "має бути на іншому домені" in told
    assert git(shown, "for-each-ref") == ""


@pytest.mark.parametrize(
    "to",
    ["https://token-123@host.example/rada/p.git", "https://a:token-123@host.example/p.git", "--upload-pack=touch", "ssh://-oProxy/p.git",
     "ext::sh -c true", "http://host.example/p.git", "previews"],
)  # fmt: skip
def test_an_address_with_a_key_an_option_or_without_encryption_is_no_repository(to, capsys):
    told = {"REQUEST": "cms/news/a", "TO": to, "PREVIEWS": "https://pereglyad.zrazok.ua"}

    assert dispatch.preview(Options.from_environment(ROOT, told)) == 2
    said = capsys.readouterr().err
    assert "напишіть адресу сховища переглядів без імені й ключа" in said
    assert "token-123" not in said


def test_without_a_place_for_previews_the_content_is_checked_and_the_result_told(request_of, bare):
    status, said, _ = request_of(TO="", PREVIEWS="")

    assert (status, "Перегляд:" in said) == (0, False)
    found = results(bare)["cms/news/2022-01-11-toloka"]
    assert (found["outcome"], found["preview"]) == ("checked", "")
    assert request_of(REQUEST="")[0] == 2
    assert request_of(REQUEST="../main")[0] == 2
