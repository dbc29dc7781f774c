"""Refuses uncommitted work: published, it would be online without being in the repository."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.file_names import is_leftover
from hromada.publish.repository import PublicationRefused
from hromada.system.git import Git

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
        )
    files = list(_files(git.run("status", "--porcelain=v1", "-z", "--untracked-files=all")))
    files += [(name, "поза обліком git (.gitignore)") for name in _ignored(git, *_PUBLISHED_FOLDERS)]
    hidden = _hidden_from_git(git)
    files += [(name, "прихований від git") for name in hidden]
    if not files:
        return
    listed = [f"  {state}: {name}" for name, state in files[:_LISTED]]
    more = [f"  … і ще {len(files) - _LISTED}"] if len(files) > _LISTED else []
    advice = ['Збережіть їх: git add -A, git commit -m "що зроблено". Потім: make publish']
    if hidden:
        advice.insert(
            0,
            "Прихованих git не порівнює. Поверніть їх: git sparse-checkout disable;"
            " git update-index --no-skip-worktree --no-assume-unchanged <файл>",
        )
    raise PublicationRefused("\n".join(["Є незбережені зміни:", *listed, *more, *advice]), "uncommitted")


def uncommitted_content(git: Git) -> list[str]:
    """Changed, new and ignored files below git's folder (the content)."""
    changed = [
        name for name, _ in _files(git.run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."))
    ]
    return changed + _ignored(git, ".")


def _hidden_from_git(git: Git) -> list[str]:
    """Inputs of the build that git does not compare: `assume-unchanged`, `skip-worktree`, or outside a sparse checkout."""
    lines = filter(None, git.run("ls-files", "-v", "-z", "--", *_BUILT_FROM).split("\0"))
    return [line[2:] for line in lines if line[0] == "S" or line[0].islower()]


def _ignored(git: Git, *folders: str) -> list[str]:
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
