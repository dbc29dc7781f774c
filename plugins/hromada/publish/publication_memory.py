"""What a clone remembers of its publications: facts of the built files, and what is known to be online.

Both lie in one store of the clone's cache, whose entries have checksums and belong to one version of the program: a
damaged or foreign one is as good as none. A file is known by its stamp, as in git's index; one that was written so
shortly before it was read that a second write could leave the same stamp is read again.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Annotated, NamedTuple

from msgspec import Meta

from hromada.publish.repository import RESULTS_BRANCH, Repository
from hromada.storage.sqlite_store import CacheCodec, Store
from hromada.system.scan import Stamp

MEMORY_FILE = "published.sqlite"  # in the cache
_Moment = Annotated[datetime, Meta(tz=False)]  # a foreign entry with a zone could not be compared


class BuiltFile(NamedTuple):
    """A file of the built site as it was read: its stamp, the SHA-256 of its bytes, git's SHA-1 id, why it can't be published."""

    stamp: Stamp
    digest: str
    blob: str
    fault: str


class OnlinePublication(NamedTuple):
    """A publication that has reached the remote, as a call that would only repeat it shows it."""

    address: str  # empty if readers can't find the site
    notes: tuple[str, ...]  # about the address and about files of others
    warnings: tuple[str, ...]  # for standard error
    size: int  # bytes of the site
    since: _Moment  # the moments between which the same content makes the same site
    until: _Moment


class _OnlineRecord(NamedTuple):
    """A publication, what the call was made from, and the state of the clone and of the remote when it was done."""

    inputs: str
    state: str
    publication: OnlinePublication


_SITE_FILES = CacheCodec(dict[str, BuiltFile])
_ONLINE = CacheCodec(_OnlineRecord)
_FILES_KEY, _ONLINE_KEY = ("publication", "files"), ("publication", "online")


class PublicationMemory:
    """The memory of one clone; without a path nothing is remembered. `version` is that of the program.

    `inputs` is a digest of all that a call publishes from beside the commit, `moment` when it is.
    """

    def __init__(
        self, path: Path | None = None, version: str = "", inputs: str = "", moment: datetime = datetime.min
    ) -> None:
        self._store, self._inputs, self._moment = Store(path, version), inputs, moment

    def files(self) -> dict[str, BuiltFile]:
        """The facts of the built files by path."""
        return _SITE_FILES.decode(self._store.get(*_FILES_KEY)) or {}

    def keep_files(self, files: dict[str, BuiltFile]) -> None:
        """Replace the facts of all files."""
        self._store.put({_FILES_KEY: _SITE_FILES.encode(files)})

    def online(self, state: str) -> OnlinePublication | None:
        """The publication that this call would only repeat, with the clone and the remote in this state."""
        record = _ONLINE.decode(self._store.get(*_ONLINE_KEY))
        if record is None or (record.inputs, record.state) != (self._inputs, state):
            return None
        publication = record.publication
        return publication if publication.since <= self._moment < publication.until else None

    def keep_online(self, state: str, publication: OnlinePublication) -> None:
        """Remember a publication; to be called only when the remote is known to have it."""
        self._store.put({_ONLINE_KEY: _ONLINE.encode(_OnlineRecord(self._inputs, state, publication))})


def state_of(repository: Repository, head: str) -> str:
    """A digest of all commits that a publication depends on: the clone's, and those that the remote's branches had."""
    refs = repository.git.run("for-each-ref", "--format=%(objectname) %(refname)", "refs/remotes/origin")
    listed = "\n".join(line for line in refs.split("\n") if not line.endswith(f"/{RESULTS_BRANCH}"))
    seen = {name: commit for commit, _, name in (line.partition(" ") for line in listed.split("\n"))}

    def tip(branch: str) -> str:
        is_seen = repository.remote and repository.remote_branches is None
        return seen.get(f"refs/remotes/origin/{branch}", "") if is_seen else repository.remote_commit(branch)

    published = tip(repository.pages) if repository.remote else repository.published
    tips = [head, repository.branch, tip(repository.branch), repository.pages, published]
    return hashlib.sha256("\n".join([*tips, listed]).encode("utf-8", "surrogateescape")).hexdigest()
