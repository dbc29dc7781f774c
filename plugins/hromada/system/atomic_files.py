"""Files are written whole or not at all: who is killed midway leaves the former file, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

from hromada.system.regular_files import RegularFile, folder_of, make_folder

_PREFIX = ".new-"  # then the process: what a killed one has left can be told from what another is writing


def atomic_write(path: Path | RegularFile, data: bytes, mode: int = 0o644) -> None:
    """Put `data` at `path`, with its folders and these permissions; OSError leaves what stood there.

    A file below a folder goes through no link; one that stands in its own place is replaced.
    """
    path, folder = _place(path)
    handle, name = tempfile.mkstemp(dir=folder, prefix=f"{_PREFIX}{os.getpid()}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, mode)  # mkstemp's own is 0600, which a web server could not read
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def replace_whole(file: RegularFile, data: bytes) -> None:
    """Put other bytes into a file that is there, with its permissions; OSError, NotRegular among them, leaves it as it was."""
    with file.open() as present:  # not by its name: that would follow a folder that is a link
        mode = stat.S_IMODE(os.fstat(present.fileno()).st_mode)
    atomic_write(file, data, mode)


def write_new(path: Path | RegularFile, data: bytes) -> None:
    """Put `data` where nothing stands yet, with its folders; OSError (FileExistsError) leaves what was there, or nothing."""
    path, _ = _place(path)
    file = path.open("xb")  # `x`: another process may have been quicker
    try:
        with file:
            file.write(data)
    except BaseException:  # on a full disk: an empty file would be taken for somebody's
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def _place(file: Path | RegularFile) -> tuple[Path, Path]:
    """Where the file is to stand, and its folder, which is there now."""
    if isinstance(file, RegularFile):
        return file.path, folder_of(file, make=True)
    make_folder(file.parent)
    return file, file.parent


def read_bounded(path: Path, most: int) -> bytes:
    """The bytes of a regular file of at most so many; OSError for a link, a pipe, a device and what is larger."""
    with RegularFile(str(path.parent), path.name).open() as file:
        raw = file.read(most + 1)
    if len(raw) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return raw


def sweep(folder: Path) -> None:
    """Remove what killed processes have left unfinished in the folder."""
    for path in folder.rglob(f"{_PREFIX}*"):
        owner = path.name.removeprefix(_PREFIX).partition("-")[0]
        if path.is_file() and owner.isdecimal() and not _is_running(int(owner)):
            path.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    if os.name == "nt":  # asking would end it; whoever wants the folder clean removes the files
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    try:  # one that was killed keeps its number until its parent has been told
        return Path(f"/proc/{process}/stat").read_bytes().rpartition(b")")[2].split()[0] not in (b"Z", b"X")
    except (OSError, IndexError):  # not on Linux, or gone just now
        return True
