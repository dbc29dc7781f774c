"""Merges a colleague's newer commits in memory; only a whole result moves the branch.

A merge commit, not a rebase: commits that were sent or taken back once keep their names, a conflict is asked about once,
and the branch moves by one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from hromada.domain.calendar import KYIV
from hromada.domain.file_names import is_content_path, printable_name
from hromada.domain.numerals import NOUNS
from hromada.domain.site_urls import REDIRECTS
from hromada.publish.branch_move import changed_files, commit_tree, move_branch
from hromada.publish.local_commit import temporary_index, title_of
from hromada.publish.repository import PublicationRefused, Repository
from hromada.reading.row_union import union_rows
from hromada.system.atomic_files import atomic_write
from hromada.system.git import Git, GitFailed

CONFLICT_FOLDER = "build/conflict"  # git ignores it, and no build reads it
_PROGRAM = ("plugins", "theme", "tasks.py", "requirements", "pelicanconf.py", "publishconf.py")
_REGULAR = ("100644", "100755")
_BASE, _OURS, _THEIRS = "1", "2", "3"  # git's stages of a conflicting path
_TOO_OLD = "Програма git застара: оновіть її до 2.38 або новішої (https://git-scm.com/), тоді знову make publish."


class Conflict(NamedTuple):
    """A path that both have changed at the same place: its versions as (mode, blob) by stage, and who changed it when."""

    path: str
    versions: Mapping[str, tuple[str, str]]
    who: str = ""

    def as_line(self) -> str:
        """«content/…md: колега, 15.01.2022 14:02»."""
        ours, theirs = self.versions.get(_OURS), self.versions.get(_THEIRS)
        what = "" if ours and theirs else (" – колега видаляє цей файл" if ours else " – ви видалили цей файл")
        return f"  {printable_name(self.path)}: {self.who}{what}"


@dataclass(frozen=True, slots=True)
class Merge:
    """What merging the remote's commits would give: the tree, and the conflicts that a person decides."""

    head: str
    theirs: str
    tree: str
    conflicts: tuple[Conflict, ...]
    lines: tuple[str, ...] = ()  # what the colleagues have changed
    changes_program: bool = False
    is_forward: bool = False  # we have no commit that they lack


def plan_merge(repository: Repository) -> Merge | None:
    """The merge with the remote's branch as last fetched, made in memory; None if nothing is missing here."""
    git, theirs = repository.git, repository.remote_commit(repository.branch)
    head = git.commit_of("HEAD")
    if not theirs or git.succeeds("merge-base", "--is-ancestor", theirs, head):
        return None
    base = git.run("merge-base", head, theirs).split("\n")[0] if git.succeeds("merge-base", head, theirs) else ""
    if not base:
        raise PublicationRefused(
            "У сховищі інша історія, ніж у вас: спільного коміту немає. Зверніться до того, хто веде сховище.", "behind"
        )
    changed = changed_files(git, base, theirs)
    lines = _summary(git, base, theirs, [change.path for change in changed])
    changes_program = any(change.path.split("/")[0] in _PROGRAM for change in changed)
    if base == head:
        return Merge(head, theirs, theirs, (), lines, changes_program, is_forward=True)
    tree, conflicts = merge_trees(git, head, theirs)
    named = [conflict._replace(who=last_change(git, base, theirs, conflict.path)) for conflict in conflicts]
    merge = Merge(head, theirs, tree, tuple(named), lines, changes_program)
    return _unite_tables(git, merge)


def merge_trees(git: Git, ours: str, theirs: str) -> tuple[str, list[Conflict]]:
    """The merged tree of two commits and the conflicts in it; git's own merge, without index or working files."""
    process = git.attempt("merge-tree", "--write-tree", "-z", "--no-messages", ours, theirs)
    output = process.stdout.decode("utf-8", "surrogateescape")
    fields = [field for field in output.split("\0") if field]
    if process.returncode not in (0, 1) or not fields:
        message = process.stderr.decode("utf-8", "replace").strip()
        if re.search(r"^usage:|unknown rev|not something we can merge|unknown option", message):
            raise PublicationRefused(_TOO_OLD, "behind")
        raise GitFailed("merge-tree", message)
    versions: dict[str, dict[str, tuple[str, str]]] = {}
    for field in fields[1:]:
        facts, _, path = field.partition("\t")
        mode, blob, stage = facts.split(" ")
        versions.setdefault(path, {})[stage] = (mode, blob)
    return fields[0], [Conflict(path, stages) for path, stages in sorted(versions.items())]


def last_change(git: Git, base: str, tip: str, path: str) -> str:
    """Who changed a path last in these commits, and when; empty if none of them did."""
    line = git.run("log", "-1", "--no-show-signature", "--format=%at %an", f"{base}..{tip}", "--", f":(literal){path}")
    moment, _, author = line.partition(" ")
    if not moment.isdecimal():
        return ""
    local = datetime.fromtimestamp(int(moment), KYIV)
    return f"{printable_name(author)}, {local:%d.%m.%Y %H:%M}"


def _summary(git: Git, base: str, tip: str, paths: list[str]) -> tuple[str, ...]:
    authors = dict.fromkeys(git.run("log", "--no-show-signature", "--format=%an", f"{base}..{tip}").split("\n"))
    names = ", ".join(printable_name(author) for author in list(authors)[:3])
    return (f"У сховищі є новіші зміни ({names}): {NOUNS['файл'].counted(len(paths))}.",)


def _unite_tables(git: Git, merge: Merge) -> Merge:
    """Resolve the conflicts of tables to which both have only added rows."""
    resolved: dict[str, tuple[str, str] | None] = {}
    for conflict in merge.conflicts:
        if not (_is_table(conflict.path) and conflict.versions.keys() == {_BASE, _OURS, _THEIRS}):
            continue
        blobs = git.blobs(blob for _, blob in conflict.versions.values())
        base, ours, theirs = (blobs[conflict.versions[stage][1]] for stage in (_BASE, _OURS, _THEIRS))
        united = union_rows(base, ours, theirs)
        if united is not None:
            blob = git.raw("hash-object", "-w", "--stdin", stdin=united).decode().strip()
            resolved[conflict.path] = (conflict.versions[_OURS][0], blob)
    if not resolved:
        return merge
    left = tuple(conflict for conflict in merge.conflicts if conflict.path not in resolved)
    joined = [f"Рядки обох зібрано разом: {printable_name(path)}" for path in resolved]
    return replace(merge, tree=_with_entries(git, merge.tree, resolved), conflicts=left, lines=(*merge.lines, *joined))


def _is_table(path: str) -> bool:
    is_register = path.startswith("content/registers/") and path.casefold().endswith(".csv")
    return is_register or path == REDIRECTS


def _with_entries(git: Git, tree: str, entries: Mapping[str, tuple[str, str] | None]) -> str:
    """The tree with these paths set to (mode, blob), or removed."""
    with temporary_index(git, tree) as scratch:
        absent = ("0", "0" * len(tree))
        lines = (f"{mode} {blob}\t{path}\0" for path, (mode, blob) in ((p, e or absent) for p, e in entries.items()))
        scratch.run("update-index", "-z", "--index-info", stdin="".join(lines).encode("utf-8", "surrogateescape"))
        return scratch.run("write-tree")


def refuse_odd_conflicts(git: Git, merge: Merge) -> None:
    """PublicationRefused for conflicts that no choice between two texts settles: outside of the content, or of folders."""
    odd = [conflict for conflict in merge.conflicts if not _is_of_texts(git, merge, conflict)]
    if odd:
        raise PublicationRefused(
            "\n".join(
                [
                    "Ваші зміни й зміни колеги суперечать одна одній, і це не тексти змісту:",
                    *(conflict.as_line() for conflict in odd),
                    "Покажіть це тому, хто веде сховище. Нічого не змінено.",
                ]
            ),
            "conflict",
        )


def _is_of_texts(git: Git, merge: Merge, conflict: Conflict) -> bool:
    """Whether it is about files of the content by their own names: git invents names where a file and a folder collide."""
    if not is_content_path(conflict.path) or any(mode not in _REGULAR for mode, _ in conflict.versions.values()):
        return False
    is_base_alone = conflict.versions.keys() == {_BASE}
    return is_base_alone or any(
        git.succeeds("cat-file", "-e", f"{commit}:{conflict.path}") for commit in (merge.head, merge.theirs)
    )


def keep_both(git: Git, conflicts: Iterable[Conflict]) -> list[str]:
    """Write both texts of each conflict beside each other, outside of the content; returns their names."""
    names = []
    for conflict in conflicts:
        for stage, word in ((_OURS, "ваш"), (_THEIRS, "колеги")):
            if stage in conflict.versions:
                stem, dot, suffix = conflict.path.rpartition("/")[2].rpartition(".")
                folder = conflict.path.rpartition("/")[0].removeprefix("content").strip("/")
                name = "/".join(
                    filter(None, (CONFLICT_FOLDER, folder, f"{stem or suffix}-{word}{dot}{suffix if stem else ''}"))
                )
                atomic_write(git.folder / name, git.raw("cat-file", "blob", conflict.versions[stage][1]))
                names.append(name)
    return names


def explanation(git: Git, merge: Merge) -> list[str]:
    """What conflicts, who changed it when, and where both texts are."""
    lines = ["Ви й колега змінили те саме місце:"]
    for conflict in merge.conflicts:
        lines.append(conflict.as_line())
        ours = conflict.versions.get(_OURS)
        if ours and conflict.path.endswith(".md") and (title := title_of(git, conflict.path, ours[1])):
            lines.append(f"    «{title}»")
    return lines


def resolve(git: Git, merge: Merge, choose: Callable[[Conflict], str]) -> Merge | None:
    """The merge with each conflict decided by `choose` (stage «2» ours, «3» theirs); None if it declines («»)."""
    chosen: dict[str, tuple[str, str] | None] = {}
    for conflict in merge.conflicts:
        if conflict.versions.keys() == {_BASE}:  # renamed by both, each to another name
            chosen[conflict.path] = None
            continue
        stage = choose(conflict)
        if not stage:
            return None
        chosen[conflict.path] = conflict.versions.get(stage)
    return replace(merge, tree=_with_entries(git, merge.tree, chosen), conflicts=()) if chosen else merge


def take(repository: Repository, merge: Merge) -> list[str]:
    """Move the branch and its files to the merged state; returns notes."""
    assert not merge.conflicts
    git, new = repository.git, merge.theirs
    if not merge.is_forward:
        new = commit_tree(git, merge.tree, [merge.head, merge.theirs], "Приєднано зміни колег")
    return move_branch(git, repository.branch, merge.head, new, with_files=True)


def conflict_lines(git: Git, merge: Merge) -> list[str]:
    """For a run without a terminal: what conflicts, with both texts written beside each other."""
    return [
        *explanation(git, merge),
        "Обидва тексти лежать поруч:",
        *(f"  {name}" for name in keep_both(git, merge.conflicts)),
        "Щоб вибрати один із них, запустіть make publish у терміналі. Нічого не змінено.",
    ]
