"""The clone's working tree: uncommitted, ignored and hidden files, and the refusals to publish with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from hromada.domain.file_names import is_leftover, printable_name
from hromada.domain.refusal import SHOW_DETAILS
from hromada.publish.repository import AGAIN, STAYS, PublicationRefused
from hromada.system.git import SUBMODULE, Git

_COMPARED = 200  # files whose line ends are looked at: their paths fit one command of Windows
_LISTED = 10
_PUBLISHED_FOLDERS = ("content", "theme", "docs")  # the last one has the handbook
_BUILT_FROM = (*_PUBLISHED_FOLDERS, "plugins", "pelicanconf.py", "publishconf.py")
_CONFLICTS = ("DD", "AU", "UD", "UA", "DU", "AA", "UU")
_STATES = {
    "?": "новий",
    "A": "доданий",
    "M": "змінений",
    "D": "видалений",
    "R": "перейменований",
    "C": "скопійований",
    "T": "змінено вид",
}


def refuse_uncommitted(git: Git) -> None:
    """PublicationRefused for staged, changed and new files anywhere in the clone, and for ignored content.

    The build reads whole folders: an ignored item or file of the theme would be online without a commit, and gone with
    the next publication from another clone. A content folder that is a link has no content in any commit.
    """
    if (git.folder / "content").is_symlink():
        raise PublicationRefused(
            "Тека content – посилання на іншу теку, її змісту немає в жодному коміті. Зробіть її звичайною текою. "
            "Потім: make publish",
            "uncommitted",
            f"Матеріали лежать не в теці сайту, а деінде, тож у мережу не потраплять. {SHOW_DETAILS}",
        )
    _refuse_files(git, (), _PUBLISHED_FOLDERS, _BUILT_FROM)


def refuse_uncommitted_program(git: Git) -> None:
    """PublicationRefused for such files in what the site is built from beside the content.

    For publishing a commit whose content is checked out elsewhere: an editor's unfinished work stays as it is.
    """
    program = tuple(name for name in _BUILT_FROM if name != "content")
    folders = tuple(name for name in _PUBLISHED_FOLDERS if name != "content")
    _refuse_files(git, ("--", *program), folders, program)


def _refuse_files(git: Git, paths: Sequence[str], folders: Sequence[str], inputs: Sequence[str]) -> None:
    status = status_of(git, *paths)
    entries = list(_index_entries(git, inputs))
    if nested := _nested(status, entries):
        raise PublicationRefused(
            f"Тека {printable_name(nested[0])} – окреме сховище git (у ній є тека .git), тож її змісту немає в комітах цього сховища."
            f" Приберіть із неї теку .git або саму теку з content/. {AGAIN} {STAYS}",
            "uncommitted",
            nested_plainly(nested[0]),
        )
    files = list(_files(status))
    files += [(name, "поза обліком git (.gitignore)") for name in ignored_files(git, *folders)]
    hidden = [entry.name for entry in entries if entry.is_hidden]
    files += [(name, "прихований від git") for name in hidden]
    if not files:
        return
    listed = [f"  {state}: {name}" for name, state in files[:_LISTED]]
    more = [f"  … і ще {len(files) - _LISTED}"] if len(files) > _LISTED else []
    advice = [
        'У терміналі make publish запропонує зберегти зміни в content/ сам. Деінде: git add -A, git commit -m "що зроблено".'
        " Потім: make publish"
    ]
    if hidden:
        advice.insert(
            0,
            "Прихованих git не порівнює. Поверніть їх: git sparse-checkout disable;"
            " git update-index --no-skip-worktree --no-assume-unchanged <файл>",
        )
    raise PublicationRefused("\n".join(["Є незбережені зміни:", *listed, *more, *advice]), "uncommitted")


def nested_plainly(path: str) -> str:
    """The window's words about a repository inside the content."""
    return (
        f"Тека {printable_name(path)} належить іншому сховищу, тож із цим сайтом у мережу не потрапить. {SHOW_DETAILS}"
    )


def uncommitted_content(git: Git) -> list[str]:
    """Changed, new and ignored files below git's folder (the content)."""
    changed = [name for name, _ in _files(status_of(git, "--", "."))]
    return changed + ignored_files(git, ".")


def status_of(git: Git, *arguments: str) -> str:
    """`git status -z`, without files that differ from the index in their line ends alone.

    git names such a file, since its size differs, but would commit nothing of it: whoever saves a table in Excel or a text
    in Notepad could never publish.
    """
    status = git.run("status", "--porcelain=v1", "-z", "--untracked-files=all", *arguments)
    modified = [entry[3:] for entry in status.split("\0") if entry.startswith(" M ") and "\n" not in entry]
    if not modified or len(modified) > _COMPARED:
        return status
    same = _same_as_staged(Git(Path(git.run("rev-parse", "--show-toplevel")), git.environ), modified)
    entries = status.split("\0")
    return "\0".join(entry for entry in entries if not (entry.startswith(" M ") and entry[3:] in same))


def _same_as_staged(git: Git, paths: Sequence[str]) -> set[str]:
    """Of these files below the clone's root those from which git would make the blobs that its index has."""
    regular = [path for path in paths if (git.folder / path).is_file() and not (git.folder / path).is_symlink()]
    if not regular:
        return set()
    names = "".join(f"{path}\n" for path in regular).encode("utf-8", "surrogateescape")
    blobs = git.run("hash-object", "--stdin-paths", stdin=names).split("\n")
    staged = {}
    for line in git.run("ls-files", "-s", "-z", "--", *(f":(literal){path}" for path in regular)).split("\0"):
        columns, _, name = line.partition("\t")
        if name:
            staged[name] = columns.split(" ")[1]
    return {path for path, blob in zip(regular, blobs, strict=True) if staged.get(path) == blob}


class _IndexEntry(NamedTuple):
    """An entry of the index; git does not compare a hidden one: `assume-unchanged`, `skip-worktree`, a sparse checkout."""

    name: str
    is_hidden: bool
    is_repository: bool


def _index_entries(git: Git, inputs: Sequence[str] = _BUILT_FROM) -> Iterator[_IndexEntry]:
    """The inputs of the build that the index knows."""
    for line in filter(None, git.run("ls-files", "-v", "--stage", "-z", "--", *inputs).split("\0")):
        facts, _, name = line.partition("\t")
        tag, mode, *_ = facts.split(" ")
        yield _IndexEntry(name, tag == "S" or tag.islower(), mode == SUBMODULE)


def nested_repositories(git: Git) -> list[str]:
    """Folders of the build that are repositories of their own, so that no commit here holds their files."""
    return _nested(status_of(git), _index_entries(git))


def _nested(status: str, entries: Iterable[_IndexEntry]) -> list[str]:
    """From a status and the index; the status names an unknown repository with a slash at its end."""
    folders = tuple(f"{folder}/" for folder in _BUILT_FROM)
    unknown = (name for name, _ in _files(status) if name.endswith("/") and name.startswith(folders))
    return [*unknown, *(entry.name for entry in entries if entry.is_repository)]


def ignored_files(git: Git, *folders: str) -> list[str]:
    """Files below the folders that git ignores, without leftovers of programs."""
    names = git.run("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *folders).split("\0")
    return [name for name in names if name and not is_leftover(name)]


def _files(status: str) -> Iterator[tuple[str, str]]:
    """Names (unquoted because of `-z`) with their states in Ukrainian."""
    parts = iter(status.split("\0"))
    for part in parts:
        if not part:
            continue
        code, name = part[:2], part[3:]
        if code[0] in "RC":
            name = f"{next(parts)} → {name}"  # git gives the new name first
        state = "конфлікт" if code in _CONFLICTS else _STATES.get(code.strip()[:1], "змінений")
        yield name, state
