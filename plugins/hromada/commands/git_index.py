"""Pictures of the next commit without the places in which they were taken: in git's index, and in the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from hromada.content.metadata_removal import CleaningRefused, clean_bytes
from hromada.domain.file_types import is_picture
from hromada.system.atomic_files import atomic_replace
from hromada.system.git import Git
from hromada.system.regular_files import RegularFile

_REGULAR = ("100644", "100755")
# The index of a whole commit (`git commit`, `git commit -a`); one of named files has an index of its own, whose changes
# git forgets: the next commit would bring the places back.
_WHOLE = ("index", "index.lock")


class Staged(NamedTuple):
    """What was taken out of which file, what could not be, and whether the commit must be made anew."""

    cleaned: dict[str, str]
    refused: dict[str, str]
    is_partial: bool = False


def clean_staged(root: Path) -> Staged:
    """Clean every picture of the content that is staged with a place. GitFailed when git does not do its part."""
    git = Git(root, index=os.environ.get("GIT_INDEX_FILE", ""))
    is_partial = bool(git.index) and Path(git.index).name not in _WHOLE
    cleaned, refused = dict[str, str](), dict[str, str]()
    for mode, path in _pictures(git):
        raw = git.raw("cat-file", "blob", f":{path}")
        try:
            done = clean_bytes(path, raw)
        except CleaningRefused as refusal:
            refused[path] = str(refusal)
            continue
        _clean_beside(RegularFile(str(root), path), raw, done.data if done else raw)
        if done:
            cleaned[path] = done.summary
            blob = git.raw("hash-object", "-w", "--stdin", stdin=done.data).decode().strip()
            git.raw("update-index", "--cacheinfo", f"{mode},{blob},{path}")
    return Staged(cleaned, refused, is_partial and bool(cleaned))


def _pictures(git: Git) -> list[tuple[str, str]]:
    """Mode and path of the pictures that the commit would add or change."""
    listed = git.raw("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--no-renames", "-z", "--", "content")
    found = []
    for name in filter(None, listed.split(b"\0")):
        path = os.fsdecode(name)
        if is_picture(path):
            mode = git.raw("ls-files", "--stage", "-z", "--", f":(literal){path}").decode("ascii", "replace")[:6]
            if mode in _REGULAR:
                found.append((mode, path))
    return found


def _clean_beside(file: RegularFile, staged: bytes, clean: bytes) -> None:
    """The file in the folder, too: the same as what is staged, or another one, which is cleaned by itself."""
    try:
        raw = file.read()
        if raw != staged:
            done = clean_bytes(file.path.name, raw)
            clean = done.data if done else raw
        if clean != raw:
            atomic_replace(file, clean)
    except (OSError, CleaningRefused):
        return  # the commit is about what is staged; `make check` will tell of the file
