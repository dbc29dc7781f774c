"""`make doctor` in real clones: each fault is made and recognised; what is harmless is mended."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import io
import json
import os
import re
import shutil
import sys
import time
from email.utils import formatdate

import pytest

from hromada.commands import dispatch
from hromada.console.options import Options
from hromada.publish.clone_facts import idle_days, schedule_line
from hromada.publish.history import history
from hromada.system.git import Git
from tests.conftest import ROOT
from tests.needs import openssl
from tests.system.clones import bare, clone, config, editor, git, repository_state, tip
from tests.system.test_history import build_with_version
from tests.system.web_servers import self_signed, send, server

LEVELS = {"гаразд": "good", "увага": "note", "вада": "fault"}
_SETTINGS = ("pelicanconf.py", "publishconf.py")


def furnished(one):
    """The clone with the project's settings and hooks, committed and pushed, and a person who commits."""
    for name in _SETTINGS:
        shutil.copy(ROOT / name, one.folder / name)
    (one.folder / "hooks").mkdir()
    for name in ("pre-commit", "pre-push"):  # the project's own would check the content, which is not what is tested
        (one.folder / "hooks" / name).write_text("#!/bin/sh\n")
        (one.folder / "hooks" / name).chmod(0o755)
    git(one.folder, "config", "user.name", "Редактор")
    git(one.folder, "config", "user.email", "r@hromada.invalid")
    git(one.folder, "config", "core.hooksPath", "hooks")
    git(one.folder, "add", "-A")
    git(one.folder, "commit", "-qm", "Налаштування")
    git(one.folder, "push", "-q", "--no-verify", "-u", "origin", "main")
    one.publish(build=build_with_version(one))
    return one


@pytest.fixture
def healthy(editor, monkeypatch):
    monkeypatch.setenv("no_proxy", "*")
    return furnished(editor)


@pytest.fixture
def examine(capsys):
    def run(one, mend=False, **settings):
        """The exit status, the level of each check, all that was said."""
        options = Options.from_environment(one.folder, {"DRY_RUN": "" if mend else "1", **settings})
        status = dispatch.doctor(options)
        text = "".join(capsys.readouterr())
        found = re.findall(r"^  (гаразд|увага|вада) +.*\[([a-z-]+)\]$", text, re.MULTILINE)
        return status, {code: LEVELS[level] for level, code in found}, text

    return run


def not_good(found):
    return {code: level for code, level in found.items() if level != "good"}


def test_a_clone_that_can_publish_lacks_nothing_but_the_address(healthy, examine):
    status, found, text = examine(healthy)

    assert status == 0
    assert not_good(found) == {"address": "note"}
    assert text.endswith("Вад: 0, застережень: 1.\n")
    assert [line for line in text.splitlines() if line and line[0] != " "] == [
        "Комп’ютер", "Сховище на цьому комп’ютері", "Сховище origin", "Сайт", "Вад: 0, застережень: 1.",
    ]  # fmt: skip


def test_content_that_is_due_to_be_looked_at_again_is_a_note(healthy, examine):
    for name, day in (("stara", "2021-12-01"), ("nova", "2999-01-01")):
        healthy.write(f"pages/{name}.md", f"title: {name}\nreview: {day}\n\nСлова.\n")
    status, found, text = examine(healthy)

    assert (status, found["reviews"]) == (0, "note")
    assert "переглянути: content/pages/stara.md [reviews]" in text


def test_looking_changes_nothing(healthy, bare, examine):
    git(healthy.folder, "branch", "hromada-publish-1-a")
    before = repository_state(healthy.folder), repository_state(bare)

    examine(healthy)

    assert (repository_state(healthy.folder), repository_state(bare)) == before


def test_what_is_harmless_is_mended_and_named(healthy, examine):
    git(healthy.folder, "branch", "hromada-publish-1-a")
    git(healthy.folder, "branch", "--unset-upstream")
    git(healthy.folder, "config", "--unset", "core.hooksPath")
    git(healthy.folder, "worktree", "add", "-q", str(healthy.folder.parent / "інша"), "gh-pages")
    shutil.rmtree(healthy.folder.parent / "інша")
    note = healthy.folder / ".cache" / f"output-{'0' * 16}.folder"
    note.write_text("/немає/такої")
    os.utime(note, (0, 0))

    broken = examine(healthy)
    status, found, text = examine(healthy, mend=True)

    assert broken[0] == 1
    assert not_good(broken[1]).keys() == {"leftovers", "upstream", "hooks", "clone", "address"}
    assert (status, not_good(found)) == (0, {"address": "note"})
    assert len(text.partition("\n\n")[0].splitlines()) == 6
    assert (healthy.leftovers(), note.exists()) == ([], False)
    assert git(healthy.folder, "config", "core.hooksPath") == "hooks"
    assert "Полагоджено" not in examine(healthy, mend=True)[2]


def test_temporary_branches_of_a_running_publication_stay(healthy, examine):
    inner = []

    def examine_inside():
        git(healthy.folder, "branch", "hromada-publish-1-a")
        inner.append(examine(healthy, mend=True))
        inner.append(healthy.leftovers())

    healthy.write("друга.md", "друга")
    healthy.before_push = examine_inside
    healthy.publish(build=build_with_version(healthy))

    assert inner[0][1]["leftovers"] == "note"
    assert inner[1] == ["refs/heads/hromada-publish-1-a"]


@pytest.mark.parametrize(
    ("answers", "identity"),
    [("Оксана\noksana@hromada.invalid\n", ["Оксана", "oksana@hromada.invalid"]), ("\n\n", ["", ""]), ("", ["", ""])],
)
def test_a_person_at_a_terminal_is_asked_who_makes_the_commits(answers, identity, healthy, examine, monkeypatch):
    for name in ("user.name", "user.email"):
        git(healthy.folder, "config", "--unset", name)
    terminal = io.StringIO(answers)
    monkeypatch.setattr(terminal, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)

    _, found, text = examine(healthy, mend=True)

    written = [
        Git(healthy.folder).raw("config", "--default", "", "--get", name) for name in ("user.name", "user.email")
    ]
    assert [raw.decode().strip() for raw in written] == identity
    assert found["identity"] == ("good" if identity[0] else "note")
    assert ("записано, хто робить коміти" in text) == bool(identity[0])


def _scripted(name, text):
    def break_it(one):
        (one.folder / name).write_text(text, "utf-8")

    return break_it


def _run(*arguments):
    return lambda one: git(one.folder, *arguments)


def _unfinished(one):
    one.write("перша.md", "моє")
    git(one.folder, "switch", "-qc", "інша", "HEAD~1")
    one.write("перша.md", "чуже")
    with pytest.raises(Exception, match="merge"):
        git(one.folder, "merge", "main")


def _behind(one):
    other = one.folder.parent / "друге сховище"
    git(one.folder.parent, "clone", "-q", git(one.folder, "remote", "get-url", "origin"), str(other))
    (other / "content" / "чужа.md").write_text("чужа", "utf-8")
    git(other, "add", "-A")
    git(other, "commit", "-qm", "чужа")
    git(other, "push", "-q")


def _foreign_pages(one):
    git(one.folder, "push", "-q", "--no-verify", "--force", "origin", "main:gh-pages")


def _newer_site(one):
    one.write("нова.md", "нова")
    one.publish(build=build_with_version(one))
    git(one.folder, "reset", "-q", "--hard", "HEAD~1")
    git(one.folder, "push", "-q", "--no-verify", "--force", "origin", "main")


def _old_lock(one):
    lock = one.folder / ".git" / "index.lock"
    lock.touch()
    os.utime(lock, (0, 0))


def _no_commit(one):
    shutil.rmtree(one.folder / ".git")
    git(one.folder, "init", "-q")


def _open_worktree(one):
    git(one.folder, "worktree", "add", "-q", str(one.folder.parent / "інша"), "gh-pages")


def _ignored(one):
    one.write("таємна.md", "таємна", commit=False)
    (one.folder / ".git" / "info" / "exclude").write_text(".cache/\nтаємна.md\n", "utf-8")


def _own_hook(one):
    git(one.folder, "config", "--unset", "core.hooksPath")
    (one.folder / ".git" / "hooks").mkdir(exist_ok=True)
    (one.folder / ".git" / "hooks" / "pre-commit").write_text("#!/bin/sh\n")


def _other_library(one):
    (one.folder / "requirements").mkdir()
    (one.folder / "requirements" / "runtime.txt").write_text(
        "nh3==0.0.1 \\\n    --hash=sha256:0\nno-such-library==1 ; sys_platform == 'x'\n"
    )
    git(one.folder, "add", "-A")
    git(one.folder, "commit", "-qm", "інші бібліотеки")


def _committed(name, text):
    def break_it(one):
        (one.folder / name).write_text((one.folder / name).read_text("utf-8") + text, "utf-8")
        git(one.folder, "commit", "-qam", "налаштування")

    return break_it


_MOVED = '\nDOMAIN = "rada.zrazok.ua"\nHROMADA["address"] = "https://insha.zrazok.ua"\n'
_STORE = '\nHROMADA["picture_store"] = {"bucket": "rada-photos", "endpoint": "https://s3.zrazok.ua", "public": "https://f.zrazok.ua"}\n'
FAULTS = {
    "another version of a library": (_other_library, "libraries", "fault", "nh3 "),
    "an unfinished merge": (_unfinished, "clone", "fault", "Не завершено злиття"),
    "no commit yet": (_no_commit, "clone", "fault", "жодного коміту"),
    "a detached HEAD": (_run("switch", "-q", "--detach"), "clone", "fault", "не на гілці"),
    "on the published branch": (_run("switch", "-q", "gh-pages"), "clone", "fault", "Ви на гілці gh-pages"),
    "the published branch open elsewhere": (_open_worktree, "clone", "fault", "в іншій теці"),
    "uncommitted content": (_scripted("content/нова.md", "нова"), "uncommitted", "fault", "новий: content/нова.md"),
    "ignored content": (_ignored, "ignored-content", "fault", "content/таємна.md"),
    "no identity": (_run("config", "--unset", "user.name"), "identity", "note", "user.name"),
    "foreign hooks": (_run("config", "core.hooksPath", ".husky"), "hooks", "note", "«.husky»"),
    "hooks of one's own": (_own_hook, "hooks", "note", "pre-commit"),
    "no hooks": (_run("config", "--unset", "core.hooksPath"), "hooks", "note", "make hooks"),
    "no upstream": (_run("branch", "--unset-upstream"), "upstream", "note", "не пов’язана"),
    "converted line ends": (_run("config", "core.autocrlf", "true"), "line-endings", "note", "core.autocrlf"),
    "a branch of a killed publication": (_run("branch", "hromada-publish-1-a"), "leftovers", "note", "hromada-publish-1-a"),
    "a lock of a killed git": (_old_lock, "locks", "fault", "index.lock"),
    "an open table": (_scripted("content/.~lock.дописи.ods#", ""), "open-tables", "note", "дописи.ods"),
    "no remote": (_run("remote", "remove", "origin"), "origin", "fault", "git remote add origin"),
    "a remote that does not answer": (_run("remote", "set-url", "origin", "file:///nowhere"), "origin", "fault", "origin"),
    "no right to push": (_run("remote", "set-url", "--push", "origin", "file:///nowhere"), "push", "fault", "не дає права"),
    "a branch that is behind": (_behind, "history", "fault", "новіші зміни"),
    "a published branch of others": (_foreign_pages, "history", "fault", "створено не цією програмою"),
    "a newer site": (_newer_site, "history", "fault", "немає у вашій гілці"),
    "no published site": (_run("push", "-q", "--no-verify", "--delete", "origin", "gh-pages"), "published", "note", "make publish"),
    "settings that can't be read": (_committed("publishconf.py", "\nHROMADA[\n"), "settings", "fault", "publishconf.py"),
    "a setting that there is not": (_committed("publishconf.py", '\nHROMADA["sectons"] = 1\n'), "settings", "fault", "sectons"),
    "address and domain of two sites": (_committed("publishconf.py", _MOVED), "domain", "fault", "два різні сайти"),
    "no keys to the store of pictures": (_committed("publishconf.py", _STORE), "store", "fault", "AWS_ACCESS_KEY_ID"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_a_clone_is_recognised(name, healthy, examine, monkeypatch):
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(key, raising=False)
    break_it, code, level, words = FAULTS[name]
    break_it(healthy)

    status, found, text = examine(healthy)

    assert found[code] == level
    assert words in text
    assert status == int("fault" in found.values())


def test_a_computer_without_git_is_recognised(healthy, examine, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    status, found, _ = examine(healthy)

    assert (status, not_good(found)) == (1, {"git": "fault"})


def test_a_folder_that_is_no_clone_or_not_its_root_is_recognised(healthy, examine, tmp_path):
    for name in _SETTINGS:
        shutil.copy(ROOT / name, healthy.folder / "content")
        shutil.copy(ROOT / name, tmp_path)
    inner, outer = type(healthy).__new__(type(healthy)), type(healthy).__new__(type(healthy))
    inner.folder, outer.folder = healthy.folder / "content", tmp_path

    assert [examine(one)[1]["clone"] for one in (inner, outer)] == ["fault", "fault"]


def test_a_clone_of_another_user_is_recognised(healthy, examine, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")

    status, found, text = examine(healthy)

    assert (status, found["clone"]) == (1, "fault")
    assert "safe.directory" in text


def test_a_shallow_clone_is_recognised(healthy, clone, examine):
    one = clone("мілка", "--depth", "1", "--no-single-branch")
    for _ in range(2):
        healthy.write("ще.md", "ще", commit=False)
        git(healthy.folder, "add", "-A")
        git(healthy.folder, "commit", "-qm", "ще", "--allow-empty")
    git(healthy.folder, "push", "-q", "--no-verify")
    git(one.folder, "fetch", "-q", "--depth", "1", "origin", "main")
    git(one.folder, "reset", "-q", "--hard", "origin/main")

    found, text = examine(one)[1:]

    assert found["history"] == "fault"
    assert "git fetch --unshallow" in text


def test_another_domain_than_the_one_online_is_recognised(healthy, examine):
    healthy.publish(build=build_with_version(healthy), domain="rada.zrazok.invalid", force=("domain-changed",))
    git(healthy.folder, "fetch", "-q")

    status, found, text = examine(healthy, DOMAIN="insha.zrazok.invalid")

    assert (status, found["domain"]) == (1, "fault")
    assert "rada.zrazok.invalid" in text


@openssl
@pytest.mark.parametrize(
    ("ahead", "version", "wrong"),
    [(0, "", {}), (-600, "", {"clock": "fault"}), (600, "", {"clock": "fault"}), (0, "0" * 64, {"online": "note"})],
    ids=["as published", "a clock that is fast", "a clock that is slow", "another version"],
)
def test_what_the_site_answers_is_compared(ahead, version, wrong, healthy, examine, tmp_path, monkeypatch):
    files = self_signed(tmp_path / "certificate")
    monkeypatch.setenv("SSL_CERT_FILE", str(files[0]))
    shown = version or history(healthy.folder)[0].version

    def answer(handler):
        handler.send_response_only(200)
        handler.date_time_string = lambda *_: formatdate(time.time() + ahead, usegmt=True)
        handler.send_header("Date", handler.date_time_string())
        raw = json.dumps({"version": shown}).encode()
        handler.send_header("Content-Length", str(len(raw)))
        handler.end_headers()
        handler.wfile.write(raw)

    with server(answer, files) as address:
        _, found, _ = examine(healthy, SITEURL=address)

    assert {code: found[code] for code in ("clock", "online") if found.get(code, "good") != "good"} == wrong


def test_a_schedule_is_judged_where_the_host_stops_it_and_the_check_says_so(healthy, capsys):
    def idle(url):
        git(healthy.folder, "remote", "set-url", "origin", url)
        return idle_days(Git(healthy.folder))

    github = ("https://github.com/hromada/sait.git", "git@github.com:hromada/sait.git")
    assert [idle(url) for url in github] == [None, None]

    workflows = healthy.folder / ".github" / "workflows"
    shutil.copytree(ROOT / ".github" / "workflows", workflows)
    old = f"{int(time.time()) - 50 * 86_400} +0000"
    git(healthy.folder, "add", "-A")
    os.environ["GIT_COMMITTER_DATE"] = old
    try:
        git(healthy.folder, "commit", "-qm", "давно")
    finally:
        del os.environ["GIT_COMMITTER_DATE"]

    assert [idle(url) for url in (*github, "https://git.zrazok.ua/hromada/sait.git")] == [50, 50, None]
    git(healthy.folder, "remote", "set-url", "origin", github[0])
    words = "після 60 днів без комітів GitHub вимикає"
    assert words in schedule_line(healthy.folder)
    dispatch.check(Options.from_environment(healthy.folder, {}))
    assert words in capsys.readouterr().err
