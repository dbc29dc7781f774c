"""`make hooks`: has git check the content before every commit of this clone, and commits before they are sent."""

from __future__ import annotations

import stat
from pathlib import Path

from hromada.console.messages import EXIT_OK, EXIT_REFUSED, print_error, print_lines
from hromada.console.options import Options
from hromada.system.git import Git, GitFailed

FOLDER = "hooks"
_HOOKS = ("pre-commit", "pre-push")
_BY_HAND = "Додайте до pre-commit рядок: sh hooks/pre-commit, а до pre-push: sh hooks/pre-push"


def hooks(options: Options) -> int:
    """Check the content before every commit of this clone."""
    try:
        print_lines(*switch_on(options.root))
    except HooksRefused as refused:
        print_error(str(refused))
        return EXIT_REFUSED
    return EXIT_OK


class HooksRefused(ValueError):
    """The hooks can't be switched on; the message is Ukrainian."""


def switch_on(root: Path) -> list[str]:
    """Set core.hooksPath to the project's hooks; returns the lines to print."""
    git = Git(root)
    try:
        top = git.run("rev-parse", "--show-toplevel")
    except FileNotFoundError:
        raise HooksRefused("Не знайдено програму git. Встановіть її: https://git-scm.com/") from None
    except GitFailed:
        raise HooksRefused("Ця тека не є сховищем git: коміту, який перевіряти, тут не буває.") from None
    if not Path(top).samefile(root):
        raise HooksRefused(f"Перевірку вмикають у корені сховища, а він тут: {top}")
    if git.succeeds("config", "--get", "core.hooksPath"):
        present = git.run("config", "--get", "core.hooksPath")
        if present != FOLDER:
            raise HooksRefused(f"Гачки git уже беруться з теки «{present}» (core.hooksPath). {_BY_HAND}")
    elif own := _own_hooks(root, git):
        raise HooksRefused(f"У сховищі вже є власні гачки: {', '.join(own)}; вони перестали б діяти. {_BY_HAND}")
    for name in _HOOKS:
        _make_executable(root / FOLDER / name)
    git.run("config", "core.hooksPath", FOLDER)
    return [
        "Увімкнено: перед кожним комітом git перевірятиме зміст, якщо його змінено.",
        "Перед надсиланням (git push) – чи не кажуть нові коміти, де знято світлини.",
        "Обійти один раз: git commit --no-verify, git push --no-verify. Вимкнути: git config --unset core.hooksPath",
    ]


def _own_hooks(root: Path, git: Git) -> list[str]:
    """Hooks in git's default folder."""
    folder = Path(root, git.run("rev-parse", "--git-path", "hooks"))
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".sample")


def _make_executable(hook: Path) -> None:
    """Unpacking the project from an archive may have lost the permission."""
    mode = hook.stat().st_mode
    if not mode & stat.S_IXUSR:
        hook.chmod(mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
