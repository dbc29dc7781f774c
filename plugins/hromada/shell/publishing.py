"""`make publish`: the branch first, so that nobody's items are lost, then the site, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hromada.shell.git import Git, GitFailed
from hromada.shell.imports import ImportFailed, import_site, leftover_branches, same_tree

TRAILER = "Source-Commit"
_STAYS = "Опублікований сайт лишився таким, як був."
_LARGEST_FILE, _LARGEST_SITE = 100_000_000, 1_000_000_000  # limits of GitHub Pages
_STATES = {"??": "новий", "A": "доданий", "M": "змінений", "D": "видалений", "R": "перейменований"}


class PublicationRefused(Exception):
    """The publication stopped; the message is Ukrainian and says what to do next."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where we publish from and to."""

    git: Git
    branch: str  # the editor's branch
    pages: str  # the branch of the published site
    remote: bool

    @property
    def published(self) -> str:
        """The commit that is online (or, without a remote, the last one published here)."""
        name = f"refs/remotes/origin/{self.pages}" if self.remote else f"refs/heads/{self.pages}"
        return self.git.commit_of(name)


def publish(
    root: Path,
    *,
    build: Callable[[Path], int],
    output: Path,
    say: Callable[[str], None],
    domain: str = "",
    pages: str = "gh-pages",
) -> int:
    """Publish what `build` makes in `output`; its non-zero status is passed on, every other stop is PublicationRefused."""
    git = Git(root)
    place = _place(git, pages)
    if place.remote:
        _fetch(place)
    _refuse_uncommitted(git)
    if place.remote:
        _refuse_behind(place)
    head = git.commit_of("HEAD")
    _refuse_older(place, head)
    if status := build(output):
        say(_STAYS)
        return status
    _refuse_unfit(output)
    _refuse_uncommitted(git)  # an editor may have gone on writing meanwhile
    if git.commit_of("HEAD") != head:
        raise PublicationRefused(
            f"Поки будувався сайт, у сховищі з’явився новий коміт. Повторіть: make publish. {_STAYS}"
        )
    if place.remote:
        _push_branch(place)
    _publish_output(place, output, head, domain, say)
    return 0


def _place(git: Git, pages: str) -> _Place:
    try:
        inside = git.run("rev-parse", "--show-toplevel")
    except FileNotFoundError:
        raise PublicationRefused("Не знайдено програму git. Встановіть її: https://git-scm.com/") from None
    except GitFailed:
        raise PublicationRefused(
            "Ця тека не є сховищем git: публікувати нічого. Зробіть git clone і працюйте в ньому."
        ) from None
    if Path(inside).resolve() != git.folder.resolve():
        raise PublicationRefused(f"Публікують із кореня сховища: {inside}")
    if not git.commit_of("HEAD"):
        raise PublicationRefused('У сховищі ще немає жодного коміту. Зробіть: git add -A, git commit -m "…"')
    if not git.succeeds("symbolic-ref", "--quiet", "HEAD"):
        raise PublicationRefused("Сховище не на гілці. Перейдіть на неї: git switch main")
    branch = git.run("symbolic-ref", "--short", "HEAD")
    if branch == pages:
        raise PublicationRefused(f"Ви на гілці {pages}, її пише сама публікація. Перейдіть: git switch main")
    for mark, words in (("MERGE_HEAD", "злиття"), ("rebase-merge", "перенесення"), ("rebase-apply", "перенесення")):
        if Path(git.folder, git.run("rev-parse", "--git-path", mark)).exists():
            raise PublicationRefused(f"Не завершено {words} гілок. Завершіть його (git status підкаже) і повторіть.")
    worktrees = git.run("worktree", "list", "--porcelain").split("\n")
    if f"branch refs/heads/{pages}" in worktrees:
        raise PublicationRefused(f"Гілку {pages} відкрито в іншій теці (git worktree list). Закрийте її і повторіть.")
    return _Place(git, branch, pages, "origin" in git.run("remote").split())


def _fetch(place: _Place) -> None:
    """What is online must be known before anything is compared with it; a shallow or narrow clone asks for it by name."""
    try:
        place.git.run("fetch", "--quiet", "--prune", "origin", "+refs/heads/*:refs/remotes/origin/*")
    except GitFailed as failed:
        raise PublicationRefused(
            f"Не вдалося зв’язатися зі сховищем origin: перевірте мережу та права. {_STAYS}\n{_indented(failed.words)}"
        ) from None


def _refuse_uncommitted(git: Git) -> None:
    lines = git.run("status", "--porcelain", "--untracked-files=all").split("\n")
    files = [line for line in lines if line]
    if not files:
        return
    shown = [f"  {_state(line[:2])}: {line[3:]}" for line in files[:10]]
    more = [f"  … і ще {len(files) - 10}"] if len(files) > 10 else []
    raise PublicationRefused(
        "\n".join(
            [
                "Є незбережені зміни:",
                *shown,
                *more,
                'Збережіть їх: git add -A, git commit -m "що зроблено". Потім: make publish',
            ]
        )
    )


def _state(code: str) -> str:
    return _STATES.get(code) or _STATES.get(code.strip()[:1], "змінений")


def _refuse_behind(place: _Place) -> None:
    theirs = place.git.commit_of(f"refs/remotes/origin/{place.branch}")
    if theirs and not place.git.succeeds("merge-base", "--is-ancestor", theirs, "HEAD"):
        raise PublicationRefused(
            f"У сховищі є новіші зміни, яких у вас немає. Заберіть їх: git pull --rebase. Потім: make publish. {_STAYS}"
        )


def _refuse_older(place: _Place, head: str) -> None:
    """What is online was built from a commit; ours must contain it, or its items would vanish from the site."""
    if not place.published:
        return
    source = place.git.run("log", "-1", f"--format=%(trailers:key={TRAILER},valueonly)", place.published).strip()
    if not source:
        raise PublicationRefused(
            f"Гілку {place.pages} створено не цією програмою: невідомо, з чого її побудовано. "
            f"Якщо її можна замінити, видаліть її: git push origin --delete {place.pages}. {_STAYS}"
        )
    if not place.git.commit_of(source):
        advice = (
            "git fetch --unshallow"
            if place.git.run("rev-parse", "--is-shallow-repository") == "true"
            else "git pull --rebase"
        )
        raise PublicationRefused(
            f"Сайт опубліковано з коміту {source[:10]}, якого у вас немає. Виконайте: {advice}. {_STAYS}"
        )
    if not place.git.succeeds("merge-base", "--is-ancestor", source, head):
        raise PublicationRefused(
            f"Сайт опубліковано з коміту {source[:10]}, якого немає у вашій гілці: його матеріали зникли б. "
            f"Приєднайте його: git pull --rebase або git merge {source[:10]}. {_STAYS}"
        )


def _refuse_unfit(output: Path) -> None:
    """What a static host can't take, or what would publish something that is not the site."""
    faults, total = [], 0
    for parent, folders, names in os.walk(output):
        for name in [*folders, *names]:
            path = Path(parent, name)
            shown = path.relative_to(output).as_posix()
            if name == ".git" or "\n" in name:
                faults.append(f"  {shown!r}: такого файлу на сайті бути не може")
            elif path.is_symlink():
                faults.append(f"  {shown}: це посилання, а не файл")
            elif path.is_file():
                total += path.stat().st_size
                if path.stat().st_size >= _LARGEST_FILE:
                    faults.append(f"  {shown}: файл понад 100 МБ")
    if not (output / "index.html").is_file():
        faults.append("  немає головної сторінки index.html")
    if total >= _LARGEST_SITE:
        faults.append(f"  сайт завеликий: {total // 1_000_000} МБ із 1000 МБ")
    if faults:
        raise PublicationRefused("\n".join(["Побудований сайт не можна опублікувати:", *faults[:20], _STAYS]))


def _push_branch(place: _Place) -> None:
    try:
        place.git.run("push", "--quiet", "origin", f"HEAD:refs/heads/{place.branch}")
    except GitFailed as failed:
        raise PublicationRefused(
            "Сховище не прийняло ваших змін: хтось опублікував свої раніше або бракує прав."
            f" Заберіть їхні: git pull --rebase. Потім: make publish. {_STAYS}\n{_indented(failed.words)}"
        ) from None


def _publish_output(place: _Place, output: Path, head: str, domain: str, say: Callable[[str], None]) -> None:
    """Import into a private branch, compare with the folder, and only then move and push the published branch."""
    git, old = place.git, place.published
    for branch in leftover_branches(git):
        git.run("branch", "--quiet", "-D", branch)
    if old and same_tree(git, old, output, domain):
        if not place.remote:
            git.run("update-ref", f"refs/heads/{place.pages}", old)
        say("На сайті вже саме це: публікувати нічого.")
        return
    message = f"Сайт станом на {git.run('log', '-1', '--format=%h')}\n\n{TRAILER}: {head}\n"
    try:
        new = import_site(git, output, old, message, domain)
    except ImportFailed as failed:
        raise PublicationRefused(f"Сайт не вдалося записати. {_STAYS}\n{_indented(str(failed))}") from None
    if not same_tree(git, new, output, domain):
        raise PublicationRefused(f"Сайт не вдалося записати повністю. Повторіть: make publish. {_STAYS}")
    if place.remote:
        _push_pages(place, old, new)
    git.run("update-ref", f"refs/heads/{place.pages}", new)
    if place.remote:
        say(f"Опубліковано: гілка {place.pages}, коміт {new[:10]} з {head[:10]}.")
    else:
        say(f"Сайт записано до гілки {place.pages} цього сховища (коміт {new[:10]}).")
        say("Щоб опублікувати його в мережі: git remote add origin <адреса>, потім ще раз make publish.")


def _push_pages(place: _Place, old: str, new: str) -> None:
    lease = f"--force-with-lease=refs/heads/{place.pages}:{old}"
    try:
        place.git.run("push", "--quiet", lease, "origin", f"{new}:refs/heads/{place.pages}")
        place.git.run("update-ref", f"refs/remotes/origin/{place.pages}", new)
    except GitFailed as failed:
        raise PublicationRefused(
            "Поки ви публікували, сайт оновив хтось інший. Ваші матеріали вже у сховищі, нічого не втрачено."
            f" Заберіть зміни: git pull --rebase. Потім: make publish.\n{_indented(failed.words)}"
        ) from None


def _indented(words: str) -> str:
    return "\n".join(f"    {line}" for line in words.split("\n")[:12])
