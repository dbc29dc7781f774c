"""Folders of pictures, which a gallery may name whole."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname

from hromada.domain.file_types import is_picture
from hromada.domain.lazy_regex import lazy_compile

_NUMBER = lazy_compile(r"(\d{1,18})")
_LANGUAGE = lazy_compile(r"(?:\.[a-z]{2})?\.md\Z")
_COMMON = frozenset({"content", "content/images", "content/files"})  # of all items


class PictureFolders:
    """The pictures of each content folder, without those of its subfolders; `pages` are the Markdown files."""

    def __init__(self, files: Iterable[str], pages: Iterable[str]) -> None:
        self._pictures: dict[str, list[str]] = {}
        for path in filter(is_picture, files):
            self._pictures.setdefault(dirname(path), []).append(path)
        self._items: dict[str, set[str]] = {}
        for path in pages:
            self._items.setdefault(dirname(path), set()).add(_untranslated(path))

    def pictures(self, folder: str) -> tuple[str, ...]:
        """The folder's pictures in natural order: 2.jpg before 10.jpg."""
        return tuple(sorted(self._pictures.get(folder, ()), key=natural_key))

    def is_shared(self, folder: str, page: str) -> bool:
        """Whether pictures of other items than `page` may lie there, too."""
        return folder in _COMMON or bool(self._items.get(folder, set()) - {_untranslated(page)})

    def items(self, folder: str) -> list[str]:
        """The items that lie in the folder."""
        return sorted(self._items.get(folder, ()))


def _untranslated(path: str) -> str:
    return _LANGUAGE.sub("", path)


def natural_key(name: str) -> tuple[list[tuple[int, str]], str]:
    """A key that sorts numbers in names by their value."""
    parts = _NUMBER.split(name.casefold())
    return [(int(part), "") if index % 2 else (0, part) for index, part in enumerate(parts)], name
