"""What every test of the built site shares."""

import os
import shutil
from pathlib import Path

import pytest

from hromada.commands import dispatch as commands
from hromada.console.options import Options
from tests import needs
from tests.chromium import launch_chromium
from tests.properties import register_profiles
from tests.shared import SharedFolders, quietly_built

register_profiles()

ROOT = Path(__file__).resolve().parent.parent
SIGNED_REPORTS = ("2021-07", "2021-09")  # of the golden site


def pytest_addoption(parser):
    parser.addoption("--soak", action="store_true", help="the series that only `make soak` runs, and nothing else")


def pytest_xdist_auto_num_workers(config):
    """Two processes a core, at most four: tests of publishing wait half of their time (130 s with one a core, 77 s with two).

    More would starve each other where a container sees more cores than it may use.
    """
    return min(2 * (os.cpu_count() or 1), 4)


def pytest_collection_modifyitems(config, items):
    """Long series are for `make soak`; what builds a site is too long for `make test-fast`."""
    chosen, others = [], []
    for item in items:
        is_chosen = bool(item.get_closest_marker("soak")) is config.getoption("soak")
        (chosen if is_chosen else others).append(item)
    config.hook.pytest_deselected(items=others)
    items[:] = chosen
    for item in items:
        if {"site", "browser"} & set(item.fixturenames):
            item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter):
    skipped = [report.longrepr for report in terminalreporter.stats.get("skipped", ())]
    for line in needs.summary(reason for _, _, reason in skipped):
        terminalreporter.write_line(line, yellow=True)


def cache_in(folder: Path) -> Path:
    """A cache of a test's own, but for what takes long to make and is known by its bytes: documents, pictures."""
    cache = folder / ".cache"
    if not cache.exists():
        cache.mkdir()
        for name in ("documents", "pictures"):
            (ROOT / ".cache" / name).mkdir(parents=True, exist_ok=True)
            (cache / name).symlink_to(ROOT / ".cache" / name)
    return cache


class Site:
    """A content folder in a temporary place, built by the real Pelican."""

    def __init__(self, folder: Path, capsys) -> None:
        self.folder, self.capsys = folder, capsys
        self.content, self.output = folder / "content", folder / "output"
        self.cache = folder / ".cache"

    def _remembering(self) -> str:
        return str(cache_in(self.folder))

    def write(self, name: str, text: str | bytes) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def options(self, **changes) -> Options:
        # One process: the tests' own workers have threads, and a fork of those may wait for a lock for ever.
        base = Options.from_environment(ROOT, {"TODAY": changes.pop("today", "2022-01-15"), "JOBS": "1"})
        places = {
            "content": self.content,
            "output": self.output,
            "settings_file": "tests/sites/golden/conf.py",
            "cache_name": self._remembering(),
        }
        return base.with_changes(**(places | changes))

    def run(self, command, **changes):
        """Exit status, standard output and standard error of a command."""
        status = command(self.options(**changes))
        said = self.capsys.readouterr()
        return status, said.out, said.err

    def html(self, **changes):
        return self.run(commands.html, **changes)

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


@pytest.fixture
def site(tmp_path, capsys):
    return Site(tmp_path, capsys)


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    """Folders made once for all processes of this run; at the end none may have been touched."""
    folders = SharedFolders(tmp_path_factory.getbasetemp())
    yield folders
    assert folders.changed() == []


class BuiltSite:
    """A site that was built before: only to be read."""

    def __init__(self, folder: Path) -> None:
        self.content, self.output = folder / "content", folder / "output"
        self.said = (folder / "said.txt").read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        return {
            path.relative_to(self.output).as_posix(): path.read_bytes()
            for path in sorted(self.output.rglob("*"))
            if path.is_file()
        }


def build_golden(folder: Path, fill) -> None:
    """Build the golden site of what `fill` puts into the content."""
    fill(folder / "content")
    base = Options.from_environment(ROOT, {"TODAY": "2022-01-15", "JOBS": "1"})
    said = quietly_built(
        base.with_changes(
            content=folder / "content", output=folder / "output", settings_file="tests/sites/golden/conf.py",
            cache_name=str(cache_in(folder)),
        )
    )  # fmt: skip
    (folder / "said.txt").write_text(said, "utf-8")


@pytest.fixture(scope="session")
def built_golden(shared):
    """The golden site without its signed reports, built once for all tests that only read it."""
    return BuiltSite(shared.folder("golden", lambda folder: build_golden(folder, copy_golden)))


@pytest.fixture(scope="session")
def built_signed_golden(shared):
    """The whole golden site, with its signed reports, built once for all tests that only read it."""
    whole = ROOT / "tests/sites/golden/content"
    return BuiltSite(
        shared.folder(
            "golden-signed", lambda folder: build_golden(folder, lambda content: shutil.copytree(whole, content))
        )
    )


def copy_golden(folder: Path) -> Path:
    """The golden site's content in a place where it may be changed, without the signed reports: every change would be one of theirs."""
    shutil.copytree(ROOT / "tests/sites/golden/content", folder)
    shutil.rmtree(folder / "reports/approved")
    for report in SIGNED_REPORTS:
        (folder / f"reports/{report}.md").unlink()
    return folder


@pytest.fixture
def golden(site):
    copy_golden(site.content)
    return site


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, started once in a process: Playwright can't be started a second time beside itself."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = launch_chromium(playwright)
        yield launched
        launched.close()
