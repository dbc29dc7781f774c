"""Moves the editor's branch to a new commit, with its files and index: as before or done, whenever it is killed.

The new files are prepared beside the index first. The update of the branch decides: before it nothing has happened,
after it the next command finishes what is missing (`finish_interrupted`). Git's own checkout would leave half of the
files and a lock when it is killed.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.file_names import printable_name
from hromada.domain.refusal import SHOW_DETAILS, TRY_AGAIN
from hromada.publish.repository import PublicationRefused, indent
from hromada.publish.working_tree import status_of
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.git import SUBMODULE, Git, GitFailed

_FOLDER = "hromada-move"  # in git's folder, beside the index
_STATE, _FILES, _TREE, _INDEX = "move.json", "files", "tree", "index"
_REASON = "make publish"  # in the reflog
_LARGEST_STATE = 10_000
_BATCH = 200  # paths in one call of git
_UNREADABLE = "?"  # in the place of a blob: what lies there is no file


class FileChange(NamedTuple):
    """A path with its mode and blob in the new commit (empty: deleted) and its blob in the old one (empty: new)."""

    path: str
    mode: str
    blob: str
    old_blob: str


class _BranchMove(Struct, frozen=True):
    """A prepared move of a branch; its folder is removed at the end."""

    git: Git
    folder: Path
    branch: str
    old: str
    new: str
    with_files: bool

    @property
    def reference(self) -> str:
        return f"refs/heads/{self.branch}"

    def changes(self) -> list[FileChange]:
        return changed_files(self.git, self.old, self.new)


def changed_files(git: Git, old: str, new: str, *folders: str) -> list[FileChange]:
    """Every path that differs between two commits or trees, deletions first."""
    output = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", old, new, "--", *folders)
    parts = iter(output.split("\0"))
    changes = []
    for part in parts:
        if part.startswith(":"):
            _, mode, old_blob, blob, _ = part.split(" ")
            is_gone, is_new = not blob.strip("0"), not old_blob.strip("0")
            changes.append(
                FileChange(next(parts), "" if is_gone else mode, "" if is_gone else blob, "" if is_new else old_blob)
            )
    return sorted(changes, key=lambda change: (bool(change.blob), change.path))


def move_branch(git: Git, branch: str, old: str, new: str, *, with_files: bool) -> list[str]:
    """Move the branch that is checked out from one commit to another; returns notes about files that were left alone.

    `with_files`: the working files follow, too. PublicationRefused if the branch is elsewhere by now, or a file that would
    change is not as the old commit has it.
    """
    if git.commit_of(f"refs/heads/{branch}") != old:
        raise PublicationRefused(
            "У сховищі тим часом з’явився новий коміт. Повторіть команду.",
            "move-blocked",
            f"Поки ви відповідали, на цьому комп’ютері збережено ще щось. {TRY_AGAIN}",
        )
    move = _BranchMove(git, _folder(git), branch, old, new, with_files)
    _remove(move.folder)
    move.folder.mkdir()
    try:
        if with_files:
            _prepare_files(move)
        state = {"branch": branch, "old": old, "new": new, "files": with_files}
        atomic_write(move.folder / _STATE, json.dumps(state).encode())
        git.run("update-ref", "-m", _REASON, move.reference, new, old)
    except BaseException:
        if git.commit_of(move.reference) != new:  # else an interruption came after the decision
            _remove(move.folder)
        raise
    return _complete(move)


def finish_interrupted(git: Git) -> list[str]:
    """Finish a move that was killed after it had moved the branch; one killed before that leaves nothing to do."""
    folder = _folder(git)
    if not folder.exists():
        return []
    move = _read_state(git, folder)
    current = git.run("symbolic-ref", "--quiet", "HEAD") if git.succeeds("symbolic-ref", "--quiet", "HEAD") else ""
    if move is None or current != move.reference or git.commit_of(move.reference) != move.new:
        _remove(folder)
        return []
    return ["Завершено те, що минулого разу було перервано.", *_complete(move)]


def is_interrupted(git: Git) -> bool:
    """Whether a move may have been killed; also False where there is no repository."""
    try:
        return _folder(git).exists()
    except (GitFailed, FileNotFoundError):
        return False


def _folder(git: Git) -> Path:
    return Path(git.folder, git.run("rev-parse", "--git-path", _FOLDER))


def _read_state(git: Git, folder: Path) -> _BranchMove | None:
    try:
        state = json.loads(read_bounded(folder / _STATE, _LARGEST_STATE))
        return _BranchMove(git, folder, state["branch"], state["old"], state["new"], state["files"])
    except (OSError, ValueError, LookupError, TypeError):
        return None


def _remove(folder: Path) -> None:
    """The state goes first: without it the rest means nothing."""
    (folder / _STATE).unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _prepare_files(move: _BranchMove) -> None:
    changes = move.changes()
    _refuse_unmovable(move.git, changes)
    scratch = replace(move.git, index=str(move.folder / _TREE))
    scratch.run("read-tree", move.new)
    names = "".join(f"{change.path}\0" for change in changes if change.blob).encode("utf-8", "surrogateescape")
    prefix = f"{(move.folder / _FILES).resolve().as_posix()}/"
    scratch.run("checkout-index", f"--prefix={prefix}", "-z", "--stdin", stdin=names)


def _refuse_unmovable(git: Git, changes: Sequence[FileChange]) -> None:
    """PublicationRefused if a change would overwrite what no commit holds, or leave the clone's folder."""
    if any(change.mode == SUBMODULE for change in changes):
        raise PublicationRefused(
            "Нові зміни мають підмодулі git: передайте це тому, хто веде сховище.",
            "move-blocked",
            f"У змінах колег є тека іншого сховища, якої звідси не забрати. {SHOW_DETAILS}",
        )
    dirty = {path.rstrip("/").casefold() for path in _dirty_paths(git)}
    leaving = {change.path.casefold() for change in changes if not change.blob}
    blocked = []
    for change in changes:
        name = change.path.casefold()
        above = [name[:end] for end, character in enumerate(name) if character == "/"]
        is_in_the_way = not change.old_blob and name not in leaving and os.path.lexists(git.folder / change.path)
        if is_in_the_way or dirty & {name, *above} or _below_link(git.folder, change.path):
            blocked.append(change.path)
    if blocked:
        names = ", ".join(printable_name(path) for path in blocked[:5])
        raise PublicationRefused(
            f"У цих файлах є незбережені зміни: {names}. Спершу збережіть їх: make publish запитає сам.",
            "move-blocked",
            f"Колеги змінили файли, у яких тут є незбережене: {names}. Опублікуйте ще раз і погодьтеся зберегти їх.",
        )


def _dirty_paths(git: Git) -> list[str]:
    status = status_of(git, "--no-renames")
    return [entry[3:] for entry in status.split("\0") if entry]


def _below_link(root: Path, path: str) -> bool:
    folder = Path(path).parent
    return any((root / part).is_symlink() for part in (folder, *folder.parents) if part != Path())


def _complete(move: _BranchMove) -> list[str]:
    """Bring files and index to the new commit; it may have been begun before."""
    changes = move.changes()
    kept: list[str] = []
    if move.with_files:
        try:
            kept = _replace_files(move, changes)
        except OSError as error:
            raise PublicationRefused(
                "Не вдалося записати файли змісту. Закрийте програми, у яких вони відкриті, перевірте місце на диску"
                f" і повторіть: make publish завершить почате.\n{indent(str(error))}",
                "move-blocked",
            ) from None
    _update_index(move, changes)
    _remove(move.folder)
    return [f"{printable_name(path)}: змінений тим часом, лишився вашим" for path in kept]


def _replace_files(move: _BranchMove, changes: Sequence[FileChange]) -> list[str]:
    """Replace and delete files that are still those of the old commit; returns the others."""
    root, kept = move.git.folder, []
    staged_root = move.folder / _FILES
    open_changes = [change for change in changes if not change.blob or os.path.lexists(staged_root / change.path)]
    present = working_blobs(move.git, [change.path for change in open_changes])
    for change in open_changes:
        target, now = root / change.path, present.get(change.path, "")
        if now not in ("", change.old_blob, change.blob):
            kept.append(change.path)
        elif not change.blob:
            target.unlink(missing_ok=True)
            _prune_folders(root, target.parent)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            _move_file(staged_root / change.path, target)
    return kept


def working_blobs(git: Git, paths: Iterable[str], *, write: bool = False) -> dict[str, str]:
    """The blobs that git would make of these working files; files that don't exist are left out."""
    blobs: dict[str, str] = {}
    regular = []
    for path in paths:
        try:
            mode = os.lstat(git.folder / path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            continue
        if stat.S_ISLNK(mode):
            target = os.fsencode((git.folder / path).readlink())
            blobs[path] = git.run("hash-object", *(["-w"] if write else []), "--stdin", stdin=target)
        elif stat.S_ISREG(mode):
            regular.append(path)
        else:
            blobs[path] = _UNREADABLE
    for start in range(0, len(regular), _BATCH):
        batch = regular[start : start + _BATCH]
        ids = git.run("hash-object", *(["-w"] if write else []), "--", *batch).split("\n")
        blobs.update(zip(batch, ids, strict=True))
    return blobs


def _move_file(source: Path, target: Path) -> None:
    try:
        os.replace(source, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        copy = target.with_name(f".new-{os.getpid()}-{target.name[:40]}")  # git's folder is on another disk
        shutil.copy2(source, copy, follow_symlinks=False)
        os.replace(copy, target)


def _prune_folders(root: Path, folder: Path) -> None:
    with contextlib.suppress(OSError):  # not empty
        while folder != root:
            folder.rmdir()
            folder = folder.parent


def _update_index(move: _BranchMove, changes: Sequence[FileChange]) -> None:
    """Give the real index the new entries; other entries, also staged ones, stay."""
    index = Path(move.git.folder, move.git.run("rev-parse", "--git-path", "index"))
    lock, made = index.with_name("index.lock"), move.folder / _INDEX
    with contextlib.suppress(OSError):
        if made.samefile(lock):  # ours: killed between the two steps below
            os.replace(lock, index)
            return
    made.unlink(missing_ok=True)  # after a kill it may be the index itself, by another name
    made.with_name(f"{_INDEX}.lock").unlink(
        missing_ok=True
    )  # of a git that was killed with us: the folder is ours alone
    if index.exists():
        shutil.copyfile(index, made)
    scratch = replace(move.git, index=str(made))
    entries = "".join(_index_lines(changes, absent="0" * len(move.new)))
    scratch.run("update-index", "-z", "--index-info", stdin=entries.encode("utf-8", "surrogateescape"))
    scratch.succeeds("update-index", "-q", "--refresh")
    _install_index(made, lock, index)


def _index_lines(changes: Iterable[FileChange], *, absent: str) -> Iterator[str]:
    for change in changes:
        yield f"{change.mode or 0} {change.blob or absent}\t{change.path}\0"


def _install_index(made: Path, lock: Path, index: Path) -> None:
    """Under git's own lock: a link to the new index appears at once and is known as ours after a kill."""
    try:
        os.link(made, lock)
    except FileExistsError:
        raise GitFailed("update-index", f"Unable to create '{lock}': File exists") from None
    except OSError:  # a file system without links
        os.replace(made, index)
    else:
        os.replace(lock, index)


def commit_tree(git: Git, tree: str, parents: Iterable[str], message: str) -> str:
    """A commit of the person who works here, signed if git's settings ask for it; no branch has it yet."""
    signs = git.run("config", "--type=bool", "--default", "false", "--get", "commit.gpgsign") == "true"
    arguments = [*(["-S"] if signs else []), *(word for parent in parents for word in ("-p", parent))]
    return git.run(
        "-c", "i18n.commitEncoding=UTF-8", "commit-tree", *arguments, "-F", "-", tree, stdin=f"{message}\n".encode()
    )
