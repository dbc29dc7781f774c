"""Decides from stamps whether any input of the site has changed since the last build."""

from __future__ import annotations

import hashlib
import marshal
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from hromada.build.manifest import BuildManifest
from hromada.domain.calendar import Clock
from hromada.system.scan import MTIME_GRANULARITY_NS, ScannedFile, walk


def code_digest(root: Path) -> str:
    """A digest of our code, of Python's version and of the libraries' lock file."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    paths = [
        *sorted((root / "plugins").rglob("*.py")),  # other plugins change pages, too
        *sorted((root / "requirements").glob("runtime.txt")),
    ]
    for path in paths:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def running_code(root: Path) -> str:
    """`code_digest` at the first call in this process: the code that runs was loaded then."""
    return code_digest(root)


def inputs_digest(scanned: Mapping[str, ScannedFile], theme: Path, code: str, settings: str) -> str:
    """A digest of all inputs of the site, files by their stamps; empty if a stamp can't be trusted yet."""
    now = time.time_ns()
    digest = hashlib.blake2b(f"{code}\0{settings}\0".encode(), digest_size=16)
    stamps = [file.stamp for file in scanned.values()]
    if None in stamps:
        return ""
    latest = max((max(stamp[1], stamp[2]) for stamp in stamps if stamp), default=0)
    # marshal format 2 gives equal values equal bytes, and is fast.
    digest.update(marshal.dumps([list(scanned), stamps], 2))
    for path, file in walk(theme, "theme").items():
        if file.stamp is None:  # the build reports it
            return ""
        digest.update(f"{path}\0".encode() + file.source.read() + b"\0")
    return digest.hexdigest() if latest < now - MTIME_GRANULARITY_NS else ""


def is_up_to_date(manifest: BuildManifest, inputs: str, clock: Clock, changed_outputs: Callable[[], frozenset[str]]) -> bool:
    """Whether the last complete build had these inputs, its outputs are unmodified, and no scheduled item is due."""
    completed = manifest.completed
    if not inputs or completed.inputs != inputs or completed.since is None or completed.until is None:
        return False
    return completed.since <= clock.moment < completed.until and not changed_outputs()
