"""The content of a commit in a folder of its own, for publishing while something else is uncommitted."""

from __future__ import annotations

import contextlib
from pathlib import Path

from msgspec.structs import replace

from hromada.system.git import Git

_INDEX = "index"


def check_out_content(git: Git, commit: str, folder: Path) -> Path:
    """The folder with exactly the content of a commit; only what differs from the last call is written.

    The clone's own files and index are not touched. Files get the commit's very bytes: line ends are no editor's here.
    """
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileNotFoundError):
        (folder / f"{_INDEX}.lock").unlink()  # of a killed git: the caller holds the lock of publications
    places = {
        "GIT_DIR": str(Path(git.folder, git.run("rev-parse", "--git-dir")).resolve()),
        "GIT_WORK_TREE": str(content),
        "GIT_INDEX_FILE": str(folder / _INDEX),
    }
    there = replace(git, folder=content)  # from inside the folder: no command may reach the clone's own files
    there.run("-c", "core.autocrlf=false", "read-tree", "--reset", "-u", f"{commit}:content", extra=places)
    there.run("clean", "-ffdxq", extra=places)  # what a killed call has left
    return content
