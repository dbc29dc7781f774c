"""What is made once for the whole run of the tests, whichever of its processes asks first; those who share it only read."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from hromada.commands import dispatch as commands
from hromada.console.options import Options

try:
    import fcntl
except ImportError:  # Windows: there each process makes its own
    fcntl = None


class SharedFolders:
    """Folders that all processes of one run of the tests see."""

    def __init__(self, own: Path) -> None:
        """`own` is the base folder of this process; under pytest-xdist it lies in that of the run."""
        is_worker = "PYTEST_XDIST_WORKER" in os.environ and fcntl is not None
        self._base = (own.parent if is_worker else own) / "shared"
        self._before: dict[Path, dict[str, tuple[int, int]]] = {}

    def folder(self, name: str, make: Callable[[Path], None]) -> Path:
        """The folder of this name, filled by `make` if it is not yet; the others wait meanwhile."""
        folder = self._base / name
        self._base.mkdir(parents=True, exist_ok=True)
        with _locked(self._base / f"{name}.lock"):
            ready = self._base / f"{name}.ready"
            if not ready.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                ready.touch()
        self._before.setdefault(folder, stamps(folder))
        return folder

    def changed(self) -> list[str]:
        """The shared files that a test has touched, which would make the tests depend on their order."""
        return [
            str(folder / name)
            for folder, before in self._before.items()
            for name, stamp in (before.items() ^ stamps(folder).items())
        ]


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file below."""
    states = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {name: (state.st_size, state.st_mtime_ns) for name, state in states.items()}


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time; the lock goes with its process, however it ends."""
    with path.open("a+b") as file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def quietly_built(options: Options) -> str:
    """Build a site and return what was said; the build must succeed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = commands.html(options)
    assert status == 0, said.getvalue()
    return said.getvalue()
