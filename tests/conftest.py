"""What every test of the built site shares."""

import shutil
from pathlib import Path

import hypothesis
import pytest

from hromada.commands import entry as commands
from hromada.console.options import Options

# A busy machine is no fault of the code: nothing in the tests is timed.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

ROOT = Path(__file__).resolve().parent.parent
SIGNED_REPORTS = ("2021-07", "2021-09")  # of the golden site


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
