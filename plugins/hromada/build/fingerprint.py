"""Whether anything that shapes the site has changed since the last build, decided from stamps alone."""

from __future__ import annotations

import hashlib
import marshal
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from hromada.domain.calendar import Clock
from hromada.build.manifest import BuildManifest
from hromada.system.scan import MTIME_GRANULARITY_NS, ScannedFile, walk


def code_digest(root: Path) -> str:
    """One digest of our code, of Python and of the libraries (their lock): everything that shapes values and pages."""
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    paths = [
        *sorted((root / "plugins").rglob("*.py")),  # other plugins shape pages, too
        *sorted((root / "requirements").glob("runtime.txt")),
    ]
    for path in paths:
        digest.update(f"{path.name}\0".encode() + path.read_bytes())
    return digest.hexdigest()


@cache
def running_code(root: Path) -> str:
    """The digest as it was when this process first asked: the code that runs is the one that was loaded then."""
    return code_digest(root)


def inputs_digest(seen: Mapping[str, ScannedFile], theme: Path, code: str, settings: str) -> str:
    """One digest of everything that shapes the site, files by their stamps; empty when one may still change unseen."""
    now = time.time_ns()
    digest = hashlib.blake2b(f"{code}\0{settings}\0".encode(), digest_size=16)
    stamps = [one.stamp for one in seen.values()]
    if None in stamps:
        return ""
    latest = max((max(stamp[1], stamp[2]) for stamp in stamps if stamp), default=0)
    # Of marshal's formats the second gives equal values equal bytes; its speed is that of C.
    digest.update(marshal.dumps([list(seen), stamps], 2))
    for path, file in walk(theme, "theme").items():
        if file.stamp is None:  # the build says what it is
            return ""
        digest.update(f"{path}\0".encode() + file.source.read() + b"\0")
    return digest.hexdigest() if latest < now - MTIME_GRANULARITY_NS else ""


def is_up_to_date(manifest: BuildManifest, inputs: str, clock: Clock, changed_outputs: Callable[[], frozenset[str]]) -> bool:
    """Whether the folder holds the whole build of just these inputs, no file of it moved, and nothing due since."""
    completed = manifest.completed
    if not inputs or completed.inputs != inputs or completed.since is None or completed.until is None:
        return False
    return completed.since <= clock.moment < completed.until and not changed_outputs()
