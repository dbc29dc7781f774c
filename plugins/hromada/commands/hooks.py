"""`make hooks`: git checks the content before every commit of this clone."""

from __future__ import annotations

import stat
from pathlib import Path

from hromada.console.messages import DONE, REFUSED, complain, say
from hromada.console.options import Call
from hromada.system.git import Git, GitFailed

FOLDER = "hooks"


def hooks(call: Call) -> int:
    """Check the content before every commit of this clone."""
    try:
        say(*switch_on(call.root))
    except HooksRefused as refused:
        complain(str(refused))
        return REFUSED
    return DONE


class HooksRefused(ValueError):
    """The hooks can't be switched on; the message is Ukrainian."""


def switch_on(root: Path) -> list[str]:
    """Point git at the project's hooks; the lines to say."""
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
            raise HooksRefused(
                f"Гачки git уже беруться з теки «{present}» (core.hooksPath). Додайте до її pre-commit рядок: sh hooks/pre-commit"
            )
    elif own := _own_hooks(root, git):
        raise HooksRefused(
            f"У сховищі вже є власні гачки: {', '.join(own)}; вони перестали б діяти. Додайте до pre-commit рядок: sh hooks/pre-commit"
        )
    _make_executable(root / FOLDER / "pre-commit")
    git.run("config", "core.hooksPath", FOLDER)
    return [
        "Увімкнено: перед кожним комітом git перевірятиме зміст, якщо його змінено.",
        "Обійти один раз: git commit --no-verify. Вимкнути: git config --unset core.hooksPath",
    ]


def _own_hooks(root: Path, git: Git) -> list[str]:
    """Hooks that somebody has put where git looks for them by itself."""
    folder = Path(root, git.run("rev-parse", "--git-path", "hooks"))
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".sample")


def _make_executable(hook: Path) -> None:
    """Whoever unpacked the project from an archive may have lost the permission."""
    mode = hook.stat().st_mode
    if not mode & stat.S_IXUSR:
        hook.chmod(mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
