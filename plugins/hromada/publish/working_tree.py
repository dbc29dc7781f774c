"""Work that no commit holds yet: published, it would be online without a trace in the repository."""

from __future__ import annotations

from collections.abc import Iterator

from hromada.domain.file_names import is_leftover
from hromada.publish.repository import PublicationRefused
from hromada.system.git import Git

_SHOWN = 10
_SHOWN_TO_READERS = ("content", "theme", "docs")  # the last one has the handbook
_BUILT_FROM = (*_SHOWN_TO_READERS, "plugins", "pelicanconf.py", "publishconf.py")
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
    """Staged, changed and new files anywhere in the clone stop the publication; so does content that git ignores.

    The build reads the whole folders: an ignored item or file of the theme would be online without a commit behind it,
    and gone with the next publication from another clone. A folder that only leads elsewhere has no content in any commit.
    """
    if (git.folder / "content").is_symlink():
        raise PublicationRefused(
            "Тека content – посилання на іншу теку, її змісту немає в жодному коміті. Зробіть її звичайною текою. "
            "Потім: make publish",
            "uncommitted",
        )
    files = list(_files(git.run("status", "--porcelain=v1", "-z", "--untracked-files=all")))
    files += [(name, "поза обліком git (.gitignore)") for name in _ignored(git, *_SHOWN_TO_READERS)]
    hidden = _hidden_from_git(git)
    files += [(name, "прихований від git") for name in hidden]
    if not files:
        return
    shown = [f"  {state}: {name}" for name, state in files[:_SHOWN]]
    more = [f"  … і ще {len(files) - _SHOWN}"] if len(files) > _SHOWN else []
    advice = ['Збережіть їх: git add -A, git commit -m "що зроблено". Потім: make publish']
    if hidden:
        advice.insert(
            0,
            "Прихованих git не порівнює. Поверніть їх: git sparse-checkout disable;"
            " git update-index --no-skip-worktree --no-assume-unchanged <файл>",
        )
    raise PublicationRefused("\n".join(["Є незбережені зміни:", *shown, *more, *advice]), "uncommitted")


def uncommitted_content(git: Git) -> list[str]:
    """Files under the repository's folder (the content) that its commits don't hold as they are."""
    changed = [
        name for name, _ in _files(git.run("status", "--porcelain=v1", "-z", "--untracked-files=all", "--", "."))
    ]
    return changed + _ignored(git, ".")


def _hidden_from_git(git: Git) -> list[str]:
    """Of what a site is built from: files that git was told not to compare (`assume-unchanged`, `skip-worktree`), or
    left out of a sparse checkout."""
    lines = filter(None, git.run("ls-files", "-v", "-z", "--", *_BUILT_FROM).split("\0"))
    return [line[2:] for line in lines if line[0] == "S" or line[0].islower()]


def _ignored(git: Git, *folders: str) -> list[str]:
    names = git.run("ls-files", "--others", "--ignored", "--exclude-standard", "-z", "--", *folders).split("\0")
    return [name for name in names if name and not is_leftover(name)]


def _files(status: str) -> Iterator[tuple[str, str]]:
    """Names as they are (`-z` quotes none) with their states in words."""
    parts = iter(status.split("\0"))
    for part in parts:
        if not part:
            continue
        code, name = part[:2], part[3:]
        if code[0] in "RC":
            name = f"{next(parts)} → {name}"  # git gives the new name first
        state = "конфлікт" if code in _CONFLICTS else _STATES.get(code.strip()[:1], "змінений")
        yield name, state
