"""The built files as a commit, made with ghp-import's functions, and begun while the files are being verified.

An import is not atomic: killed midway, it leaves a branch with some of the files. So it never gets `gh-pages`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from hromada.online.site_location import CNAME
from hromada.publish.pages_branch import DEFAULT_IDENTITY, TEMPORARY, commit_tree, sweep
from hromada.system.git import Git, GitFailed

_SENT = 16  # files at one step: some ten milliseconds


class ImportFailed(Exception):
    """git did not take the files; only a temporary branch was changed."""


class TreeChanges(NamedTuple):
    """The files of a new commit that differ from its parent's: those to write, and those to remove."""

    written: tuple[str, ...]
    removed: tuple[str, ...]

    @classmethod
    def between(cls, online: Mapping[str, str], files: Mapping[str, str]) -> TreeChanges:
        """From one tree's files with their blob ids to another's."""
        written = sorted(name for name, blob in files.items() if online.get(name) != blob)
        return cls(tuple(written), tuple(sorted(online.keys() - files.keys())))


class SiteImport:
    """Writes the changed files of a folder as a commit on top of `parent` (empty: a first commit), in small steps.

    ghp-import's functions send the files to git fast-import. Its command would read and send all files of the folder,
    which takes longer than all the rest of a publication after one edit (measured).
    """

    def __init__(self, git: Git, output: Path, parent: str, domain: str, changes: TreeChanges) -> None:
        self._git, self._output = git, output
        self.parent, self.domain, self.changes = parent, domain, changes
        self._branch = f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(4)}"
        self._process: subprocess.Popen[bytes] | None = None
        self._failure: Exception | None = None
        self._steps = self._sending()

    def close(self) -> None:
        """Leave neither a process nor a branch, only objects that git gc will remove."""
        self._end()
        sweep(self._git)

    def steps(self) -> Iterator[None]:
        """Send some files at each step; a failure is kept for `commit`. What was not sent so far, `commit` sends."""
        for _ in self._steps:  # not `yield from`: who takes no more steps would end the sending
            yield

    def commit(self, message: str) -> str:
        """The finished commit; ImportFailed if git did not take the files."""
        try:
            for _ in self.steps():
                pass
            words, process = self._end(), self._process
            if process and process.returncode:
                raise ImportFailed(_reason(words))
            if self._failure:
                raise ImportFailed(f"{type(self._failure).__name__}: {self._failure}")
            return commit_tree(self._git, f"refs/heads/{self._branch}^{{tree}}", self.parent, message)
        except (GitFailed, UnicodeError) as failed:
            raise ImportFailed(str(failed)) from None

    def _sending(self) -> Iterator[None]:
        try:
            process = self._process = self._started()
            _send_commit(process, self._branch, self.parent)
            for start in range(0, len(self.changes.removed) + len(self.changes.written), _SENT):
                _send_changes(process, self._output, self.domain, self.changes, start)
                yield
            self._close_input()  # git completes the commit while nobody waits for it
            yield
        except (OSError, UnicodeError, GitFailed) as error:
            self._failure = error

    def _started(self) -> subprocess.Popen[bytes]:
        command, pipe = ["git", "fast-import", "--quiet", "--date-format=rfc2822"], subprocess.PIPE
        environ = self._git.environment()
        return subprocess.Popen(command, cwd=self._git.folder, env=environ, stdin=pipe, stderr=pipe)

    def _close_input(self) -> None:
        if self._process and self._process.stdin:
            with contextlib.suppress(BrokenPipeError):  # git has said why it takes no more
                self._process.stdin.close()

    def _end(self) -> str:
        """Close git's input and wait for it; returns what it printed."""
        process = self._process
        if process is None or process.stderr is None or process.stderr.closed:
            return ""
        self._close_input()
        with process.stderr:
            words = process.stderr.read().decode("utf-8", "replace")
        process.wait()
        return words


class BegunImport:
    """The import of a site into one repository, begun with what is to be published if nothing stops it.

    As a context manager it leaves neither a process nor a temporary branch.
    """

    def __init__(self, git: Git, output: Path) -> None:
        self._git, self._output = git, output
        self._begun: SiteImport | None = None
        self._inputs: tuple[str, str, Mapping[str, str]] = ("", "", {})

    def __enter__(self) -> BegunImport:
        return self

    def __exit__(self, *_: object) -> None:
        self._discard()

    def begin(self, parent: str, domain: str, online: Mapping[str, str], files: Mapping[str, str]) -> Iterator[None]:
        """The steps of an import, each of which sends some files; they need not be taken.

        `online` are the files of `parent` with their blob ids, `files` those that the commit is to have.
        """
        self._begun, self._inputs = self._import(parent, domain, online, files), (parent, domain, files)
        return self._begun.steps()

    def commit(
        self, parent: str, domain: str, online: Mapping[str, str], files: Mapping[str, str], message: str
    ) -> str:
        """The commit of these files: what was begun, completed, or made anew if it was of others."""
        if self._begun is None or self._inputs != (parent, domain, files):
            self._discard()
            self._begun = self._import(parent, domain, online, files)
        try:
            return self._begun.commit(message)
        finally:
            self._discard()

    def _import(self, parent: str, domain: str, online: Mapping[str, str], files: Mapping[str, str]) -> SiteImport:
        return SiteImport(self._git, self._output, parent, domain, TreeChanges.between(online, files))

    def _discard(self) -> None:
        begun, self._begun = self._begun, None
        if begun:
            begun.close()


def _send_changes(pipe: subprocess.Popen[bytes], output: Path, domain: str, changes: TreeChanges, start: int) -> None:
    """Send the next files from this place of all changes on, those to remove first."""
    import ghp_import

    for name in changes.removed[start : start + _SENT]:
        ghp_import.write(pipe, b"D %b\n" % _quoted(name))
    first = max(0, start - len(changes.removed))
    for name in changes.written[first : max(0, start + _SENT - len(changes.removed))]:
        if name == ".nojekyll":
            ghp_import.add_nojekyll(pipe)
        elif name == CNAME and domain:
            ghp_import.add_cname(pipe, domain)
        else:
            ghp_import.add_file(pipe, str(output / name), name)


def _send_commit(pipe: subprocess.Popen[bytes], branch: str, parent: str) -> None:
    """The head of a temporary commit on top of `parent`, whose files it has so far; of it only the tree is published."""
    import ghp_import

    name, email = DEFAULT_IDENTITY
    lines = [
        f"commit refs/heads/{branch}\ncommitter {name} <{email}> {ghp_import.mk_when()}\ndata 0\n",
        f"\nfrom {parent}\n" if parent else "\n",
    ]
    ghp_import.write(pipe, "".join(lines).encode())


def _quoted(name: str) -> bytes:
    """A path for git fast-import; others may have committed any name."""
    raw = name.encode("utf-8", "surrogateescape")
    if not raw.startswith(b'"') and b"\n" not in raw:
        return raw
    return b'"%b"' % raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")


def _reason(output: str) -> str:
    """Git's error messages; if there are none, the last line."""
    lines = [line for line in output.strip().split("\n") if line]
    errors = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return "\n".join(errors or lines[-1:])
