"""Where a site may not be built to: what is written there would lie among, or over, what it is made from."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hromada.shell.call import Call

# The project's own, beside every name that begins with a dot (.git, .venv, .cache …); a test compares them with git.
OWN = ("bench", "content", "demo/content", "docs", "hooks", "plugins", "requirements", "tests", "theme")


def misplaced(call: Call) -> str:
    """Why OUTPUT or CACHE of a call can't be where they are, in Ukrainian; empty when they can."""
    output, cache = _Place(call.output), _Place(call.cache)
    root = _Place(call.root)
    if output.meets(_Place(call.content)):
        return f"OUTPUT: тека «{call.output}» і тека змісту «{call.content}» лежать одна в одній. {_ADVICE}"
    if root.is_in(output):
        return f"OUTPUT: у теці «{call.output}» лежить сам проєкт. {_ADVICE}"
    for name in OWN:
        if output.meets(_Place(call.root / name)):
            return f"OUTPUT: тека «{call.output}» зайнята проєктом ({name}). {_ADVICE}"
    if hidden := next((part for part in output.below(root) if part.startswith(".")), ""):
        return f"OUTPUT: тека «{call.output}» зайнята проєктом ({hidden}). {_ADVICE}"
    for name, place in (("CONTENT", _Place(call.content)), ("OUTPUT", output)):
        if cache.is_in(place):
            return f"CACHE: тека «{call.cache}» лежить у теці {name}. Вкажіть іншу, наприклад CACHE=.cache"
    return ""


_ADVICE = "Вкажіть для сайту окрему теку, наприклад OUTPUT=output"


class _Place:
    """A folder wherever its links lead, which need not be there yet; known by its inode, too: names differ in case and form."""

    def __init__(self, folder: Path) -> None:
        self._real = Path(os.path.realpath(folder))
        self._lineage = [self._real, *self._real.parents]
        self._ids = [_identity(one) for one in self._lineage]

    def is_in(self, other: _Place) -> bool:
        """Whether it is the other one or lies somewhere below it."""
        own = other._ids[0]
        return other._real in self._lineage or (own is not None and own in self._ids)

    def meets(self, other: _Place) -> bool:
        return self.is_in(other) or other.is_in(self)

    def below(self, other: _Place) -> Iterator[str]:
        """The parts of its path below the other one; none when it lies elsewhere."""
        own = other._ids[0]
        for folder, identity in zip(self._lineage, self._ids, strict=True):
            if folder == other._real or (own is not None and identity == own):
                yield from self._real.relative_to(folder).parts
                return


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        state = folder.stat()
    except OSError:
        return None
    return state.st_dev, state.st_ino
