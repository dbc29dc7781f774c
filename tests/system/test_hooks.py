"""Before a commit git checks the content that goes into it: a real repository, the real hook."""

import os
import shutil
import subprocess
import sys

import pytest

from hromada.commands import hooks
from hromada.metadata.picture_metadata import has_coordinates
from hromada.render.picture_files import cleaned
from tests.conftest import ROOT
from tests.unit.metadata.samples import picture, placed

GOOD, BAD = "title: x\ndate: 2021-07-05\n\nТекст.\n", "title: x\ndate: колись\n\nТекст.\n"


class Clone:
    """A repository with the project's own code and a content of one news item."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("tasks.py", "pelicanconf.py", "hooks", "plugins", "theme", "requirements"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, folder / name)
        (folder / ".venv").symlink_to(ROOT / ".venv")
        (folder / ".gitignore").write_text(".venv\n.venv.lock\n.cache\n__pycache__\n")
        self.git("init", "-q", "-b", "main")
        for key, value in (("user.name", "Редактор"), ("user.email", "e@hromada.example"), ("core.autocrlf", "false")):
            self.git("config", key, value)
        self.write("news/x.md", GOOD)
        self.git("add", "-A")
        self.git("commit", "-qm", "Початок")

    def git(self, *arguments, **environ):
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=os.environ | environ, capture_output=True, check=False
        )
        return done.returncode, (done.stdout + done.stderr).decode("utf-8")

    def write(self, name, text):
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def commit(self, *arguments, **environ):
        """Whether git has made the commit, and what was said."""
        status, said = self.git("commit", "-m", "Зміни", *arguments, **environ)
        return status == 0, said


@pytest.fixture
def clone(tmp_path, monkeypatch):
    for name in list(os.environ):  # git must read no settings but the clone's own
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TODAY", "2022-01-15")
    folder = tmp_path / "Мій клон"
    folder.mkdir()
    return Clone(folder)


@pytest.fixture
def guarded(clone):
    """With the hook switched on; `.venv` is another clone's, so the tests' own Python stands for it."""
    hooks.switch_on(clone.folder)
    stand_in = clone.folder / ".venv"
    stand_in.unlink()
    (stand_in / "bin").mkdir(parents=True)
    paths = os.pathsep.join([str(clone.folder / "plugins"), str(clone.folder)])
    script = (
        f'#!/bin/sh\ncase "$1" in -c) exec {sys.executable} "$@" ;; esac\nPYTHONPATH=\'{paths}\' exec {sys.executable} -X utf8 -c '
        '"import os, sys, pathlib, tasks; tasks.is_ready = lambda level: True; tasks._is_inside = lambda: True;'
        ' tasks._settle = lambda: os.environ.update(tasks._environment()); sys.exit(tasks.main(sys.argv[2:]))" "$@"\n'
    )
    python = stand_in / "bin/python"
    python.write_text(script)
    python.chmod(0o755)
    return clone


def test_a_fault_of_the_content_stops_the_commit_with_its_line(guarded):
    guarded.write("news/x.md", BAD)
    guarded.git("add", "-A")
    done, said = guarded.commit()

    assert not done
    assert "content/news/x.md:2: дата «колись» незрозуміла" in said
    assert "Коміт не зроблено." in said
    assert guarded.commit("--no-verify")[0]


def test_sound_content_is_committed(guarded):
    guarded.write("news/y.md", GOOD.replace("05", "06"))
    guarded.git("add", "-A")

    assert guarded.commit()[0]


def test_a_commit_without_content_is_not_checked(guarded):
    guarded.write("news/x.md", BAD)  # not added
    (guarded.folder / "README.md").write_text("x")
    guarded.git("add", "README.md")
    done, said = guarded.commit()

    assert done
    assert "дата" not in said


def test_what_is_committed_is_checked_and_not_what_lies_beside_it(guarded):
    guarded.write("news/x.md", BAD)
    guarded.write("news/y.md", GOOD.replace("05", "06"))
    guarded.git("add", "content/news/y.md")
    assert guarded.commit()[0]

    guarded.git("add", "-A")
    guarded.write("news/x.md", GOOD + "Ще.\n")  # mended in the folder, not in what is added
    done, said = guarded.commit()
    assert (done, "content/news/x.md:2:" in said) == (False, True)
    assert not (guarded.folder / ".cache/commit").exists()

    assert guarded.commit("-a")[0]


def staged(clone, name):
    return subprocess.run(["git", "show", f":content/{name}"], cwd=clone.folder, capture_output=True, check=True).stdout


@pytest.mark.parametrize("arguments", [(), ("-a",)])
def test_a_photo_is_committed_without_the_place_where_it_was_taken(guarded, arguments):
    photo = guarded.folder / "content/images/Алея 1.jpg"
    photo.parent.mkdir()
    photo.write_bytes(picture())
    guarded.git("add", "-A")
    assert guarded.commit()[0]
    photo.write_bytes(placed(orientation=6))
    if not arguments:
        guarded.git("add", "-A")
    done, said = guarded.commit(*arguments)

    assert (done, "content/images/Алея 1.jpg: знято дані про місце" in said) == (True, True), said
    committed = staged(guarded, "images/Алея 1.jpg")
    assert (has_coordinates(committed), committed == photo.read_bytes()) == (False, True)
    assert guarded.git("status", "--porcelain") == (0, "")


def test_what_is_staged_and_what_lies_in_the_folder_are_cleaned_each_by_itself(guarded):
    photo = guarded.folder / "content/images/a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(placed(orientation=3))
    guarded.git("add", "-A")
    photo.write_bytes(placed(orientation=6))
    done, said = guarded.commit()

    assert done, said
    assert (staged(guarded, "images/a.jpg"), photo.read_bytes()) == (
        cleaned(placed(orientation=3)),
        cleaned(placed(orientation=6)),
    )


def test_a_link_in_the_folder_in_place_of_a_staged_photo_is_not_gone_through(guarded):
    photo, outside = guarded.folder / "content/images/a.jpg", guarded.folder.parent / "outside.jpg"
    photo.parent.mkdir()
    photo.write_bytes(placed())
    outside.write_bytes(placed())
    guarded.git("add", "-A")
    photo.unlink()
    photo.symlink_to(outside)
    done, said = guarded.commit(CONTENT="elsewhere", FORMAT="json", DRY_RUN="1")  # the hook has its own settings

    assert done, said
    assert (staged(guarded, "images/a.jpg"), outside.read_bytes()) == (cleaned(placed()), placed())
    assert photo.is_symlink()


def test_a_commit_of_named_files_is_made_anew_with_the_clean_ones(guarded):
    photo = guarded.folder / "content/images/a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(picture())
    guarded.git("add", "-A")
    assert guarded.commit()[0]
    photo.write_bytes(placed())
    done, said = guarded.commit("content/images/a.jpg")
    assert (done, "Повторіть ту саму команду git commit" in said) == (False, True), said
    photo.write_bytes(cleaned(photo.read_bytes()) or photo.read_bytes())
    photo.touch()

    assert not has_coordinates(photo.read_bytes())
    assert guarded.git("status", "--porcelain") == (0, "")


def test_a_photo_that_cannot_be_cleaned_stops_the_commit(guarded):
    guarded.write("news/y.md", GOOD.replace("05", "06"))
    photo = guarded.folder / "content/images/a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(placed()[:-2])
    guarded.git("add", "-A")
    done, said = guarded.commit()

    assert (done, "[picture-place]" in said, "Коміт не зроблено." in said) == (False, True, True), said
    assert photo.read_bytes() == placed()[:-2]


def test_a_photo_with_its_place_outside_of_the_content_stops_the_commit(guarded):
    photo = guarded.folder / "docs/фото.png"
    photo.parent.mkdir()
    photo.write_bytes(placed("PNG"))
    guarded.git("add", "-A")
    done, said = guarded.commit()

    assert (done, "docs/фото.png:1: файл каже, де його знято" in said, "Коміт не зроблено." in said) == (
        False,
        True,
        True,
    ), said
    photo.write_bytes(picture("PNG"))
    guarded.git("add", "-A")
    assert guarded.commit()[0]


@pytest.fixture
def remote(guarded):
    folder = guarded.folder.parent / "сховище.git"
    guarded.git("init", "-q", "--bare", str(folder))
    guarded.git("remote", "add", "origin", str(folder))
    return folder


def test_git_push_sends_no_commit_that_had_a_photo_with_its_place(guarded, remote):
    assert guarded.git("push", "-q", "origin", "main") == (0, "")
    photo = guarded.folder / "docs/фото.png"
    photo.parent.mkdir()
    photo.write_bytes(placed("PNG"))
    guarded.git("add", "-A")
    assert guarded.commit("--no-verify")[0]
    guarded.git("rm", "-q", "docs/фото.png")
    assert guarded.commit("--no-verify")[0]
    status, said = guarded.git("push", "origin", "main", TIP="HEAD~2")  # the hook has its own settings

    assert (status, "[commit-place]" in said, "Нічого не надіслано." in said) == (1, True, True), said
    assert guarded.git("push", "-q", "origin", "HEAD~2:refs/heads/інша")[0] == 0
    assert guarded.git("push", "-q", "origin", "--delete", "інша")[0] == 0
    assert guarded.git("push", "-q", "--no-verify", "origin", "main")[0] == 0


def test_git_push_puts_no_other_branch_online_in_place_of_the_site(guarded, remote):
    """Sources have drafts, and nobody has built or verified them."""
    status, said = guarded.git("push", "origin", "main:gh-pages")

    assert (status, "у gh-pages лежить побудований сайт" in said) == (1, True), said
    assert guarded.git("ls-remote", str(remote))[1] == ""
    tree = guarded.git("rev-parse", "HEAD^{tree}")[1].strip()
    ours = guarded.git("commit-tree", tree, "-m", "Сайт", "-m", "Source-Commit:1234567")[1].strip()
    theirs = guarded.git("commit-tree", tree, "-p", ours, "-m", "Create CNAME")[1].strip()
    assert guarded.git("push", "-q", "origin", f"{ours}:refs/heads/gh-pages") == (0, "")
    assert guarded.git("push", "-q", "origin", f"{theirs}:gh-pages") == (0, "")
    assert guarded.git("push", "-q", "origin", "--delete", "gh-pages")[0] == 0


def test_a_commit_is_told_that_those_before_it_can_not_be_sent(guarded, remote):
    assert guarded.git("push", "-q", "origin", "main") == (0, "")
    photo = guarded.folder / "content/images/a.jpg"
    photo.parent.mkdir()
    photo.write_bytes(placed())
    guarded.git("add", "-A")
    assert guarded.commit("--no-verify")[0]
    photo.write_bytes(picture())
    guarded.git("add", "-A")
    done, said = guarded.commit()

    assert (done, "Увага: надіслати ваші коміти не вийде." in said) == (True, True), said
    base = guarded.git("rev-parse", "HEAD~2")[1]
    assert f"  git reset --soft {base[:12]}\n" in said
    assert guarded.git("reset", "-q", "--soft", "HEAD~2")[0] == 0
    done, said = guarded.commit()
    assert (done, "Увага" in said) == (True, False), said
    assert guarded.git("push", "-q", "origin", "main") == (0, "")


def test_without_a_python_nothing_is_sent(guarded, remote):
    shutil.rmtree(guarded.folder / ".venv")
    tools = guarded.folder / ".cache/bin"
    tools.mkdir(parents=True)
    for name in ("git", "sh", "git-receive-pack", "git-upload-pack"):
        if path := shutil.which(name):
            (tools / name).symlink_to(path)
    status, said = guarded.git("push", "origin", "main", PATH=str(tools))

    assert (status, "Нічого не надіслано: не знайдено Python" in said) == (1, True), said


def test_without_a_python_the_commit_is_made_and_said_to_be_unchecked(guarded):
    shutil.rmtree(guarded.folder / ".venv")
    tools = guarded.folder / ".cache/bin"
    tools.mkdir(parents=True)
    for name in ("git", "sh"):
        (tools / name).symlink_to(shutil.which(name))
    guarded.write("news/x.md", BAD)
    guarded.git("add", "-A")
    done, said = guarded.commit(PATH=str(tools))

    assert (done, "Зміст не перевірено: не знайдено Python" in said) == (True, True), said


def test_a_check_that_fails_itself_stops_nobody(guarded):
    (guarded.folder / "pelicanconf.py").write_text("1/0")
    guarded.write("news/x.md", BAD)
    guarded.git("add", "content")
    done, said = guarded.commit()

    assert (done, "Зміст не перевірено: перевірка не спрацювала" in said) == (True, True), said


def test_switching_on_twice_changes_nothing(clone):
    assert hooks.switch_on(clone.folder) == hooks.switch_on(clone.folder)
    assert clone.git("config", "core.hooksPath") == (0, "hooks\n")


def test_hooks_of_ones_own_are_not_put_out_of_work(clone):
    (clone.folder / ".git/hooks").mkdir(exist_ok=True)
    (clone.folder / ".git/hooks/pre-push").write_text("#!/bin/sh\n")
    with pytest.raises(hooks.HooksRefused, match="pre-push"):
        hooks.switch_on(clone.folder)
    clone.git("config", "core.hooksPath", "elsewhere")
    with pytest.raises(hooks.HooksRefused, match="elsewhere"):
        hooks.switch_on(clone.folder)


def test_a_folder_that_is_no_repository_is_refused(tmp_path, clone):
    (tmp_path / "x").mkdir()
    with pytest.raises(hooks.HooksRefused, match="не є сховищем git"):
        hooks.switch_on(tmp_path / "x")
    with pytest.raises(hooks.HooksRefused, match="у корені сховища"):
        hooks.switch_on(clone.folder / "content")


@pytest.mark.parametrize("name", ["hooks/pre-commit", "hooks/pre-push"])
def test_a_hook_may_be_run_and_is_plain_sh(name):
    mode = subprocess.run(["git", "ls-files", "-s", name], cwd=ROOT, capture_output=True, check=True).stdout

    assert mode.startswith(b"100755 ")
    assert b"\r" not in (ROOT / name).read_bytes()
    assert subprocess.run(["sh", "-n", str(ROOT / name)], check=False).returncode == 0
