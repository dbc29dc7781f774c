"""What `make publish` does with the clone on a terminal before it publishes: offers to commit, and to take colleagues' work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

from hromada.console.messages import print_error, print_lines, print_refusal
from hromada.console.options import Options
from hromada.console.questions import Ask, Question
from hromada.domain.file_names import printable_name
from hromada.publish.branch_move import finish_interrupted, is_interrupted
from hromada.publish.content_conflicts import (
    NOT_MERGED,
    Conflict,
    conflict_lines,
    conflict_title,
    differing_lines,
    explain_conflicts,
    keep_both,
)
from hromada.publish.local_commit import ContentChanges, author_of, commit_staged, staged_content, uncommitted_elsewhere
from hromada.publish.publication_lock import publication_lock
from hromada.publish.remote_merge import Merge, apply_merge, plan_merge, refuse_odd_conflicts, resolve
from hromada.publish.repository import (
    PAGES_BRANCH,
    PublicationRefused,
    Repository,
    fetch,
    indent,
    lock_advice,
    open_clone,
)
from hromada.publish.working_tree import nested_repositories
from hromada.system.git import Git, GitFailed

_NO = ("ні", "н", "no", "n")
_TURNS = 3  # how often colleagues may send something meanwhile
_CHOICES = {"1": "2", "2": "3", "3": ""}  # an answer to git's stage: ours, theirs, neither


@contextmanager
def opened_clone(options: Options) -> Iterator[Repository]:
    """The clone, locked, with an interrupted move finished; failures of git are PublicationRefused."""
    git = Git(options.root)
    try:
        repository = open_clone(git, PAGES_BRANCH)
        with publication_lock(git):
            print_lines_if(finish_interrupted(git))
            yield repository
    except GitFailed as failed:
        raise PublicationRefused(
            lock_advice(failed) or f"Команда git не вдалася. Повторіть: make publish.\n{indent(str(failed))}"
        ) from None


def print_lines_if(lines: Sequence[str]) -> None:
    if lines:
        print_lines(*lines)


def prepare(options: Options, ask: Ask | None) -> int:
    """Commit and merge what the person agrees to; the exit status, 0 also when they decline: publishing then refuses.

    `ask` is None if nobody can answer: then only what was interrupted is finished.
    """
    if ask is None:
        if is_interrupted(Git(options.root)):
            with opened_clone(options):
                pass
        return 0
    with opened_clone(options) as repository:
        ask_who(repository.git, ask)
        if status := _offer_commit(options, repository, ask):
            return status
        if repository.remote:
            _offer_merge(repository, ask)
    return 0


def ask_who(git: Git, ask: Ask) -> None:
    """Without a name git makes no commit: ask once and keep it in the clone."""
    questions = (
        ("name", Question("Як вас підписувати в історії змін? Ім’я: ", label="Як вас підписувати в історії змін? Ім’я та прізвище:")),
        ("email", Question("Ваша електронна пошта: ", label="Ваша електронна пошта:")),
    )  # fmt: skip
    known = dict(zip(("name", "email"), author_of(git), strict=True))
    for field, question in questions:
        if not known[field]:
            try:
                answer = " ".join(ask(question).split())
            except EOFError:
                answer = ""
            if not answer:
                raise PublicationRefused("Git не знає, хто ви. Повторіть і назвіть себе.", "no-identity")
            git.run("config", f"user.{field}", answer)


def explain_behind(options: Options) -> list[str]:
    """Without a terminal: the conflict that stands behind the refusal `behind`, if there is one, with both texts kept."""
    try:
        with opened_clone(options) as repository:
            merge = plan_merge(repository)
            if merge is None or not merge.conflicts:
                return []
            refuse_odd_conflicts(repository.git, merge)
            return conflict_lines(repository.git, merge.conflicts)
    except PublicationRefused as refused:
        return [str(refused)]


def _offer_commit(options: Options, repository: Repository, ask: Ask) -> int:
    git = repository.git
    if (git.folder / "content").is_symlink() or uncommitted_elsewhere(git) or nested_repositories(git):
        return 0
    shown, message, head = ContentChanges(()), "", git.commit_of("HEAD")
    while True:
        with staged_content(git) as (scratch, changes):
            if not changes.files:
                return 0
            differing = changes.differing(shown)
            if not differing:
                return _commit(options, repository, scratch, head, message)
            if shown.files:
                print_lines("Поки ви відповідали, змінилося ще:", *(f"  {printable_name(path)}" for path in differing))
            shown = changes
        print_lines("Незбережене в content/:", *shown.as_lines())
        message = _message(ask, shown)
        if not message:
            return 0


def take_newer(repository: Repository) -> None:
    """Take the colleagues' newer commits where nothing has to be decided; else publishing refuses."""
    fetch(repository)
    merge = plan_merge(repository)
    if merge is None or merge.conflicts:
        return
    print_lines(*merge.lines)
    print_lines_if(apply_merge(repository, merge))
    print_lines("Зміни колег забрано.")
    if merge.changes_program:
        raise PublicationRefused("Разом із ними оновилася й сама програма. Повторіть команду.", "program-updated")


def follow_remote(repository: Repository) -> bool:
    """In a clone that nobody works in: move to the remote's newer commits; whether they changed the program, too.

    A run that was started by a commit would else be refused as soon as the next one is pushed. A clone with commits of its
    own stays where it is, and publishing refuses.
    """
    fetch(repository)
    merge = plan_merge(repository)
    if merge is None or not merge.is_forward:
        return False
    print_lines(*merge.lines)
    print_lines_if(apply_merge(repository, merge))
    return merge.changes_program


def _message(ask: Ask, changes: ContentChanges) -> str:
    """The line of words for the commit; empty if the person declines."""
    default = changes.default_message()
    print_lines(
        "Зберегти це, щоб опублікувати? Напишіть одним рядком, що зроблено, або натисніть Enter, щоб записати:",
        f"  {default}",
        "Не зберігати: «ні».",
    )
    try:
        question = Question(
            "> ", default=default, label="Що зроблено? Цей рядок лишиться в історії змін.",
            details=["Буде опубліковано:", *(line.strip() for line in changes.as_lines())],
        )  # fmt: skip
        answer = " ".join(ask(question).split())
    except EOFError:
        return ""
    return "" if answer.casefold().rstrip(".") in _NO else answer or default


def _commit(options: Options, repository: Repository, scratch: Git, head: str, message: str) -> int:
    """Commit what is staged after the checks of the commit hook: places out of photos, then the whole content."""
    from hromada.build.content_steps import checked_snapshot
    from hromada.commands.fix import clean_staged

    cleaned = clean_staged(options.root, scratch.index)
    print_lines_if([f"{path}: {removed}" for path, removed in cleaned.cleaned.items()])
    if cleaned.refused:
        print_error(*(f"{path}: дані про місце не прибрано: {reason}" for path, reason in cleaned.refused.items()))
    snapshot = checked_snapshot(options)
    snapshot.remember()
    if snapshot.errors:
        status = print_refusal(snapshot.problems, "text")
        print_error("Нічого не збережено: виправте помилки і повторіть make publish.")
        return status
    new = commit_staged(repository.git, scratch, repository.branch, head, message)
    print_lines(f"Збережено: «{message}», коміт {new[:10]}.")
    return 0


def _offer_merge(repository: Repository, ask: Ask) -> None:
    """Take the colleagues' newer commits; again while they send more, since a question may stay open for long."""
    for turn in count(1):
        fetch(repository)
        merge = plan_merge(repository)
        if merge is None or turn > _TURNS:
            return
        refuse_odd_conflicts(repository.git, merge)
        print_lines(*merge.lines)
        if merge.conflicts and (decided := _decide(repository, merge, ask)) is None:
            raise PublicationRefused(f"{NOT_MERGED} Коли вирішите: make publish.", "conflict")
        merge = decided if merge.conflicts else merge
        if merge is None:
            return
        print_lines_if(apply_merge(repository, merge))
        print_lines("Зміни колег забрано.")
        if merge.changes_program:
            raise PublicationRefused(
                "Разом із ними оновилася й сама програма. Запустіть ще раз: make publish.", "program-updated"
            )


def _question(git: Git, conflict: Conflict) -> Question:
    """What a page asks about a conflict: both texts where they differ, and answers that say what becomes of the file."""
    ours, theirs = differing_lines(git, conflict)
    keeping, taking = "Лишити ваш текст", "Взяти текст колеги"
    if conflict.new_names:
        keeping, taking = "Лишити ваші текст і назву", "Взяти текст і назву колеги"
    elif conflict.is_deleted_there:
        taking = "Видалити, як колега"
    elif conflict.is_deleted_here:
        keeping = "Видалити, як ви"
    details = [
        f"{conflict.as_line().strip()}.",
        *(["У вас інакше:", *(f"«{line}»" for line in ours)] if ours else []),
        *(["У колеги інакше:", *(f"«{line}»" for line in theirs)] if theirs else []),
        "Щоб нічого не загубилося, тексти збережено ще й тут:",
        *keep_both(git, [conflict]),
    ]
    name = f"«{title}»" if (title := conflict_title(git, conflict)) else printable_name(conflict.path)
    return Question(
        "> ", choices=(("1", keeping), ("2", taking), ("3", "Не публікувати поки що")), details=details,
        label=f"Ви й колега змінили те саме місце. {name}: чий текст опублікувати?",
    )  # fmt: skip


def _decide(repository: Repository, merge: Merge, ask: Ask) -> Merge | None:
    """Ask which text stays at each conflict; None if the person leaves it open."""
    both = [
        *explain_conflicts(repository.git, merge.conflicts), "Обидва тексти лежать поруч, щоб порівняти:",
        *(f"  {name}" for name in keep_both(repository.git, merge.conflicts)),
    ]  # fmt: skip
    print_lines(*both)

    def choose(conflict: Conflict) -> str:
        what = "ваші текст і назва" if conflict.new_names else "ваш текст"
        print_lines(f"{conflict.path}: 1 – {what}, 2 – колеги, 3 – нічого не робити")
        question = _question(repository.git, conflict)
        while (answer := ask(question).strip()) not in _CHOICES:
            print_lines("Напишіть 1, 2 або 3.")
        return _CHOICES[answer]

    try:
        return resolve(repository.git, merge, choose)
    except EOFError:
        return None
