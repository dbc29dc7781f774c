"""A bare repository without a working tree: what a git host keeps. Everything goes through git's own commands."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

_NOBODY = {
    "GIT_AUTHOR_NAME": "Початок", "GIT_AUTHOR_EMAIL": "pochatok@rada.example",
    "GIT_COMMITTER_NAME": "Початок", "GIT_COMMITTER_EMAIL": "pochatok@rada.example",
    "GIT_AUTHOR_DATE": "2022-01-10T10:00:00+02:00", "GIT_COMMITTER_DATE": "2022-01-10T10:00:00+02:00",
}  # fmt: skip


class GitRefused(Exception):
    """Git said no: a branch that is there already, a parent that has moved."""


class Blob(NamedTuple):
    path: str
    sha: str
    size: int


class Commit(NamedTuple):
    sha: str
    parents: tuple[str, ...]
    name: str
    email: str
    when: str
    message: str


class BareRepository:
    """The repository in a folder; `branch` is its default one."""

    def __init__(self, folder: Path, branch: str = "main") -> None:
        self.folder, self.branch = folder, branch

    @classmethod
    def holding(cls, folder: Path, files: dict[str, bytes], branch: str = "main") -> "BareRepository":
        """A new one whose first commit has these files."""
        folder.mkdir(parents=True)
        repository = cls(folder, branch)
        repository.git("init", "--quiet", "--bare", f"--initial-branch={branch}")
        repository.commit(branch, "Початок", changed=files, environment=_NOBODY, parents=())
        return repository

    def git(self, *arguments: str, data: bytes | None = None, environment: dict[str, str] | None = None) -> bytes:
        done = subprocess.run(
            ["git", "-c", "core.quotePath=false", "--git-dir", str(self.folder), *arguments],
            input=data, capture_output=True, check=False, env=os.environ | (environment or {}),
        )  # fmt: skip
        if done.returncode:
            raise GitRefused(f"git {arguments[0]}: {done.stderr.decode()}")
        return done.stdout

    # --- reading ------------------------------------------------------------------------------------------------

    def resolve(self, revision: str) -> str:
        """The id of a commit; empty when there is none."""
        try:
            return self.git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
        except GitRefused:
            return ""

    def branches(self) -> dict[str, str]:
        lines = self.git("for-each-ref", "--format=%(refname:strip=2) %(objectname)", "refs/heads").decode().split("\n")
        return dict(line.split(" ") for line in lines if line)

    def blobs(self, revision: str) -> list[Blob]:
        found = []
        for line in filter(None, self.git("ls-tree", "-r", "-l", "-z", revision).decode().split("\0")):
            columns, _, path = line.partition("\t")
            _, kind, sha, size = columns.split()
            if kind == "blob":
                found.append(Blob(path, sha, int(size)))
        return found

    def files(self, revision: str = "") -> dict[str, bytes]:
        """Every file of a revision with its bytes."""
        return {blob.path: self.blob(blob.sha) for blob in self.blobs(revision or self.branch)}

    def blob(self, sha: str) -> bytes:
        return self.git("cat-file", "blob", sha)

    def blob_at(self, revision: str, path: str) -> Blob | None:
        return next((blob for blob in self.blobs(revision) if blob.path == path), None)

    def commits(self, revision: str, path: str = "", most: int = 100) -> list[Commit]:
        """The newest first; of a path only those that changed it."""
        named = ["--", path] if path else []
        form = "%H%x00%P%x00%an%x00%ae%x00%aI%x00%B%x01"
        raw = self.git("log", f"--max-count={most}", f"--format={form}", revision, *named).decode()
        commits = []
        for record in filter(str.strip, raw.split("\x01")):
            sha, parents, name, email, when, message = record.strip("\n").split("\0")
            commits.append(Commit(sha, tuple(parents.split()), name, email, when, message.strip()))
        return commits

    def changed(self, base: str, head: str) -> list[tuple[str, str]]:
        """The letter of the change and the path of each file that differs from where the two have parted."""
        fields = self.git("diff", "--name-status", "--no-renames", "-z", f"{base}...{head}").decode().split("\0")
        return list(zip(fields[::2], fields[1::2], strict=False))

    # --- writing ------------------------------------------------------------------------------------------------

    def commit(
        self, branch: str, message: str, *, changed: dict[str, bytes], removed: tuple[str, ...] = (),
        environment: dict[str, str] | None = None, parents: tuple[str, ...] | None = None,
    ) -> str:  # fmt: skip
        """Commit onto a branch whose tip is still the first parent; the id of the commit."""
        tip = self.resolve(branch)
        if parents is None:
            parents = (tip,)
        with tempfile.TemporaryDirectory() as folder:
            index = {"GIT_INDEX_FILE": f"{folder}/index"}
            if parents:
                self.git("read-tree", parents[0], environment=index)
            lines = [f"0 {'0' * 40}\t{path}\n" for path in removed]
            for path, data in changed.items():
                sha = self.git("hash-object", "-w", "--stdin", data=data).decode().strip()
                lines.append(f"100644 {sha}\t{path}\n")
            self.git("update-index", "--index-info", data="".join(lines).encode(), environment=index)
            tree = self.git("write-tree", environment=index).decode().strip()
        named = [argument for parent in parents for argument in ("-p", parent)]
        sha = self.git("commit-tree", tree, *named, data=message.encode(), environment=environment).decode().strip()
        self.git("update-ref", f"refs/heads/{branch}", sha, parents[0] if parents else "")
        return sha

    def create_branch(self, name: str, sha: str) -> None:
        if self.resolve(f"refs/heads/{name}"):
            raise GitRefused(f'A ref named "refs/heads/{name}" already exists in the repository.')
        self.git("update-ref", f"refs/heads/{name}", sha, "0" * 40)

    def move_branch(self, name: str, sha: str) -> None:
        self.git("update-ref", f"refs/heads/{name}", sha)

    def delete_branch(self, name: str) -> None:
        self.git("update-ref", "-d", f"refs/heads/{name}")

    def merge(self, base: str, head: str, message: str, environment: dict[str, str]) -> str:
        """A merge commit on `base`; GitRefused where both have changed the same lines."""
        ours, theirs = self.resolve(base), self.resolve(head)
        tree = self.git("merge-tree", "--write-tree", ours, theirs).decode().split("\n")[0]
        sha = (
            self.git("commit-tree", tree, "-p", ours, "-p", theirs, data=message.encode(), environment=environment)
            .decode()
            .strip()
        )
        self.git("update-ref", f"refs/heads/{base}", sha, ours)
        return sha


def identity(name: str, email: str) -> dict[str, str]:
    """The environment of a commit by a person."""
    return {
        "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email,
    }  # fmt: skip
