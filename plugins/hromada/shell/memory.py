"""What is remembered of the content's files from one call to the next: read once, parsed once.

What a file gave is known by its bytes; its stamp only saves reading them. A stamp is trusted as git trusts it: not
when the file was saved so shortly before it was read that a second saving could have left the same stamp.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from hromada.domain.item import Item
from hromada.domain.problem import Problem
from hromada.domain.traces import Traces
from hromada.shell.blobs import pickled, unpickled
from hromada.shell.linking import Linked
from hromada.shell.outlines import Outline, Text
from hromada.shell.pictures import Facts
from hromada.shell.store import Store
from hromada.shell.walking import SLACK, Stamp


class Parsed(NamedTuple):
    """What a Markdown file's bytes gave; its text lies apart, when the page is drawn from it (no draft's, no report's)."""

    item: Item | None
    problems: tuple[Problem, ...]
    has_text: bool = False
    facts: str = ""  # a digest of what the count sees: of a dated item everything but its words
    files: tuple[str, ...] = ()  # what it names in files/ (checks/links.files_named)


class Approved(NamedTuple):
    """What must be known of an approval that nobody reads: its period and figures, or why it is damaged."""

    period: str = ""
    figures: tuple[str, ...] = ()
    problem: Problem | None = None


class Known(NamedTuple):
    """One file: its stamp (none: not to be trusted), the digest of its bytes, what they gave, what that led to."""

    stamp: Stamp | None
    digest: str = ""
    gist: Parsed | Approved | Facts | Traces | None = None
    linked: Linked | None = None
    placed: tuple[str, str, str] = ("", "", "")  # its address, its unit's title, its status, when it was linked
    key: str = ""  # of everything that the item's page takes from its file and from what that refers to
    card_key: str = ""


class Kept(NamedTuple):
    """A text for the store, which the process that has made it packs, and what must be known of it at once."""

    digest: str
    outline: Outline
    blob: bytes

    @classmethod
    def of(cls, digest: str, text: Text) -> Kept:
        return cls(digest, text.outline, pickled((digest, text)))


class Memory:
    """Files by name, in blobs by folder, and their texts, each apart: most are needed for drawing alone."""

    def __init__(self, path: Path | None, version: str) -> None:
        self.store = Store(path, version)
        self.files: dict[str, Known] = {}
        self._texts: dict[str, bytes] = {}
        self._outlines: dict[str, tuple[str, Outline]] = {}
        self._is_loaded = False

    def load(self) -> None:
        """Recall every file."""
        if self._is_loaded:
            return
        self._is_loaded = True
        for blob in self.store.all("folder").values():
            found = unpickled(blob)
            if isinstance(found, dict):
                self.files |= found

    def trusted(self, stamp: Stamp | None, since: int = 0) -> Stamp | None:
        """The stamp, if a saving after the file was opened would give it another one; `since`: ns, it was not opened before."""
        if stamp is None or max(stamp[1], stamp[2]) > (since or time.time_ns()) - SLACK:
            return None
        return stamp

    def keep_text(self, path: str, kept: Kept) -> None:
        self._texts[path] = kept.blob
        self._outlines[path] = kept.digest, kept.outline
        if len(self._texts) >= 512:
            self._flush()

    def text(self, path: str, digest: str) -> Text | None:
        """The text of just these bytes, when it was kept."""
        blob = self._texts.get(path) or self.store.get("text", path)
        match unpickled(blob) if blob else None:
            case (str(of), Text() as text) if of == digest:
                return text
        return None

    def outline(self, path: str, digest: str) -> Outline | None:
        """What must be known of the text of just these bytes, when it was kept."""
        of, outline = self._outlines.get(path, ("", None))
        if of == digest:
            return outline
        text = self.text(path, digest)
        if text is None:
            return None
        self._outlines[path] = digest, text.outline
        return text.outline

    def note(self, name: str) -> Any:
        """What was kept under a name, or nothing."""
        blob = self.store.get("note", name)
        return unpickled(blob) if blob else None

    def keep_note(self, name: str, value: Any) -> None:
        self.store.put({("note", name): pickled(value)})

    def save(self, files: Mapping[str, Known]) -> None:
        """Remember just these files; only folders in which something is new are written."""
        if self._texts:
            self._flush()
        before = self.files
        changed = {path for path, known in files.items() if before.get(path) is not known}
        gone = before.keys() - files.keys()
        new = {_folder(path) for path in (*changed, *gone)}
        if not new:
            return
        folders: dict[str, dict[str, Known]] = {}
        for path, known in files.items():
            if (folder := _folder(path)) in new:
                folders.setdefault(folder, {})[path] = known
        blobs = {("folder", folder): pickled(found) for folder, found in folders.items()}
        forgotten = [("folder", folder) for folder in new - folders.keys()]
        self.store.put(blobs, [*forgotten, *(("text", path) for path in gone)])
        self.files = dict(files)

    def _flush(self) -> None:
        self.store.put({("text", path): blob for path, blob in self._texts.items()})
        self._texts.clear()


def _folder(path: str) -> str:
    return path[: path.rfind("/")]
