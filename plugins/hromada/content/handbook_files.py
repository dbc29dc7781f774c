"""The files of the editors' handbook: documents of the project (not of the content) that the build publishes.

They are few (some 800 kB), so they are compared by their bytes: reading them all takes 2 ms.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from hromada.domain.file_types import is_picture
from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.markdown_spans import blank_out, code_lines
from hromada.domain.problem import Problem
from hromada.system.disk_errors import file_type_problem
from hromada.system.regular_files import FileTypeFault, NotRegular, RegularFile, digest_of, type_fault_of
from hromada.system.scan import walk

# An entry of the numbered list in the first document, in the order of the chapters: «1. [Перший день](перший-день.md)».
_CHAPTER = lazy_compile(r"^\d+\. \[[^\]\n]*\]\(([^)\s#]+\.md)\)", re.MULTILINE)
_REFERENCE = lazy_compile(r"\]\(([^)\s#]+)")
_TITLE = lazy_compile(r"\A\s*# (?P<title>[^\n]+?)[ \t]*(?:\n|\Z)")


class HandbookChapter(NamedTuple):
    """A chapter: its title, the text after that, the line on which the text begins."""

    title: str
    body: str
    body_line: int


def list_chapters(first: str, text: str) -> tuple[str, ...]:
    """The paths of the chapters in their order; `first` is the document that lists them and the first chapter."""
    return tuple(dict.fromkeys([first, *(_beside(first, reference) for reference in _CHAPTER.findall(text))]))


@lru_cache(maxsize=256)  # called twice in a build, and again in every build of `make serve`
def referenced_paths(path: str, text: str) -> tuple[str, ...]:
    """The paths of all files that a document links or shows; code is skipped."""
    references = _REFERENCE.findall(blank_out(text, code_lines(text)))
    return tuple(
        dict.fromkeys(
            _beside(path, reference)
            for reference in references
            if ":" not in reference and not reference.startswith("/")
        )
    )


def read_chapter(path: str, text: str) -> HandbookChapter:
    """The chapter in a document; without a first-level heading the file's name is its title."""
    match = _TITLE.match(text)
    if match is None:
        return HandbookChapter(posixpath.splitext(posixpath.basename(path))[0], text, 1)
    return HandbookChapter(match["title"], text[match.end() :], text.count("\n", 0, match.end()) + 1)


def host_anchor(heading: str) -> str:
    """The anchor of a heading on a git host: its letters, digits, hyphens and underscores, with hyphens for spaces."""
    return re.sub(r"[^\w -]", "", heading.strip().lower()).replace(" ", "-")


def _beside(path: str, reference: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(reference)))


FIRST = "README.md"  # the file that a git host shows for a folder


class Handbook:
    """The handbook in a folder of the project: chapters and pictures by their paths from the project's root.

    It is empty without such a folder, and if the settings name none.
    """

    def __init__(self, root: Path, folder: str) -> None:
        self.root = root
        self.texts: dict[str, str] = {}
        self.pictures: dict[str, bytes] = {}
        self.others: set[str] = set()  # documents of the project that its chapters lead to
        self.problems: list[Problem] = []  # links and other irregular files
        if folder:
            folder = posixpath.normpath(folder.strip("/"))
            if fault := self._fault_on_path(folder):
                self.problems.append(file_type_problem(*fault))
                return
            self._read(f"{folder}/{FIRST}")
            self._check_file_types(folder)

    def file(self, path: str) -> RegularFile:
        return RegularFile(str(self.root), path)

    def _read(self, first: str) -> None:
        first_text = self._text(first)
        for path in list_chapters(first, first_text) if first_text is not None else ():
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

    def _fault_on_path(self, folder: str) -> tuple[str, FileTypeFault] | None:
        """The first part of the handbook's path in the project that is a link or another irregular file."""
        parts = folder.split("/")
        for path in ("/".join(parts[:end]) for end in range(1, len(parts) + 1)):
            try:
                type_fault = type_fault_of(os.lstat(self.root / path))
            except OSError:
                return None
            if type_fault:
                return path, type_fault
        return None

    def _check_file_types(self, folder: str) -> None:
        """Irregular files that no chapter names are problems, too, as in the content."""
        path = self.root / folder
        files = walk(path, folder) if path.is_dir() else {}
        reported = {problem.path for problem in self.problems}
        self.problems += [
            file_type_problem(path, file.type_fault)
            for path, file in files.items()
            if file.type_fault and path not in reported
        ]

    def _text(self, path: str) -> str | None:
        data = self._bytes(path)
        return None if data is None else data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def _bytes(self, path: str) -> bytes | None:
        """The file's bytes; None if there is none. An irregular file is also reported."""
        try:
            return self.file(path).read()
        except NotRegular as error:
            self.problems.append(file_type_problem(path, error.type_fault))
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            pass
        return None

    @property
    def digest(self) -> str:
        """A digest of the whole handbook; empty if there is none."""
        if not (self.texts or self.problems):
            return ""
        raw: Mapping[str, bytes] = {path: text.encode() for path, text in self.texts.items()} | self.pictures
        parts = [f"{path} {digest_of(data)}" for path, data in raw.items()]
        return digest_of("\n".join([*parts, *sorted(self.others), *map(str, self.problems)]).encode())

    def folders(self) -> list[Path]:
        """The folders to watch for changes of the handbook."""
        return sorted({(self.root / path).parent for path in (*self.texts, *self.pictures)})
