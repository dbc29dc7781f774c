import pytest

from hromada.publish.pages_branch import blobs_after, blobs_of_commit, same_tree
from hromada.system.git import Git
from tests.system.clones import git

START = {"a.html": "1", "тека/«б».html": "2", "тека/в\nг.html": "3", "gone/d.html": "4", "kind": "5", "script.sh": "6"}


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q")
    git(tmp_path, "config", "user.name", "Редактор")
    git(tmp_path, "config", "user.email", "redaktor@example.org")
    return tmp_path


def commit(folder):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "…")
    return git(folder, "rev-parse", "HEAD")


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")


@pytest.fixture
def two(repository):
    """A commit and one on top with every kind of change."""
    for name, text in START.items():
        write(repository, name, text)
    first = commit(repository)
    write(repository, "a.html", "changed")
    write(repository, "gone/new.html", "new")
    (repository / "gone/d.html").rename(repository / "тека/moved.html")
    (repository / "kind").unlink()
    (repository / "kind").symlink_to("a.html")
    (repository / "script.sh").chmod(0o755)
    return Git(repository), first, commit(repository)


def test_the_files_of_a_commit_follow_from_its_parents_and_what_differs(two):
    clone, first, second = two
    assert blobs_after(clone, first, blobs_of_commit(clone, first), second) == blobs_of_commit(clone, second)
    assert blobs_after(clone, second, blobs_of_commit(clone, second), first) == blobs_of_commit(clone, first)
    assert blobs_after(clone, first, blobs_of_commit(clone, first), first) == blobs_of_commit(clone, first)


def test_a_commit_with_one_file_more_less_or_other_is_not_the_same_tree(two):
    clone, first, second = two
    known, files = blobs_of_commit(clone, first), blobs_of_commit(clone, second)
    assert same_tree(clone, second, files)
    assert same_tree(clone, second, files, first, known)
    for wrong in (files | {"more": "0" * 40}, files | {"a.html": "0" * 40}, known, {}):
        assert not same_tree(clone, second, wrong)
        assert not same_tree(clone, second, wrong, first, known)
    less = {name: blob for name, blob in files.items() if name != "тека/в\nг.html"}
    assert not same_tree(clone, second, less, first, known)
    assert not same_tree(clone, "0" * 40, files, first, known)
