"""The content folder as the editor in the browser sees it: files with the names of their versions, saved only over what was seen.

Every file is written under a temporary name and renamed. Of one request the pictures are written first and what is removed
goes last, so a process killed in between leaves whole files, and at worst a picture that no text names yet.
"""

from __future__ import annotations

import contextlib
import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.file_names import printable_name
from hromada.domain.file_types import is_picture, suffix_of, type_of
from hromada.domain.settings import SettingsRefused
from hromada.images.copies import PictureRefused
from hromada.serve.git_api import Change, Operation, RequestRefused, blob_sha, head_of
from hromada.system.atomic_files import atomic_create, atomic_replace, atomic_write
from hromada.system.disk_errors import advice, describe_error
from hromada.system.git import Git, GitFailed
from hromada.system.regular_files import RegularFile, content_file, sibling_names
from hromada.system.scan import MTIME_GRANULARITY_NS, ScannedFile, Stamp, scan_folder, stamp_from

_READ = frozenset({".md", ".toml", ".csv"})  # of these the version is that of the bytes


class Version(NamedTuple):
    """A file's version as the API names it, and its size."""

    sha: str
    size: int


class _Seen(Struct):
    """What was known of a file when it was last looked at."""

    stamp: Stamp
    version: Version
    file: RegularFile


class Saved(NamedTuple):
    """What a request has left: the state of the whole content, each change with its file's version, files kept beside.

    `began`: the moment (`time.monotonic`) before which nothing was written; None if every file was as it should be.
    """

    head: str
    files: tuple[tuple[Change, str], ...]
    kept: tuple[str, ...] = ()
    began: float | None = None


class ContentFiles:
    """The files of a content folder; all methods may be called by several threads."""

    def __init__(self, root: Path, content: Path, side: Callable[[], int]) -> None:
        """`side` gives the longer side of pictures in the repository; it may raise ValueError for unreadable settings."""
        self.root, self.content, self._side = root, content, side
        self._lock = threading.RLock()
        self._seen: dict[str, _Seen] = {}
        # The version of each file that was here at the start or was saved here.
        self._ours = {path: version.sha for path, version in self.versions().items()}

    def versions(self) -> dict[str, Version]:
        """Every regular file with its version."""
        with self._lock:
            scanned = scan_folder(self.content)
            now = time.time_ns()
            seen = {path: seen_file for path, file in scanned.items() if (seen_file := self._look(path, file, now))}
            self._seen = seen
            return {path: seen_file.version for path, seen_file in seen.items()}

    def head(self) -> str:
        """The name of the present state of all files."""
        return head_of({path: version.sha for path, version in self.versions().items()})

    def _look(self, path: str, file: ScannedFile, now: int) -> _Seen | None:
        if file.stamp is None or any(part.startswith(".") for part in path.split("/")):
            return None
        known = self._seen.get(path)
        is_settled = now - file.stamp[1] > MTIME_GRANULARITY_NS  # a second write may leave the same stamp
        if known and known.stamp == file.stamp and (is_settled or not _is_read(path)):
            return known
        try:
            return _Seen(file.stamp, _version(path, file.source, file.stamp), file.source)
        except OSError:  # it has just gone, or can't be read: the check says so
            return None

    def read(self, path: str) -> bytes:
        """A file's bytes; OSError if there is none."""
        return self._file(path).read()

    def version_of(self, path: str) -> Version | None:
        """The version that a file has now; None if there is no regular file."""
        file = self._file(path)
        try:
            return _version(path, file, stamp_from(file.state()))
        except OSError:
            return None

    def read_version(self, path: str) -> tuple[str, bytes]:
        """A file's version and the bytes that it had; OSError if there is none."""
        file = self._file(path)
        stamp = stamp_from(file.state())
        data = file.read()
        return _sha(path, stamp, data), data

    def _file(self, path: str) -> RegularFile:
        """The file of a path; the name on the disk may be in another form of Unicode."""
        known = self._seen.get(path)
        return known.file if known else content_file(self.content, path)

    def save(self, changes: Sequence[Change]) -> Saved:
        """Carry out all changes or none; RequestRefused with the reason.

        409 if a file is no longer what its author has seen: both texts are then kept outside of the content.
        """
        prepared = [self._prepared(change) for change in changes]
        with self._lock:
            self._refuse_conflicts(prepared)
            kept = tuple(name for change in prepared for name in self._keep_foreign(change))
            began, has_written = time.monotonic(), False
            try:
                with _undone_on_failure() as former:
                    for change in sorted(prepared, key=_order):
                        has_written |= self._write(change, former)
            except OSError as error:
                raise RequestRefused(
                    HTTPStatus.INSUFFICIENT_STORAGE, f"Не збережено ({describe_error(error)}): {advice(error)}"
                ) from None
            versions = self.versions()
            files = tuple((change, versions[change.path].sha if change.path in versions else "") for change in prepared)
            for change, sha in files:
                self._ours.pop(change.moved_from, None)
                self._ours.pop(change.path, None)
                if sha:
                    self._ours[change.path] = sha
            head = head_of({path: version.sha for path, version in versions.items()})
            return Saved(head, files, kept, began if has_written else None)

    def _prepared(self, change: Change) -> Change:
        """A change with the bytes that are written: pictures and documents without metadata of places and people."""
        if change.operation is Operation.DELETE or type_of(change.path) is None:
            return change
        # Half a second of imports, for which nobody waits who saves a text or only looks.
        from hromada.content.metadata_removal import CleaningRefused, clean_bytes, is_cleaned
        from hromada.render.archive_copies import uploaded_copy

        try:
            if is_picture(change.path):
                moved_from = change.moved_from and self._bytes_at(change.moved_from)
                if moved_from == change.data:  # only its name changes
                    return change
                return replace(change, data=uploaded_copy(change.path, change.data, self._side()))
            if is_cleaned(change.path) and (cleaned := clean_bytes(change.path, change.data)):
                return replace(change, data=cleaned.data)
        except PictureRefused as refused:
            raise self._not_saved(change, str(refused)) from None
        except CleaningRefused as refused:
            if refused.is_error:
                raise self._not_saved(change, f"дані про місце не прибрано: {refused}") from None
        except SettingsRefused as refused:
            raise self._not_saved(change, f"налаштування не читаються: {refused}") from None
        except MemoryError:
            raise self._not_saved(change, "файл завеликий для пам’яті цього комп’ютера") from None
        return change

    def _not_saved(self, change: Change, reason: str) -> RequestRefused:
        message = f"{printable_name(change.path)}: {reason}. Нічого не збережено."
        return RequestRefused(HTTPStatus.UNPROCESSABLE_ENTITY, message, path=change.path)

    def _bytes_at(self, path: str) -> bytes | None:
        try:
            return self.read(path)
        except OSError:
            return None

    def _refuse_conflicts(self, changes: Sequence[Change]) -> None:
        """Refuse what would overwrite another version than the one seen; every text of the request is kept, and the others."""
        reasons = {change.path: reason for change in changes if (reason := self._conflict(change))}
        if not reasons:
            return
        kept = list[str]()
        for change in changes:
            if change.data and (change.path in reasons or suffix_of(change.path) == ".md"):
                kept.append(self._keep(change.path, change.data, "-ваш"))
            seen_at = change.moved_from or change.path
            if change.path in reasons and change.data and (other := self._bytes_at(seen_at)) is not None:
                kept.append(self._keep(seen_at, other, "-на-диску"))
        lines = [f"{printable_name(path)}: {reason}" for path, reason in reasons.items()]
        beside = f" Тексти лежать поруч: {', '.join(kept)}." if kept else ""
        raise RequestRefused(
            HTTPStatus.CONFLICT, f"{'; '.join(lines)}. Нічого не збережено, щоб не стерти чужого.{beside}",
            kept=kept, paths=sorted(reasons),
        )  # fmt: skip

    def _conflict(self, change: Change) -> str:
        """Why a change would overwrite what its author has not seen, in Ukrainian; empty if it would not."""
        now = self.version_of(change.moved_from or change.path)
        if change.operation is Operation.CREATE:
            return "такий файл уже є" if self._is_anything(change.path) else ""
        if now is None:
            return "цього файлу вже немає: його прибрали або перейменували, поки ви писали"
        if now.sha != change.sha:
            return "файл змінився, поки ви писали: його змінила інша програма або колега"
        if change.moved_from and self._is_anything(change.path):
            return "файл із новою назвою вже є"
        return ""

    def _is_anything(self, path: str) -> bool:
        """Whether something has this name, in whatever case: on Windows and macOS it would be the same file."""
        file = self._file(path)
        try:
            names = {name.casefold() for name in sibling_names(file)}
        except OSError:
            return False
        return file.path.name.casefold() in names

    def _keep_foreign(self, change: Change) -> Iterator[str]:
        """Keep a text that somebody else has put here since the start and that this change replaces, though it was seen."""
        path = change.moved_from or change.path
        if change.operation is Operation.CREATE or self._ours.get(path) == change.sha or is_picture(path):
            return
        other = self._bytes_at(path)
        if other is not None and other != change.data and not self._is_committed(path, other):
            yield self._keep(path, other, "-на-диску")

    def _keep(self, path: str, text: bytes, mark: str) -> str:
        """Write a text outside of the content, where a publication keeps those of a conflict; returns its name."""
        from hromada.publish.content_conflicts import keep_copy

        return keep_copy(Git(self.root), path, text, mark)

    def _is_committed(self, path: str, data: bytes) -> bool:
        """Whether the last commit has these bytes, so that they can't be lost."""
        try:
            return Git(self.root).run("rev-parse", "--verify", "--quiet", f"HEAD:{path}") == blob_sha(data)
        except (GitFailed, OSError):  # no repository, no git, or no such file there
            return False

    def _write(self, change: Change, former: dict[RegularFile, bytes | None]) -> bool:
        """Carry out a change; whether a file is other than it was. What another program does meanwhile is a conflict."""
        file = self._file(change.path)
        if change.operation is Operation.DELETE:
            former[file] = self._unchanged(file, change)
            file.path.unlink()
        elif change.operation is Operation.CREATE:
            self._create(file, change)
            former[file] = None
        elif change.moved_from:
            old = self._file(change.moved_from)
            data = self._unchanged(old, change)
            self._create(file, change)
            former[file], former[old] = None, data
            old.path.unlink()
        else:
            former[file] = data = self._unchanged(file, change)
            if data == change.data:
                return False
            atomic_replace(file, change.data)
        return True

    def _create(self, file: RegularFile, change: Change) -> None:
        try:
            atomic_create(file, change.data)
        except FileExistsError:
            raise self._overtaken(change, "такий файл уже є") from None

    def _unchanged(self, file: RegularFile, change: Change) -> bytes:
        """The bytes of a file that is still the one that was seen."""
        data = file.read()
        if _is_read(change.path) and blob_sha(data) != change.sha:
            raise self._overtaken(change, "файл змінився, поки ви писали: його змінила інша програма або колега")
        return data

    def _overtaken(self, change: Change, reason: str) -> RequestRefused:
        kept = [self._keep(change.path, change.data, "-ваш")] if change.data else []
        beside = f" Ваш текст лежить поруч: {kept[0]}." if kept else ""
        return RequestRefused(
            HTTPStatus.CONFLICT, f"{printable_name(change.path)}: {reason}. Нічого не збережено, щоб не стерти чужого.{beside}",
            kept=kept, paths=[change.path],
        )  # fmt: skip


@contextlib.contextmanager
def _undone_on_failure() -> Iterator[dict[RegularFile, bytes | None]]:
    """A record of files as they were (None: there was none), which are put back if the rest fails."""
    former: dict[RegularFile, bytes | None] = {}
    try:
        yield former
    except BaseException:
        for file, data in reversed(former.items()):
            with contextlib.suppress(OSError):  # the first failure is reported
                if data is None:
                    file.path.unlink(missing_ok=True)
                else:
                    atomic_write(file, data)
        raise


def _order(change: Change) -> tuple[bool, bool]:
    """Pictures and documents before the texts that name them, removals after."""
    return change.operation is Operation.DELETE, type_of(change.path) is None


def _is_read(path: str) -> bool:
    return suffix_of(path) in _READ


def _version(path: str, file: RegularFile, stamp: Stamp) -> Version:
    data = file.read() if _is_read(path) else b""
    return Version(_sha(path, stamp, data), len(data) or stamp[0])


def _sha(path: str, stamp: Stamp, data: bytes) -> str:
    """By the bytes of a text, so that the same text is the same version; photos are too large to be read at each start."""
    if _is_read(path):
        return blob_sha(data)
    size, changed, _, inode = stamp
    name = f"{path}\0{size}\0{changed}\0{inode}".encode("utf-8", "surrogateescape")
    return hashlib.sha1(name, usedforsecurity=False).hexdigest()
