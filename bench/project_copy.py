"""The project as it is measured: a copy in a temporary folder, built by its own `make`.

A copy, because a template is changed and the store is thrown away: neither may happen to the editor's own project, and
nobody's editing of the code in the meantime may reach the measurement. It is the whole way that an editor's call goes:
make's recipe, tasks.py with its look at the environment's stamp, the build. For that the copy has a `.venv` of its own,
which borrows everything from the real one but the stamp: a stamp holds the project's place, so with the real one (or
with a link to the whole folder) tasks.py would make the real environment anew.

A clean build starts without the store and the output. Compiled modules and templates stay, as Hugo comes compiled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

_PARTS = ("tasks.py", "Makefile", "pelicanconf.py", "publishconf.py", "plugins", "theme", "requirements")


def copy_project(root: Path, folder: Path) -> None:
    """Copy what a build needs, and lend it the environment."""
    for name in _PARTS:
        if (root / name).is_dir():
            shutil.copytree(root / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    lend_environment(root / ".venv", folder)


def lend_environment(real: Path, folder: Path) -> None:
    venv = folder / ".venv"
    venv.mkdir()
    for path in real.iterdir():
        if path.name != "hromada-stamp.txt":
            (venv / path.name).symlink_to(path)
    code = "import tasks; tasks.STAMP.write_text(tasks.stamp_text('runtime'), 'utf-8')"
    subprocess.run([venv / "bin" / "python", "-c", code], cwd=folder, env=plain_environment(), check=True)


def plain_environment() -> dict[str, str]:
    """The caller's environment without what `make bench` and its Python have put there."""
    dropped = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "CACHE", "YEAR_ARCHIVE")
    return {name: value for name, value in os.environ.items() if name not in dropped and not name.startswith("PYTHON")}


def forget(project: Path, aside: Path) -> None:
    """Take away everything that builds have left for the next one."""
    cache = project / ".cache"
    for path in cache.iterdir() if cache.is_dir() else ():
        put_aside(path, aside)


def put_aside(path: Path, aside: Path) -> None:
    """Take a file or a folder away without deleting it.

    ext4 does not give a deleted file's inode anew for a minute or five (`recently_deleted`), and looks for another one
    through all of them: creating 15,000 files took 0.6 s at first and 5 s after nine such deletions (measured). Whoever
    builds for the first time has deleted nothing.
    """
    if path.exists() or path.is_symlink():
        aside.mkdir(exist_ok=True)
        path.rename(aside / str(len(list(aside.iterdir()))))
