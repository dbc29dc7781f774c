"""What the system says of a file, in Ukrainian: its own words are English on most machines."""

from __future__ import annotations

import errno
from pathlib import Path

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


def why(error: OSError) -> str:
    """The reason in a few words; what nobody here has met yet keeps the system's own."""
    return _WORDS.get(error.errno or 0) or error.strerror or type(error).__name__


def is_there(path: Path) -> bool:
    """Whether something stands at the path; under a name that is too long nothing can (`Path.exists` raises there)."""
    try:
        return path.exists()
    except OSError:
        return False
