"""`make undo`: the person's last change of the content taken back by a new commit; sent history is never rewritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from hromada.domain.file_names import is_approval, is_content_path, printable_name
from hromada.domain.numerals import NOUNS
from hromada.publish.branch_move import FileChange, changed_files, commit_tree, move_branch, working_blobs
from hromada.publish.content_conflicts import keep_copy
from hromada.publish.local_commit import author_of, temporary_index, title_of
from hromada.publish.remote_merge import last_change, merge_trees
from hromada.publish.repository import PublicationRefused
from hromada.system.atomic_files import atomic_write
from hromada.system.git import Git
from hromada.system.regular_files import content_file

_LISTED = 20
_NOTHING = "Нічого не змінено."


class Revert(Struct, frozen=True):
    """The commit to take back, with its subject and moment, and the commit's tree without it."""

    commit: str
    subject: str
    moment: str
    head: str
    tree: str
    lines: tuple[str, ...]  # what happens to each file, in plain words

    def as_lines(self) -> list[str]:
        return [f"Ваша остання зміна змісту: «{self.subject}», {self.moment}. Її буде скасовано:", *self.lines]


def plan_revert(git: Git) -> Revert:
    """How to take back the person's last commit that changed the content, made in memory; PublicationRefused if it can't be."""
    head = git.commit_of("HEAD")
    commit = _last_own(git)
    subject = printable_name(git.run("log", "-1", "--no-show-signature", "--format=%s", commit))
    moment = last_change(git, f"{commit}^", commit, "content").rpartition(", ")[2]
    undone = changed_files(git, f"{commit}^", commit, "content")
    if approvals := [change.path for change in undone if is_approval(change.path)]:
        raise PublicationRefused(
            f"Ваша остання зміна, «{subject}», – це затверджений звіт ({approvals[0]}): підписане не скасовують."
            f" Щоб підписати інші числа: make amend. {_NOTHING}",
            "undo-impossible",
        )
    tree, conflicts = merge_trees(git, head, _without(git, commit, _overruled(git, commit, head, undone)))
    if conflicts:
        lines = [
            f"  {printable_name(conflict.path)}: {last_change(git, commit, head, conflict.path)}"
            for conflict in conflicts
        ]
        raise PublicationRefused(
            "\n".join(
                [
                    f"Вашу зміну «{subject}» саме так не скасувати: ті самі рядки відтоді змінено.",
                    *lines,
                    f"Виправте текст руками, тоді make publish. {_NOTHING}",
                ]
            ),
            "undo-impossible",
        )
    changes = changed_files(git, head, tree)
    if not changes:
        raise PublicationRefused(f"Вашу зміну «{subject}» уже скасовано. {_NOTHING}", "undo-impossible")
    return Revert(commit, subject, moment, head, tree, tuple(_lines(git, changes)))


def _last_own(git: Git) -> str:
    """The person's last commit of the content; merges are no changes of theirs."""
    _, email = author_of(git)
    log = git.run("log", "--no-merges", "--no-show-signature", "--format=%H %P%x00%ae", "--", "content")
    for line in log.split("\n"):
        commits, _, author = line.partition("\0")
        commit, _, parent = commits.partition(" ")
        if author.casefold() == email.casefold():
            if not parent:
                break
            return commit
    raise PublicationRefused(f"У цьому сховищі немає вашої зміни змісту ({email}). {_NOTHING}", "undo-impossible")


def _overruled(git: Git, commit: str, head: str, undone: Sequence[FileChange]) -> dict[str, tuple[str, str]]:
    """The files of a change for which a later merge took it against a colleague's: their modes and blobs of the latter.

    Without the person's change the colleague's counts, and not what both have replaced.
    """
    ours = {change.path: (change.old_blob, change.blob) for change in undone}
    theirs: dict[str, tuple[str, str]] = {}
    merges = git.run("rev-list", "--merges", "--reverse", "--parents", f"{commit}..{head}").split("\n")
    for merge, *parents in (line.split(" ") for line in merges if line):
        left = {change.path for change in changed_files(git, commit, merge, "content")}  # decided otherwise
        for parent in parents:
            if git.succeeds("merge-base", "--is-ancestor", commit, parent):
                continue
            for change in changed_files(git, f"{commit}^", parent, "content"):
                if change.path in ours and change.path not in left and change.blob not in ours[change.path]:
                    theirs[change.path] = (change.mode or "0", change.blob or "0" * len(merge))
    return theirs


def _without(git: Git, commit: str, overruled: Mapping[str, tuple[str, str]]) -> str:
    """A commit on top of `commit` with the content as before it: merged with HEAD, it takes the change back."""
    before = _content_tree(git, f"{commit}^")
    entries = git.run("ls-tree", "-z", commit).split("\0")
    kept = [entry for entry in entries if entry and entry.partition("\t")[2] != "content"]
    kept += [f"040000 tree {before}\tcontent"] if before else []
    tree = git.run("mktree", "-z", stdin="".join(f"{entry}\0" for entry in kept).encode("utf-8", "surrogateescape"))
    if overruled:
        lines = "".join(f"{mode} {blob}\t{path}\0" for path, (mode, blob) in overruled.items())
        with temporary_index(git, tree) as scratch:
            scratch.run("update-index", "-z", "--index-info", stdin=lines.encode("utf-8", "surrogateescape"))
            tree = scratch.run("write-tree")
    return commit_tree(git, tree, [commit], "Без цієї зміни")


def _content_tree(git: Git, commit: str) -> str:
    entry = git.run("ls-tree", commit, "--", "content")
    return entry.split("\t")[0].split(" ")[2] if entry else ""


def _lines(git: Git, changes: list[FileChange]) -> list[str]:
    lines = [_line(git, change) for change in changes[:_LISTED]]
    more = len(changes) - _LISTED
    return [*lines, *([f"  … і ще {NOUNS['файл'].counted(more)}"] if more > 0 else [])]


def _line(git: Git, change: FileChange) -> str:
    title = title_of(git, change.path, change.old_blob or change.blob) if change.path.endswith(".md") else ""
    name = f"«{title}» ({printable_name(change.path)})" if title else printable_name(change.path)
    if not change.blob:
        return f"  буде прибрано: {name}"
    return f"  повернеться: {name}" if not change.old_blob else f"  повернеться попередній вміст: {name}"


def restore_file(git: Git, path: str) -> str:
    """Give a file of the content back as the last commit has it, or had it before it was deleted; says what was done.

    What it holds now is kept beside the texts of conflicts. PublicationRefused if there is nothing to give back.
    """
    name = printable_name(path)
    if ".." in path.split("/") or not (is_content_path(path) or path == "content"):
        raise PublicationRefused(f"{name}: це не файл теки content. {_NOTHING}", "undo-impossible")
    path = path.rstrip("/")
    if (git.folder / path).is_dir() or _kind(git, f"HEAD:{path}") == "tree":
        raise PublicationRefused(f"{name}: це тека. Назвіть один файл у ній. {_NOTHING}", "undo-impossible")
    blob, present = _blob(git, f"HEAD:{path}"), working_blobs(git, [path]).get(path, "")
    if blob and blob == present:
        raise PublicationRefused(
            f"{name}: незбережених змін немає. Свою останню збережену зміну скасує make undo без FILE. {_NOTHING}",
            "undo-impossible",
        )
    if not blob:
        deleted = git.run(
            "log", "-1", "--no-show-signature", "--diff-filter=D", "--format=%H", "--", f":(literal){path}"
        )
        blob = _blob(git, f"{deleted}^:{path}") if deleted and not present else ""
    if not blob:
        raise PublicationRefused(f"{name}: такого файлу ніколи не зберігали. {_NOTHING}", "undo-impossible")
    kept = ""
    if present:
        copy = keep_copy(git, path, content_file(git.folder / "content", path).read())
        kept = f" Те, що в ньому було, лежить у {printable_name(copy)}."
    atomic_write(content_file(git.folder / "content", path), git.raw("cat-file", "--filters", f"--path={path}", blob))
    return f"Повернуто: {name}.{kept}"


def _kind(git: Git, name: str) -> str:
    return git.run("cat-file", "-t", name) if git.succeeds("cat-file", "-e", name) else ""


def _blob(git: Git, name: str) -> str:
    return git.run("rev-parse", name) if git.succeeds("cat-file", "-e", name) else ""


def revert(git: Git, branch: str, planned: Revert) -> list[str]:
    """Take the change back by a new commit; returns notes."""
    message = f"Скасовано: {planned.subject}\n\nСкасовано зміну {planned.commit}."
    new = commit_tree(git, planned.tree, [planned.head], message)
    return move_branch(git, branch, planned.head, new, with_files=True)
