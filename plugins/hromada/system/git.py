"""Git commands, run without a shell; their messages are English in UTF-8, and they never prompt.

A command that talks to a remote may hang for ever. It is stopped when it shows no progress for some time: a slow
transfer goes on, whatever its size.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import IO

from msgspec import Struct

from hromada.domain.lazy_regex import lazy_compile
from hromada.system.processes import output_while_active

# A hook that called us may have pointed git at another repository; our commands are about the folder they are given. The
# list is that of `git rev-parse --local-env-vars` without the settings (GIT_CONFIG_*), which name no repository.
_REPOSITORY_VARIABLES = (
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
_FIXED_VARIABLES = {"LC_ALL": "C.UTF-8", "LANGUAGE": "en", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0"}


NO_REPLACEMENTS = {"GIT_NO_REPLACE_OBJECTS": "1"}  # what a replacement ref puts in the place of an object is not read


# Names as they are; and `git status` compares files by all that shows a change, whatever a person has set: what it calls
# unchanged is published as the commit's.
_FIXED_SETTINGS = (
    "-c", "core.quotepath=off", "-c", "core.trustctime=true", "-c", "core.checkStat=default", "-c", "core.fsmonitor=false",
)  # fmt: skip


class GitFailed(Exception):
    """A git command failed; `output` is what it printed."""

    def __init__(self, command: str, output: str) -> None:
        super().__init__(f"git {command}: {output}")
        self.output = output


class GitTimedOut(GitFailed):
    """A remote did not answer for `seconds`; the command and what it had started were stopped."""

    def __init__(self, command: str, output: str, seconds: int) -> None:
        super().__init__(command, "\n".join(filter(None, [f"no answer for {seconds} s", output])))
        self.seconds = seconds


SUBMODULE = "160000"  # the mode of an entry that is another repository's commit
TIMEOUT_SETTING = "hromada.timeout"  # of git's configuration: seconds, for a slow line or host
# Seconds without progress after which a command is stopped. A host may look into what was pushed before it answers.
_TIMEOUTS = {"fetch": 60, "ls-remote": 60, "push": 300}
_WITH_PROGRESS = ("fetch", "push")
_PROGRESS = lazy_compile(
    r"(?:remote: )?(?:Enumerating|Counting|Compressing|Delta compression|Writing|Receiving|Resolving|Unpacking|Total)\b.*"
)


class Git(Struct, frozen=True):
    """The repository in a folder."""

    folder: Path
    environ: Mapping[str, str] | None = None
    index: str = ""  # the index file of a commit in progress; empty: the repository's own

    def run(self, *arguments: str, stdin: bytes = b"", extra: Mapping[str, str] | None = None) -> str:
        """The command's output as text; `extra` are environment variables. GitFailed when it fails."""
        process = self._call(arguments, stdin, extra)
        if process.returncode:
            output = (process.stderr or process.stdout).decode("utf-8", "replace").strip()
            raise GitFailed(arguments[0], output)
        return process.stdout.decode("utf-8", "surrogateescape").rstrip("\n")

    def raw(self, *arguments: str, stdin: bytes = b"", extra: Mapping[str, str] | None = None) -> bytes:
        """The command's output as bytes; GitFailed when it fails."""
        process = self._call(arguments, stdin, extra)
        if process.returncode:
            raise GitFailed(arguments[0], process.stderr.decode("utf-8", "replace").strip())
        return process.stdout

    def attempt(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """The finished command, for one whose exit status is an answer."""
        return self._call(arguments)

    def succeeds(self, *arguments: str) -> bool:
        """Whether the command exits with status 0."""
        return self._call(arguments).returncode == 0

    def commit_of(self, name: str) -> str:
        """The commit that a name points at; empty when there is none."""
        process = self._call(("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"))
        return process.stdout.decode().strip() if process.returncode == 0 else ""

    def blobs(self, ids: Iterable[str]) -> dict[str, bytes]:
        """The contents of the blobs with these ids; ids that don't exist are left out."""
        unique_ids = list(dict.fromkeys(ids))
        if not unique_ids:
            return {}
        output = self._call(("cat-file", "--batch"), "".join(f"{id}\n" for id in unique_ids).encode()).stdout
        blobs, start = {}, 0
        while start < len(output):
            end = output.index(b"\n", start)
            id, kind, *size = output[start:end].decode().split(" ")
            start = end + 1
            if kind == "blob":
                end = start + int(size[0])
                blobs[id] = output[start:end]
                start = end + 1
        return blobs

    def each_blob(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes | mmap]]:
        """The ids of blobs with their contents, one at a time; a large one is memory-mapped. GitFailed when one is missing.

        Ids of other objects are passed over. What a replacement ref puts in the place of an object is not read: a push
        sends the object itself.
        """
        command, environ = ["git", "cat-file", "--batch"], self.environment(NO_REPLACEMENTS)
        pipe, remaining = subprocess.PIPE, iter(ids)
        with subprocess.Popen(
            command, cwd=self.folder, env=environ, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                while asked := list(islice(remaining, _ASKED)):
                    process.stdin.write("".join(f"{id}\n" for id in asked).encode())
                    process.stdin.flush()
                    for id in asked:
                        header = process.stdout.readline().split()
                        if len(header) != 3:
                            raise GitFailed("cat-file", f"{id} is missing")
                        with _contents(process.stdout, int(header[2])) as contents:
                            if header[1] == b"blob":
                                yield id, contents
                        process.stdout.read(1)
            finally:
                process.kill()

    def environment(self, extra: Mapping[str, str] | None = None) -> dict[str, str]:
        """The environment of every call: the caller's without another repository's variables, messages in English."""
        inherited = os.environ if self.environ is None else self.environ
        index = {"GIT_INDEX_FILE": self.index} if self.index else {}
        kept = {name: value for name, value in inherited.items() if name not in _REPOSITORY_VARIABLES}
        return kept | _FIXED_VARIABLES | index | dict(extra or {})

    def _call(
        self, arguments: tuple[str, ...], stdin: bytes = b"", extra: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[bytes]:
        # core.autocrlf stays the editor's: with another setting every file of a clone made on Windows would be modified.
        # No command here writes working files; ghp-import gives git the bytes, and same_tree compares them.
        if arguments[0] in _TIMEOUTS:
            return self._call_remote(arguments, self.environment(extra))
        command = ["git", *_FIXED_SETTINGS, *arguments]
        return subprocess.run(
            command, cwd=self.folder, env=self.environment(extra), capture_output=True, check=False, input=stdin
        )

    def _call_remote(self, arguments: tuple[str, ...], environ: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        """GitTimedOut when the remote is silent for too long. Its progress is asked for as the sign of its work."""
        name, *rest = arguments
        progress = ["--progress"] if name in _WITH_PROGRESS else []
        seconds = self._timeout(_TIMEOUTS[name])
        command = ["git", *_FIXED_SETTINGS, name, *progress, *rest]
        process, is_over = output_while_active(command, self.folder, environ, seconds)
        process.stderr = _without_progress(process.stderr)
        if not is_over:
            raise GitTimedOut(name, process.stderr.decode("utf-8", "replace").strip(), seconds)
        return process

    def _timeout(self, default: int) -> int:
        seconds = self.run("config", "--default", str(default), "--get", TIMEOUT_SETTING)
        if not (seconds.isascii() and seconds.isdigit() and int(seconds)):
            raise GitFailed("config", f"{TIMEOUT_SETTING}={seconds}: a number of seconds from 1 on")
        return int(seconds)


def _without_progress(output: bytes) -> bytes:
    """What a command printed, without the lines that only show how far it is."""
    lines = (line.rpartition("\r")[2] for line in output.decode("utf-8", "surrogateescape").split("\n"))
    return "\n".join(line for line in lines if not _PROGRESS.fullmatch(line)).encode("utf-8", "surrogateescape")


_ASKED = 50  # ids that git is asked for at once; they fit the smallest pipe (4 KB), so neither side waits for the other
_IN_MEMORY = 1 << 24  # bytes: a larger blob, as of a film, goes through a temporary file
_PIECE = 1 << 20


@contextlib.contextmanager
def _contents(stream: IO[bytes], size: int) -> Iterator[bytes | mmap]:
    """The next bytes of a stream, in memory or in a mapped temporary file that goes at the end."""
    if size <= _IN_MEMORY:
        yield stream.read(size)
        return
    with tempfile.TemporaryFile() as file:
        for start in range(0, size, _PIECE):
            file.write(stream.read(min(size - start, _PIECE)))
        file.flush()
        with mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
            yield mapped
