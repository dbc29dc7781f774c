"""Whether anything that shapes the site has changed since the last build, decided before Pelican is imported."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from hromada.domain.calendar import Clock
from hromada.images.planning import is_attachment, is_picture
from hromada.shell.output import Output
from hromada.shell.sources import walk


def inputs_digest(content: Path, root: Path, theme: Path, settings_text: str, extra: Iterable[Path] = ()) -> str:
    """One digest of the content, the theme, our code, the settings and the versions of the libraries.

    Texts are read; pictures and documents are known by size, times and inode, as git knows them: half a year's
    photos are 10 GB.
    """
    digest = hashlib.sha256(f"{settings_text}\0{sys.version}\0".encode())
    for name, file in walk(content) if content.is_dir() else ():
        digest.update(f"{name}\0".encode())
        digest.update(_known(file) if is_picture(name) or is_attachment(name) else _read(file))
    for file in [*_code(root / "plugins" / "hromada"), *_code(theme), *_locks(root), *extra]:
        digest.update(f"{file.name}\0".encode() + _read(file))
    return digest.hexdigest()


def _known(file: Path) -> bytes:
    found = file.stat()
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}".encode()


def _read(file: Path) -> bytes:
    return hashlib.sha256(file.read_bytes() if file.is_file() else b"").digest()


def _code(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def _locks(root: Path) -> list[Path]:
    return sorted((root / "requirements").glob("*.txt"))


def is_current(output: Output, inputs: str, clock: Clock) -> bool:
    """Whether the folder holds the whole build of just these inputs, and nothing has fallen due since."""
    last = output.recall()
    if not last or last.get("inputs") != inputs:
        return False
    since, until = datetime.fromisoformat(last["since"]), datetime.fromisoformat(last["until"])
    return since <= clock.moment < until and output.is_whole(last)
