"""Files are written whole or not at all: who is killed midway leaves the former file, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from pathlib import Path

_PREFIX = ".new-"  # then the process: what a killed one has left can be told from what another is writing


def write_whole(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Put `data` at `path`, with its folders and these permissions; OSError leaves what stood there."""
    _make_folder(path.parent)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{_PREFIX}{os.getpid()}-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(name, mode)  # mkstemp's own is 0600, which a web server could not read
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def replace_whole(path: Path, data: bytes) -> None:
    """Put other bytes into a file that is there, with its permissions; OSError leaves it as it was."""
    if path.is_symlink():  # replacing it would leave two files where there was one
        raise OSError(0, "це посилання на інший файл")
    write_whole(path, data, stat.S_IMODE(path.stat().st_mode))


def write_new(path: Path, data: bytes) -> None:
    """Put `data` where nothing stands yet, with its folders; OSError (FileExistsError) leaves what was there, or nothing."""
    _make_folder(path.parent)
    file = path.open("xb")  # `x`: another process may have been quicker
    try:
        with file:
            file.write(data)
    except BaseException:  # on a full disk: an empty file would be taken for somebody's
        with contextlib.suppress(OSError):
            os.unlink(path)
        raise


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:  # of a file that stands in the folder's place
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None


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
