"""Regular files below a folder, opened without following any link on the way: the one place that opens a source file.

Only the folder itself, which a person has named, may be reached through a link. Everything below it counts under its own
name: a symbolic link, a junction or another reparse point of Windows that leads elsewhere, a pipe, a device, a socket is
refused without being opened. A cloud drive's placeholder is a file; hard links can't be told from files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_LEADS_ELSEWHERE = 0x2000_0000  # of a reparse point's tag: a name surrogate, in Windows' words
_COMMON = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_FILE = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _COMMON  # a pipe put there meanwhile must not be waited for
_NOT_FOLLOWED = getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | _COMMON
_HAS_FOLDERS_OPEN = bool(_NOT_FOLLOWED) and {os.open, os.stat} <= os.supports_dir_fd
_NO_NAMES = frozenset(("", ".", ".."))
_FORBIDDEN = frozenset("\0" if os.name != "nt" else "\0\\:")  # that no name below a folder has


class Oddity(NamedTuple):
    """What is neither a regular file nor a folder: the problem's code and its Ukrainian words."""

    code: str
    words: str
    fix: str


LINK = Oddity("symbolic-link", "це посилання, а не сам файл чи тека", "приберіть його або покладіть сюди сам файл")
SPECIAL = Oddity("special-file", "це не звичайний файл (канал, пристрій чи сокет)", "приберіть його")


class NotRegular(OSError):
    """Something else stands where a regular file or a folder should; it was not opened."""

    def __init__(self, oddity: Oddity, file: str) -> None:
        super().__init__(0, oddity.words, file)
        self.oddity = oddity


def oddity_of(state: os.stat_result) -> Oddity | None:
    """What a thing is by its own state (`lstat`), unless it is a regular file or a folder."""
    if stat.S_ISLNK(state.st_mode) or getattr(state, "st_reparse_tag", 0) & _LEADS_ELSEWHERE:
        return LINK
    return None if stat.S_ISREG(state.st_mode) or stat.S_ISDIR(state.st_mode) else SPECIAL


class RegularFile(NamedTuple):
    """A file by its name (parted by `/`) below a folder."""

    root: str
    name: str

    @classmethod
    def at(cls, path: Path) -> RegularFile:
        """A file that a person has named: it may be reached through links, and must be regular."""
        real = os.path.realpath(path)
        return cls(*os.path.split(real))

    @property
    def path(self) -> Path:
        return Path(self.root, self.name)

    def state(self) -> os.stat_result:
        """Its own state; OSError, NotRegular among them, when there is no such file."""
        state = os.lstat(self.path)
        _refuse_odd(state, self)
        if stat.S_ISDIR(state.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path))
        return state

    def is_there(self) -> bool:
        """Whether a regular file stands there."""
        try:
            self.open().close()
        except OSError:
            return False
        return True

    def open(self) -> BinaryIO:
        """The file for reading; OSError, NotRegular among them, when there is no such file."""
        try:
            handle = _open_by_folders(self) if _HAS_FOLDERS_OPEN else _open_by_names(self)
        except OSError as error:
            error.filename = str(self.path)
            raise
        try:
            state = os.fstat(handle)  # of what was opened, whatever stands there by now
            if stat.S_ISDIR(state.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(self.path))
            _refuse_odd(state, self)
            return os.fdopen(handle, "rb")
        except BaseException:
            os.close(handle)
            raise

    def read(self) -> bytes:
        with self.open() as file:
            return file.read()


def _refuse_odd(state: os.stat_result, file: RegularFile) -> None:
    if oddity := oddity_of(state):
        raise NotRegular(oddity, str(file.path))


def parts_of(name: str) -> list[str]:
    """The parts of a name below a folder; FileNotFoundError for one that leads out of it or is none."""
    parts = name.split("/")
    if not (_NO_NAMES.isdisjoint(parts) and _FORBIDDEN.isdisjoint(name)):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), name)
    return parts


def _open_by_folders(file: RegularFile) -> int:
    """Each folder on the way is opened in the one before, so none can be replaced by a link meanwhile: 15 µs a file (measured)."""
    *folders, last = parts_of(file.name)
    folder = os.open(file.root or os.curdir, _FOLDER)
    try:
        for part in folders:
            inner = _open_in(folder, part, _FOLDER, file)
            os.close(folder)
            folder = inner
        _refuse_odd(os.stat(last, dir_fd=folder, follow_symlinks=False), file)  # opening a device may do something
        return _open_in(folder, last, _FILE, file)
    finally:
        os.close(folder)


def _open_in(folder: int, part: str, flags: int, file: RegularFile) -> int:
    try:
        return os.open(part, flags | _NOT_FOLLOWED, dir_fd=folder)
    except OSError:
        _refuse_odd(os.stat(part, dir_fd=folder, follow_symlinks=False), file)
        raise


def _open_by_names(file: RegularFile) -> int:
    """Windows opens no file in a folder that is open: each is looked at, and the last must be what was looked at."""
    place = file.root
    for part in parts_of(file.name):
        place = os.path.join(place, part)
        state = os.lstat(place)
        _refuse_odd(state, file)
    handle = os.open(place, _FILE)
    if not os.path.samestat(state, os.fstat(handle)):
        os.close(handle)
        raise NotRegular(LINK, place)
    return handle


class Entry(NamedTuple):
    """What stands in a folder: its name below the folder that was asked about, and whether it is a folder of its own."""

    name: str
    on_disk: os.DirEntry[str]
    is_folder: bool

    @property
    def state(self) -> os.stat_result:
        """Its own, not of what it may lead to."""
        return self.on_disk.stat(follow_symlinks=False)


def entries_below(folder: Path, *, closed: Collection[str] = ()) -> Iterator[Entry]:
    """Everything below a folder, in no order; neither a link nor a `closed` folder is gone into.

    OSError for a folder that can't be listed.
    """
    waiting = [("", os.fspath(folder))]
    while waiting:
        above, place = waiting.pop()
        with os.scandir(place) as entries:
            for entry in entries:
                name, is_folder = f"{above}{entry.name}", _is_folder(entry)
                if is_folder and name not in closed:
                    waiting.append((f"{name}/", entry.path))
                yield Entry(name, entry, is_folder)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """A junction of Windows says of itself that it is a folder; there its state costs nothing more."""
    if not entry.is_dir(follow_symlinks=False):
        return False
    return os.name != "nt" or not oddity_of(entry.stat(follow_symlinks=False))


def odd_below(folder: Path) -> list[tuple[str, Oddity]]:
    """What below a folder is neither a regular file nor a folder; nothing where there is no folder."""
    if not folder.is_dir():
        return []
    others = (one for one in entries_below(folder) if not one.is_folder)
    return sorted((other.name, oddity) for other in others if (oddity := oddity_of(other.state)))


def folder_of(file: RegularFile, *, make: bool = False) -> Path:
    """The folder that a file is to be written to or removed from, made on demand; NotRegular where a link stands in for one."""
    place = file.root
    if make:
        make_folder(Path(place))
    for part in parts_of(file.name)[:-1]:
        place = os.path.join(place, part)
        state = _made(place) if make else os.lstat(place)
        if oddity := oddity_of(state):
            raise NotRegular(oddity, place)
        if not stat.S_ISDIR(state.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), place)
    return Path(place)


def names_beside(file: RegularFile) -> list[str]:
    """What stands in a file's folder, the file itself among it, whatever each is."""
    with os.scandir(folder_of(file)) as entries:
        return [entry.name for entry in entries]


def _made(place: str) -> os.stat_result:
    try:
        return os.lstat(place)
    except FileNotFoundError:
        with contextlib.suppress(FileExistsError):  # another process was quicker
            Path(place).mkdir()
        return os.lstat(place)


def make_folder(folder: Path) -> None:
    """The folder that a person or we have named, with those above it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # of a file that stands in the folder's place
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
