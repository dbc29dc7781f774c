"""The output folder: every file whole or not at all, equal bytes never rewritten, strays of earlier builds removed."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from hromada.shell.whole_files import write_whole


class OutputConflict(Exception):
    """Two parts of the build want one file: a fault of ours that would lose a page."""


@dataclass(slots=True)
class Output:
    """One build's writes into `folder`; the memory of what earlier builds made lies in `cache`."""

    folder: Path
    cache: Path
    written: set[str] = field(default_factory=set)
    changed: int = 0
    removed: int = 0

    @property
    def name(self) -> str:
        """What this folder is called in the cache."""
        return hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:16]

    @property
    def memory(self) -> Path:
        """Where this folder's last build is remembered."""
        return self.cache / f"build-{self.name}.json"

    def write(self, name: str, data: bytes) -> Path:
        """Put `data` under `name` (relative, `/`); an equal file is left alone."""
        name = str(PurePosixPath(name))
        if name in self.written:
            raise OutputConflict(f"two pages for one file: {name}")
        if name.startswith(("/", "..")) or "/../" in name:
            raise OutputConflict(f"outside the output folder: {name}")
        self.written.add(name)
        path = self.folder / name
        if not _holds(path, data):
            if not path.exists():
                self._note(name)
            write_whole(path, data)
            self.changed += 1
        return path

    def finish(self, memory: dict[str, Any], *, owned: bool = False) -> None:
        """Remove what an earlier build made and this one did not (`owned`: whatever else lies there), remember this one."""
        before = set(self.recall().get("files", {})) | self._noted()
        if owned:
            before |= {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        for name in sorted(before - self.written):
            with contextlib.suppress(FileNotFoundError):
                (self.folder / name).unlink()
                self.removed += 1
            _prune(self.folder / name, self.folder)
        remembered = memory | {"files": {name: _stamp(self.folder / name) for name in sorted(self.written)}}
        write_whole(self.memory, json.dumps(remembered, ensure_ascii=False).encode())
        self._journal.unlink(missing_ok=True)

    @property
    def _journal(self) -> Path:
        return self.memory.with_suffix(".journal")

    def _note(self, name: str) -> None:
        """A new file is noted before it is written: a build killed midway leaves no page that nobody owns."""
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(f"{name}\n")

    def _noted(self) -> set[str]:
        try:
            return set(self._journal.read_text("utf-8").splitlines())
        except OSError:
            return set()

    def recall(self) -> dict[str, Any]:
        """What the last build into this folder left; nothing when its memory is missing or damaged."""
        try:
            found = json.loads(self.memory.read_bytes())
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}

    def is_whole(self, remembered: dict[str, Any]) -> bool:
        """Whether every file of the last build still lies there as it was left."""
        files: dict[str, list[int]] = remembered["files"]
        return bool(files) and all(_stamp(self.folder / name) == stamp for name, stamp in files.items())


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stamp(path: Path) -> list[int]:
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_size, found.st_mtime_ns]


def _prune(path: Path, root: Path) -> None:
    """Folders that became empty go too."""
    for parent in path.parents:
        if parent == root:
            return
        try:
            parent.rmdir()
        except OSError:
            return
