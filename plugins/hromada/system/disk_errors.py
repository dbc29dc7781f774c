"""Messages for OSErrors, in Ukrainian: the system's own messages are English on most machines."""

from __future__ import annotations

import errno
from pathlib import Path

from hromada.domain.problem import Problem
from hromada.system.regular_files import FileTypeFault, NotRegular

_REASONS = {
    errno.ENOENT: "його немає",
    errno.EACCES: "немає прав",
    errno.EPERM: "немає прав",
    errno.EISDIR: "це тека",
    errno.ENOTDIR: "на шляху до нього файл замість теки",
    errno.ELOOP: "посилання веде колом",
    errno.EIO: "помилка диска",
    errno.ENOSPC: "на диску немає місця",
    errno.EROFS: "диск лише для читання",
    errno.ENAMETOOLONG: "задовга назва",
}
_NOT_A_FILE = (errno.EISDIR, errno.ELOOP)
_DISK_FAULTS = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EIO)


class DiskError(Exception):
    """A command can't go on because of the disk or a concurrent change; the message is Ukrainian and says what to do."""


def is_disk_fault(error: OSError) -> bool:
    """Whether permissions or the disk are at fault, not this program."""
    return isinstance(error, NotRegular) or error.errno in _DISK_FAULTS


def describe_error(error: OSError) -> str:
    """The reason in a few words; the system's own message for an unlisted error number."""
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__


def advice(error: OSError) -> str:
    """What to do; permissions and the disk are only named for a regular file."""
    if isinstance(error, NotRegular) or error.errno in _NOT_A_FILE:
        return "замініть це звичайним файлом"
    if error.errno == errno.ENOTDIR:
        return "приберіть той файл"
    if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
        return "перевірте назву"
    return "перевірте права та диск"


def write_error(file: Path, error: OSError) -> DiskError:
    """The error that ends a command which could not write its file."""
    action = advice(error)
    return DiskError(f"Не вдалося записати {file} ({describe_error(error)}). {action[0].upper()}{action[1:]}.")


def read_error(file: Path | str, error: OSError) -> DiskError:
    """The error that ends a command which could not read a file that was there a moment ago."""
    return DiskError(f"{file}: файл не вдалося прочитати ({describe_error(error)}). Перевірте його і запустіть ще раз.")


def file_type_problem(path: str, type_fault: FileTypeFault) -> Problem:
    """The problem of a path that is no regular file; its name need not be UTF-8."""
    return Problem(path.encode("utf-8", "replace").decode(), 1, type_fault.code, type_fault.message, type_fault.fix)


def unreadable(path: str, error: OSError) -> Problem:
    """The problem of a content file that can't be read."""
    if isinstance(error, NotRegular):
        return file_type_problem(path, error.type_fault)
    return Problem(path, 1, "unreadable", f"файл не вдалося прочитати ({describe_error(error)})", advice(error))


def unwritable(path: str, error: OSError) -> Problem:
    """The problem of a content file that can't be written."""
    if isinstance(error, NotRegular):
        return file_type_problem(path, error.type_fault)
    return Problem(path, 1, "unreadable", f"файл не вдалося записати ({describe_error(error)})", advice(error))


def is_there(path: Path) -> bool:
    """Whether the path exists; `Path.exists` raises for a name that is too long."""
    try:
        return path.exists()
    except OSError:
        return False
