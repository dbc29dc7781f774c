"""Until when the site online is what a build would make: an automatic run in that time has nothing to publish, and builds nothing.

The moments stand in the cache of this clone alone, never on the published branch: they say when a scheduled item comes.
Without the file, or after any change, the run is a whole publication.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Struct

from hromada.publish.repository import Repository
from hromada.system.atomic_files import atomic_write, read_bounded

_Moment = Annotated[datetime, msgspec.Meta(tz=False)]
_LONGEST = 4_096  # bytes of the file


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was online after the last publication from here, and between which moments it is right."""

    site: str
    source: str
    location: str
    since: _Moment
    until: _Moment


class Freshness(Struct, frozen=True):
    """The record of a clone in a file; `now` is local Kyiv time, `location` what the call says of the site's address."""

    file: Path
    now: datetime
    location: str = ""

    def is_fresh(self, repository: Repository) -> bool:
        """Whether branch, published commit and address are those of the last publication, and nothing fell due since."""
        try:
            record = msgspec.json.decode(read_bounded(self.file, _LONGEST), type=_Record)
        except (OSError, ValueError, msgspec.DecodeError):
            return False
        head = repository.git.commit_of("HEAD")
        is_same = (record.site, record.source, record.location) == (repository.published, head, self.location)
        is_ours = repository.remote_commit(repository.branch) in ("", head) if repository.remote else True
        return bool(record.site) and is_same and is_ours and record.since <= self.now < record.until

    def remember(self, repository: Repository, source: str, between: tuple[datetime, datetime] | None) -> None:
        """Note what is online after a publication; a cache that can't be written costs the next run a build."""
        with contextlib.suppress(OSError):
            if between is None:
                self.file.unlink(missing_ok=True)
                return
            record = _Record(repository.published, source, self.location, *between)
            atomic_write(self.file, msgspec.json.encode(record))
