"""Removes places from the pictures of the next commit: in git's index, and in the working folder."""

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
# The index of a usual commit (`git commit`, `git commit -a`); `git commit FILE` has a temporary one, whose changes git
# drops: the next commit would have the places again.
_USUAL_INDEXES = ("index", "index.lock")


class Staged(NamedTuple):
    """What was removed from each file, why others were refused, and whether the commit must be repeated."""

    cleaned: dict[str, str]
    refused: dict[str, str]
    is_partial: bool = False


def clean_staged(root: Path) -> Staged:
    """Clean every staged picture of the content that has a place. GitFailed when a git command fails."""
    git = Git(root, index=os.environ.get("GIT_INDEX_FILE", ""))
    is_partial = bool(git.index) and Path(git.index).name not in _USUAL_INDEXES
    cleaned, refused = dict[str, str](), dict[str, str]()
    for mode, path in _pictures(git):
        raw = git.raw("cat-file", "blob", f":{path}")
        try:
            done = clean_bytes(path, raw)
        except CleaningRefused as refusal:
            refused[path] = str(refusal)
            continue
        _clean_working_file(RegularFile(str(root), path), raw, done.data if done else raw)
        if done:
            cleaned[path] = done.summary
            blob = git.raw("hash-object", "-w", "--stdin", stdin=done.data).decode().strip()
            git.raw("update-index", "--cacheinfo", f"{mode},{blob},{path}")
    return Staged(cleaned, refused, is_partial and bool(cleaned))


def _pictures(git: Git) -> list[tuple[str, str]]:
    """Mode and path of the pictures that the commit adds or changes."""
    listed = git.raw("diff", "--cached", "--name-only", "--diff-filter=ACMRT", "--no-renames", "-z", "--", "content")
    pictures = []
    for name in filter(None, listed.split(b"\0")):
        path = os.fsdecode(name)
        if is_picture(path):
            mode = git.raw("ls-files", "--stage", "-z", "--", f":(literal){path}").decode("ascii", "replace")[:6]
            if mode in _REGULAR:
                pictures.append((mode, path))
    return pictures


def _clean_working_file(file: RegularFile, staged: bytes, clean: bytes) -> None:
    """Clean the file in the working folder, too; if it differs from the staged one, by itself."""
    try:
        raw = file.read()
        if raw != staged:
            done = clean_bytes(file.path.name, raw)
            clean = done.data if done else raw
        if clean != raw:
            atomic_replace(file, clean)
    except (OSError, CleaningRefused):
        return  # only the staged file matters for the commit; `make check` reports this one
