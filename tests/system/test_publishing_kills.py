"""A publication killed at any moment leaves the site as it was or whole as it becomes; the next run mends the rest."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

import os
import signal

import ghp_import
import pytest

from hromada.publish import publishing, site_import
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_import import BegunImport
from hromada.system.git import Git, GitFailed
from tests.conftest import ROOT
from tests.own_process import run
from tests.system.clones import Clone, bare, clone, config, editor, git, names_online, tip

OLD = {"index.html", "перша.html", ".nojekyll"}
NEW = OLD | {"друга.html"}


def publish_until(folder, step, moment):
    """Publish and be killed before or after a step, or in the middle of the import."""

    def die():
        os.kill(os.getpid(), signal.SIGKILL)

    def half(pipe, file, name):
        add_file(pipe, file, name)
        pipe.stdin.close()  # as git sees it when this process is killed
        pipe.wait()
        die()

    owner = BegunImport if step == "commit" else publishing
    real = getattr(owner, step)
    if moment == "before":
        setattr(owner, step, lambda *arguments: die())
    elif moment == "after":
        setattr(owner, step, lambda *arguments: (real(*arguments), die()))
    else:
        add_file, ghp_import.add_file = ghp_import.add_file, half
    Clone(folder).publish()


MOMENTS = [
    ("push_branch", "before", OLD),
    ("push_branch", "after", OLD),
    ("commit", "midway", OLD),
    ("commit", "after", OLD),
    ("push_pages", "before", OLD),
    ("push_pages", "after", NEW),
    ("update_local_branch", "after", NEW),
]
FIRST = [("commit", "midway", OLD), ("push_pages", "after", NEW)]  # of the others the later ones say as much
KILLS = [(False, *moment) for moment in MOMENTS] + [
    pytest.param(True, *moment, marks=[] if moment in FIRST else [pytest.mark.soak]) for moment in MOMENTS
]


@pytest.mark.parametrize(("first", "step", "moment", "online"), KILLS)
def test_a_killed_publication_is_never_half(editor, bare, step, moment, online, first):
    if not first:
        editor.publish()
    editor.write("друга.md", "друга")
    killed = run(publish_until, editor.folder, step, moment, environment=Git(ROOT).environment())
    assert killed.returncode == -signal.SIGKILL, killed.stderr

    if first and online is OLD:
        assert "gh-pages" not in git(bare, "branch")
    else:
        assert names_online(bare) == online
    if step != "push_branch":  # beside which the site's commit is made
        assert bool(editor.leftovers()) is (moment == "midway")

    assert editor.publish() == 0
    assert (names_online(bare), editor.leftovers()) == (NEW, [])
    assert git(bare, "fsck", "--strict") == ""


def test_a_partial_import_never_reaches_the_published_branch(editor, bare, monkeypatch):
    editor.publish()
    before = tip(bare)
    editor.write("друга.md", "друга")

    monkeypatch.setattr(site_import.TreeChanges, "between", lambda *_: site_import.TreeChanges((), ()))
    with pytest.raises(PublicationRefused, match="не вдалося записати повністю"):
        editor.publish()
    assert (tip(bare), tip(editor.folder), editor.leftovers()) == (before, before, [])

    monkeypatch.undo()
    editor.publish()
    assert "друга.html" in names_online(bare)


def test_an_import_that_fails_shows_its_reason_without_a_traceback(editor, bare, monkeypatch):
    real = BegunImport.commit

    def import_without_a_file(begun, *arguments):
        (editor.output / "перша.html").unlink()
        return real(begun, *arguments)

    monkeypatch.setattr(BegunImport, "commit", import_without_a_file)

    with pytest.raises(PublicationRefused, match="Сайт не вдалося записати") as refused:
        editor.publish()

    assert "FileNotFoundError" in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert "gh-pages" not in git(bare, "branch")


@pytest.mark.parametrize("changed", [True, False])
def test_leftovers_are_swept_whatever_the_editor_has_set(editor, config, changed):
    config("[column]\n\tui = always\n[color]\n\tui = always\n")
    editor.publish()
    if changed:
        editor.write("друга.md", "друга")
    git(editor.folder, "branch", "hromada-publish-1")
    git(editor.folder, "branch", "чернетки")

    editor.publish()

    assert editor.leftovers() == []
    assert git(editor.folder, "rev-parse", "чернетки") == editor.head()


@pytest.mark.parametrize("step", ["push_branch", "push_pages"])
def test_a_push_whose_answer_is_lost_is_known_to_have_succeeded(editor, bare, monkeypatch, step):
    real = Git.run
    lost = []

    def run(self, *arguments, **options):
        words = real(self, *arguments, **options)
        pages = arguments[-1].endswith("gh-pages")
        if arguments[0] == "push" and pages is (step == "push_pages"):
            lost.append(arguments)
            raise GitFailed("push", "the remote end hung up unexpectedly")
        return words

    monkeypatch.setattr(Git, "run", run)

    assert editor.publish() == 0
    assert len(lost) == 1
    assert names_online(bare) == OLD
