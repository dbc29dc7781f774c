"""Conflicts of a merge: a path's two versions, how they differ, both kept beside each other outside of the content."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count, islice
from pathlib import PurePosixPath
from typing import NamedTuple

from hromada.domain.file_names import printable_name
from hromada.domain.problem import shorten
from hromada.publish.local_commit import title_of
from hromada.system.atomic_files import atomic_write, read_bounded
from hromada.system.git import Git

NOT_MERGED = "Ваші зміни збережено у вашій історії, але не опубліковано; змін колег не забрано."
CONFLICT_FOLDER = "build/conflict"  # git ignores it, and no build reads it
BASE, OURS, THEIRS = "1", "2", "3"  # git's stages of a conflicting path
REGULAR = ("100644", "100755")  # git's modes of files
_COMPARED = 1_000_000  # bytes of a text whose differing lines are shown
_SHOWN_LINES, _LONGEST_LINE = 5, 200


class Conflict(NamedTuple):
    """A path that both have changed at the same place: its versions as (mode, blob) by stage, and who changed it when."""

    path: str
    versions: Mapping[str, tuple[str, str]]
    who: str = ""
    new_names: tuple[str, ...] = ()  # both have renamed it: our name and theirs
    is_whole: bool = True  # its versions are texts of the two commits, not something that git has merged

    def name_at(self, stage: str) -> str:
        """The path of a version."""
        return self.new_names[int(stage) - 2] if self.new_names else self.path

    @property
    def is_deleted_here(self) -> bool:
        return not self.new_names and OURS not in self.versions

    @property
    def is_deleted_there(self) -> bool:
        return not self.new_names and THEIRS not in self.versions

    def as_line(self) -> str:
        """«content/…md: колега, 15.01.2022 14:02»."""
        if self.new_names:
            mine, other = map(printable_name, self.new_names)
            return f"  {printable_name(self.path)}: {self.who}: ви перейменували на {mine}, колега – на {other}"
        what = " – ви видалили цей файл" if self.is_deleted_here else ""
        what = " – колега видаляє цей файл" if self.is_deleted_there else what
        return f"  {printable_name(self.path)}: {self.who}{what}"


def keep_both(git: Git, conflicts: Iterable[Conflict]) -> list[str]:
    """Write both texts of each conflict beside each other, outside of the content; returns their names."""
    names = []
    for conflict in conflicts:
        for stage, word in ((OURS, "ваш"), (THEIRS, "колеги")):
            if stage in conflict.versions and conflict.versions[stage][0] in REGULAR:
                text = git.raw("cat-file", "blob", conflict.versions[stage][1])
                names.append(keep_copy(git, conflict.name_at(stage), text, f"-{word}"))
    return names


def keep_copy(git: Git, path: str, text: bytes, mark: str = "") -> str:
    """Write a text of the content outside of it, beside every other text kept there; returns its name, which ends with `mark`."""
    below = PurePosixPath(CONFLICT_FOLDER, path.removeprefix("content/"))
    for number in count(1):
        name = below.with_name(f"{below.stem}{mark}{f'-{number}' if number > 1 else ''}{below.suffix}").as_posix()
        file = git.folder / name
        if not os.path.lexists(file):
            atomic_write(file, text)
            break
        with contextlib.suppress(OSError):  # longer, or no regular file: another name
            if read_bounded(file, len(text)) == text:
                break
    return name


def explain_conflicts(git: Git, conflicts: Iterable[Conflict]) -> list[str]:
    """What conflicts, and who changed it when."""
    lines = ["Ви й колега змінили те саме місце:"]
    for conflict in conflicts:
        lines.append(conflict.as_line())
        if title := conflict_title(git, conflict):
            lines.append(f"    «{title}»")
    return lines


def conflict_title(git: Git, conflict: Conflict) -> str:
    """The title of the text that is in conflict: ours, else the colleague's; empty for a file without one."""
    if not conflict.path.endswith(".md"):
        return ""
    blobs = (conflict.versions[stage][1] for stage in (OURS, THEIRS) if stage in conflict.versions)
    return next(filter(None, (title_of(git, conflict.path, blob) for blob in blobs)), "")


def differing_lines(git: Git, conflict: Conflict) -> tuple[list[str], list[str]]:
    """The lines of our version that the colleague's lacks, and the other way round, some of each; none if they are no texts."""
    stages = [conflict.versions.get(stage) for stage in (OURS, THEIRS)]
    blobs = git.blobs(version[1] for version in stages if version)
    texts = [blobs.get(version[1], b"") if version else b"" for version in stages]
    if max(map(len, texts)) > _COMPARED:
        return [], []
    try:
        ours, theirs = (text.decode("utf-8-sig").split("\n") for text in texts)
    except UnicodeDecodeError:
        return [], []
    return _lines_beyond(ours, theirs), _lines_beyond(theirs, ours)


def _lines_beyond(lines: Iterable[str], others: Collection[str]) -> list[str]:
    present = {line.strip() for line in ("", *others)}
    differing = (text for line in lines if (text := line.strip()) not in present)
    return [shorten(line, _LONGEST_LINE) for line in islice(differing, _SHOWN_LINES)]


def conflict_lines(git: Git, conflicts: Sequence[Conflict]) -> list[str]:
    """The lines of a run without a terminal: what conflicts, with both texts written beside each other."""
    return [
        *explain_conflicts(git, conflicts),
        "Обидва тексти лежать поруч:",
        *(f"  {name}" for name in keep_both(git, conflicts)),
        "Щоб вибрати один із них, запустіть make publish у терміналі.",
        NOT_MERGED,
    ]
