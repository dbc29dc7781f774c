"""Git, called without a shell, speaking English in UTF-8, asking for nothing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

# A caller's hook may have pointed git elsewhere; our commands are about the folder they are given. The list is that of
# `git rev-parse --local-env-vars` without the settings (GIT_CONFIG_*): those are the caller's wishes, not a place.
_INHERITED = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_NO_REPLACE_OBJECTS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INTERNAL_SUPER_PREFIX",
)
# A killed `git status` must leave no index.lock behind, so it takes none.
_OURS = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


class GitFailed(Exception):
    """A git command failed; `words` is what it printed."""

    def __init__(self, command: str, words: str) -> None:
        super().__init__(f"git {command}: {words}")
        self.words = words


@dataclass(frozen=True, slots=True)
class Git:
    """The repository in a folder."""

    folder: Path
    environ: Mapping[str, str] | None = None
    index: str = ""  # of a commit that is being made; the repository's own otherwise

    def run(self, *arguments: str, given: bytes = b"", extra: Mapping[str, str] | None = None) -> str:
        """What the command prints, `given` its input and `extra` variables; GitFailed when it fails."""
        done = self._call(arguments, given, extra)
        if done.returncode:
            words = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
            raise GitFailed(arguments[0], words)
        return done.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    def raw(self, *arguments: str, given: bytes = b"") -> bytes:
        """The bytes that the command prints of those it is given; GitFailed when it fails."""
        done = self._call(arguments, given)
        if done.returncode:
            raise GitFailed(arguments[0], done.stderr.decode("utf-8", "replace").strip())
        return done.stdout

    def succeeds(self, *arguments: str) -> bool:
        """Whether the command's answer is yes."""
        return self._call(arguments).returncode == 0

    def commit_of(self, name: str) -> str:
        """The commit that a name points at, empty when there is none."""
        done = self._call(("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))
        return done.stdout.decode().strip() if done.returncode == 0 else ""

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """What the files of these ids hold; those that there are."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        done = self._call(("cat-file", "--batch"), "".join(f"{one}\n" for one in wanted).encode())
        found, said, start = {}, done.stdout, 0
        while start < len(said):
            end = said.index(b"\n", start)
            id, kind, *size = said[start:end].decode().split(" ")
            start = end + 1
            if kind == "blob":
                end = start + int(size[0])
                found[id] = said[start:end]
                start = end + 1
        return found

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of every call: the caller's, without another repository and with our language."""
        given = os.environ if self.environ is None else self.environ
        index = {"GIT_INDEX_FILE": self.index} if self.index else {}
        kept = {name: value for name, value in given.items() if name not in _INHERITED}
        return kept | _OURS | index | dict(extra or {})

    def _call(
        self, arguments: tuple[str, ...], given: bytes = b"", extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        # The line ends are the editor's own setting: with another one, a clone made on Windows would be all changed.
        # Nothing here writes files; ghp-import gives git the bytes, and same_tree compares them.
        command = ["git", "-c", "core.quotepath=off", *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(extra), capture_output=True, check=False, input=given
        )
