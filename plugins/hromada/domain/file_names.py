"""Names of files: content paths, a report's files, invalid names (on Windows, in git, in the published site), leftovers of programs.

They are the same for every CONTENT folder: `content/`, then the file's name below that folder, separated by `/`, in NFC.
"""

from __future__ import annotations

from functools import lru_cache

from hromada.domain.lazy_regex import lazy_compile
from hromada.domain.pasted_text import NAMES

APPROVED = "content/reports/approved/"
# Characters of a new file's name, with the day and the extension: people read it, and Windows allows 259 for a whole path.
LONGEST_FILE_NAME = 80
# Title, type, name.
FILES = (
    ("Звіт для друку", "PDF", "report.pdf"),
    ("Звіт для підпису", "DOCX", "report.docx"),
    ("Показники й переліки", "XLSX", "report.xlsx"),
    ("Перелік матеріалів", "CSV", "items.csv"),
    ("Показники", "JSON", "report.json"),
    ("Паспорт набору даних", "JSON", "datapackage.json"),
)


def is_approval(path: str) -> bool:
    """Whether a file of the content (its path from there) is an approved report."""
    return path.startswith(APPROVED) and path.endswith(".json")


_PREFIX = "content/"


def content_path(name: str) -> str:
    """The content path of a name below the content folder."""
    return f"{_PREFIX}{name}"


def name_in_content(path: str) -> str:
    """The name below the content folder of a content path; a name without the prefix stays."""
    return path.removeprefix(_PREFIX)


def is_content_path(path: str) -> bool:
    """Whether a path is one of the content, not of the project's handbook or theme."""
    return path.startswith(_PREFIX)


LARGEST_FILE = 100_000_000  # bytes: GitHub takes no larger one, neither in a branch nor in a site
LARGEST_SITE = 1_000_000_000
# A file made of a picture. The name is a digest of the picture and of how the file is made, so its bytes never change.
PICTURE_FILE = lazy_compile(r"images/[0-9a-f]{16}-[0-9a-z]+\.(?:webp|avif|jpg)")

# A script, style or font of the editor in the browser: its folder is named by what is in it.
EDITOR_FILE = lazy_compile(r"admin/[a-z]+-[0-9a-f]{10}/(?:[a-z0-9_]+/)?[A-Za-z0-9._-]+")


def is_picture_file(name: str) -> bool:
    """Whether a file of the site is made of a picture; originals are never published."""
    return name.startswith("images/") and bool(PICTURE_FILE.fullmatch(name))


# Control characters, and bytes that are not UTF-8, as Python's surrogateescape decodes them.
_CONTROL = "\x00-\x1f\x7f-\x9f\ud800-\udfff"
_JOINERS = "\u200c\u200d"  # of emoji
_UNPRINTABLE = lazy_compile(f"[{_CONTROL}{''.join(char for char in NAMES if char not in _JOINERS)}]")
_UNSEEN = lazy_compile(f"[{_CONTROL}{''.join(NAMES)}]")
_UNPUBLISHABLE = lazy_compile(f"[{_CONTROL}]")
UNWRITABLE = lazy_compile('[\\\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff\ufffd]')  # not allowed in names on Windows
# Reserved device names of Windows, with any extension.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{number}" for port in ("com", "lpt") for number in "0123456789¹²³")}
)  # fmt: skip
_LONGEST_PATH = 259 - 60  # Windows' limit in characters, less the path of the clone's folder
_NO_TEXT = lazy_compile("[\ud800-\udfff]")
_GIT_FOLDERS = (".git", "git~1")  # in any case: a clone on Windows or macOS couldn't be checked out


def is_utf8(name: str) -> bool:
    """Whether a name that Python decoded with `surrogateescape` was valid UTF-8."""
    return not _NO_TEXT.search(name)


def is_device(name: str) -> bool:
    """Whether the name is a reserved device name of Windows."""
    return name.partition(".")[0].strip().casefold() in DEVICES


def is_unpublishable(name: str) -> bool:
    """Whether a path (with `/`) can't be published by git or the host.

    ghp-import writes paths unquoted: git fast-import fails at a quote and at a line end.
    """
    return name.startswith('"') or bool(_UNPUBLISHABLE.search(name)) or any(map(_is_git_folder, name.split("/")))


def _is_git_folder(part: str) -> bool:
    # Windows ignores trailing dots and spaces and what follows a colon, macOS ignores invisible characters.
    return _UNSEEN.sub("", part).partition(":")[0].rstrip(". ").casefold() in _GIT_FOLDERS


def find_name_fault(name: str) -> str:
    """What is wrong with the path of a content file, in Ukrainian; empty for a valid one."""
    return next(filter(None, map(_fault_of_part, name.split("/"))), "")


@lru_cache(maxsize=1024)  # many files share folders
def _fault_of_part(part: str) -> str:
    if part.casefold().endswith(".md.md"):  # Windows hides the extension, so it gets typed again
        return "у назві файлу двічі «.md»"
    if match := _UNPRINTABLE.search(part):
        return f"у назві файлу є невидимий знак {printable_name(match[0])}"
    if match := UNWRITABLE.search(part):
        return f"у назві файлу є знак {match[0]}, якого не може бути у Windows"
    if part[-1:] in (".", " "):
        return f"назва «{part}» закінчується крапкою або пробілом, у Windows такої не може бути"
    if is_device(part):
        return f"назву «{part}» Windows вважає пристроєм"
    return "таку назву бере собі git" if _is_git_folder(part) else ""


def is_too_long(path: str) -> bool:
    """Whether Windows may be unable to open a path of the repository: it counts UTF-16 units of the full path."""
    return len(path) * 2 > _LONGEST_PATH and len(path.encode("utf-16-le", "surrogatepass")) // 2 > _LONGEST_PATH


def printable_name(name: str) -> str:
    """The name for a one-line message, with invisible characters escaped."""
    return _UNPRINTABLE.sub(lambda char: char[0].encode("unicode_escape").decode("ascii"), name)


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


# Folders of deleted files, of cloud drives, of earlier versions: their files are not content.
_LEFTOVER_FOLDER_PREFIXES = (".trash", ".tmp.drive", ".stfolder", ".history")


def is_leftover(name: str) -> bool:
    """Whether a path (with `/`) is a file that systems and programs leave beside people's files; `.a.md` may be an item."""
    folder, _, last = name.casefold().rpartition("/")
    if last.startswith(_LEFTOVER_PREFIXES) or last.endswith(_LEFTOVER_SUFFIXES) or last in _LEFTOVER_NAMES:
        return True
    if (last[:1] == "#" == last[-1:] and len(last) > 1) or (last[:1] == "~" and last.endswith(".tmp")):
        return True
    return (last.startswith(".") and not last.endswith(".md")) or _has_leftover_folder(folder)


@lru_cache(4096)  # a folder has many files
def _has_leftover_folder(folders: str) -> bool:
    parts = folders.split("/")
    return not _LEFTOVER_FOLDERS.isdisjoint(parts) or any(part.startswith(_LEFTOVER_FOLDER_PREFIXES) for part in parts)
