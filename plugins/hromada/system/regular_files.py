"""Regular files below a folder, opened without following any link on the way: source files are opened here only.

Only the folder itself, which a person has named, may be reached through a link. Below it a symbolic link, a junction or
another reparse point of Windows that leads elsewhere, a pipe, a device or a socket is refused without being opened. A
cloud drive's placeholder is a file; hard links can't be told from files.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from hromada.domain.file_names import name_in_content


def digest_of(data: bytes) -> str:
    """BLAKE2b, 128 bits, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


_LEADS_ELSEWHERE = 0x2000_0000  # the "name surrogate" bit of a reparse point's tag (Windows)
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _COMMON  # a pipe put there in between must not block
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _COMMON
_HAS_FOLDERS_OPEN = bool(_NOT_FOLLOWED) and {os.open, os.stat} <= os.supports_dir_fd
_INVALID_PARTS = frozenset(("", ".", ".."))
_FORBIDDEN = frozenset("\0" if os.name != "nt" else "\0\\:")  # characters that no name below a folder may have


class FileTypeFault(NamedTuple):
    """Why something is no regular file and no folder: the problem's code, its message and fix in Ukrainian."""

    code: str
    message: str
    fix: str


LINK = FileTypeFault(
    "symbolic-link", "це посилання, а не сам файл чи тека", "приберіть його або покладіть сюди сам файл"
)
SPECIAL = FileTypeFault("special-file", "це не звичайний файл (канал, пристрій чи сокет)", "приберіть його")


class NotRegular(OSError):
    """Something else is at the path of a regular file or a folder; it was not opened."""

    def __init__(self, type_fault: FileTypeFault, file: str) -> None:
        super().__init__(0, type_fault.message, file)
        self.type_fault = type_fault


def type_fault_of(state: os.stat_result) -> FileTypeFault | None:
    """The fault by the result of `lstat`; None for a regular file and a folder."""
    if stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) & _LEADS_ELSEWHERE:
        return LINK
    return None if stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode) else SPECIAL


class RegularFile(NamedTuple):
    """A file by its name (separated by `/`) below a folder."""

    root: str
    name: str

    @classmethod
    def at(cls, path: Path) -> RegularFile:
        """A file that a person has named: its path may have links, the file itself must be regular."""
        real = os.path.realpath(path)
        return cls(*os.path.split(real))

    @property
    def path(self) -> Path:
        return Path(self.root, self.name)

    def state(self) -> os.stat_result:
        """Its `lstat`; OSError when there is no such file, NotRegular among them."""
        state = os.lstat(os.path.join(self.root, self.name))
        _refuse_irregular(state, self)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path))
        return state

    def is_there(self) -> bool:
        """Whether there is a regular file."""
        try:
            self.open().close()
        except OSError:
            return False
        return True

    def open(self) -> BinaryIO:
        """The file opened for reading; OSError when there is no such file, NotRegular among them."""
        try:
            handle = _open_by_folders(self) if _HAS_FOLDERS_OPEN else _open_by_names(self)
        except OSError as error:
            error.filename = str(self.path)
            raise
        try:
            state = os.fstat(handle)  # of what was opened: the path may lead to another file by now
            if stat.S_ISDIR(state.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path))
            _refuse_irregular(state, self)
            return os.fdopen(handle, "rb")
        except BaseException:
            os.close(handle)
            raise

    def read(self) -> bytes:
        with self.open() as file:
            return file.read()


def content_file(folder: Path, path: str) -> RegularFile:
    """The file of a content path in this content folder."""
    return RegularFile(str(folder), name_in_content(path))


def _refuse_irregular(state: os.stat_result, file: RegularFile) -> None:
    if type_fault := type_fault_of(state):
        raise NotRegular(type_fault, str(file.path))


def parts_of(name: str) -> list[str]:
    """The parts of a name below a folder; FileNotFoundError for an invalid name and one that leads out of the folder."""
    if not is_plain_name(name):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return name.split("/")


def is_plain_name(name: str) -> bool:
    """Whether a name is in its normal form and leads to a place below the folder."""
    return _INVALID_PARTS.isdisjoint(name.split("/")) and _FORBIDDEN.isdisjoint(name)


def _open_by_folders(file: RegularFile) -> int:
    """Open each folder relative to its parent, so none can be replaced by a link in between: 15 µs a file (measured)."""
    *folders, last = parts_of(file.name)
    folder = os.open(file.root or os.curdir, _FOLDER)
    try:
        for part in folders:
            inner = _open_in(folder, part, _FOLDER, file)
            os.close(folder)
            folder = inner
        _refuse_irregular(
            os.stat(last, dir_fd=folder, follow_symlinks=False), file
        )  # opening a device may do something
        return _open_in(folder, last, _FILE, file)
    finally:
        os.close(folder)


def _open_in(folder: int, part: str, flags: int, file: RegularFile) -> int:
    try:
        return os.open(part, flags | _NOT_FOLLOWED, dir_fd=folder)
    except OSError:
        _refuse_irregular(os.stat(part, dir_fd=folder, follow_symlinks=False), file)
        raise


def _open_by_names(file: RegularFile) -> int:
    """For Windows, which has no `dir_fd`: check each part by `lstat`; the file opened must be the one checked."""
    path = file.root
    for part in parts_of(file.name):
        path = os.path.join(path, part)
        state = os.lstat(path)
        _refuse_irregular(state, file)
    handle = os.open(path, _FILE)
    if not os.path.samestat(state, os.fstat(handle)):
        os.close(handle)
        raise NotRegular(LINK, path)
    return handle


class FolderEntry(NamedTuple):
    """An entry below the folder that is listed: its name from there on, and whether it is a folder (no link to one)."""

    name: str
    on_disk: os.DirEntry[str]
    is_folder: bool

    @property
    def state(self) -> os.stat_result:
        """Its own `lstat`, not that of a link's target."""
        return self.on_disk.stat(follow_symlinks=False)

    @property
    def is_regular(self) -> bool:
        """Whether it is a regular file; without `lstat` where the folder's list has the type."""
        return self.on_disk.is_file(follow_symlinks=False) and (os.name != "nt" or not type_fault_of(self.state))


def entries_below(folder: Path, *, closed: Collection[str] = ()) -> Iterator[FolderEntry]:
    """Everything below a folder, in no order; links and `closed` folders are not entered.

    OSError for a folder that can't be listed.
    """
    pending = [("", os.fspath(folder))]
    while pending:
        prefix, path = pending.pop()
        with os.scandir(path) as entries:
            for entry in entries:
                name, is_folder = f"{prefix}{entry.name}", _is_folder(entry)
                if is_folder and name not in closed:
                    pending.append((f"{name}/", entry.path))
                yield FolderEntry(name, entry, is_folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """On Windows `is_dir` is true for a junction, too; there `stat` costs nothing more."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return os.name != "nt" or not type_fault_of(entry.stat(follow_symlinks=False))


def irregular_files(folder: Path) -> list[tuple[str, FileTypeFault]]:
    """What below a folder is neither a regular file nor a folder; empty if there is no folder."""
    if not folder.is_dir():
        return []
    others = (entry for entry in entries_below(folder) if not (entry.is_folder or entry.is_regular))
    return sorted((other.name, type_fault) for other in others if (type_fault := type_fault_of(other.state)))


def folder_of(file: RegularFile, *, make: bool = False) -> str:
    """The folder of a file that is to be written or removed; with `make` it is created. NotRegular if a part is a link."""
    path, parts = file.root, parts_of(file.name)[:-1]
    if make and not parts and not os.path.isdir(path):  # noqa: PTH112  # a Path costs more than the call, and every page has a folder
        make_folder(Path(path))
    for part in parts:
        path = os.path.join(path, part)
        try:
            state = os.lstat(path)
        except FileNotFoundError:
            if not make:
                raise
            if _make_in(file.root, path):
                continue
            state = os.lstat(path)
        if type_fault := type_fault_of(state):
            raise NotRegular(type_fault, path)
        if not stat.S_ISDIR(state.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
    return path or os.curdir


def _make_in(root: str, path: str) -> bool:
    """Make a folder below `root`, which is made, too; False if another process has made the folder."""
    try:
        if not os.path.isdir(root):  # noqa: PTH112
            make_folder(Path(root))
        os.mkdir(path)  # noqa: PTH102
    except FileExistsError:
        return False
    return True


def sibling_names(file: RegularFile) -> list[str]:
    """The names of everything in a file's folder, the file itself included."""
    with os.scandir(folder_of(file)) as entries:
        return [entry.name for entry in entries]


def make_folder(folder: Path) -> None:
    """Create the folder with its parents; NotADirectoryError if there is a file of that name."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
