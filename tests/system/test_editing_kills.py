"""A commit, a merge or an undo killed at any moment: the clone is as before, or the next command finishes it."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import contextlib
import os
import random
import signal
import time
from pathlib import Path

import pytest

from hromada.commands.clone_steps import prepare
from hromada.commands.undo import undo_asking
from hromada.console.options import Options
from hromada.publish import branch_move
from hromada.publish.publication_lock import publication_lock
from hromada.publish.repository import PublicationRefused
from hromada.system.git import Git
from tests.conftest import ROOT
from tests.own_process import OwnProcess, run
from tests.system.clones import bare, clone, config
from tests.system.test_editing_together import NEWS, first, git, item, second


def command(folder, what, moment):
    """Dies before the n-th call of git or change of a file, counted from the beginning of the move of the branch."""
    left, moving, begin = moment, [], branch_move._BranchMove
    branch_move._BranchMove = lambda *facts: (moving.append(True), begin(*facts))[1]

    def mortal(real):
        def call(*arguments, **named):
            nonlocal left
            if moving and not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= bool(moving)
            return real(*arguments, **named)

        return call

    Git._call = mortal(Git._call)
    os.replace, os.link, os.unlink = map(mortal, (os.replace, os.link, os.unlink))
    Path.unlink = mortal(Path.unlink)
    cache = folder.parent / ".cache-first"
    options = Options.from_environment(folder, {"TODAY": "2022-01-15", "CACHE": str(cache), "JOBS": "1"})
    return undo_asking(options, lambda _: "так") if what == "undo" else prepare(options, lambda _: "")


def pulled(first, second):
    """A colleague has changed, deleted and added a file; we have a commit of our own."""
    first.commit("news/2022/2022-01-11-stara.md", item("Стара"))
    first.push()
    git(second.folder, "pull", "-q")
    git(second.folder, "rm", "-q", "content/news/2022/2022-01-11-stara.md")
    second.commit(NEWS, item("Зустріч", "Текст колеги."))
    second.commit("news/2022/2022-01-12-yihnya.md", item("Їхня"))
    second.push()
    first.commit("units/рада/index.md", item("Рада"))


def committed(first, second):
    first.write(NEWS, item("Зустріч", "Мій новий текст."))
    first.write("news/2022/2022-01-12-nova.md", item("Нова"))


def undone(first, second):
    first.commit("news/2022/2022-01-12-nova.md", item("Нова"))
    first.commit(NEWS, item("Зустріч", "Помилковий текст."))


STATES = {"pull": pulled, "commit": committed, "undo": undone}


def files(editor):
    return {
        path.relative_to(editor.folder).as_posix(): path.read_bytes()
        for path in (editor.folder / "content").rglob("*")
        if path.is_file()
    }


def wait_for_lock(folder):
    """A child of the killed command that is just being started holds the publication's lock for a moment."""
    until = time.monotonic() + 5
    while True:
        try:
            with publication_lock(Git(folder)):
                return
        except PublicationRefused:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def judge(first, what, head, before, status, run):
    """The clone after a kill is as it was, or has moved; the same command then brings it to its end."""
    if first.tip() == head:
        assert (files(first), first.status()) == (before, status)
    for lock in (first.folder / ".git").glob("refs/**/*.lock"):  # of a git killed together with us
        lock.unlink()
    wait_for_lock(first.folder)
    if what == "undo" and first.tip() != head:
        assert first.prepare() == 0
    else:
        assert run() == 0
    assert (first.status(), git(first.folder, "fsck", "--strict", "--no-dangling")) == ("", "")
    assert not (first.folder / ".git/hromada-move").exists()
    assert first.tip() != head


RESULTS = {
    "pull": {NEWS: "Текст колеги.", "news/2022/2022-01-12-yihnya.md": "Їхня", "units/рада/index.md": "Рада"},
    "commit": {NEWS: "Мій новий текст.", "news/2022/2022-01-12-nova.md": "Нова"},
    "undo": {NEWS: "Третій рядок тексту.", "news/2022/2022-01-12-nova.md": "Нова"},
}
FIXED = {"pull": range(1, 23, 2), "commit": range(2, 22, 4), "undo": range(2, 22, 4)}
MOMENTS = [
    pytest.param(what, moment, marks=[] if moment in FIXED[what] else [pytest.mark.soak])
    for what in STATES
    for moment in range(28)
]


@pytest.mark.parametrize(("what", "moment"), MOMENTS)
def test_a_command_killed_between_two_steps_is_as_before_or_is_finished(first, second, what, moment):
    STATES[what](first, second)
    head, before, status = first.tip(), files(first), first.status()
    killed = run(command, first.folder, what, moment, environment=Git(ROOT).environment())
    assert killed.returncode in (-signal.SIGKILL, 0), killed.stderr

    if killed.returncode:
        judge(first, what, head, before, status, lambda: first.undo("так") if what == "undo" else first.prepare(""))
    assert {name: text in first.read(name) for name, text in RESULTS[what].items()} == dict.fromkeys(
        RESULTS[what], True
    )
    assert {name.removeprefix("content/") for name in files(first)} == set(RESULTS[what])


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(60))
def test_a_command_killed_with_its_git_at_a_random_moment_is_as_before_or_is_finished(first, second, seed):
    what = list(STATES)[seed % 3]
    STATES[what](first, second)
    head, before, status = first.tip(), files(first), first.status()
    process = OwnProcess(command, first.folder, what, 10**6, environment=Git(ROOT).environment(), leads_group=True)
    process.wait(random.Random(seed).uniform(0, 0.9))
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.finish().returncode:
        judge(first, what, head, before, status, lambda: first.undo("так") if what == "undo" else first.prepare(""))
    assert {name: text in first.read(name) for name, text in RESULTS[what].items()} == dict.fromkeys(
        RESULTS[what], True
    )
