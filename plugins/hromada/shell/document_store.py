"""Documents that were made before: kept beside the pictures' copies, made anew only when something in them differs."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("typst", "python-docx", "lxml", "XlsxWriter")
_LIST = "documents.json"


@dataclass(frozen=True, slots=True)
class DocumentStore:
    """A folder with a folder for each report; a list of sums, written last, says what is whole there."""

    folder: Path

    def get(self, name: str, inputs: str, make: Callable[[], dict[str, bytes]]) -> dict[str, bytes]:
        """The documents made of just these inputs: the kept ones, or new ones, which are kept in their place."""
        place = self.folder / hashlib.sha256(name.encode()).hexdigest()[:24]
        kept = _read(place, inputs)
        if kept is not None:
            return kept
        files = make()
        with contextlib.suppress(OSError):  # a full disk costs the next build its time, not this one its result
            _keep(place, inputs, files)
        return files


def _read(place: Path, inputs: str) -> dict[str, bytes] | None:
    try:
        known = json.loads((place / _LIST).read_bytes())
        if known["inputs"] != inputs:
            return None
        files = {name: (place / name).read_bytes() for name in known["files"]}
    except (OSError, ValueError, LookupError, TypeError):
        return None
    whole = all(_sum(data) == known["files"][name] for name, data in files.items())
    return files if whole else None


def _keep(place: Path, inputs: str, files: Mapping[str, bytes]) -> None:
    place.mkdir(parents=True, exist_ok=True)
    (place / _LIST).unlink(missing_ok=True)  # killed from here on, the folder says nothing
    for name, data in files.items():
        (place / name).write_bytes(data)
    known = {"inputs": inputs, "files": {name: _sum(data) for name, data in files.items()}}
    (place / _LIST).write_text(json.dumps(known), "utf-8")


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def makers_digest(code: Path, template: Path) -> str:
    """What makes the documents: our code, the template with its fonts, the libraries' versions."""
    digest = hashlib.sha256(" ".join(version(name) for name in _LIBRARIES).encode())
    for folder in (code, template):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
