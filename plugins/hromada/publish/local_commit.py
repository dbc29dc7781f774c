"""Commits what is uncommitted in `content/`, or one file of it, and nothing else; the person's own staged files stay staged."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.file_names import is_content_path, printable_name
from hromada.domain.file_types import is_attachment, is_picture
from hromada.domain.item import Kind
from hromada.domain.numerals import NOUNS
from hromada.domain.refusal import SHOW_DETAILS
from hromada.publish.branch_move import commit_tree, move_branch
from hromada.publish.repository import PublicationRefused, indent
from hromada.publish.working_tree import nested_plainly, status_of
from hromada.reading.items import place_of, read_item
from hromada.system.git import SUBMODULE, Git, GitFailed

NEW, CHANGED, DELETED = "новий", "змінений", "видалений"
_SINGLE = 3  # pictures and documents of a folder that are listed by name; more of them are counted
_TITLED = 200  # texts whose titles are read
_LONGEST_TITLE = 100
_LARGEST_TEXT = 2_000_000
_WORDS = {Kind.NEWS: "Новина", Kind.MESSAGE: "Повідомлення", Kind.PAGE: "Сторінка", Kind.UNIT: "Підрозділ", Kind.REPORT: "Звіт", Kind.SERVICE: "Послуга"}  # fmt: skip


class ContentChange(NamedTuple):
    """An uncommitted file of the content: its state, the mode and blob that a commit would have (empty: deleted), its title."""

    path: str
    state: str
    mode: str
    blob: str
    title: str = ""

    @property
    def kind(self) -> str:
        """«Новина»; empty for what is no text of a section."""
        placed = place_of(self.path) if self.path.endswith(".md") else None
        return _WORDS[placed[0]] if placed else ""

    def as_line(self) -> str:
        title = f" – «{self.title}»" if self.title else ""
        return f"  {self.state}: {printable_name(self.path)}{title}"


class ContentChanges(Struct, frozen=True):
    """Every uncommitted file of the content, sorted, as `git add` would take it now."""

    files: tuple[ContentChange, ...]

    def as_lines(self) -> list[str]:
        """The files in plain words; many pictures and documents of one folder are counted."""
        groups: dict[tuple[str, str], list[ContentChange]] = {}
        for change in self.files:
            is_media = is_picture(change.path) or is_attachment(change.path)
            key = (change.state, change.path.rpartition("/")[0]) if is_media else (change.path, "")
            groups.setdefault(key, []).append(change)
        lines = []
        for (state, folder), group in groups.items():
            if folder and len(group) > _SINGLE:
                lines.append(f"  {state}: {printable_name(folder)}/ – {NOUNS['файл'].counted(len(group))}")
            else:
                lines += [change.as_line() for change in group]
        return lines

    def default_message(self) -> str:
        """«Новина: Зустріч із мешканцями»; of several texts the first, and how many more there are."""
        texts = [change for change in self.files if change.path.endswith(".md")]
        change, *others = texts or self.files
        name = change.title or change.path.rpartition("/")[2]
        verb = {NEW: change.kind or "Додано", CHANGED: "Змінено", DELETED: "Прибрано"}[change.state]
        more = f" (і ще {NOUNS['файл'].counted(len(others))})" if others else ""
        return f"{verb}: {printable_name(name)}{more}"

    def differing(self, earlier: ContentChanges) -> list[str]:
        """The paths that are not as they were."""
        before, now = ({change.path: change for change in changes.files} for changes in (earlier, self))
        return sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))


@contextlib.contextmanager
def staged_content(git: Git) -> Iterator[tuple[Git, ContentChanges]]:
    """The uncommitted content, staged in an index of its own, with git for that index; the repository's is not touched."""
    with content_index(git) as scratch:
        yield scratch, ContentChanges(tuple(_staged(scratch)))


@contextlib.contextmanager
def content_index(git: Git) -> Iterator[Git]:
    """Git for a temporary index: that of HEAD with the content as it lies in the folder."""
    with temporary_index(git, "HEAD") as scratch:
        paths = [path for path in _uncommitted(git) if is_content_path(path)]
        if paths:
            names = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
            literal = {"GIT_LITERAL_PATHSPECS": "1"}
            scratch.run("add", "-A", "--pathspec-from-file=-", "--pathspec-file-nul", stdin=names, extra=literal)
        yield scratch


@contextlib.contextmanager
def temporary_index(git: Git, tree: str) -> Iterator[Git]:
    """Git for an index of its own that holds a tree; one that is killed leaves nothing in the clone."""
    with tempfile.TemporaryDirectory(prefix="hromada-") as folder:
        scratch = replace(git, index=str(Path(folder, "index")))
        scratch.run("read-tree", tree)
        yield scratch


def _uncommitted(git: Git) -> list[str]:
    status = status_of(git, "--no-renames")
    return [entry[3:] for entry in status.split("\0") if entry]


def uncommitted_elsewhere(git: Git) -> bool:
    """Whether anything outside of the content is uncommitted: no task of an editor."""
    return any(not is_content_path(path) for path in _uncommitted(git))


def _staged(scratch: Git) -> Iterator[ContentChange]:
    arguments = ("--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "HEAD", "--", "content")
    parts = iter(scratch.run("diff-index", *arguments).split("\0"))
    titled = 0
    for part in parts:
        if not part.startswith(":"):
            continue
        _, mode, old, blob, letter = part.split(" ")
        path = next(parts)
        if mode == SUBMODULE:
            raise PublicationRefused(
                f"{printable_name(path)} – окреме сховище git усередині змісту. Приберіть із цієї теки теку .git.",
                "uncommitted",
                nested_plainly(path),
            )
        is_text = path.endswith(".md") and titled < _TITLED
        titled += is_text
        title = title_of(scratch, path, old if letter == "D" else blob) if is_text else ""
        state = {"A": NEW, "D": DELETED}.get(letter, CHANGED)
        yield ContentChange(path, state, "" if letter == "D" else mode, "" if letter == "D" else blob, title)


def title_of(git: Git, path: str, blob: str) -> str:
    """The title of a text; empty when it can't be read."""
    data = git.blobs([blob]).get(blob, b"")
    if not data or len(data) > _LARGEST_TEXT:
        return ""
    item = read_item(path, data).item
    return item.title[:_LONGEST_TITLE] if item else ""


def commit_file(git: Git, path: str, branch: str, message: str) -> str:
    """Commit one file as it lies in the folder, and nothing else; the commit, empty if the last one has it already."""
    with temporary_index(git, "HEAD") as scratch:
        scratch.run("add", "--", f":(literal){path}")
        if scratch.succeeds("diff-index", "--cached", "--quiet", "HEAD", "--"):
            return ""
        return commit_staged(git, scratch, branch, git.commit_of("HEAD"), message)


def commit_staged(git: Git, scratch: Git, branch: str, head: str, message: str) -> str:
    """Commit the tree of the index `scratch` on top of `head`, which is the branch's; returns the commit."""
    try:
        if not _uses_our_hook(git):  # whose checks were made already
            scratch.run("hook", "run", "--ignore-missing", "pre-commit")
    except GitFailed as failed:
        raise PublicationRefused(
            f"Перевірка перед комітом (гачок git pre-commit) не пропустила змін. Нічого не збережено.\n{indent(failed.output)}",
            plain=f"Перевірка перед збереженням не пропустила змін. {SHOW_DETAILS}",
        ) from None
    new = commit_tree(git, scratch.run("write-tree"), [head], message)
    move_branch(git, branch, head, new, with_files=False)
    return new


def _uses_our_hook(git: Git) -> bool:
    return git.run("config", "--get", "--default", "", "core.hooksPath") == "hooks"


def author_of(git: Git) -> tuple[str, str]:
    """Name and e-mail that git would write; empty where the person has told git none."""
    environ = git.environment()
    name, email = (
        environ.get(f"GIT_AUTHOR_{field.upper()}", "") or git.run("config", "--get", "--default", "", f"user.{field}")
        for field in ("name", "email")
    )
    return name, email
