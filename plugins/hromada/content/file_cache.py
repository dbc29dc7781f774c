"""What is remembered of the content's files from one call to the next: read once, parsed once.

What a file gave is known by its bytes; its stamp only saves reading them. A stamp is trusted as git trusts it: not
when the file was saved so shortly before it was read that a second saving could have left the same stamp.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.item import Item
from hromada.domain.problem import Problem
from hromada.images.copies import PictureInfo
from hromada.render.links import LinkResult
from hromada.render.rendered_text import Text, TextMetadata
from hromada.storage.cache_codec import CacheCodec
from hromada.storage.sqlite_store import Store
from hromada.system.scan import MTIME_GRANULARITY_NS, Stamp

T = TypeVar("T")
G = TypeVar("G", covariant=True)


class Parsed(NamedTuple):
    """What a Markdown file's bytes gave; its text lies apart, when the page is drawn from it (no draft's, no report's)."""

    item: Item | None
    problems: tuple[Problem, ...]
    has_text: bool = False
    facts: str = ""  # a digest of what the count sees: of a dated item everything but its words
    files: tuple[str, ...] = ()  # what it names in files/ (checks/link_rules.files_named)


class Approved(NamedTuple):
    """What must be known of an approval that nobody reads: its period and figures, or why it is damaged."""

    period: str = ""
    figures: tuple[str, ...] = ()
    problem: Problem | None = None


class FileEntry(NamedTuple, Generic[G]):
    """One file: its stamp (none: not to be trusted), the digest of its bytes, what they gave, what that led to."""

    stamp: Stamp | None
    digest: str = ""
    parsed: G | None = None
    linked: LinkResult | None = None
    placed: tuple[str, str, str] = ("", "", "")  # its address, its unit's title, its status, when it was linked
    key: str = ""  # of everything that the item's page takes from its file and from what that refers to
    card_key: str = ""


CacheEntry: TypeAlias = FileEntry[Parsed | Approved | PictureInfo | DocumentMetadata]


class CachedFolder(NamedTuple):
    """The files of one folder as they are kept, by what they gave: an entry says nothing of its type."""

    texts: dict[str, FileEntry[Parsed]]
    approvals: dict[str, FileEntry[Approved]]
    pictures: dict[str, FileEntry[PictureInfo]]
    documents: dict[str, FileEntry[DocumentMetadata]]

    @classmethod
    def of(cls, files: Mapping[str, CacheEntry]) -> CachedFolder:
        folder = cls({}, {}, {}, {})
        for path, known in files.items():
            match known.parsed:
                case Approved():
                    folder.approvals[path] = known  # type: ignore[assignment]  # the gist has told its type
                case PictureInfo():
                    folder.pictures[path] = known  # type: ignore[assignment]
                case DocumentMetadata():
                    folder.documents[path] = known  # type: ignore[assignment]
                case _:
                    folder.texts[path] = known  # type: ignore[assignment]
        return folder


_FOLDER = CacheCodec(CachedFolder)
_TEXT = CacheCodec(tuple[str, Text])  # with the digest of the bytes that it was made of


class CachedText(NamedTuple):
    """A text for the store, which the process that has made it packs, and what must be known of it at once."""

    digest: str
    metadata: TextMetadata
    blob: bytes

    @classmethod
    def of(cls, digest: str, text: Text) -> CachedText:
        return cls(digest, text.metadata, _TEXT.encode((digest, text)))


class FileCache:
    """Files by name, in blobs by folder, and their texts, each apart: most are needed for drawing alone."""

    def __init__(self, path: Path | None, version: str) -> None:
        self.store = Store(path, version)
        self.files: dict[str, CacheEntry] = {}
        self._texts: dict[str, bytes] = {}
        self._metadata: dict[str, tuple[str, TextMetadata]] = {}
        self._is_loaded = False

    def load(self) -> None:
        """Recall every file."""
        if self._is_loaded:
            return
        self._is_loaded = True
        for blob in self.store.all("folder").values():
            folder = _FOLDER.decode(blob)
            if folder is not None:
                for files in folder:
                    self.files |= files

    def trusted(self, stamp: Stamp | None, since: int = 0) -> Stamp | None:
        """The stamp, if a saving after the file was opened would give it another one; `since`: ns, it was not opened before."""
        if stamp is None or max(stamp[1], stamp[2]) > (since or time.time_ns()) - MTIME_GRANULARITY_NS:
            return None
        return stamp

    def keep_text(self, path: str, kept: CachedText) -> None:
        self._texts[path] = kept.blob
        self._metadata[path] = kept.digest, kept.metadata
        if len(self._texts) >= 512:
            self._flush()

    def text(self, path: str, digest: str) -> Text | None:
        """The text of just these bytes, when it was kept."""
        blob = self._texts.get(path) or self.store.get("text", path)
        of, text = _TEXT.decode(blob) or ("", None)
        return text if of == digest else None

    def metadata(self, path: str, digest: str) -> TextMetadata | None:
        """What must be known of the text of just these bytes, when it was kept."""
        of, metadata = self._metadata.get(path, ("", None))
        if of == digest:
            return metadata
        text = self.text(path, digest)
        if text is None:
            return None
        self._metadata[path] = digest, text.metadata
        return text.metadata

    def note(self, name: str, codec: CacheCodec[T]) -> T | None:
        """What was kept under a name, or nothing."""
        return codec.decode(self.store.get("note", name))

    def keep_note(self, name: str, codec: CacheCodec[T], value: T) -> None:
        self.store.put({("note", name): codec.encode(value)})

    def save(self, files: Mapping[str, CacheEntry]) -> None:
        """Remember just these files; only folders in which something is new are written."""
        if self._texts:
            self._flush()
        before = self.files
        changed = {path for path, known in files.items() if before.get(path) is not known}
        gone = before.keys() - files.keys()
        new = {_folder(path) for path in (*changed, *gone)}
        if not new:
            return
        folders: dict[str, dict[str, CacheEntry]] = {}
        for path, known in files.items():
            if (folder := _folder(path)) in new:
                folders.setdefault(folder, {})[path] = known
        blobs = {("folder", folder): _FOLDER.encode(CachedFolder.of(found)) for folder, found in folders.items()}
        forgotten = [("folder", folder) for folder in new - folders.keys()]
        self.store.put(blobs, [*forgotten, *(("text", path) for path in gone)])
        self.files = dict(files)

    def _flush(self) -> None:
        self.store.put({("text", path): blob for path, blob in self._texts.items()})
        self._texts.clear()


def _folder(path: str) -> str:
    return path[: path.rfind("/")]
