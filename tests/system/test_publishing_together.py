"""Several people publish: nobody's work is lost, and the loser of a race is told what to do."""
# ruff: noqa: F401, F811  # fixtures come by import, a test's argument bears the same name

from datetime import datetime

import pytest

from hromada.publish import publishing
from hromada.publish.freshness import Freshness
from hromada.publish.repository import PublicationRefused
from hromada.publish.site_tree import PublicBuild
from tests.system.clones import (
    bare,
    clone,
    commits,
    config,
    editor,
    git,
    names_online,
    refuse_pushes_to,
    repository_state,
    tip,
)  # fmt: skip


def test_two_clones_in_turn_lose_nothing(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    other.publish()
    editor.pull()
    editor.write("третя.md", "третя")
    editor.publish()

    assert {"перша.html", "друга.html", "третя.html"} <= names_online(bare)
    assert commits(bare) == 3


@pytest.mark.parametrize("diverged", [False, True], ids=["behind", "diverged"])
def test_a_branch_without_the_others_work_is_refused_and_a_pull_mends_it(editor, clone, bare, diverged):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    git(other.folder, "push", "-q")
    if diverged:
        editor.write("третя.md", "третя")
    before = tip(bare)

    with pytest.raises(PublicationRefused, match=r"git pull --rebase. Потім: make publish"):
        editor.publish()
    assert tip(bare) == before

    editor.pull()
    editor.publish()
    assert {"перша.html", "друга.html"} <= names_online(bare)
    assert ("третя.html" in names_online(bare)) is diverged


def test_the_advised_pull_works_in_a_clone_without_an_upstream(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    git(other.folder, "push", "-q")
    git(editor.folder, "branch", "--unset-upstream")

    with pytest.raises(PublicationRefused, match="git pull --rebase origin main"):
        editor.publish()

    git(editor.folder, "pull", "-q", "--rebase", "origin", "main")
    assert editor.publish() == 0


def test_the_loser_of_a_race_is_told_and_nothing_is_lost(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    other.write("друга.md", "друга")
    editor.write("третя.md", "третя")
    editor.before_push = other.publish

    with pytest.raises(PublicationRefused, match=r"хтось надіслав .* git pull --rebase"):
        editor.publish()

    assert names_online(bare) == {"index.html", "перша.html", "друга.html", ".nojekyll"}
    editor.before_push = lambda: None
    editor.pull()
    editor.publish()
    assert {"перша.html", "друга.html", "третя.html"} <= names_online(bare)


def test_a_site_that_moved_since_our_fetch_is_not_overwritten(editor, clone, bare, monkeypatch):
    editor.publish()
    editor.write("друга.md", "друга")
    real = publishing.push_branch

    def push_and_lose(place, head):
        monkeypatch.undo()
        real(place, head)
        other = clone("інша тека")
        other.write("третя.md", "третя")
        other.publish()

    monkeypatch.setattr(publishing, "push_branch", push_and_lose)
    with pytest.raises(PublicationRefused, match="оновив хтось інший"):
        editor.publish()
    assert {"друга.html", "третя.html"} <= names_online(bare)

    editor.pull()
    assert editor.publish() == 0
    assert editor.said[-1] == "На сайті вже саме це: публікувати нічого."


def test_a_first_publication_made_meanwhile_is_not_overwritten(editor, clone, bare, monkeypatch):
    real = publishing.push_branch

    def push_and_lose(place, head):
        monkeypatch.undo()
        real(place, head)
        clone("інша тека").publish(build=lambda output: editor.build(output) or (output / "x.html").touch() or 0)

    monkeypatch.setattr(publishing, "push_branch", push_and_lose)
    with pytest.raises(PublicationRefused, match="оновив хтось інший"):
        editor.publish()

    assert "x.html" in names_online(bare)


@pytest.mark.parametrize(
    ("branch", "words"), [("main", "не прийняло ваших змін.*main"), ("gh-pages", "не прийняло сайту.*gh-pages")]
)
def test_a_protected_branch_is_not_called_a_race(editor, bare, branch, words):
    refuse_pushes_to(bare, branch)

    with pytest.raises(PublicationRefused, match=words) as refused:
        editor.publish()

    assert "protected" in str(refused.value)
    assert "pull" not in str(refused.value)


def test_a_site_built_from_a_commit_of_another_branch_is_not_replaced(editor, clone, bare):
    editor.publish()
    other = clone("інша тека")
    git(other.folder, "switch", "-qc", "narysy")
    other.write("друга.md", "друга")
    other.publish()
    before = tip(bare)

    with pytest.raises(PublicationRefused, match=r"якого немає у вашій гілці.*git merge"):
        editor.publish()

    assert tip(bare) == before


def test_a_site_built_from_a_commit_that_nobody_has_is_not_replaced(editor, clone, bare):
    editor.publish()
    git(editor.folder, "commit", "--amend", "-qm", "Переписано")
    git(editor.folder, "push", "-qf")
    other = clone("інша тека")

    with pytest.raises(PublicationRefused, match=r"якого у вас немає.*git pull --rebase.*переписано"):
        other.publish()


def test_a_shallow_clone_that_cannot_see_the_source_is_told_to_deepen(editor, clone, bare):
    editor.publish()
    editor.write("друга.md", "друга")
    git(editor.folder, "push", "-q")
    shallow = clone("неглибока", "--depth", "1")

    with pytest.raises(PublicationRefused, match="git fetch --unshallow"):
        shallow.publish()

    git(shallow.folder, "fetch", "-q", "--unshallow")
    assert shallow.publish() == 0


def test_a_branch_renamed_on_the_remote_is_not_made_again(editor, clone, bare):
    editor.publish()
    git(bare, "branch", "-m", "main", "golovna")
    editor.write("друга.md", "друга")
    before = repository_state(bare)
    with pytest.raises(PublicationRefused, match="git branch -m main golovna") as refused:
        editor.publish()
    assert refused.value.code == "branch-gone"
    assert [refusal.code for refusal in editor.dry_run().refusals] == ["branch-gone"]
    assert repository_state(bare) == before

    git(editor.folder, "branch", "-m", "main", "golovna")
    git(editor.folder, "branch", "-u", "origin/golovna")
    assert editor.publish() == 0
    assert "друга.html" in names_online(bare)


def test_a_remote_that_was_made_anew_gets_the_branch_again(editor, bare):
    editor.publish()
    git(bare, "symbolic-ref", "HEAD", "refs/heads/nobody")
    git(bare, "branch", "-D", "main")
    editor.write("друга.md", "друга")
    assert editor.publish() == 0
    assert commits(bare, "main") == 2


def test_publishing_from_a_side_branch_is_said(editor, bare):
    editor.publish()
    git(editor.folder, "remote", "set-head", "origin", "main")
    editor.publish()
    assert not any("Публікується гілка" in line for line in editor.said)
    git(editor.folder, "switch", "-q", "-c", "чернетка")
    editor.write("друга.md", "друга")
    assert any("Публікується гілка чернетка, а не main" in line for line in editor.dry_run().notes)
    editor.publish()
    assert any("Публікується гілка чернетка, а не main" in line for line in editor.said)


def test_an_automatic_run_with_unsaved_content_does_not_say_that_nothing_changed(editor, tmp_path):
    freshness = Freshness(tmp_path / "f.json", datetime(2022, 1, 15))

    def build(output):
        return PublicBuild(editor.build(output), valid_between=(datetime(2022, 1, 1), datetime(2023, 1, 1)))

    editor.publish(build, freshness=freshness)
    editor.publish(build, freshness=freshness, is_automatic=True)
    assert "нічого не настало" in editor.said[-1]
    editor.write("друга.md", "друга", commit=False)
    with pytest.raises(PublicationRefused, match="незбережені"):
        editor.publish(build, freshness=freshness, is_automatic=True)
