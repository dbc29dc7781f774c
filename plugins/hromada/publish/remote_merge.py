"""Merges the remote's newer commits in memory; only a whole result moves the branch.

A merge commit, not a rebase: commits that were sent or taken back once keep their names, a conflict is asked about once,
and the branch moves by one step.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from hromada.domain.calendar import KYIV
from hromada.domain.file_names import is_content_path, printable_name
from hromada.domain.numerals import NOUNS
from hromada.domain.refusal import SHOW_DETAILS
from hromada.domain.site_urls import REDIRECTS
from hromada.publish.branch_move import changed_files, commit_tree, move_branch
from hromada.publish.content_conflicts import BASE, NOT_MERGED, OURS, REGULAR, THEIRS, Conflict, keep_both
from hromada.publish.local_commit import temporary_index
from hromada.publish.repository import PublicationRefused, Repository
from hromada.reading.row_union import union_rows
from hromada.system.git import Git, GitFailed

_PROGRAM = ("plugins", "theme", "tasks.py", "requirements", "pelicanconf.py", "publishconf.py")
_TOO_OLD = "Програма git застара: оновіть її до 2.38 або новішої (https://git-scm.com/), тоді знову make publish."
_TOO_OLD_PLAINLY = f"Програма, яка збирає ваші зміни зі змінами колег, на цьому комп’ютері застара. {SHOW_DETAILS}"


class Merge(Struct, frozen=True):
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
            "У сховищі інша історія, ніж у вас: спільного коміту немає. Зверніться до того, хто веде сховище.", "behind",
            f"У сховищі в мережі лежить інша історія змін, ніж на цьому комп’ютері, і разом їх не зібрати. {SHOW_DETAILS}",
        )  # fmt: skip
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
    process = git.attempt("merge-tree", "--write-tree", "-z", ours, theirs)
    output, _, messages = process.stdout.decode("utf-8", "surrogateescape").partition("\0\0")
    fields = [field for field in output.split("\0") if field]
    if process.returncode not in (0, 1) or not fields:
        message = process.stderr.decode("utf-8", "replace").strip()
        if re.search(r"^usage:|unknown rev|not something we can merge|unknown option", message):
            raise PublicationRefused(_TOO_OLD, "behind", _TOO_OLD_PLAINLY)
        raise GitFailed("merge-tree", message)
    versions: dict[str, dict[str, tuple[str, str]]] = {}
    for field in fields[1:]:
        facts, _, path = field.partition("\t")
        mode, blob, stage = facts.split(" ")
        versions.setdefault(path, {})[stage] = (mode, blob)
    return fields[0], _conflicts(git, ours, theirs, versions, messages) if versions else []


def _conflicts(
    git: Git, ours: str, theirs: str, versions: dict[str, dict[str, tuple[str, str]]], messages: str
) -> list[Conflict]:
    """The conflicts with whole texts: where names collide, git's stages are merged texts, with markers in them."""
    files = {OURS: _files(git, ours), THEIRS: _files(git, theirs)}
    conflicts = []
    for base, mine, other in _renamed_by_both(messages):
        stages = [list(versions.get(path, ())) for path in (base, mine, other)]
        if stages == [[BASE], [OURS], [THEIRS]] and mine in files[OURS] and other in files[THEIRS]:
            texts = {BASE: versions[base][BASE], OURS: files[OURS][mine], THEIRS: files[THEIRS][other]}
            conflicts.append(Conflict(base, texts, new_names=(mine, other)))
            for path in (base, mine, other):
                del versions[path]
    blobs = {stage: {blob for _, blob in entries.values()} for stage, entries in files.items()}
    for path, merged in versions.items():
        odd = [stage for stage in merged if stage in files and merged[stage][1] not in blobs[stage]]
        texts = {stage: version for stage, version in merged.items() if stage not in odd}
        texts |= {stage: files[stage][path] for stage in odd if path in files[stage]}
        conflicts.append(Conflict(path, texts, is_whole=not odd and merged.keys() != {BASE}))
    return sorted(conflicts)


def _files(git: Git, commit: str) -> dict[str, tuple[str, str]]:
    """Every path of a commit with its mode and blob."""
    files = {}
    for entry in git.run("ls-tree", "-r", "-z", "--full-tree", commit).split("\0"):
        facts, _, path = entry.partition("\t")
        if path:
            mode, _, blob = facts.split(" ")
            files[path] = (mode, blob)
    return files


def _renamed_by_both(messages: str) -> Iterator[tuple[str, str, str]]:
    """The old name, ours and theirs of each file that both have renamed, out of git's messages."""
    fields = iter(messages.split("\0"))
    for number in fields:  # how many paths follow, before the kind and the words
        if not number.isdecimal():
            return
        paths = [next(fields, "") for _ in range(int(number))]
        kind, _ = next(fields, ""), next(fields, "")
        if kind == "CONFLICT (rename/rename)" and len(paths) == 3:
            yield paths[0], paths[1], paths[2]


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
        if conflict.new_names or not conflict.is_whole:
            continue
        if not (_is_table(conflict.path) and conflict.versions.keys() == {BASE, OURS, THEIRS}):
            continue
        blobs = git.blobs(blob for _, blob in conflict.versions.values())
        base, ours, theirs = (blobs[conflict.versions[stage][1]] for stage in (BASE, OURS, THEIRS))
        united = union_rows(base, ours, theirs)
        if united is not None:
            blob = git.raw("hash-object", "-w", "--stdin", stdin=united).decode().strip()
            resolved[conflict.path] = (conflict.versions[OURS][0], blob)
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
    """PublicationRefused for conflicts that no choice between two texts settles: outside of the content, of folders or names."""
    odd = [conflict for conflict in merge.conflicts if not _is_of_texts(git, merge, conflict)]
    if odd:
        kept = keep_both(git, [conflict for conflict in odd if is_content_path(conflict.path)])
        raise PublicationRefused(
            "\n".join(
                [
                    "Ваші зміни й зміни колеги суперечать одна одній, і вибрати один із двох текстів тут не досить:",
                    *(conflict.as_line() for conflict in odd),
                    *(["Тексти лежать поруч:", *(f"  {name}" for name in kept)] if kept else []),
                    f"Покажіть це тому, хто веде сховище. {NOT_MERGED}",
                ]
            ),
            "conflict",
            "\n".join(
                [
                    "Ваші зміни й зміни колеги суперечать одна одній, і вибрати один із двох текстів тут не досить:",
                    *(conflict.as_line().strip() for conflict in odd),
                    SHOW_DETAILS,
                ]
            ),
        )


def _is_of_texts(git: Git, merge: Merge, conflict: Conflict) -> bool:
    """Whether it is about files of the content by their own names: git invents names where a file and a folder collide."""
    names = (conflict.path, *conflict.new_names)
    if not conflict.is_whole or not all(map(is_content_path, names)):
        return False
    if any(mode not in REGULAR for mode, _ in conflict.versions.values()):
        return False
    return bool(conflict.new_names) or any(
        git.succeeds("cat-file", "-e", f"{commit}:{conflict.path}") for commit in (merge.head, merge.theirs)
    )


def resolve(git: Git, merge: Merge, choose: Callable[[Conflict], str]) -> Merge | None:
    """The merge with each conflict decided by `choose` (stage «2» ours, «3» theirs); None if it declines («»)."""
    chosen: dict[str, tuple[str, str] | None] = {}
    for conflict in merge.conflicts:
        stage = choose(conflict)
        if not stage:
            return None
        chosen |= dict.fromkeys((conflict.path, *conflict.new_names))
        chosen[conflict.name_at(stage)] = conflict.versions.get(stage)
    return replace(merge, tree=_with_entries(git, merge.tree, chosen), conflicts=()) if chosen else merge


def apply_merge(repository: Repository, merge: Merge) -> list[str]:
    """Move the branch and its files to the merged state; returns notes."""
    assert not merge.conflicts
    git, new = repository.git, merge.theirs
    if not merge.is_forward:
        new = commit_tree(git, merge.tree, [merge.head, merge.theirs], "Приєднано зміни колег")
    return move_branch(git, repository.branch, merge.head, new, with_files=True)
