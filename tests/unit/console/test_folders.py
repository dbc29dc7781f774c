"""Where a site may be built, by every spelling of a folder and through every link."""

import contextlib
import os
import subprocess

import pytest

from hromada.console.options import PROJECT_FOLDERS, Options, OptionsError, misplaced_output
from tests.conftest import ROOT


@pytest.fixture
def root(tmp_path):
    root = tmp_path / "project"
    for name in (*PROJECT_FOLDERS, ".git/objects", ".venv", ".cache", "demo/output"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "way").symlink_to("content")
    (root / "up").symlink_to("..")
    (root / "gone").symlink_to("nowhere/yet")
    (tmp_path / "other/content").mkdir(parents=True)
    return root


def said(root, monkeypatch, **environ):
    monkeypatch.chdir(root)
    options = Options.from_environment(root, environ)
    return misplaced_output(options.root, options.content, options.output)


@pytest.mark.parametrize(
    "output",
    ["", "output", "demo/output", "demo/output/deeper", "build", "build/site", "contents", "site/content", "../out", "../other", "gone",
     "docs-output", "up/out", "Output"],
)  # fmt: skip
def test_a_folder_of_its_own_is_allowed(root, monkeypatch, output):
    assert said(root, monkeypatch, OUTPUT=output) == ""


@pytest.mark.parametrize(
    "output",
    [".", "..", "/", "content", "content/", "content/x/y", "./content/../content", "way", "way/x", "up", "up/project", "up/project/theme/x",
     "theme", "theme/static", "plugins/hromada", "tests", "docs", "demo", "demo/content", "demo/content/x", ".git", ".git/x", ".venv/lib",
     ".cache", ".cache/public", ".github", ".anything", "requirements", "hooks", "bench"],
)  # fmt: skip
def test_a_folder_that_is_taken_is_refused(root, monkeypatch, output):
    assert said(root, monkeypatch, OUTPUT=output).startswith("OUTPUT: ")


@pytest.mark.parametrize(
    ("content", "output", "is_fine"),
    [
        ("../other/content", "../other/out", True), ("../other/content", "../other/content", False),
        ("../other/content", "../other/content/x", False), ("../other/content", "../other", False),
        ("../other", "../other/content", False), (".", "", False), ("", "../project/content", False),
        ("../missing/content", "../missing/output", True), ("../missing/content", "../missing", False),
    ],
)  # fmt: skip
def test_the_content_that_the_call_names_counts(root, monkeypatch, content, output, is_fine):
    assert (said(root, monkeypatch, CONTENT=content, OUTPUT=output) == "") is is_fine


@pytest.mark.parametrize(
    ("cache", "is_fine"), [("", True), ("../cache", True), ("content/x", False), ("output", False), ("way", False)]
)
def test_the_cache_lies_neither_in_the_content_nor_in_the_output(root, monkeypatch, cache, is_fine):
    monkeypatch.chdir(root)
    with contextlib.nullcontext() if is_fine else pytest.raises(OptionsError, match=r"^CACHE: "):
        Options.from_environment(root, {"CACHE": cache})


@pytest.mark.parametrize(
    ("names", "is_fine"),
    [
        ((), True), (("documents", "pictures", "public", f"files-{'0' * 16}.sqlite", f"output-{'a' * 16}.lock", ".DS_Store"), True),
        (("pictures", "Музика"), False), (("Pictures",), False), (("public", "package.json"), False), (("files-x.sqlite",), False),
    ],
)  # fmt: skip
def test_a_cache_shares_its_folder_with_nobody(root, tmp_path, monkeypatch, names, is_fine):
    """What is not ours in its `public`, `pictures` and `documents` is removed: a home folder has such ones, too."""
    for name in names:
        (tmp_path / "shared" / name).mkdir(parents=True)
    monkeypatch.chdir(root)
    with contextlib.nullcontext() if is_fine else pytest.raises(OptionsError, match=r"^CACHE: .*вже є інше"):
        Options.from_environment(root, {"CACHE": str(tmp_path / "shared")})


def test_all_that_a_build_keeps_may_stand_in_a_cache(golden):
    assert golden.html()[0] == 0
    (golden.folder / "kept").mkdir()
    for one in (golden.folder / ".cache").iterdir():
        (golden.folder / "kept" / one.name).symlink_to(one)

    assert (
        Options.from_environment(golden.folder, {"CACHE": str(golden.folder / "kept")}).cache == golden.folder / "kept"
    )


def test_a_folder_is_known_by_itself_whatever_it_is_called(root, monkeypatch):
    """On a disk that does not tell the letters' case two names are one folder: here another folder is given its identity."""
    (root / "CONTENT").mkdir()
    real, folder = os.stat, root / "content"
    monkeypatch.setattr(
        os,
        "stat",
        lambda path, *given, **named: real(folder if str(path) == f"{root}/CONTENT" else path, *given, **named),
    )

    assert said(root, monkeypatch, OUTPUT="CONTENT/x").startswith("OUTPUT: ")


def test_every_folder_that_git_keeps_is_the_projects_own():
    listed = subprocess.run(
        ["git", "ls-tree", "-d", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert {name for name in listed.stdout.split() if not name.startswith(".")} == {
        name for name in PROJECT_FOLDERS if "/" not in name
    }
