"""Names that a file can't have: in the published site, on Windows, in a message of one line."""

from __future__ import annotations

import re
from functools import lru_cache

from hromada.domain.invisible_chars import NAMES

LARGEST_FILE = 100_000_000  # bytes: GitHub takes no larger one, neither in a branch nor in a site
LARGEST_SITE = 1_000_000_000

# Control characters, and bytes that are no UTF-8, as Python shows them.
_CONTROL = "\x00-\x1f\x7f-\x9f\ud800-\udfff"
_JOINERS = "\u200c\u200d"  # of emoji
_UNPRINTABLE = re.compile(f"[{_CONTROL}{''.join(sign for sign in NAMES if sign not in _JOINERS)}]")
_UNSEEN = re.compile(f"[{_CONTROL}{''.join(NAMES)}]")
_UNPUBLISHABLE = re.compile(f"[{_CONTROL}]")
UNWRITABLE = re.compile('[\\\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff\ufffd]')  # no name on Windows may have these
# A file or a folder can't be called so on Windows, whatever its extension.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
)  # fmt: skip
_LONGEST_PATH = 259 - 60  # characters of Windows, and those of the folder into which a clone is put
_NO_TEXT = re.compile("[\ud800-\udfff]")
_GIT_FOLDERS = (".git", "git~1")  # in any case: a clone on Windows or macOS couldn't be checked out


def is_utf8(name: str) -> bool:
    """Whether a name as Python shows it (`surrogateescape`) is text."""
    return not _NO_TEXT.search(name)


def is_device(name: str) -> bool:
    """Whether Windows takes the name of a file for one of its devices."""
    return name.partition(".")[0].strip().casefold() in _DEVICES


def is_unpublishable(name: str) -> bool:
    """Whether git or a host can't take a name (`/` between its parts) into the published site.

    ghp-import writes names unquoted: fast-import stops at a quote and at a line's end.
    """
    return name.startswith('"') or bool(_UNPUBLISHABLE.search(name)) or any(map(_is_git_folder, name.split("/")))


def _is_git_folder(part: str) -> bool:
    # Windows passes over dots and spaces at the end and what stands behind a colon, macOS over signs that nobody sees.
    return _UNSEEN.sub("", part).partition(":")[0].rstrip(". ").casefold() in _GIT_FOLDERS


def fault_of_name(name: str) -> str:
    """Why a file of the content can't be called so, in Ukrainian; empty for a good name."""
    return next(filter(None, map(_fault_of_part, name.split("/"))), "")


@lru_cache(maxsize=1024)  # folders hold many files
def _fault_of_part(part: str) -> str:
    if part.casefold().endswith(".md.md"):  # Windows hides the ending, and it is typed again
        return "у назві файлу двічі «.md»"
    if found := _UNPRINTABLE.search(part):
        return f"у назві файлу є невидимий знак {shown_name(found[0])}"
    if found := UNWRITABLE.search(part):
        return f"у назві файлу є знак {found[0]}, якого не може бути у Windows"
    if part[-1:] in (".", " "):
        return f"назва «{part}» закінчується крапкою або пробілом, у Windows такої не може бути"
    if is_device(part):
        return f"назву «{part}» Windows вважає пристроєм"
    return "таку назву бере собі git" if _is_git_folder(part) else ""


def is_too_long(path: str) -> bool:
    """Whether Windows may not open a path of the repository: it counts what UTF-16 takes, of the whole path."""
    return len(path) * 2 > _LONGEST_PATH and len(path.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_PATH


def shown_name(name: str) -> str:
    """A name in one line of a message, with what nobody sees made visible."""
    return _UNPRINTABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), name)


# Of macOS on foreign disks, LibreOffice, Word and Excel, Emacs, file systems that keep a deleted open file, GNOME, Dropbox.
_LEFTOVER_PREFIXES = (
    "._", ".~", "~$", "~wrl", ".#", ".fuse_hidden", ".nfs", ".goutputstream-", ".dropbox", ".smbdelete", ".ds_store", ".trash-",
)  # fmt: skip
_LEFTOVER_SUFFIXES = ("~", ".swp", ".swo", ".swx")
_LEFTOVER_NAMES = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})
_LEFTOVER_FOLDERS = frozenset({
    "__macosx", ".appledouble", ".dropbox.cache", ".fseventsd", ".spotlight-v100", ".temporaryitems", ".trashes", ".stversions",
    "@eadir", "$recycle.bin", "system volume information",
})  # fmt: skip


# Folders of deleted files, of cloud drives, of earlier versions: what lies there is no content.
_LEFTOVER_FOLDER_PREFIXES = (".trash", ".tmp.drive", ".stfolder", ".history")


def is_leftover(name: str) -> bool:
    """Whether a path (`/` between its parts) is that of a leftover; `.a.md` may be somebody's item."""
    *folders, last = name.casefold().split("/")
    if last.startswith(_LEFTOVER_PREFIXES) or last.endswith(_LEFTOVER_SUFFIXES) or last in _LEFTOVER_NAMES:
        return True
    if (last[:1] == "#" == last[-1:] and len(last) > 1) or (last[:1] == "~" and last.endswith(".tmp")):
        return True
    if any(folder.startswith(_LEFTOVER_FOLDER_PREFIXES) for folder in folders):
        return True
    return (last.startswith(".") and not last.endswith(".md")) or not _LEFTOVER_FOLDERS.isdisjoint(folders)
