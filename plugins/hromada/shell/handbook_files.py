"""The files of the editors' handbook: documents of the project, not of the content, and inputs of the build.

They are few (some 800 kB), so they are known by their bytes: reading them all takes 2 ms.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from hromada.domain.file_types import is_picture
from hromada.reading.handbook import chapters_of, named_in
from hromada.shell.blobs import digest_of

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
        first = f"{folder.strip('/')}/{FIRST}"
        if folder and (root / first).is_file():
            self._read(first)

    def _read(self, first: str) -> None:
        chapters = [path for path in chapters_of(first, self._text(first)) if (self.root / path).is_file()]
        self.texts = {path: self._text(path) for path in chapters}
        for name in dict.fromkeys(name for path, text in self.texts.items() for name in named_in(path, text)):
            if name in self.texts or name.startswith("..") or not (self.root / name).exists():
                continue
            if is_picture(name):
                self.pictures[name] = (self.root / name).read_bytes()
            else:
                self.others.add(name)

    def _text(self, path: str) -> str:
        return (self.root / path).read_text("utf-8-sig", errors="replace").replace("\r\n", "\n")

    @property
    def digest(self) -> str:
        """What tells the handbook from every other one; empty for none."""
        if not self.texts:
            return ""
        raw: Mapping[str, bytes] = {path: text.encode() for path, text in self.texts.items()} | self.pictures
        parts = [f"{path} {digest_of(data)}" for path, data in raw.items()]
        return digest_of("\n".join([*parts, *sorted(self.others)]).encode())

    def places(self) -> list[Path]:
        """The folders whose change may change the handbook, for one who watches."""
        return sorted({(self.root / path).parent for path in (*self.texts, *self.pictures)})
