"""Checks OUTPUT and CACHE: neither may be, contain or lie in a folder of the project or the content."""

from __future__ import annotations

import os
from pathlib import Path

from hromada.storage.cache_cleanup import foreign_file

# The project's folders beside those that begin with a dot (.git, .venv, .cache …); a test compares them with git.
PROJECT_FOLDERS = ("bench", "content", "demo/content", "docs", "hooks", "plugins", "requirements", "tests", "theme")
_ADVICE = "Вкажіть для сайту окрему теку, наприклад OUTPUT=output"


def misplaced_output(root: Path, content: Path, output: Path) -> str:
    """Why a site can't be built there, in Ukrainian; empty if it can."""
    folder, project = _Folder(output), _Folder(root)
    if folder.overlaps(_Folder(content)):
        return f"OUTPUT: тека «{output}» і тека змісту «{content}» лежать одна в одній. {_ADVICE}"
    if project.is_in(folder):
        return f"OUTPUT: у теці «{output}» лежить сам проєкт. {_ADVICE}"
    overlapping = [name for name in PROJECT_FOLDERS if folder.overlaps(_Folder(root / name))]
    overlapping += [part for part in folder.parts_below(project) if part.startswith(".")]
    return f"OUTPUT: тека «{output}» зайнята проєктом ({overlapping[0]}). {_ADVICE}" if overlapping else ""


def misplaced_cache(content: Path, output: Path, cache: Path) -> str:
    """Why the cache can't be there, in Ukrainian; empty if it can."""
    folder = _Folder(cache)
    for name, outer in (("CONTENT", content), ("OUTPUT", output)):
        if folder.is_in(_Folder(outer)):
            return f"CACHE: тека «{cache}» лежить у теці {name}. Вкажіть іншу, наприклад CACHE=.cache"
    if foreign := foreign_file(cache):
        return f"CACHE: у теці «{cache}» вже є інше: {foreign}. Вкажіть нову теку, наприклад CACHE=.cache"
    return ""


class _Folder:
    """A folder with its links resolved, also one that doesn't exist yet; compared by inodes, too: names differ in case and form."""

    def __init__(self, folder: Path) -> None:
        self._real = Path(os.path.realpath(folder))
        self._with_parents = [self._real, *self._real.parents]
        self._ids = [_identity(parent) for parent in self._with_parents]

    def _depth(self, other: _Folder) -> int | None:
        """How many levels below the other folder it is; None if it is elsewhere."""
        if other._real in self._with_parents:
            return self._with_parents.index(other._real)
        own = other._ids[0]
        return self._ids.index(own) if own and own in self._ids else None

    def is_in(self, other: _Folder) -> bool:
        """Whether it is the other folder or lies below it."""
        return self._depth(other) is not None

    def overlaps(self, other: _Folder) -> bool:
        return self.is_in(other) or other.is_in(self)

    def parts_below(self, other: _Folder) -> tuple[str, ...]:
        """Its path from the other folder on; empty if it is elsewhere."""
        depth = self._depth(other)
        return self._real.parts[-depth:] if depth else ()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
