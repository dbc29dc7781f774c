"""The files of the editors' handbook: documents of the project, not of the content, and inputs of the build.

They are few (some 800 kB), so they are known by their bytes: reading them all takes 2 ms.
"""

from __future__ import annotations

import os
import posixpath
from collections.abc import Mapping
from pathlib import Path

from hromada.domain.file_types import is_picture
from hromada.domain.problem import Problem
from hromada.reading.handbook_contents import list_chapters, referenced_paths
from hromada.system.digest import digest_of
from hromada.system.disk_errors import odd
from hromada.system.regular_files import NotRegular, Oddity, RegularFile, oddity_of
from hromada.system.scan import walk

FIRST = "README.md"  # what a git host shows of a folder


class Handbook:
    """The handbook in a folder of the project: chapters and pictures by their paths from the project's root.

    A project without the folder has no handbook, nor has one whose settings name none.
    """

    def __init__(self, root: Path, folder: str) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.others: set[str] = set()  # documents of the project that its chapters lead to
        self.problems: list[Problem] = []  # what of all this is no file of the project's own
        if folder:
            folder = posixpath.normpath(folder.strip("/"))
            if leading := self._odd_on_the_way(folder):
                self.problems.append(odd(*leading))
                return
            self._read(f"{folder}/{FIRST}")
            self._refuse_odd(folder)

    def file(self, path: str) -> RegularFile:
        return RegularFile(str(self.root), path)

    def _read(self, first: str) -> None:
        begin = self._text(first)
        for path in list_chapters(first, begin) if begin is not None else ():
            if (text := self._text(path)) is not None:
                self.texts[path] = text
        for name in dict.fromkeys(name for path, text in self.texts.items() for name in referenced_paths(path, text)):
            if name in self.texts:
                continue
            if is_picture(name):
                if (data := self._bytes(name)) is not None:
                    self.pictures[name] = data
            elif not name.startswith("..") and os.path.lexists(self.root / name):
                self.others.add(name)

    def _odd_on_the_way(self, folder: str) -> tuple[str, Oddity] | None:
        """The handbook's folder, or the first of those above it in the project, where it is no folder by itself."""
        parts = folder.split("/")
        for path in ("/".join(parts[:end]) for end in range(1, len(parts) + 1)):
            try:
                oddity = oddity_of(os.lstat(self.root / path))
            except OSError:
                return None
            if oddity:
                return path, oddity
        return None

    def _refuse_odd(self, folder: str) -> None:
        """What no chapter leads to is refused, too: by the name alone, as in the content."""
        place = self.root / folder
        seen = walk(place, folder) if place.is_dir() else {}
        named = {problem.path for problem in self.problems}
        self.problems += [odd(path, one.oddity) for path, one in seen.items() if one.oddity and path not in named]

    def _text(self, path: str) -> str | None:
        data = self._bytes(path)
        return None if data is None else data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def _bytes(self, path: str) -> bytes | None:
        """Nothing where no file is; what is no regular file is a problem, too."""
        try:
            return self.file(path).read()
        except NotRegular as error:
            self.problems.append(odd(path, error.oddity))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            pass
        return None

    @property
    def digest(self) -> str:
        """What tells the handbook from every other one; empty for none."""
        if not (self.texts or self.problems):
            return ""
        raw: Mapping[str, bytes] = {path: text.encode() for path, text in self.texts.items()} | self.pictures
        parts = [f"{path} {digest_of(data)}" for path, data in raw.items()]
        return digest_of("\n".join([*parts, *sorted(self.others), *map(str, self.problems)]).encode())

    def places(self) -> list[Path]:
        """The folders whose change may change the handbook, for one who watches."""
        return sorted({(self.root / path).parent for path in (*self.texts, *self.pictures)})
