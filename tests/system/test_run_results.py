"""What automatic runs find stands on a branch of its own; newer commits of others are published, not refused."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import json
import threading

import pytest

from hromada.domain.problem import Problem, warning
from hromada.publish.publication_memory import state_of
from hromada.publish.repository import RESULTS_BRANCH, Repository
from hromada.publish.run_results import (
    CHECKED,
    PUBLISHED,
    REFUSED,
    RunResult,
    forget,
    problem_rows,
    record,
    without_secrets,
)
from hromada.system.git import Git
from tests.system.clones import bare, clone, config, editor, git, names_online, project, tip


def result(branch="main", outcome=PUBLISHED, moment="2022-01-15T10:00:00", **changes):
    return RunResult(branch=branch, commit="a" * 40, moment=moment, outcome=outcome, **changes)


def at_remote(bare):
    told = json.loads(git(bare, "show", f"{RESULTS_BRANCH}:results.json"))["results"]
    return {one["branch"]: one for one in told}


def test_the_branch_has_the_newest_result_of_each_branch_and_no_history(editor, bare):
    one = Git(editor.folder)
    record(one, result())
    record(one, result("cms/news/a", CHECKED, preview="https://p.zrazok.ua/a/"))
    record(one, result(outcome=REFUSED, moment="2022-01-15T11:00:00", messages=("не можна",)))

    assert {branch: found["outcome"] for branch, found in at_remote(bare).items()} == {
        "main": "refused",
        "cms/news/a": "checked",
    }
    assert git(bare, "rev-list", "--count", RESULTS_BRANCH) == "1"
    forget(one, "cms/news/a")
    assert set(at_remote(bare)) == {"main"}


def test_the_same_result_at_another_hour_is_not_sent_again(editor, bare):
    record(Git(editor.folder), result())
    before = tip(bare, RESULTS_BRANCH)
    record(Git(editor.folder), result(moment="2022-01-15T11:00:00"))

    assert tip(bare, RESULTS_BRANCH) == before


def test_runs_of_several_requests_at_once_lose_no_result(clone, editor, bare):
    git(editor.folder, "push", "-q")
    clones = [Git(clone(f"запуск {number}").folder) for number in range(4)]
    threads = [
        threading.Thread(target=record, args=(one, result(f"cms/news/{number}"))) for number, one in enumerate(clones)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(at_remote(bare)) == {f"cms/news/{number}" for number in range(4)}


@pytest.mark.parametrize("raw", ["{", "[]", '{"results": [{"branch": 1}]}'])
def test_a_damaged_file_is_replaced(editor, bare, raw):
    blob = Git(bare).run("hash-object", "-w", "--stdin", stdin=raw.encode())
    tree = Git(bare).run("mktree", stdin=f"100644 blob {blob}\tresults.json\n".encode())
    git(bare, "update-ref", f"refs/heads/{RESULTS_BRANCH}", git(bare, "commit-tree", tree, "-m", "чуже"))

    record(Git(editor.folder), result())
    assert set(at_remote(bare)) == {"main"}


def test_errors_come_before_warnings_and_a_damaged_archive_does_not_fill_the_page():
    many = tuple(warning(f"content/news/{number}.md", 1, "w", "так") for number in range(200))
    told = problem_rows(
        (*many, Problem("content/news/z.md", 2, "date-format", "дата незрозуміла", "напишіть 12.03.2025"))
    )

    assert len(told) == 100
    assert told[0] == {
        "path": "content/news/z.md", "line": 2, "level": "error", "code": "date-format", "message": "дата незрозуміла",
        "fix": "напишіть 12.03.2025",
    }  # fmt: skip


def test_the_key_in_an_address_of_a_workflow_is_not_told():
    said = "fatal: unable to access 'https://gitlab-ci-token:glcbt-64_x@host.example/a/b.git/': The requested URL returned error: 403"

    assert without_secrets(said) == said.replace("gitlab-ci-token:glcbt-64_x@", "")


def test_a_new_result_makes_nobody_build_again_what_is_online(editor, bare):
    git(editor.folder, "push", "-q", "-u", "origin", "HEAD:main")
    repository = Repository(Git(editor.folder), "main", "gh-pages", remote=True)
    before = state_of(repository, editor.head())
    record(Git(editor.folder), result())
    git(editor.folder, "fetch", "-q", "origin")

    assert git(editor.folder, "rev-parse", f"origin/{RESULTS_BRANCH}") == tip(bare, RESULTS_BRANCH)
    assert state_of(repository, editor.head()) == before


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def site_of(tmp_path, bare):
    """The project in a clone as a workflow makes it, beside it a colleague's; commits come by the remote alone."""

    def fill(content):
        (content / "news").mkdir(parents=True)
        (content / "news/2022-01-10-rada.md").write_text(
            "title: Сесія ради\ndate: 2022-01-10\n\nВідбулася сесія.\n", "utf-8"
        )

    folder, publish = project(tmp_path, bare, fill)
    git(folder, "push", "-q", "-u", "origin", "HEAD:main")
    form = tmp_path / "форма"
    git(tmp_path, "clone", "-q", f"file://{bare}", str(form))

    def save(name, text):
        """A commit as the git host makes it for the form: no hook of a clone sees it."""
        (form / "content/news" / name).write_text(text, "utf-8")
        git(form, "add", "-A")
        git(form, "-c", "user.email=1+olena@users.noreply.hromada.invalid", "commit", "-qm", f"Створено {name}")
        git(form, "pull", "-q", "--rebase")
        git(form, "push", "-q", "origin", "HEAD:main")
        return git(form, "rev-parse", "HEAD")

    return folder, save, lambda **settings: publish(AUTOMATIC="1", SITEURL="https://rada.zrazok.ua", **settings)


NEWS = "title: {}\ndate: 2022-01-1{}\n\nПрибрали парк.\n"


@pytest.mark.long
def test_saves_one_after_another_are_published_by_whichever_run_comes_and_fail_none(site_of, bare):
    _, save, run = site_of
    assert run()[0] == 0
    save("2022-01-11-persha.md", NEWS.format("Перша", 1))
    last = save("2022-01-12-druha.md", NEWS.format("Друга", 2))

    status, _, told = run()  # its clone is two commits behind
    assert status == 0, told
    assert {"news/persha-2022-01-11/index.html", "news/druha-2022-01-12/index.html"} < names_online(bare)
    assert at_remote(bare)["main"] | {"moment": ""} == {
        "branch": "main", "commit": last, "moment": "", "outcome": "published", "problems": [], "messages": [], "version": "", "preview": "",
    }  # fmt: skip
    before = tip(bare, RESULTS_BRANCH)
    assert run()[0] == 0
    assert tip(bare, RESULTS_BRANCH) == before


@pytest.mark.long
def test_a_refusal_stands_where_the_page_of_editors_reads_it_and_at_its_line_on_the_host(site_of, bare):
    _, save, run = site_of
    assert run()[0] == 0
    online = tip(bare)
    commit = save("2022-01-11-toloka.md", "title: Толока\ndate: 11/13/22\n\nПрибрали парк.\n")

    status, said, _ = run(FORMAT="github")
    found = at_remote(bare)["main"]
    assert (status, tip(bare)) == (2, online)
    assert "::error file=content/news/2022-01-11-toloka.md,line=2,title=date-format::" in said
    assert (found["outcome"], found["commit"]) == ("refused", commit)
    assert [(problem["path"], problem["line"]) for problem in found["problems"] if problem["level"] == "error"] == [
        ("content/news/2022-01-11-toloka.md", 2)
    ]

    save("2022-01-11-toloka.md", NEWS.format("Толока", 1))
    assert run()[0] == 0
    assert (at_remote(bare)["main"]["outcome"], at_remote(bare)["main"]["problems"]) == ("published", [])


def test_a_commit_pushed_during_the_build_waits_for_its_own_run(editor, clone, bare):
    git(editor.folder, "push", "-q", "-u", "origin", "HEAD:main")
    other = clone("форма")

    def save_meanwhile():
        editor.before_push = lambda: None
        other.write("друга.md", "друга")
        git(other.folder, "push", "-q")

    editor.before_push = save_meanwhile
    assert editor.publish(is_automatic=True) == 0
    assert names_online(bare) >= {"перша.html"}
    assert "друга.html" not in names_online(bare)

    editor.pull()
    assert editor.publish(is_automatic=True) == 0
    assert "друга.html" in names_online(bare)


@pytest.mark.long
def test_a_changed_program_is_left_to_the_next_run(site_of, bare):
    folder, save, run = site_of
    form = folder.parent / "форма"
    assert run()[0] == 0
    online = tip(bare)
    (form / "publishconf.py").write_text((form / "publishconf.py").read_text("utf-8") + "# далі\n", "utf-8")
    save("2022-01-11-persha.md", NEWS.format("Перша", 1))

    status, said, _ = run()
    assert (status, tip(bare)) == (0, online)
    assert "їх опублікує наступний запуск" in said
    assert run()[0] == 0
    assert "news/persha-2022-01-11/index.html" in names_online(bare)


@pytest.mark.long
def test_a_run_that_leaves_everything_to_the_next_one_notes_no_result(site_of, bare):
    folder, save, run = site_of
    form = folder.parent / "форма"
    assert run()[0] == 0
    noted = tip(bare, RESULTS_BRANCH)
    (form / "publishconf.py").write_text((form / "publishconf.py").read_text("utf-8") + "# далі\n", "utf-8")
    save("2022-01-11-persha.md", NEWS.format("Перша", 1))

    assert run()[0] == 0
    assert tip(bare, RESULTS_BRANCH) == noted
