"""What the disk does not let us do, in Ukrainian: the system's own words are English on most machines."""

from __future__ import annotations

import errno
from pathlib import Path

from hromada.domain.problem import Problem
from hromada.system.regular_files import NotRegular, Oddity

_WORDS = {
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
_NO_FILE = (errno.EISDIR, errno.ELOOP)
_OF_THE_DISK = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EIO)


class DiskError(Exception):
    """A command can't go on, and the disk or somebody at it is at fault: the message is Ukrainian and says what to do."""


def is_of_the_disk(error: OSError) -> bool:
    """Whether rights or the disk are at fault, whatever the program does."""
    return isinstance(error, NotRegular) or error.errno in _OF_THE_DISK


def describe_error(error: OSError) -> str:
    """The reason in a few words; what nobody here has met yet keeps the system's own."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


def advice(error: OSError) -> str:
    """What to do: rights and the disk are to blame for a file alone, not for what is none."""
    if isinstance(error, NotRegular) or error.errno in _NO_FILE:
        return "замініть це звичайним файлом"
    if error.errno == errno.ENOTDIR:
        return "приберіть той файл"
    if error.errno in (errno.ENOENT, errno.ENAMETOOLONG):
        return "перевірте назву"
    return "перевірте права та диск"


def write_error(file: Path, error: OSError) -> DiskError:
    """What stops a command that could not write its file."""
    todo = advice(error)
    return DiskError(f"Не вдалося записати {file} ({describe_error(error)}). {todo[0].upper()}{todo[1:]}.")


def read_error(file: Path | str, error: OSError) -> DiskError:
    """What stops a command whose file was there a moment ago."""
    return DiskError(f"{file}: файл не вдалося прочитати ({describe_error(error)}). Перевірте його і запустіть ще раз.")


def odd(path: str, oddity: Oddity) -> Problem:
    """The fault of what is no regular file; its name may be no UTF-8."""
    return Problem(path.encode("utf-8", "replace").decode(), 1, oddity.code, oddity.words, oddity.fix)


def unreadable(path: str, error: OSError) -> Problem:
    """The fault of a file of the content that can't be read."""
    if isinstance(error, NotRegular):
        return odd(path, error.oddity)
    return Problem(path, 1, "unreadable", f"файл не вдалося прочитати ({describe_error(error)})", advice(error))


def unwritable(path: str, error: OSError) -> Problem:
    """The fault of a file of the content that can't be written."""
    if isinstance(error, NotRegular):
        return odd(path, error.oddity)
    return Problem(path, 1, "unreadable", f"файл не вдалося записати ({describe_error(error)})", advice(error))


def is_there(path: Path) -> bool:
    """Whether something stands at the path; under a name that is too long nothing can (`Path.exists` raises there)."""
    try:
        return path.exists()
    except OSError:
        return False
