"""Atomic writes: a process killed midway leaves the former file or none, never a part of the new one."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from hromada.system.regular_files import RegularFile, folder_of, make_folder

_PREFIX = ".new-"  # of a temporary file; its process id follows, so `sweep` leaves files of running processes alone
_NEW = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_numbers = itertools.count()


def atomic_write(path: Path | RegularFile, data: bytes, mode: int = 0o644) -> None:
    """Write `data` to `path` with these permissions, creating its folders; on OSError the former file is unchanged.

    The folders of a RegularFile must be no links; a link in the place of the file itself is replaced.
    """
    target, folder = _prepared_target(path)
    with _temporary_file(folder, data, mode) as name:
        os.replace(name, target)


def atomic_replace(file: RegularFile, data: bytes) -> None:
    """Replace the bytes of an existing file, keeping its permissions; on OSError (or NotRegular) it is unchanged."""
    with file.open() as present:  # not by its path: that would follow a folder that is a link
        mode = stat.S_IMODE(os.fstat(present.fileno()).st_mode)
    atomic_write(file, data, mode)


def write_new(path: Path | RegularFile, data: bytes) -> None:
    """Write a new file, creating its folders; FileExistsError if there is one, on another OSError no file is left."""
    target, _ = _prepared_target(path)
    file = Path(target).open("xb")  # noqa: SIM115  # `x`: another process may have been quicker
    try:
        with file:
            file.write(data)
    except BaseException:  # on a full disk: an incomplete file would be taken for the editor's
        with contextlib.suppress(OSError):
            os.unlink(target)
        raise


def atomic_create(path: Path | RegularFile, data: bytes, mode: int = 0o644) -> None:
    """Write a new file as a whole, creating its folders; FileExistsError if there is one, also if it came in between."""
    target, folder = _prepared_target(path)
    with _temporary_file(folder, data, mode) as name:
        _rename_to_new(name, target)


@contextlib.contextmanager
def _temporary_file(folder: str, data: bytes, mode: int) -> Iterator[str]:
    """The path of a new file with this content, for the caller to move; removed if an exception is raised meanwhile."""
    handle, name = _open_new(folder)
    try:
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(handle, rest) :]
            if hasattr(os, "fchmod"):  # on Windows there is but one permission
                os.fchmod(handle, mode)
        finally:
            os.close(handle)
        yield name
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _open_new(folder: str) -> tuple[int, str]:
    """A new empty file in a folder and its path, which `sweep` knows as this process's: a random name is not needed."""
    for number in _numbers:
        name = os.path.join(folder, f"{_PREFIX}{os.getpid()}-{number}")
        try:
            return os.open(name, _NEW, 0o600), name
        except FileExistsError:  # of a killed process that had the same id
            continue
    raise AssertionError("numbers have no end")


def _rename_to_new(name: str, path: str) -> None:
    if os.name == "nt":
        os.rename(name, path)  # noqa: PTH104  # which never replaces a file there
        return
    try:
        os.link(name, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, as a memory card's
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
        os.replace(name, path)
    else:
        os.unlink(name)


def _prepared_target(file: Path | RegularFile) -> tuple[str, str]:
    """The file's path and its folder, which is created."""
    if isinstance(file, RegularFile):
        return os.path.join(file.root, file.name), folder_of(file, make=True)
    make_folder(file.parent)
    return str(file), str(file.parent)


def read_bounded(path: Path, limit: int) -> bytes:
    """The bytes of a regular file; OSError for a link, a pipe, a device, and a file of more than `limit` bytes."""
    with RegularFile(str(path.parent), path.name).open() as file:
        raw = file.read(limit + 1)
    if len(raw) > limit:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return raw


def sweep(folder: Path) -> None:
    """Remove the temporary files of killed processes below the folder."""
    for path in folder.rglob(f"{_PREFIX}*"):
        owner = path.name.removeprefix(_PREFIX).partition("-")[0]
        if path.is_file() and owner.isdecimal() and not _is_running(int(owner)):
            path.unlink(missing_ok=True)


def _is_running(pid: int) -> bool:
    if os.name == "nt":  # os.kill would end the process there; temporary files stay until a person removes them
        return True
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    try:  # a killed process keeps its id (as a zombie) until its parent has waited for it
        return Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except (OSError, IndexError):  # not on Linux, or it has just ended
        return True
