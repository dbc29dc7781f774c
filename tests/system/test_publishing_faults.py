"""Whatever happens to a publication, the site online is one whole site, the words are true, and the next call just works.

A part of each series runs always, the whole of it in `make soak`.
"""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
import socket
import sys
import threading

import pytest

from hromada.publish import publication_lock, publishing
from hromada.publish.history import history
from hromada.publish.repository import STAYS, PublicationRefused
from hromada.system.git import Git
from tests.system import faults
from tests.system.clones import Clone, bare, clone, commits, config, editor, git, names_online, tip
from tests.system.faults import Fault, Town, running_with

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at in /proc")
_CALLS: dict[str, int] = {}  # of git, by action


def series(whole, *always):
    """The seeds of a series; those that are not tried always are for `make soak`."""
    return [seed if seed in always else pytest.param(seed, marks=pytest.mark.soak) for seed in range(whole)]


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """A lock of a killed git is not waited for: nothing else runs in a trial's clone."""
    monkeypatch.setattr(publication_lock, "WAITING", 0.0)


@pytest.mark.parametrize("seed", series(200, 0, 1, 2, 3, 5, 6, 7))
def test_a_command_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_works(tmp_path, seed):
    faults.kill_trial(tmp_path, seed, _CALLS)


@pytest.mark.parametrize("seed", series(100, 0, 1, 2, 3, 4, 5))
def test_a_full_disk_at_any_moment_leaves_a_whole_site_and_true_words(tmp_path, seed):
    faults.full_disk_trial(tmp_path, seed)


@pytest.mark.parametrize("seed", series(50, 0, 1, 2, 3, 4))
def test_two_who_publish_at_once_lose_nothing(tmp_path, seed):
    faults.race_trial(tmp_path, seed)


@pytest.mark.parametrize("seed", series(25, 0, 1, 2, 3, 4))
def test_two_publications_in_one_clone_do_not_meet(tmp_path, seed):
    faults.same_clone_trial(tmp_path, seed)


@pytest.mark.parametrize("seed", series(100, 0, 1, 2, 3, 4, 5))
def test_a_push_that_is_cut_leaves_a_whole_site_and_true_words(tmp_path, seed):
    faults.cut_trial(tmp_path, seed)


# --- a host that does not answer --------------------------------------------------------------------------------------


@pytest.fixture
def mark(tmp_path):
    """The seconds of a sleep that no other program sleeps."""
    mark = f"86{hash(tmp_path) % 10**6:06}.25"
    yield mark
    assert running_with(mark) == []


def hang(bare, hook, mark, branch="gh-pages"):
    """The host's hook sleeps when a branch is pushed."""
    path = bare / "hooks" / hook
    path.write_text(f"#!/bin/sh\nwhile read old new ref; do [ $ref != refs/heads/{branch} ] || sleep {mark}; done\n")
    path.chmod(0o755)


def be_impatient(editor):
    git(editor.folder, "config", "hromada.timeout", "2")


@pytest.mark.parametrize("branch", ["main", "gh-pages"])
def test_a_push_that_gets_no_answer_is_given_up_and_the_next_one_works(editor, bare, mark, branch):
    editor.publish()
    editor.write("друга.md", "друга")
    be_impatient(editor)
    hang(bare, "pre-receive", mark, branch)
    before = tip(bare)
    with pytest.raises(PublicationRefused, match=r"мовчало 2 с.*git config hromada\.timeout 10") as refused:
        editor.publish()
    assert (tip(bare), running_with(mark)) == (before, [])
    assert (STAYS in str(refused.value)) is (branch == "main")
    (bare / "hooks" / "pre-receive").unlink()
    editor.publish()

    assert "друга.html" in names_online(bare)


def test_a_push_that_was_accepted_before_the_host_fell_silent_is_known_to_have_succeeded(editor, bare, mark):
    be_impatient(editor)
    hang(bare, "post-receive", mark)

    assert editor.publish() == 0
    assert "перша.html" in names_online(bare)
    assert editor.said[-1].startswith("Опубліковано")


@pytest.mark.parametrize("transport", ["ssh", "http"])
def test_a_host_that_accepts_a_connection_and_never_answers_is_given_up(editor, bare, mark, transport):
    editor.publish()
    be_impatient(editor)
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = "ssh://x/y" if transport == "ssh" else f"http://127.0.0.1:{server.getsockname()[1]}/y"
        git(editor.folder, "config", "core.sshCommand", f"sleep {mark}; true")
        git(editor.folder, "remote", "set-url", "origin", url)
        with pytest.raises(PublicationRefused, match=r"мовчало 2 с") as refused:
            editor.publish()

    assert (refused.value.code, STAYS in str(refused.value)) == ("origin-unreachable", True)


def test_a_host_that_packs_for_ever_is_given_up(editor, clone, bare, mark, config, tmp_path):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    git(other.folder, "push", "-q")
    be_impatient(editor)
    hook = tmp_path / "пакувати"
    hook.write_text(f"#!/bin/sh\nsleep {mark}\n")
    hook.chmod(0o755)
    config(f"[uploadpack]\n\tpackObjectsHook = '{hook}'\n")

    with pytest.raises(PublicationRefused, match=r"мовчало 2 с"):
        editor.publish()


def test_nobody_knows_whether_a_push_was_accepted_when_the_host_is_gone_since(editor, bare, monkeypatch):
    real = publishing.push_pages

    def gone(*arguments):
        bare.rename(bare.with_name("далеко"))
        real(*arguments)

    monkeypatch.setattr(publishing, "push_pages", gone)
    with pytest.raises(
        PublicationRefused, match=r"невідомо, чи воно прийняло сайт.*make history.*make publish"
    ) as refused:
        editor.publish()
    assert STAYS not in str(refused.value)
    monkeypatch.undo()
    bare.with_name("далеко").rename(bare)
    editor.publish()

    assert "перша.html" in names_online(bare)


def test_a_host_that_goes_on_showing_progress_is_waited_for(editor, bare):
    be_impatient(editor)
    hook = bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nfor second in 1 2 3 4 5; do sleep 0.7; echo $second >&2; done\n")
    hook.chmod(0o755)

    assert editor.publish() == 0


@pytest.mark.parametrize("value", ["багато", "-1", "0"])
def test_a_limit_that_is_none_is_refused(editor, value):
    git(editor.folder, "config", "hromada.timeout", value)

    with pytest.raises(PublicationRefused, match=r"hromada\.timeout"):
        editor.publish()


# --- a host that is gone or elsewhere ---------------------------------------------------------------------------------


def test_a_deleted_repository_is_said_and_a_new_one_at_its_place_gets_all(editor, bare, tmp_path):
    editor.publish()
    bare.rename(tmp_path / "видалене")
    with pytest.raises(PublicationRefused, match="зв’язатися зі сховищем origin") as refused:
        editor.publish()
    assert STAYS in str(refused.value)
    git(tmp_path, "init", "-q", "--bare", str(bare))
    editor.write("друга.md", "друга")
    editor.publish()

    assert {"перша.html", "друга.html"} <= names_online(bare)
    assert tip(bare, "main") == editor.head()


def test_a_repository_that_moved_is_published_to_under_its_new_address(editor, bare, tmp_path, config):
    editor.publish()
    moved = bare.rename(tmp_path / "нова адреса.git")
    config(f'[url "file://{moved}"]\n\tinsteadOf = file://{bare}\n')
    editor.write("друга.md", "друга")
    editor.publish()

    assert commits(moved) == 2
    assert "друга.html" in names_online(moved)


def test_a_host_restored_from_an_older_copy_gets_the_newer_site(editor, bare, tmp_path):
    editor.publish()
    copy = tmp_path / "копія.git"
    git(tmp_path, "clone", "-q", "--mirror", f"file://{bare}", str(copy))
    editor.write("друга.md", "друга")
    editor.publish()
    bare.rename(tmp_path / "зламане")
    copy.rename(bare)
    editor.publish()

    assert "друга.html" in names_online(bare)
    assert commits(bare) == 2
    assert [one.number for one in history(editor.folder)] == [2, 1]


# --- a clock that jumps -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [-4000, -1, 1, 4000])
def test_a_clock_that_jumps_changes_neither_order_nor_numbers(editor, clone, bare, monkeypatch, tmp_path, days):
    """The clock of git, and that of the programs that a publication starts."""
    editor.publish()
    shifted = tmp_path / "clock"
    shifted.mkdir()
    (shifted / "sitecustomize.py").write_text(
        f"import time\nreal = time.time\ntime.time = lambda: real() + {days} * 86400\n"
    )
    moment = 1_700_000_000 + days * 86_400
    with monkeypatch.context() as changed:
        changed.setenv("PYTHONPATH", str(shifted))
        for name in ("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"):
            changed.setenv(name, f"@{moment} +0000")
        editor.write("друга.md", "друга")
        editor.publish()
    other = clone("інша тека")
    other.write("третя.md", "третя")
    other.publish()

    known = history(other.folder)
    assert [one.number for one in known] == [3, 2, 1]
    assert [one.source for one in known] == [other.head(), editor.head(), git(editor.folder, "rev-parse", "HEAD^")]
    assert names_online(bare) == {"index.html", "перша.html", "друга.html", "третя.html", ".nojekyll"}


# --- a lock that nobody holds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["refs/heads/gh-pages", "refs/remotes/origin/gh-pages", "refs/remotes/origin/main", "packed-refs", "HEAD"]
)
def test_the_lock_of_a_killed_git_does_not_stop_the_next_publication(editor, bare, name):
    editor.publish()
    editor.write("друга.md", "друга")
    lock = editor.folder / ".git" / f"{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.touch()
    editor.publish()

    assert "друга.html" in names_online(bare)
    assert not lock.exists()


def test_the_lock_of_a_git_that_works_is_waited_for_and_not_removed(editor, monkeypatch):
    """It is another file at each look, as those of a git that makes one ref after another."""
    editor.publish()
    lock = editor.folder / ".git/refs/heads/x.lock"
    looks = []

    def sleep(_):
        lock.unlink()
        lock.write_text(str(len(looks)))
        os.utime(lock, (len(looks), len(looks)))
        looks.append(lock)

    lock.touch()
    monkeypatch.setattr(publication_lock, "WAITING", 5.0)
    monkeypatch.setattr(publication_lock.time, "sleep", sleep)
    publication_lock.remove_stale_locks(Git(editor.folder))

    assert lock.exists()
    assert len(looks) == 1


def test_the_lock_of_the_index_is_left_to_its_owner(editor):
    editor.publish()
    lock = editor.folder / ".git" / "index.lock"
    lock.touch()
    publication_lock.remove_stale_locks(Git(editor.folder))

    assert lock.exists()
