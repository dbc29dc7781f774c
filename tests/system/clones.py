"""Editors' clones of a real bare repository; only the build is replaced by one that makes a page of every item."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hromada.commands import dispatch
from hromada.console.options import Options
from hromada.online.site_location import Location, RequestedLocation
from hromada.publish.dry_run import dry_run
from hromada.publish.publishing import PublicationRequest, publish
from hromada.publish.site_tree import PublicBuild
from tests.conftest import ROOT, cache_in
from tests.own_process import run

_IDENTITY = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL")


def git(folder, *arguments):
    command = ["git", "-c", "user.name=Редактор", "-c", "user.email=e@hromada.invalid", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


class Clone:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / ".cache" / "public"
        self.said: list[str] = []
        self.before_push = lambda: None
        (folder / ".git" / "info").mkdir(parents=True, exist_ok=True)
        exclude = folder / ".git" / "info" / "exclude"
        if not exclude.exists() or exclude.read_text() != ".cache/\n":  # another process may be reading it
            exclude.write_text(".cache/\n")

    def write(self, name, text, commit=True):
        path = self.folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        if commit:
            git(self.folder, "add", "-A")
            git(self.folder, "commit", "-qm", f"Додано {name}")

    def build(self, output: Path) -> int:
        output.mkdir(parents=True, exist_ok=True)
        for old in output.rglob("*"):
            if old.is_file():
                old.unlink()
        for item in sorted((self.folder / "content").rglob("*.md")):
            (output / f"{item.stem}.html").write_text(item.read_text("utf-8"), "utf-8")
        (output / "index.html").write_text("головна", "utf-8")
        self.before_push()
        return 0

    def build_for(self, build):
        """A home page says its address, as ours do."""

        def build_with_address(output, address, _idle_steps_of=None):
            done = build(output)
            done = done if isinstance(done, PublicBuild) else PublicBuild(status=done)
            if address and output.is_dir():
                (output / "index.html").write_text(f'<link rel="canonical" href="{address}/">головна', "utf-8")
            return done

        return build_with_address

    def publish(self, build=None, address="", domain="", force=(), settings=Location(), **changes):
        return self.publish_with(self.build_for(build or self.build), address, domain, force, settings, **changes)

    def publish_with(self, build, address="", domain="", force=(), settings=Location(), **changes):
        """With a build that gets the address and what is done while its files are verified."""
        options = {"build": build, "print_lines": self.said.append, "output": self.output}
        location = RequestedLocation(Location(address, domain), settings, force)
        return publish(self.folder, PublicationRequest(**(options | {"location": location} | changes)))

    def dry_run(self, build=None, moved=None, address="", domain="", force=(), settings=Location()):
        def build_pages(output):
            self.build(output)
            return PublicBuild(moved=moved or {})

        location = RequestedLocation(Location(address, domain), settings, force)
        return dry_run(self.folder, build=self.build_for(build or build_pages), output=self.output, location=location)

    def pull(self):
        git(self.folder, "pull", "-q", "--rebase")

    def head(self):
        return git(self.folder, "rev-parse", "HEAD")

    def leftovers(self):
        names = git(self.folder, "for-each-ref", "--format=%(refname)", "refs/heads/hromada-publish-*")
        return names.split()


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    """An editor without a name: git's configuration holds nothing but what a test adds."""
    path = tmp_path / "gitconfig"
    path.write_text('[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in _IDENTITY:
        monkeypatch.delenv(name, raising=False)

    def add(text):
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return add


@pytest.fixture
def bare(tmp_path):
    folder = tmp_path / "сховище громади.git"
    git(tmp_path, "init", "-q", "--bare", str(folder))
    return folder


@pytest.fixture
def clone(tmp_path, bare):
    def make(name="робоча тека", *options):
        folder = tmp_path / name
        git(tmp_path, "clone", "-q", *options, f"file://{bare}", str(folder))
        return Clone(folder)

    return make


@pytest.fixture
def editor(clone):
    one = clone()
    one.write("перша.md", "перша")
    return one


def names_online(bare):
    return set(git(bare, "ls-tree", "-r", "-z", "--name-only", "gh-pages").split("\0")) - {""}


def served(bare, tmp_path):
    """Every file of a fresh clone of the published branch, as a static server would send it."""
    folder = tmp_path / "вебсервер"
    git(tmp_path, "clone", "-q", "--branch", "gh-pages", f"file://{bare}", str(folder))
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        name: path.read_bytes()
        for path in files
        if not (name := path.relative_to(folder).as_posix()).startswith(".git/")
    }


def commits(bare, branch="gh-pages"):
    return int(git(bare, "rev-list", "--count", branch))


def repository_state(folder):
    """All that git and a person can see of a repository: refs, index, FETCH_HEAD, configuration, the files beside."""
    hidden = folder / ".git" if (folder / ".git").is_dir() else folder
    names = ["HEAD", "FETCH_HEAD", "ORIG_HEAD", "config", "index", "packed-refs"]
    files = [path for name in names if (path := hidden / name).exists()]
    files += [path for top in ("refs", "logs") for path in (hidden / top).rglob("*") if path.is_file()]
    if hidden != folder:
        outside = {".git", ".cache"}
        files += [
            path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in outside
        ]
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def tip(folder, branch="gh-pages"):
    return git(folder, "rev-parse", branch)


def refuse_pushes_to(bare, branch):
    """The host protects a branch."""
    hook = bare / "hooks" / "update"
    hook.write_text(f'#!/bin/sh\nif [ "$1" = refs/heads/{branch} ]; then echo "protected" >&2; exit 1; fi\n')
    hook.chmod(0o755)


# --- the whole command ------------------------------------------------------------------------------------------------

PUBLISH_COMMAND = (
    "import os; from pathlib import Path; from hromada.commands import dispatch as commands; from hromada.console.options import Options;"
    "raise SystemExit(commands.publish(Options.from_environment(Path.cwd(), os.environ)))"
)


def project(tmp_path, bare, fill):
    """A clone of the whole project with the content that `fill` writes; the clock comes with the call, not with the command."""
    folder = tmp_path / "громада"
    git(tmp_path, "clone", "-q", f"file://{bare}", str(folder))
    for name in ("plugins", "theme", "pelicanconf.py", "publishconf.py", ".gitignore"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    fill(folder / "content")
    settings_file = (
        (folder / "pelicanconf.py").read_text("utf-8").replace('"handbook": "docs/редакторам"', '"handbook": ""')
    )
    (folder / "pelicanconf.py").write_text(settings_file, "utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Початок")

    def publish(**settings):
        told = {"TODAY": "2022-01-15", "CACHE": str(cache_in(tmp_path)), "JOBS": "1"}
        return run_command(folder, "publish", **(told | settings))

    return folder, publish


def run_command(folder, name, **settings):
    """Exit status, standard output and standard error of a command that is called in a clone of the project."""
    return run(_command, name, cwd=folder, environment=os.environ | settings)


def _command(name):
    return getattr(dispatch, name)(Options.from_environment(Path.cwd(), os.environ))


def on_terminal(folder, command, typed, **settings):
    """Run a command with a pseudo-terminal on which this has been typed; its exit status and what it shows."""
    code = (
        "import os; from pathlib import Path; from hromada.commands import dispatch; from hromada.console.options import Options;"
        f"raise SystemExit(dispatch.{command}(Options.from_environment(Path.cwd(), os.environ)))"
    )
    master, terminal = os.openpty()
    os.write(master, typed.encode() + b"\x04" * 9)  # whoever asks more is told that the person has left
    with subprocess.Popen(
        [sys.executable, "-X", "utf8", "-c", code], cwd=folder, env=os.environ | {"PYTHONPATH": "plugins", "JOBS": "1"} | settings,
        stdin=terminal, stdout=terminal, stderr=terminal,
    ) as process:  # fmt: skip
        os.close(terminal)
        shown = b""
        with contextlib.suppress(OSError):  # how a pseudo-terminal says that nobody holds its other end
            while piece := os.read(master, 4096):
                shown += piece
    os.close(master)
    return process.returncode, shown.decode()
