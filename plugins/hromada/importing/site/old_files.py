"""Plans where the earlier site's files go in the content, under names that every system can write."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from hromada.domain.file_names import UNWRITABLE, is_device, is_leftover
from hromada.importing.site.old_item import Files

_RESIZED = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled)(?=\.\w+$)")  # WordPress's smaller copies of a photo
_MAX_NAME = 100  # letters of a name; twice as many bytes
_CONTENT_FOLDERS = ("images/", "files/", "news/", "units/", "pages/")
UNCHANGED = "whole"  # folder of a file that keeps its path and its bytes, or is not imported at all
_UPLOADS = re.compile(r"(?:^|/)(?:wp-content/uploads|uploads)/(?P<name>.+)$")


def safe_name(name: str) -> str:
    """A relative name of which no part climbs, is a device of Windows, or is taken for a leftover of a program."""
    parts = [part for part in name.replace("\\", "/").split("/") if part.strip(". ")]
    return "/".join(_safe(part) for part in parts)


def _safe(part: str) -> str:
    part = UNWRITABLE.sub("-", part).strip(". ").lstrip("~").rstrip("~") or "file"
    stem, dot, ending = part.rpartition(".")
    if not dot:
        stem, ending = part, ""
    stem = stem[:_MAX_NAME].rstrip(". ")
    part = f"{stem}{dot}{ending.casefold()}"
    return f"file-{part}" if is_device(part) or is_leftover(part) else part


@dataclass(slots=True)
class FileTransfer:
    """Source files and their paths in the content; `is_same`: whether the content holds this file at that path already."""

    at_hand: Files
    folder: Callable[[str], str]  # «images», «files», or empty for a type that the content does not take
    is_same: Callable[[str, str], bool]
    is_taken: Callable[[str], bool]
    planned: dict[str, str] = field(
        default_factory=dict
    )  # path in the content by name at hand; empty: it does not come
    present: set[str] = field(default_factory=set)
    _used: set[str] = field(default_factory=set)

    def place(self, name: str) -> str:
        """The path in the content of a file at hand, the same for every reference; empty when it can't be taken."""
        if name not in self.planned and name in self.at_hand:
            self.planned[name] = self._path(name) if self.folder(name) else ""
        return self.planned.get(name, "")

    def forget(self, path: str) -> str:
        """Take a file out of the plan again; its name at hand, empty when it was not in it."""
        name = next((name for name, planned in self.planned.items() if planned == path), "")
        if name:
            self.planned[name] = ""
        return name

    def uploaded(self, address: str) -> str:
        """The name at hand of what was published at an address; of a smaller copy it is the whole photo."""
        match = _UPLOADS.search(posixpath.normpath(address))
        if match is None:
            return ""
        whole = _RESIZED.sub("", match["name"])
        return next((name for name in (whole, match["name"]) if name in self.at_hand), "")

    def _path(self, name: str) -> str:
        safe = safe_name(name)
        folder = self.folder(name)
        inside = name if folder == UNCHANGED else safe if safe.startswith(_CONTENT_FOLDERS) else f"{folder}/{safe}"
        stem, dot, ending = inside.rpartition(".")
        for number in range(1, 10_000):
            path = f"content/{inside}" if number == 1 else f"content/{stem}-{number}{dot}{ending}"
            if path.casefold() in self._used:
                continue
            if self.is_same(name, path):
                self.present.add(path)
            elif self.is_taken(path):
                continue
            self._used.add(path.casefold())
            return path
        raise AssertionError(f"no free name for {name}")
