"""Which folders OUTPUT and CACHE may not be: one of the project's or the content's, one below it or one around it."""

from __future__ import annotations

import os
from pathlib import Path

from hromada.storage.cache_cleanup import foreign_file

# The project's own, beside every name that begins with a dot (.git, .venv, .cache …); a test compares them with git.
OWN = ("bench", "content", "demo/content", "docs", "hooks", "plugins", "requirements", "tests", "theme")
_ADVICE = "Вкажіть для сайту окрему теку, наприклад OUTPUT=output"


def misplaced_output(root: Path, content: Path, output: Path) -> str:
    """Why a site can't be built there, in Ukrainian; empty when it can."""
    folder, project = _Folder(output), _Folder(root)
    if folder.overlaps(_Folder(content)):
        return f"OUTPUT: тека «{output}» і тека змісту «{content}» лежать одна в одній. {_ADVICE}"
    if project.is_in(folder):
        return f"OUTPUT: у теці «{output}» лежить сам проєкт. {_ADVICE}"
    taken = [name for name in OWN if folder.overlaps(_Folder(root / name))]
    taken += [part for part in folder.parts_below(project) if part.startswith(".")]
    return f"OUTPUT: тека «{output}» зайнята проєктом ({taken[0]}). {_ADVICE}" if taken else ""


def misplaced_cache(content: Path, output: Path, cache: Path) -> str:
    """Why nothing can be remembered there, in Ukrainian; empty when it can."""
    folder = _Folder(cache)
    holding = next((name for name, one in (("CONTENT", content), ("OUTPUT", output)) if folder.is_in(_Folder(one))), "")
    if holding:
        return f"CACHE: тека «{cache}» лежить у теці {holding}. Вкажіть іншу, наприклад CACHE=.cache"
    if stranger := foreign_file(cache):
        return f"CACHE: у теці «{cache}» вже є інше: {stranger}. Вкажіть нову теку, наприклад CACHE=.cache"
    return ""


class _Folder:
    """A folder wherever links lead, also one that is not there yet; known by its inode, too: names differ in case and form."""

    def __init__(self, folder: Path) -> None:
        self._real = Path(os.path.realpath(folder))
        self._with_parents = [self._real, *self._real.parents]
        self._ids = [_identity(parent) for parent in self._with_parents]

    def _depth(self, other: _Folder) -> int | None:
        """How far below the other one it lies; None elsewhere."""
        if other._real in self._with_parents:
            return self._with_parents.index(other._real)
        own = other._ids[0]
        return self._ids.index(own) if own and own in self._ids else None

    def is_in(self, other: _Folder) -> bool:
        """Whether it is the other one or lies below it."""
        return self._depth(other) is not None

    def overlaps(self, other: _Folder) -> bool:
        return self.is_in(other) or other.is_in(self)

    def parts_below(self, other: _Folder) -> tuple[str, ...]:
        """Its path from the other one on; nothing elsewhere."""
        depth = self._depth(other)
        return self._real.parts[-depth:] if depth else ()


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
