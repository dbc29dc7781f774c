"""The cache of the content's files between calls: each file is read and parsed once.

An entry is found by the digest of the file's bytes; its stamp only saves reading them. As in git, a stamp is not trusted
when the file was saved so shortly before it was read that a second write could have left the same stamp. `read_files`
reads the others, in as many processes as there are cores.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from hromada.console.messages import ProgressCallback, no_progress
from hromada.domain.document_metadata import DocumentMetadata
from hromada.domain.file_names import is_approval
from hromada.domain.item import Item
from hromada.domain.problem import Problem
from hromada.pictures.copies import PictureInfo
from hromada.render.links import LinkResult
from hromada.render.rendered_text import Text, TextMetadata
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.scan import MTIME_GRANULARITY_NS, ScannedFile, Stamp
from hromada.system.workers import parallel_map

T = TypeVar("T")
G = TypeVar("G", covariant=True)


class Parsed(NamedTuple):
    """A parsed Markdown file; its text is stored apart if a page is rendered from it (not of drafts and reports)."""

    item: Item | None
    problems: tuple[Problem, ...]
    has_text: bool = False
    facts: str = ""  # a digest of what counting depends on: of a dated item everything but its text
    files: tuple[str, ...] = ()  # files in files/ that it names (checks/link_rules.files_named)


class Approved(NamedTuple):
    """What is cached of an approval: its period and figures, or why it is damaged."""

    period: str = ""
    figures: tuple[str, ...] = ()
    problem: Problem | None = None


class FileEntry(NamedTuple, Generic[G]):
    """The cache entry of a file: its stamp (None: not trusted), the digest of its bytes, the parsed value, its links."""

    stamp: Stamp | None
    digest: str = ""
    parsed: G | None = None
    linked: LinkResult | None = None
    inherited: tuple[str, str, str] = (
        "",
        "",
        "",
    )  # its address, its unit's title and contacts, its status, when it was linked
    key: str = ""  # a digest of all that the item's page takes from its file and the files that it refers to
    card_key: str = ""
    photo_key: str = ""  # a digest of its pictures and of what the photo archive shows of it; empty without pictures


CacheEntry: TypeAlias = FileEntry[Parsed | Approved | PictureInfo | DocumentMetadata]


class CachedFolder(NamedTuple):
    """The entries of one folder as they are stored, by type: an encoded entry does not name its type."""

    texts: dict[str, FileEntry[Parsed]]
    approvals: dict[str, FileEntry[Approved]]
    pictures: dict[str, FileEntry[PictureInfo]]
    documents: dict[str, FileEntry[DocumentMetadata]]

    @classmethod
    def of(cls, files: Mapping[str, CacheEntry]) -> CachedFolder:
        folder = cls({}, {}, {}, {})
        for path, entry in files.items():
            match entry.parsed:
                case Approved():
                    folder.approvals[path] = entry  # type: ignore[assignment]  # the parsed value has this type
                case PictureInfo():
                    folder.pictures[path] = entry  # type: ignore[assignment]
                case DocumentMetadata():
                    folder.documents[path] = entry  # type: ignore[assignment]
                case _:
                    folder.texts[path] = entry  # type: ignore[assignment]
        return folder


_FOLDER = CacheCodec(CachedFolder)
_TEXT = CacheCodec(tuple[str, Text])  # with the digest of the source's bytes


class CachedText(NamedTuple):
    """A text encoded for the store by the process that has made it, and its metadata."""

    digest: str
    metadata: TextMetadata
    blob: bytes

    @classmethod
    def of(cls, digest: str, text: Text) -> CachedText:
        return cls(digest, text.metadata, _TEXT.encode((digest, text)))


_READ_AHEAD = 100  # texts


class FileCache:
    """Entries by path, stored by folder, and texts, each stored for itself: most are needed for rendering only."""

    def __init__(self, path: Path | None, version: str) -> None:
        self.store = Store(path, version)
        self.files: dict[str, CacheEntry] = {}
        self._texts: dict[str, bytes] = {}
        self._ahead: dict[str, bytes] = {}  # texts that are asked for next
        self._metadata: dict[str, tuple[str, TextMetadata]] = {}
        self._is_loaded = False

    def load(self) -> None:
        """Read every entry from the store, once."""
        if self._is_loaded:
            return
        self._is_loaded = True
        for blob in self.store.all("folder").values():
            folder = _FOLDER.decode(blob)
            if folder is not None:
                for files in folder:
                    self.files |= files

    def trusted(self, stamp: Stamp | None, since: int = 0) -> Stamp | None:
        """The stamp if a write after the file was opened would change it, else None; it was opened at `since` (ns) or later."""
        if stamp is None or max(stamp[1], stamp[2]) > (since or time.time_ns()) - MTIME_GRANULARITY_NS:
            return None
        return stamp

    def keep_text(self, path: str, text: CachedText) -> None:
        self._texts[path] = text.blob
        self._ahead.pop(path, None)
        self._metadata[path] = text.digest, text.metadata
        if len(self._texts) >= 512:
            self._flush()

    def text(self, path: str, digest: str) -> Text | None:
        """The cached text of a file with this digest."""
        blob = self._texts.get(path) or self._ahead.get(path) or self.store.get("text", path)
        cached_digest, text = _TEXT.decode(blob) or ("", None)
        return text if cached_digest == digest else None

    def reading_ahead(self, values: Iterable[T], path_of: Callable[[T], str]) -> Iterator[T]:
        """The values, with the texts of the next ones read at once: the store is asked a hundredth as often."""
        following = iter(values)
        try:
            while some := list(islice(following, _READ_AHEAD)):
                self._ahead = self.store.some("text", map(path_of, some))
                yield from some
        finally:
            self._ahead = {}

    def metadata(self, path: str, digest: str) -> TextMetadata | None:
        """The cached metadata of the text of a file with this digest."""
        cached_digest, metadata = self._metadata.get(path, ("", None))
        if cached_digest == digest:
            return metadata
        text = self.text(path, digest)
        if text is None:
            return None
        self._metadata[path] = digest, text.metadata
        return text.metadata

    def value(self, name: str, codec: CacheCodec[T]) -> T | None:
        """The value stored under a name, or None."""
        return codec.decode(self.store.get("note", name))

    def keep_value(self, name: str, codec: CacheCodec[T], value: T) -> None:
        self.store.put({("note", name): codec.encode(value)})

    def save(self, files: Mapping[str, CacheEntry]) -> None:
        """Store the entries of these files and delete all others; only changed folders are written."""
        if self._texts:
            self._flush()
        before = self.files
        changed = {path for path, entry in files.items() if before.get(path) is not entry}
        deleted = before.keys() - files.keys()
        changed_folders = {_folder(path) for path in (*changed, *deleted)}
        if not changed_folders:
            return
        folders: dict[str, dict[str, CacheEntry]] = {}
        for path, entry in files.items():
            if (folder := _folder(path)) in changed_folders:
                folders.setdefault(folder, {})[path] = entry
        blobs = {("folder", folder): _FOLDER.encode(CachedFolder.of(entries)) for folder, entries in folders.items()}
        deleted_folders = [("folder", folder) for folder in changed_folders - folders.keys()]
        self.store.put(blobs, [*deleted_folders, *(("text", path) for path in deleted)])
        self.files = dict(files)

    def _flush(self) -> None:
        self.store.put({("text", path): blob for path, blob in self._texts.items()})
        self._texts.clear()


def _folder(path: str) -> str:
    return path[: path.rfind("/")]


_UNREAD = CacheEntry(None)


def read_files(
    scanned: Mapping[str, ScannedFile],
    file_cache: FileCache,
    *,
    ignore_mtimes: bool,
    jobs: int,
    on_progress: ProgressCallback = no_progress,
) -> dict[str, CacheEntry]:
    """The entries of every Markdown file and approval, and those of pictures and documents that the cache has."""
    entries: dict[str, CacheEntry] = {}
    unread: list[str] = []
    cached_files = file_cache.files
    for path, file in scanned.items():
        cached = cached_files.get(path)
        is_same = cached is not None and cached.stamp == file.stamp and file.stamp is not None
        if path.endswith(".md") or is_approval(path):
            if cached is not None and is_same and not ignore_mtimes:
                entries[path] = cached
            else:
                unread.append(path)
                entries[path] = _UNREAD  # keeps the order of paths: digests over all entries must not depend on it
        elif cached is not None and is_same and isinstance(cached.parsed, PictureInfo | DocumentMetadata):
            entries[path] = cached
    if not unread:
        return entries
    from hromada.content.parser import (
        FileReader,  # Markdown and the rules of texts: a build that reads nothing needs none
    )

    reader = FileReader(scanned, file_cache)
    for count, (path, entry, text) in enumerate(parallel_map(unread, reader.read, jobs, named=str), 1):
        on_progress("Читаю", count, len(unread))
        entries[path] = entry
        if text is not None:
            file_cache.keep_text(path, text)
    return entries
